"""What every test may use."""

import os
from collections.abc import Iterator

import pytest

from tests.serving import MAX_BODY, Served, serving


@pytest.fixture(scope="session", autouse=True)
def _library_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test may write to the library of whoever runs it."""
    with pytest.MonkeyPatch.context() as patched:
        for name in [name for name in os.environ if name.startswith("TEARSHEET_")]:
            patched.delenv(name)
        patched.setenv("TEARSHEET_DATA", str(tmp_path_factory.mktemp("library")))
        yield


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The service with small limits and without fetching."""
    log = tmp_path_factory.mktemp("served") / "log"
    with serving(log, TEARSHEET_MAX_BODY=str(MAX_BODY), TEARSHEET_FETCH="off", TEARSHEET_WARM="apa") as running:
        yield running

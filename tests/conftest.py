"""What every test may use."""

from collections.abc import Iterator

import pytest

from tests.serving import MAX_BODY, Served, serving


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The service with small limits and without fetching."""
    log = tmp_path_factory.mktemp("served") / "log"
    with serving(log, TEARSHEET_MAX_BODY=str(MAX_BODY), TEARSHEET_FETCH="off", TEARSHEET_WARM="apa") as running:
        yield running

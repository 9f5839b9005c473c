"""schemathesis: every phase and check against the contract, in this process; in CI more examples over a socket."""

import os
import subprocess
import sys
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import schemathesis
import yaml
from schemathesis import engine
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events

from service.http.app import create_app
from service.http.settings import Settings
from service.tables import resource
from tests.contract import schemathesis_hooks
from tests.serving import ROOT, Served

assert schemathesis_hooks  # registers how a CSL style is generated

CI = bool(os.environ.get("CI"))

CONTRACT: dict[str, Any] = yaml.load(resource("openapi.yaml").read_bytes(), Loader=yaml.CSafeLoader)

OPERATIONS = [
    operation["operationId"]
    for item in CONTRACT["paths"].values()
    for method, operation in item.items()
    if method in {"get", "post", "put", "patch", "delete"}
]


COVERAGE_SECONDS = 60 if CI else 5
"""How long boundary values of one operation are gone through; of /cite there are 25,000."""


def schema(
    *phases: str, examples: int = 12, seconds: int | None = None, judged: bool = True, strict: bool = True
) -> Any:
    """The contract over an application of its own, with the phases named."""
    config: dict[str, Any] = {
        "seed": 1,
        "continue-on-failure": True,
        "suppress-health-check": ["all"],
        # translation-server's clients know 501 (nothing found by this identifier) and 300 (a choice) as answers
        "checks": {
            "not_a_server_error": {"expected-statuses": ["2xx", "3xx", "4xx", 501]},
            "positive_data_acceptance": {
                "enabled": judged,
                "expected-statuses": ["2xx", 300, 401, 403, 404, 409, 412, 501],
            },
            # RFC 6585 has a status of its own for a change without a condition, RFC 9110 one for one that does not hold
            "missing_required_header": {"expected-statuses": [400, 401, 403, 406, 415, 422, 428]},
            "negative_data_rejection": {
                "enabled": strict,
                "expected-statuses": [400, 401, 403, 404, 405, 406, 409, 412, 414, 415, 422, 428, 429, "5xx"],
            },
        },
        "generation": {"max-examples": examples, "deterministic": True, "database": "none"},
        "phases": {name: {"enabled": name in phases} for name in ("examples", "coverage", "fuzzing", "stateful")},
    }
    if seconds is not None:
        config["max-time"] = seconds
    # from the parsed contract: reading the YAML again for every operation would be half the time of these tests
    loaded = schemathesis.openapi.from_dict(deepcopy(CONTRACT), config=SchemathesisConfig.from_dict(config))
    loaded.app = create_app(Settings(warm=()))
    loaded.location = "/openapi.yaml"
    return loaded


def failures(stream: Any) -> Iterator[str]:
    """What went wrong in a run of the engine, with the request that shows it."""
    for event in stream:
        if isinstance(event, events.NonFatalError | events.FatalError):
            yield str(getattr(event, "info", None) or event.__dict__)
        if isinstance(event, events.ScenarioFinished):
            for checks in event.recorder.checks.values():
                for check in checks:
                    if check.failure_info is not None:
                        info = check.failure_info
                        yield f"{info.failure.title}: {info.failure.message}\n{info.code_sample}"


@pytest.fixture(autouse=True)
def no_fetching(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are not fetched here; what a URL gives is tested where a server of the test's own answers."""
    monkeypatch.setenv("TEARSHEET_FETCH", "off")


@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_operation_keeps_the_contract(operation: str) -> None:
    judged = operation != "translateImport"  # what makes a text a reference file no schema can say
    strict = operation != "bibliography"  # citeproc-js-server passes over what CSL does not know, and so must we
    runs = (
        schema("examples", "fuzzing", judged=judged, strict=strict),
        schema("coverage", seconds=COVERAGE_SECONDS, judged=judged, strict=strict),
    )
    for whole in runs:
        found = list(failures(engine.from_schema(whole.include(operation_id=operation)).execute()))
        assert not found, "\n\n".join(found[:5])


def test_a_walk_keeps_the_contract() -> None:
    found = list(failures(engine.from_schema(schema("stateful", examples=15)).execute()))
    assert not found, "\n\n".join(found[:5])


@pytest.mark.skipif(not CI, reason="the long run over a socket is for CI (CI=true)")
def test_the_served_service_keeps_the_contract(served: Served, tmp_path: Path) -> None:
    run = subprocess.run(
        [
            str(Path(sys.executable).with_name("schemathesis")),
            f"--config-file={Path(__file__).parent / 'schemathesis.toml'}",
            "run",
            str(ROOT / "openapi.yaml"),
            f"--url={served.url}",
            "--phases=examples,fuzzing,stateful",
            "--max-examples=40",
            "--suppress-health-check=all",
            "--continue-on-failure",
            # always the same draw, so that a change is judged by what it changed; `make explore` draws others
            f"--seed={os.environ.get('SEED', '1')}",
        ],
        cwd=tmp_path,
        env={**os.environ, "SCHEMATHESIS_HOOKS": "tests.contract.schemathesis_hooks", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-8000:] + run.stderr[-2000:]

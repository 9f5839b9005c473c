"""The CSL suite and the news oracle: what passed must pass, and what gets better must be recorded."""

import json

import pytest

from benchmarks import conformance

COMMAND = "python -m benchmarks.conformance --write"

pytestmark = pytest.mark.skipif(
    not (conformance.SHARED / "suite").is_dir(), reason="the CSL suite lies beside the checkout, in ../shared/csl"
)


def test_the_suite_passes_what_is_recorded_and_no_more() -> None:
    results = conformance.suite()
    recorded = set(conformance.PASSING.read_text(encoding="utf-8").split())
    passing = {name for name, right in results.items() if right}
    assert not recorded - passing, f"broken: {sorted(recorded - passing)}"
    assert not passing - recorded, f"better than recorded: {sorted(passing - recorded)}; run {COMMAND}"
    assert len(passing) >= 0.96 * len(results)


def test_every_open_case_has_its_reason() -> None:
    results = conformance.suite()
    reasons = json.loads(conformance.OPEN.read_text(encoding="utf-8"))
    assert set(reasons) == {name for name, right in results.items() if not right}
    assert all(len(reason) > 10 for reason in reasons.values())


@pytest.mark.parametrize(("fmt", "step"), conformance.STEPS.items())
def test_the_oracle_agrees_as_often_as_recorded(fmt: str, step: int) -> None:
    recorded = json.loads(conformance.ORACLE.read_text(encoding="utf-8"))[fmt]
    for kind, (right, count) in conformance.oracle(fmt, step).items():
        assert right >= recorded[kind][0], f"{kind}: {right} of {count}, {recorded[kind][0]} before"
        assert right == recorded[kind][0], f"{kind}: {right} of {count} is better than recorded; run {COMMAND}"

"""What the processor gets right of the CSL test suite and of the news oracle, and the files that hold it to that.

    python -m benchmarks.conformance            measure and print
    python -m benchmarks.conformance --write    and rewrite tests/rendering/conformance/ where results got better
    python -m benchmarks.conformance --write --lower    … or worse

Suite and oracle lie beside the checkout (`../shared/csl`) and are never copied; the files name cases only.
"""

import argparse
import contextlib
import gzip
import importlib.util
import json
import sys
import warnings
from collections import Counter
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.engine import Oracle, Suite

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "csl"
KEPT = ROOT / "tests" / "rendering" / "conformance"
PASSING = KEPT / "suite_passing.txt"
OPEN = KEPT / "suite_open.json"
ORACLE = KEPT / "oracle.json"


def _module(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, SHARED / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@cache
def suite() -> dict[str, bool]:
    """Every case of the suite by name, and whether it prints exactly what is expected."""
    script = _module("run_suite")
    cases, _ = script.load_all(extra=False)
    engine = Suite()
    results = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for case in cases:
            got = ""
            with contextlib.suppress(Exception):  # a case that raises is a case that fails
                got = engine.run(case)
            results[case.name] = script.norm(got, True) == script.norm(case.result, True)
    return results


def oracle(fmt: str, step: int = 1) -> dict[str, tuple[int, int]]:
    """Right and all, for entries, single cites, set bibliographies and set clusters; every `step`th record."""
    script = _module("score_oracle")
    data = json.loads((SHARED / "oracle" / "items.json").read_text(encoding="utf-8"))
    items = {item["id"]: item for item in data["items"]}
    items |= {item["id"]: item for group in data["sets"] for item in group["items"]}
    counts: Counter[str] = Counter()
    engine = Oracle()
    with gzip.open(SHARED / "oracle" / "dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % step:
                continue
            record = json.loads(line)
            wanted = record[fmt]
            asked = [items[name] for name in record["items"]]
            got = engine.render(record["style"], record["locale"], asked, record["clusters"], fmt)
            _count(counts, record["kind"], wanted, got, script.norm)
    kinds = ("entries", "cites", "bibliographies", "clusters")
    return {kind: (counts[f"{kind} right"], counts[kind]) for kind in kinds}


def _count(counts: Counter[str], kind: str, wanted: Any, got: Any, norm: Any) -> None:
    bibliography = [norm(text) for text in wanted["bib"] or []], [norm(text) for text in got["bib"] or []]
    cites = [norm(text) for text in wanted["cites"] or []], [norm(text) for text in got["cites"] or []]
    entry, cite = ("entries", "cites") if kind == "entry" else ("bibliographies", "clusters")
    if wanted["bib"] is not None:
        counts[entry] += 1
        counts[f"{entry} right"] += bibliography[0] == bibliography[1]
    if kind == "entry":
        counts[cite] += 1
        counts[f"{cite} right"] += cites[0] == cites[1]
    else:
        counts[cite] += len(cites[0])
        counts[f"{cite} right"] += sum(a == b for a, b in zip(*cites, strict=False))


STEPS = {"text": 2, "html": 5}
"""The test takes every second record of the oracle, and every fifth as HTML, which differs in markup only."""


def measured() -> dict[str, dict[str, tuple[int, int]]]:
    """The oracle's figures as the test keeps them."""
    return {fmt: oracle(fmt, step) for fmt, step in STEPS.items()}


def main() -> None:
    """Measure, print, and rewrite what is kept if asked to."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--write", action="store_true")
    options.add_argument("--lower", action="store_true")
    asked = options.parse_args()
    results = suite()
    passing = sorted(name for name, right in results.items() if right)
    print(f"CSL suite: {len(passing)} of {len(results)} exact ({len(passing) / len(results):.1%})")
    whole = {fmt: oracle(fmt) for fmt in STEPS}
    for fmt, found in whole.items():
        print(f"oracle, {fmt}:", ", ".join(f"{kind} {a}/{b} ({a / b:.1%})" for kind, (a, b) in found.items()))
    if not asked.write:
        return
    KEPT.mkdir(exist_ok=True)
    before = set(PASSING.read_text(encoding="utf-8").split()) if PASSING.exists() else set()
    lost = sorted(before - set(passing))
    if lost and not asked.lower:
        sys.exit(f"these passed before: {', '.join(lost)} (--lower to record that)")
    PASSING.write_text("\n".join(passing) + "\n", encoding="utf-8")
    reasons = json.loads(OPEN.read_text(encoding="utf-8")) if OPEN.exists() else {}
    still = {name: reasons.get(name, "") for name, right in sorted(results.items()) if not right}
    OPEN.write_text(json.dumps(still, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    ORACLE.write_text(json.dumps(measured()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

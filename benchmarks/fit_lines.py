"""Fit the weights by which lines of a copied page are chosen (service/data/weights.json) on ../shared/pages/text.

Run: python benchmarks/fit_lines.py [--write]     (needs scikit-learn, which nothing else here does)

Three small logistic regressions: which line is the headline, which is the byline, which date is the day of
publication. Printed first is what eight-fold cross-validation gives, so that a feature that only remembers these pages
shows; the weights written are fitted on all of them. Then run `python -m benchmarks.pages --kind text --write-floors`.
"""

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from service.parsing.casing import restore  # noqa: E402
from service.parsing.dates import find_numbers, read_dates  # noqa: E402
from service.parsing.names import full_name  # noqa: E402
from service.parsing.plain import byline, dates, headline  # noqa: E402
from service.parsing.plain.layout import fold, lay_out  # noqa: E402

PAGES = ROOT.parent / "shared" / "pages"
WEIGHTS = ROOT / "service" / "data" / "weights.json"
FOLDS = 8


class Row(NamedTuple):
    """One candidate of a page: its features and whether the gold says it is right."""

    page: int
    features: Mapping[str, float]
    right: bool


def gold() -> list[dict[str, Any]]:
    """The main gold with what was read by hand over it."""
    rows = {r["id"]: r for r in map(json.loads, (PAGES / "gold.jsonl").open(encoding="utf-8"))}
    for row in map(json.loads, (PAGES / "gold_checked.jsonl").open(encoding="utf-8")):
        rows[row["id"]].update({k: v for k, v in row.items() if k in {"authors", "byline_orgs"} or v is not None})
    return list(rows.values())


def candidates() -> dict[str, list[Row]]:
    """Every candidate of the three choices."""
    found: dict[str, list[Row]] = {"headline": [], "byline": [], "date": []}
    for page, row in enumerate(gold()):
        layout = lay_out((PAGES / "text" / f"{row['id']}.txt").read_text(encoding="utf-8"))
        language = row.get("language")
        numbers = find_numbers(layout.text)
        readings = read_dates(layout.text, language, numbers)
        dated = dates.dated_lines(layout, readings, numbers)
        opening = byline.byline_like(layout)
        if row.get("title"):
            key = fold(row["title"])
            pool = headline.candidates(layout, opening)
            columns = headline.features(pool, layout, dated, opening)
            for n, line in enumerate(pool):
                features = {name: column[n] for name, column in columns.items()}
                found["headline"].append(Row(page, features, layout.keys[line.index] == key))
        chosen = headline.find_headline(layout, dated, opening)
        people = {fold(a) for a in row.get("authors") or []}
        lines = byline.byline_candidates(layout, chosen, dated, opening, language)
        if people or "byline_orgs" in row:
            for _, reading, features in lines:
                names = {fold(restore(a.printed or full_name(a))) for a in reading.authors}
                right = len(names & people) * 2 >= len(names) if names else not people
                found["byline"].append(Row(page, features, right))
        if row.get("date"):
            days = {row["date"], *(row.get("date_alt") or [])}
            signed = {b.line for b in byline.find_bylines(layout, chosen, dated, opening, language)}
            for _, day, features in dates.date_candidates(layout, readings, chosen, signed):
                found["date"].append(Row(page, features, day.value.edtf[:10] in days))
    return found


def fitted(rows: list[Row]) -> dict[str, float]:
    """Feature → weight, and the bias."""
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-not-found]

    names = list(rows[0].features)
    model = LogisticRegression(C=0.3, max_iter=3000)
    model.fit([[float(r.features[n]) for n in names] for r in rows], [r.right for r in rows])
    weights = {n: round(float(w), 2) for n, w in zip(names, model.coef_[0], strict=True)}
    return {"bias": round(float(model.intercept_[0]), 2), **weights}


def hits(rows: list[Row], weights: Mapping[str, float]) -> tuple[int, int]:
    """(pages whose best candidate is right, pages)."""
    best: dict[int, tuple[float, bool]] = {}
    for row in rows:
        score = sum(weights[n] * v for n, v in row.features.items() if v)
        best[row.page] = max(best.get(row.page, (float("-inf"), False)), (score, row.right))
    return sum(right for _, right in best.values()), len(best)


def cross_validated(rows: list[Row], fit: Callable[[list[Row]], dict[str, float]]) -> float:
    """The share of pages whose best candidate is right, each page judged by weights that have not seen it."""
    right = pages = 0
    for part in range(FOLDS):
        weights = fit([r for r in rows if r.page % FOLDS != part])
        found, of = hits([r for r in rows if r.page % FOLDS == part], weights)
        right, pages = right + found, pages + of
    return right / pages


def main() -> None:
    """Fit, judge, and write if asked."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--write", action="store_true")
    asked = options.parse_args()
    table = {}
    for name, rows in candidates().items():
        print(
            f"{name}: {len(rows)} candidates, {cross_validated(rows, fitted):.3f} of the pages right (cross-validated)"
        )
        table[name] = fitted(rows)
    if asked.write:
        WEIGHTS.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

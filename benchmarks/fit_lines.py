"""Fit the weights by which lines of a copied page are chosen (service/data/weights.json) on ../shared/pages/text.

Run: python benchmarks/fit_lines.py [--write] [headline byline date]   (needs scikit-learn, as nothing else does)

Three small choices: which line is the headline, which date is the day of publication (conditional logits: the
candidates of a page stand against each other), and which line is the byline (a logistic regression: many pages have
none). Printed first is what eight-fold cross-validation gives, so that a feature that only remembers these pages shows;
the weights written are fitted on all of them. Then run `python -m benchmarks.pages --kind text --write-floors`.
"""

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from functools import partial
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
PENALTY = 1.0
"""How dear a large weight is where lines stand against each other; by cross-validation."""


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


def candidates(choice: str) -> list[Row]:
    """Every candidate of one of the three choices, as the text reads with the weights of those before it."""
    found: list[Row] = []
    for page, row in enumerate(gold()):
        layout = lay_out((PAGES / "text" / f"{row['id']}.txt").read_text(encoding="utf-8"))
        language = row.get("language")
        numbers = find_numbers(layout.text)
        readings = read_dates(layout.text, language, numbers)
        dated = dates.dated_lines(layout, readings, numbers)
        opening = byline.byline_like(layout)
        if choice in {"headline", "headline_gapless"}:
            if row.get("title"):
                key = fold(row["title"])
                pool = headline.candidates(layout, opening)
                columns = headline.features(pool, layout, dated, opening)
                if choice == "headline_gapless":
                    columns = headline.without_gaps(columns)
                for n, line in enumerate(pool):
                    features = {name: column[n] for name, column in columns.items()}
                    found.append(Row(page, features, layout.keys[line.index] == key))
            continue
        chosen = headline.find_headline(layout, dated, opening)
        people = {fold(a) for a in row.get("authors") or []}
        if choice == "byline" and (people or "byline_orgs" in row):
            for _, reading, features in byline.byline_candidates(layout, chosen, dated, opening, language):
                names = {fold(restore(a.printed or full_name(a))) for a in reading.authors}
                right = len(names & people) * 2 >= len(names) if names else not people
                found.append(Row(page, features, right))
        if choice == "date" and row.get("date"):
            days = {row["date"], *(row.get("date_alt") or [])}
            signed = {b.line for b in byline.find_bylines(layout, chosen, dated, opening, language)}
            for _, day, features in dates.date_candidates(layout, readings, chosen, signed):
                found.append(Row(page, features, day.value.edtf[:10] in days))
    return found


def fitted(rows: list[Row]) -> dict[str, float]:
    """Feature → weight, and the bias, of a logistic regression."""
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-not-found]

    names = list(rows[0].features)
    model = LogisticRegression(C=0.3, max_iter=3000)
    model.fit([[float(r.features[n]) for n in names] for r in rows], [r.right for r in rows])
    weights = {n: round(float(w), 2) for n, w in zip(names, model.coef_[0], strict=True)}
    return {"bias": round(float(model.intercept_[0]), 2), **weights}


def fitted_among(rows: list[Row], *, none: bool) -> dict[str, float]:
    """The same of a conditional logit: the right one of a page against its others, and against there being `none`.

    The bias is the score at which a candidate is as likely as that there is none; nought where a page must have one.
    """
    import numpy as np
    from scipy.optimize import minimize  # type: ignore[import-not-found,import-untyped,unused-ignore]

    solved = {row.page for row in rows if row.right or none}
    rows = sorted((row for row in rows if row.page in solved), key=lambda row: row.page)
    names = list(rows[0].features)
    table = np.array([[float(row.features[n]) for n in names] + [float(none)] for row in rows])
    right = np.array([row.right for row in rows], dtype=float)
    pages = np.array([row.page for row in rows])
    first = np.flatnonzero(np.r_[True, pages[1:] != pages[:-1]])
    group = np.repeat(np.arange(len(first)), np.diff(np.r_[first, len(rows)]))
    lacking = np.add.reduceat(right, first) == 0

    def loss(weights: Any) -> tuple[float, Any]:
        score = table @ weights
        most = np.maximum(np.maximum.reduceat(score, first), 0 if none else -np.inf)
        odds, odds_of_none = np.exp(score - most[group]), np.exp(-most) * none
        every = np.add.reduceat(odds, first) + odds_of_none
        good = np.add.reduceat(odds * right, first) + lacking * odds_of_none
        slope = table.T @ (odds / every[group] - odds * right / good[group])
        dear = np.append(weights[:-1], 0)  # the bias costs nothing
        return float(np.log(every / good).sum() + PENALTY * dear @ dear), slope + 2 * PENALTY * dear

    found = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 1000}).x
    weights = {n: round(float(w), 2) for n, w in zip(names, found, strict=False)}
    return {"bias": round(float(found[-1]), 2), **weights}


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


FITS: dict[str, Callable[[list[Row]], dict[str, float]]] = {
    "headline": partial(fitted_among, none=False),
    "headline_gapless": partial(fitted_among, none=False),
    "byline": fitted,
    "date": partial(fitted_among, none=True),
}
"""In the order in which a text is read: a choice is fitted beside the weights of those before it."""


def main() -> None:
    """Fit, judge, and write if asked."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--write", action="store_true")
    options.add_argument("choices", nargs="*", default=list(FITS), choices=list(FITS))
    asked = options.parse_args()
    table = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    for name in (name for name in FITS if name in asked.choices):
        rows, fit = candidates(name), FITS[name]
        print(f"{name}: {len(rows)} candidates, {cross_validated(rows, fit):.3f} of the pages right (cross-validated)")
        table[name] = fit(rows)
        headline.weights(name).clear()
        headline.weights(name).update(table[name])
    if asked.write:
        WEIGHTS.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

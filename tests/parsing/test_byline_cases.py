import json
from pathlib import Path

import pytest

from service.parsing.byline import read_byline
from service.parsing.credit import read_credit
from service.parsing.dateline import read_dateline

CASES = json.loads((Path(__file__).parent.parent / "data" / "byline_cases.json").read_text(encoding="utf-8"))["cases"]


def people(creators):
    out = []
    for c in creators:
        row = {"given": c.given, "family": c.family}
        if c.particle:
            row["non-dropping-particle"] = c.particle
        out.append(row)
    return out


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:40])
def test_byline_case(case):
    text, language = case["text"], case["lang"]
    byline = read_byline(text, language)
    dateline = read_dateline(text, language)
    credit = read_credit(text, language)
    if case.get("none"):
        assert byline is None
        assert dateline is None
        assert credit is None
        return
    if case["where"] == "line":
        assert byline is not None
        found = {
            "authors": people(byline.authors),
            "editors": people(byline.editors),
            "translators": people(byline.translators),
            "contributors": people(byline.contributors),
            "agencies": [a.name for a in byline.agencies],
            "collective": byline.collective,
            "role": byline.role,
            "email": byline.emails[0] if byline.emails else None,
            "place": list(byline.places),
            "photographers": people(byline.photographers),
            "source_org": [],
        }
        if isinstance(case.get("place"), str):
            found["place"] = byline.places[0] if byline.places else None
    elif case["where"] == "lead":
        assert dateline is not None
        found = {
            "authors": people(dateline.reporters),
            "agencies": [dateline.agency.name] if dateline.agency else [],
            "place": dateline.place,
        }
    else:
        assert credit is not None
        found = {
            "photographers": people(credit.photographers),
            "agencies": [a.name for a in credit.agencies],
            "source_org": list(credit.source_org),
        }
    for name in (
        "authors",
        "editors",
        "translators",
        "contributors",
        "photographers",
        "agencies",
        "collective",
        "role",
        "email",
        "place",
        "source_org",
    ):
        if name in case:
            assert found[name] == case[name], name
        elif name in {"authors", "editors", "translators", "contributors", "photographers"}:
            assert not found.get(name), name

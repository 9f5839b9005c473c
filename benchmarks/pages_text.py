"""Read the copied pages of ../shared/pages/text, score them, and time them.

Run: python benchmarks/pages_text.py [--errors FIELD] [--with-url]

Predictions go to a temporary file and through the pages' own score.py, publishers' pages by the gold read by hand.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from schemas.article import Agency, Article, Creator  # noqa: E402
from schemas.document import Hints  # noqa: E402
from service.parsing import parse  # noqa: E402
from service.parsing.casing import restore  # noqa: E402
from service.parsing.names import full_name  # noqa: E402
from service.reading import read  # noqa: E402

PAGES = ROOT.parent / "shared" / "pages"


def shown(person: Creator) -> str:
    """A name in the order the page prints it."""
    return restore(person.printed or full_name(person))


def agency_name(agency: Agency, quotes: list[str]) -> str:
    """The form the page prints: its abbreviation where that stands in the evidence, else the name."""
    short = agency.abbreviation
    return short if short and any(short in q for q in quotes) else agency.name


def prediction(name: str, article: Article) -> dict[str, Any]:
    """An article in the words of score.py."""
    published = article.dates.published
    quotes = {p: [e.quote or "" for e in rows] for p, rows in article.evidence.items()}
    return {
        "id": name,
        "title": article.headline,
        "authors": [shown(a) for a in article.authors],
        "date": published.edtf[:10] if published and published.precision in {"day", "time"} else None,
        "publication": article.publication.name if article.publication else None,
        "credits": [{"caption": p.caption, "credit": p.credit} for p in article.photos],
        "emails": list(article.emails),
        "agencies": [
            {"name": agency_name(a, quotes.get(f"/agencies/{n}", [])), "role": a.role}
            for n, a in enumerate(article.agencies)
        ],
        "dateline": article.dateline.place if article.dateline else None,
        "section": article.section[-1] if article.section else None,
    }


def predictions(*, with_url: bool = False) -> list[dict[str, Any]]:
    """Every page read, with the processor time it took (after one page to warm up)."""
    addresses = {}
    if with_url:
        with (PAGES / "gold.jsonl").open(encoding="utf-8") as lines:
            addresses = {r["id"]: r.get("url") for r in map(json.loads, lines)}
    files = sorted((PAGES / "text").glob("*.txt"))
    parse(read(files[0].read_bytes(), media_type="text/plain"))
    rows = []
    for path in files:
        body = path.read_bytes()
        began = time.process_time()
        article = parse(read(body, media_type="text/plain"), Hints(url=addresses.get(path.stem)))
        row = prediction(path.stem, article)
        row["cpu_ms"] = 1000 * (time.process_time() - began)
        rows.append(row)
    return rows


def main() -> None:
    """Read, score, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", metavar="FIELD", help="print the pages where FIELD is wrong")
    parser.add_argument("--with-url", action="store_true", help="give the reader each page's address")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "predictions.jsonl"
        out.write_text("".join(json.dumps(r) + "\n" for r in predictions(with_url=asked.with_url)), encoding="utf-8")
        command = [sys.executable, PAGES / "score.py", PAGES / "gold.jsonl", out, "--by"]
        command += ["--checked", PAGES / "gold_checked.jsonl", "--annotated", PAGES / "gold_annotated.jsonl"]
        if asked.errors:
            command += ["--errors", asked.errors]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()

"""The documents of seeds/: what each is, what is read from it, how it is cited.

Run `python -m tests.golden [NAME ...]` to rewrite the expected files after a change that is meant; then read the diff.
"""

import json
import sys
from pathlib import Path
from typing import Any

import msgspec

from schemas.article import Article
from schemas.document import Hints
from service.parsing import parse
from service.reading import read
from service.referencing import to_csl
from service.rendering import cite, compiled

SEEDS = Path(__file__).parent.parent / "seeds"
STYLES = ("apa", "chicago-author-date", "chicago-notes-bibliography", "modern-language-association")
TYPES = {"document.txt": "text/plain", "document.html": "text/html"}


def names() -> list[str]:
    """Every folder of seeds/ that holds a document."""
    return sorted(p.parent.name for name in TYPES for p in SEEDS.glob(f"*/{name}"))


def article_of(name: str) -> Article:
    """The document of a folder, read with what its request.json says (url, language, infer_dates)."""
    folder = SEEDS / name
    path = next(folder / n for n in TYPES if (folder / n).exists())
    request = folder / "request.json"
    hints = msgspec.json.decode(request.read_bytes(), type=Hints) if request.exists() else Hints()
    document = read(path.read_bytes(), media_type=TYPES[path.name], url=hints.url)
    article = parse(document, hints)
    for pointer, rows in article.evidence.items():
        for row in rows:
            if row.start is not None:
                assert document.text[row.start : row.end] == row.quote, pointer
    return article


def citations_of(article: Article) -> dict[str, Any]:
    """Every form of the article's citation in the styles people ask for most."""
    found = {}
    for name in STYLES:
        style = compiled(name)
        citation = cite(style, [to_csl(article, style=name)])[0]
        row = {
            "entry": citation.entry,
            "parenthetical": citation.in_text.parenthetical if citation.in_text else None,
            "narrative": citation.in_text.narrative if citation.in_text else None,
            "note": citation.note,
            "short_note": citation.short_note,
        }
        found[name] = {k: v for k, v in row.items() if v}
    return found


def written(value: object) -> str:
    """JSON as it stands in seeds/: keys in order, no empty values."""
    return json.dumps(json.loads(msgspec.json.encode(value)), ensure_ascii=False, indent=2) + "\n"


def expected(name: str, file: str) -> str:
    """One of the expected files."""
    return (SEEDS / name / file).read_text(encoding="utf-8")


def rewrite(name: str) -> None:
    """Write what is read and cited now."""
    article = article_of(name)
    (SEEDS / name / "article.json").write_text(written(article), encoding="utf-8")
    (SEEDS / name / "citations.json").write_text(written(citations_of(article)), encoding="utf-8")


if __name__ == "__main__":
    for asked in sys.argv[1:] or names():
        rewrite(asked)

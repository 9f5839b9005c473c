"""The library's figures: 2,000 and 200,000 articles in SQLite; lists, searches and reads timed, import and export.

    python benchmarks/library.py [--sizes 2000 200000] [--database URL]

Times are of the library itself (server time without HTTP), the median and the 95th percentile of many different
questions. Articles are made up from a fixed seed: six languages, 400 publications, 3,000 reporters, dates over
ten years, a picture for every third; publications and reporters are as uneven as in life (Zipf).
"""

import argparse
import json
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from schemas.article import Agency, Article, Creator, Dates, DateValue, Photo, Publication
from schemas.evidence import Evidence
from schemas.library import Query
from service.library import BATCH, Entry, Library

BAR_MS = 20.0
BAR_IMPORT = 2000.0

SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "in", "on", "ar")]
HAN = "北京上海東京平壤金正恩主席發表講話經濟增長會談軍事演習外交部長總統選舉市場科技新聞記者報導日本韓國中國美國"
HANGUL = "평양서울대통령국회경제외교군사연합뉴스기자보도회담선거시장기술"
LANGUAGES = ["en"] * 6 + ["es", "de", "fr", "zh", "ko"]


class World:
    """Words, people and papers to make articles of."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.words = [
            "".join(self.dice.choice(SYLLABLES) for _ in range(self.dice.randint(1, 4))) for _ in range(30_000)
        ]
        self.papers = [f"{self.word().title()} {self.word().title()} Daily" for _ in range(400)]
        self.people = [(self.word().title(), self.word().title()) for _ in range(3000)]

    def word(self) -> str:
        """A word, the common ones often."""
        return self.words[min(int(self.dice.paretovariate(0.6)), len(self.words)) - 1]

    def one(self, many: list) -> object:
        """One of many, the first ones often."""
        return many[min(int(self.dice.paretovariate(0.8)), len(many)) - 1]

    def line(self, language: str, length: int) -> str:
        """So many words, or as long a text in characters."""
        if language in {"zh", "ko"}:
            letters = HAN if language == "zh" else HANGUL
            text = "".join(self.dice.choice(letters) for _ in range(length * 3))
            return text if language == "zh" else " ".join(text[i : i + 4] for i in range(0, len(text), 4))
        return " ".join(self.word() for _ in range(length))

    def article(self, number: int) -> Article:
        """An article with metadata of the usual size."""
        language = self.dice.choice(LANGUAGES)
        given, family = self.one(self.people)
        paper = self.one(self.papers)
        day = f"{self.dice.randint(2014, 2023)}-{self.dice.randint(1, 12):02}-{self.dice.randint(1, 28):02}"
        headline = self.line(language, 9)
        photos = ()
        if number % 3 == 0:
            photos = (Photo(caption=self.line(language, 20), credit="AFP", agencies=("Agence France-Presse",)),)
        return Article(
            headline=headline,
            authors=(Creator(given=given, family=family, printed=f"{given} {family}"),),
            agencies=(Agency(name="Reuters", role="byline"),) if number % 5 == 0 else (),
            photos=photos,
            publication=Publication(name=paper, domain=f"{paper.split()[0].lower()}.example"),
            dates=Dates(published=DateValue(edtf=day, precision="day")),
            language=language,
            url=f"https://{paper.split()[0].lower()}.example/{number}",
            abstract=self.line(language, 40),
            evidence={
                "/headline": (Evidence(source="json-ld", path="/headline", quote=headline, rule="x", confidence=0.9),),
                "/authors/0": (Evidence(source="meta", path="author", quote=family, rule="x", confidence=0.9),),
            },
        )


def timed(work: Callable[[], object], times: int) -> list[float]:
    """Milliseconds of each call."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def questions(world: World, library: Library, ids: list[str]) -> dict[str, Callable[[], object]]:
    """What is asked, by name."""
    dice = world.dice

    def first(query: Query) -> object:
        return library.find(query, limit=50)

    def second_page(query: Query) -> object:
        return library.find(query, limit=50, cursor=library.find(query, limit=50).next)

    return {
        "read by id": lambda: library.get(dice.choice(ids)).json(),
        "list, newest": lambda: first(Query()),
        "list, publication": lambda: first(Query(publication=world.one(world.papers))),
        "list, publication, by date": lambda: first(
            Query(publication=world.one(world.papers), sort="-published", since="2016-03", until="2021")
        ),
        "list, author and photo": lambda: first(
            Query(author=" ".join(world.one(world.people)), has_photo=True, sort="headline")
        ),
        "list, agency and language, 2nd page": lambda: second_page(
            Query(agency="Reuters", language=dice.choice(LANGUAGES), sort="published")
        ),
        "search, a word": lambda: first(Query(q=world.word())),
        "search, two words": lambda: first(Query(q=f"{world.word()} {world.word()}")),
        "search, by date": lambda: first(Query(q=world.word(), sort="-published")),
        "search, Chinese": lambda: first(Query(q="".join(dice.choice(HAN) for _ in range(2)))),
        "search, Korean and publication": lambda: first(
            Query(q="".join(dice.choice(HANGUL) for _ in range(2)), publication=world.one(world.papers))
        ),
    }


def filled(library: Library, world: World, size: int) -> tuple[list[str], float, float]:
    """Import from lines of JSON, as `POST /articles` and `tearsheet import` do.

    Returns the ids, articles a second, and articles a second of processor time (which other load disturbs least).
    """
    import msgspec

    ids, spent, worked, number = [], 0.0, 0.0, 0
    while number < size:
        count = min(BATCH, size - number)
        lines = [msgspec.json.encode(world.article(number + n)) for n in range(count)]
        start, before = time.perf_counter(), time.process_time()
        ids += [a.id for a in library.add_all([Entry(msgspec.json.decode(line, type=Article)) for line in lines])]
        spent += time.perf_counter() - start
        worked += time.process_time() - before
        number += count
    return ids, size / spent, size / worked


def exported(library: Library) -> Iterator[bytes]:
    """Every article as a line of JSON."""
    for stored in library.every():
        yield stored.json()


def main() -> int:
    """Measure, print, and fail where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[2000, 200_000])
    parser.add_argument("--database", help="a PostgreSQL URL with an empty, migrated library; SQLite otherwise")
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    figures: dict[int, dict[str, float]] = {}
    missed = []
    with tempfile.TemporaryDirectory() as folder:
        for size in given.sizes:
            library = Library(given.database or f"sqlite:///{folder}/{size}.sqlite3")
            library.start()
            world = World(1)
            ids, rate, worked = filled(library, world, size)
            figures[size] = {"import, articles/s": rate, "import, articles/s of processor time": worked}
            if rate < BAR_IMPORT:
                missed.append(f"import {rate:.0f}/s at {size}")
            for name, ask in questions(world, library, ids).items():
                ask()
                taken = timed(ask, given.times)
                figures[size][name + ", ms"] = statistics.median(taken)
                figures[size][name + ", ms p95"] = statistics.quantiles(taken, n=20)[18]
                if statistics.median(taken) > BAR_MS:
                    missed.append(f"{name} {statistics.median(taken):.1f} ms at {size}")
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            start = time.perf_counter()
            total = sum(map(len, exported(library)))
            figures[size]["export, articles/s"] = size / (time.perf_counter() - start)
            figures[size]["export, MB"] = total / 1e6
            figures[size]["export, growth of memory in MB"] = (
                resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
            ) / 1024
            library.close()
    if given.json:
        print(json.dumps(figures, indent=1))
    else:
        sizes = list(figures)
        print(f"{'':42}" + "".join(f"{size:>12,}" for size in sizes))
        for name in figures[sizes[0]]:
            print(f"{name:42}" + "".join(f"{figures[size][name]:12.2f}" for size in sizes))
    for line in missed:
        print("missed:", line, file=sys.stderr)
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main())

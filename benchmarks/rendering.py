"""How fast citations are rendered, beside citeproc-js and citeproc-py in the same run.

    python -m benchmarks.rendering [--items FILE] [--styles apa ieee ...] [--no-js] [--no-py] [--quick]

Prints CPU time, not wall time, and its ratios: a warm single entry, a bibliography of 1,000 entries, growth to 10,000
(disambiguation included; linear growth is the same cost an entry), a style got ready from cold, and the memory of a
hundred styles. citeproc-js is the npm package `citeproc` (2.4.63, whose processor calls itself 1.4.61), installed into
a cache folder outside the project; all three read the same locales. Without --items, 1,000 made-up items are used.
"""

import argparse
import copy
import json
import os
import random
import shutil
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import citeproc

from service.rendering import compiled, registry

HERE = Path(__file__).parent
STYLES = ["apa", "chicago-author-date", "chicago-notes-bibliography", "modern-language-association", "ieee", "nature"]
PACKAGE = "citeproc@2.4.63"
LOCALES = Path(citeproc.__file__).parent / "data" / "locales"
SHARED = HERE.parent.parent / "shared" / "csl" / "bench_items.json"

Items = list[dict[str, Any]]


def made_up(count: int) -> Items:
    """News items with few and many authors, repeated names and years, so that disambiguation has work to do."""
    draw = random.Random(11)
    words = [
        "harbour",
        "ferry",
        "storm",
        "council",
        "market",
        "parade",
        "deal",
        "talks",
        "river",
        "bridge",
        "vote",
        "film",
    ]
    families = [
        a + b for a in ("Mor", "Lin", "Dal", "Ber", "Kov", "San", "Tor", "Hal") for b in ("eau", "berg", "os", "ic")
    ]
    given = ["Claire", "Ada", "Jane", "Min-ji", "John A.", "Luisa", "Ken", "Eva", "Omar", "Åsa"]
    papers = ["The Port Weekly", "Daily Harbour", "Hafenbote", "Harbour Review", "The Gazette"]
    items: Items = []
    for number in range(count):
        people = [
            {"family": draw.choice(families), "given": draw.choice(given)}
            for _ in range(draw.choice([0, 1, 1, 2, 3, 5]))
        ]
        item: dict[str, Any] = {
            "id": f"m{number:05}",
            "type": draw.choice(["article-newspaper", "article-newspaper", "webpage", "article-magazine"]),
            "title": " ".join(draw.choice(words) for _ in range(draw.randint(4, 12))).capitalize(),
            "container-title": draw.choice(papers),
            "issued": {"date-parts": [[draw.randint(1990, 2025), draw.randint(1, 12), draw.randint(1, 28)]]},
            "URL": f"https://example.org/{number}",
        }
        if people:
            item["author"] = people
        items.append(item)
    return items


def grown(items: Items, count: int) -> Items:
    """`count` items: copies with other ids, titles and days, so that each copy is a work of its own."""
    out = []
    for number in range(count):
        item = copy.deepcopy(items[number % len(items)])
        turn = number // len(items)
        item["id"] = f"g{number:06}"
        if turn:
            item["title"] = f"{item.get('title', 'Untitled')} part {turn}"
        out.append(item)
    return out


class Ours:
    """The processor of this project."""

    name = "tearsheet"

    def single(self, style: str, items: Items) -> float:
        """CPU seconds an entry, warm, each rendered as a list of its own; one pass."""
        made = compiled(style, "en-US")
        for item in items[:50]:
            made.render([item])
        start = time.process_time()
        for item in items:
            made.render([item])
        return (time.process_time() - start) / len(items)

    def bibliography(self, style: str, items: Items) -> float:
        """CPU seconds of one sorted, disambiguated bibliography."""
        made = compiled(style, "en-US")
        start = time.process_time()
        made.render(items)
        return time.process_time() - start

    def cold(self, style: str, items: Items) -> float:
        """CPU seconds until the first entry, in a process of its own that has rendered another style before."""
        script = (
            "import sys,json,time;from service.rendering import compiled;"
            "item=json.load(sys.stdin);compiled('bmj').render([item]);start=time.process_time();"
            f"compiled({style!r},'en-US').render([item]);print(time.process_time()-start)"
        )
        out = subprocess.run(
            [sys.executable, "-c", script], input=json.dumps(items[0]), capture_output=True, text=True, check=True,
            cwd=HERE.parent,
        )  # fmt: skip
        return float(out.stdout)


class CiteprocJs:
    """citeproc-js in a node process that answers one job a line."""

    def __init__(self) -> None:
        folder = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "tearsheet-bench"
        module = folder / "node_modules" / "citeproc"
        if not module.exists():
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "package.json").write_text('{"private": true}\n', encoding="utf-8")
            subprocess.run(
                ["npm", "install", "--no-audit", "--no-fund", PACKAGE], cwd=folder, check=True, stdout=sys.stderr
            )
        command = ["node", str(HERE / "citeproc_peer.js"), str(module)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.name = "citeproc-js"

    def ask(self, mode: str, style: str, items: Items, **options: Any) -> dict[str, Any]:
        """One job's answer; RuntimeError with citeproc-js's message where it fails."""
        path = str(registry.find(style).path)
        job = {"mode": mode, "style": path, "locales": str(LOCALES), "lang": "en-US", "items": items, **options}
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(job) + "\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        if "error" in answer:
            raise RuntimeError(answer["error"])
        self.name = f"citeproc-js {answer['version']}"
        return answer

    def single(self, style: str, items: Items) -> float:
        """As Ours.single."""
        return float(self.ask("single", style, items)["cpu"])

    def bibliography(self, style: str, items: Items) -> float:
        """As Ours.bibliography."""
        return float(self.ask("bibliography", style, items)["cpu"])

    def cold(self, style: str, items: Items) -> float:
        """As Ours.cold, in a process that is warm with other styles."""
        return float(self.ask("cold", style, items[:1])["cpu"])

    def close(self) -> None:
        """End the node process."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(10)


class CiteprocPy:
    """citeproc-py by itself, as its README uses it."""

    name = "citeproc-py"

    def single(self, style: str, items: Items) -> float:
        """CPU seconds an entry; items it fails on (date ranges, seasons) are not counted."""
        from citeproc import (
            Citation,
            CitationItem,
            CitationStylesBibliography,
            CitationStylesStyle,
            formatter,
        )
        from citeproc.source.json import CiteProcJSON

        made = CitationStylesStyle(str(registry.find(style).path), locale="en-US", validate=False)
        spent, done = 0.0, 0
        for item in items:
            start = time.process_time()
            try:
                listed = CitationStylesBibliography(made, CiteProcJSON([copy.deepcopy(item)]), formatter.plain)
                listed.register(Citation([CitationItem(item["id"])]))
                [str(entry) for entry in listed.bibliography()]
            except Exception:  # noqa: BLE001 - its crashes are known (DESIGN); only its speed is of interest here
                continue
            spent += time.process_time() - start
            done += 1
        return spent / done if done else float("nan")


@contextmanager
def peer(wanted: bool) -> Iterator[CiteprocJs | None]:
    """citeproc-js for the time of the run, if it is wanted."""
    if wanted and not (shutil.which("node") and shutil.which("npm")):
        print("no node and npm here: without citeproc-js")
        wanted = False
    js = CiteprocJs() if wanted else None
    try:
        yield js
    finally:
        if js is not None:
            js.close()


def ratio(theirs: float, ours: float) -> str:
    """How many times faster, or a dash."""
    return f"{theirs / ours:8.1f}x" if theirs < float("inf") else f"{'-':>9}"


def column(seconds: float) -> str:
    """A column's width of milliseconds, or a dash."""
    return f"{1000 * seconds:10.3f}" if seconds < float("inf") else f"{'-':>10}"


def memory(count: int = 100) -> str:
    """Resident memory of a process before and after it compiled and used so many styles."""
    script = f"""
import json, random
from service.rendering import compiled, registry
from service.rendering.processor import CompiledStyle
def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * {os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096}
names = sorted(name for name, info in registry.registry().index().items() if info.parent is None)
chosen = random.Random(5).sample(names, {count})
item = json.load(open({str(HERE / "items.json")!r}, encoding="utf-8"))[0]
compiled("apa").render([item])
before, kept = resident(), []
for name in chosen:
    kept.append(compiled(name)); kept[-1].render([item])
print(before, resident())
"""
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=HERE.parent)
    before, after = (int(number) / 1e6 for number in out.stdout.split())
    return f"{count} styles: {after:.0f} MB in all, {after - before:.0f} MB of it the styles"


def main() -> None:
    """Measure what is asked for and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--items", type=Path, default=SHARED if SHARED.exists() else None)
    parser.add_argument("--styles", nargs="*", default=STYLES)
    parser.add_argument("--no-js", action="store_true", help="without citeproc-js (no node, no npm)")
    parser.add_argument("--no-py", action="store_true", help="without citeproc-py")
    parser.add_argument("--quick", action="store_true", help="fewer rounds; for a look, not for a figure")
    asked = parser.parse_args()
    warnings.simplefilter("ignore")
    items: Items = json.loads(asked.items.read_text(encoding="utf-8")) if asked.items else made_up(1000)
    rounds = 2 if asked.quick else 5
    few = items[:250]
    ours, python = Ours(), CiteprocPy()
    print(f"{len(items):,} items of {asked.items.name if asked.items else 'our own making'}; CPU milliseconds")
    with peer(not asked.no_js) as js:

        def line(what: str, measure: Callable[[Any], float], times: int, *, py: bool = False) -> None:
            """The best of some rounds, taken in turns so that a busy machine disturbs all alike."""
            mine, theirs, pys = float("inf"), float("inf"), float("inf")
            for turn in range(times):
                mine = min(mine, measure(ours))
                if js is not None:
                    theirs = min(theirs, measure(js))
                if py and not asked.no_py and turn < 2:
                    pys = min(pys, measure(python))
            print(
                f"{what:38}{column(mine)}{column(theirs)}{ratio(theirs, mine)}{column(pys)}{ratio(pys, mine)}",
                flush=True,
            )

        print(f"{'':38}{'tearsheet':>10}{'-js':>10}{'ratio':>9}{'-py':>10}{'ratio':>9}")
        for style in asked.styles:
            line(f"{style}, one entry", lambda engine, style=style: engine.single(style, few), rounds, py=True)
        for style in asked.styles:
            line(f"{style}, {len(items):,}", lambda engine, style=style: engine.bibliography(style, items), rounds)
        for style in asked.styles:
            line(f"{style}, cold", lambda engine, style=style: engine.cold(style, items), 2)
        if js:
            print(f"-js is {js.name}, -py is citeproc-py")
    print("growth, CPU milliseconds an entry of one bibliography")
    for style in asked.styles[:3] if asked.quick else asked.styles:
        costs = {
            count: 1000 * min(ours.bibliography(style, grown(items, count)) for _ in range(2)) / count
            for count in (1000, 3000, 10_000)
        }
        row = "   ".join(f"{count:,}: {cost:.3f}" for count, cost in costs.items())
        print(f"{style:38}{row}   10,000 to 3,000: {costs[10_000] / costs[3000]:.2f}", flush=True)
    print(memory())


if __name__ == "__main__":
    main()

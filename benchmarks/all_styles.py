"""Compile every independent CSL style and render 30 varied items with each: bibliography, clusters, notes.

    python -m benchmarks.all_styles [--jobs 2] [--sample N] [--only ID ...] [--slowest 10]

Prints what failed, grouped by cause, the slowest styles to get ready, and whether every dependent style resolves.
Exit status 1 if anything failed.
"""

import argparse
import collections
import json
import random
import sys
import time
import traceback
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from schemas.citation import Cite, Cluster
from service.rendering import compiled, registry

ITEMS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "items.json").read_text(encoding="utf-8"))


def clusters(items: list[dict[str, Any]], *, note: bool) -> list[Cluster]:
    """Cites alone and together, repeated for ibid and subsequent forms, with locators, prefixes and narrative form."""
    ids = [item["id"] for item in items]
    made = [Cluster(cites=(Cite(id=name),)) for name in ids]
    made += [Cluster(cites=tuple(Cite(id=name) for name in ids[start : start + 4])) for start in range(0, len(ids), 4)]
    made += [
        Cluster(cites=(Cite(id=ids[0], locator="12-15", label="page"),)),
        Cluster(cites=(Cite(id=ids[0], locator="12-15", label="page"),)),
        Cluster(cites=(Cite(id=ids[0], locator="99"),)),
        Cluster(cites=(Cite(id=ids[0], prefix="see ", suffix=", for one"), Cite(id=ids[-1], suppress_author=True))),
        Cluster(cites=(Cite(id=ids[1], author_only=True),)),
        Cluster(cites=(Cite(id=ids[0]),), mode="narrative"),
    ]
    if note:
        made = [Cluster(cites=each.cites, note=number, mode=each.mode) for number, each in enumerate(made, start=1)]
    return made


def try_style(name: str) -> dict[str, Any]:
    """Compile and render one style; what went wrong, and how long it took to be ready (CPU seconds)."""
    row: dict[str, Any] = {"style": name}
    start = time.process_time()
    try:
        style = compiled(name)
        row["ready"] = time.process_time() - start
        row["stage"] = "render"
        for output in ("text", "html"):
            made = style.render(ITEMS, clusters(ITEMS, note=style.class_ == "note"), output=output)
            row["stage"] = "check"
            # a style may have nothing to print for some types (a journal's for letters, court cases, even news)
            if made.entries is not None and not any(entry.text for entry in made.entries):
                raise AssertionError("no entry has any text")
            if made.entries is not None and {entry.id for entry in made.entries} - {i["id"] for i in ITEMS}:
                raise AssertionError("an entry of no item")
            if len(made.clusters) != len(clusters(ITEMS, note=False)):
                raise AssertionError(f"{len(made.clusters)} clusters")
            if not any(made.clusters) and not made.entries:
                raise AssertionError("nothing printed at all")
            row["stage"] = "render"
        row["total"] = time.process_time() - start
        del row["stage"]
    except Exception as error:  # noqa: BLE001 - the point is to see every way a style can fail
        row.setdefault("stage", "compile")
        place = traceback.extract_tb(error.__traceback__)[-1]
        row["error"] = f"{type(error).__name__}: {str(error)[:160]}"
        row["place"] = f"{Path(place.filename).name}:{place.lineno} {place.name}"
    return row


def main() -> int:
    """Run the styles asked for and report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--sample", type=int, help="only so many, chosen by a fixed seed")
    parser.add_argument("--only", nargs="*", help="only these styles")
    parser.add_argument("--slowest", type=int, default=5)
    asked = parser.parse_args()
    index = registry.registry().index()
    names = asked.only or [name for name, info in index.items() if info.parent is None]
    if asked.sample:
        names = random.Random(7).sample(names, asked.sample)
    start = time.time()
    if asked.jobs > 1:
        with ProcessPoolExecutor(asked.jobs, max_tasks_per_child=200) as pool:
            rows = list(pool.map(try_style, names, chunksize=20))
    else:
        rows = [try_style(name) for name in names]
    failed = [row for row in rows if "error" in row]
    causes = collections.defaultdict(list)
    for row in failed:
        causes[row["stage"], row["place"], row["error"]].append(row["style"])
    for (stage, place, error), styles in sorted(causes.items(), key=lambda each: -len(each[1])):
        print(f"{len(styles):5} {stage:8} {place}: {error}\n        {', '.join(styles[:4])}")
    ready = sorted((row["ready"], row["style"]) for row in rows if "ready" in row)
    if ready:
        middle, late = ready[len(ready) // 2][0], ready[len(ready) * 99 // 100][0]
        print(f"ready: median {1000 * middle:.0f} ms, 99th percentile {1000 * late:.0f} ms; slowest")
        for seconds, style in ready[-asked.slowest :]:
            print(f"       {1000 * seconds:5.0f} ms {style}")
    unresolved = 0
    if not asked.only:
        for name, info in index.items():
            if info.parent is not None:
                try:
                    unresolved += registry.find(name).info.parent is None
                except Exception as error:  # noqa: BLE001
                    unresolved += 1
                    print(f"dependent {name}: {error}")
        print(f"{sum(info.parent is not None for info in index.values()):,} dependent styles, {unresolved} unresolved")
    print(f"{len(rows):,} styles, {len(failed)} failed, {time.time() - start:.0f} s")
    return 1 if failed or unresolved else 0


if __name__ == "__main__":
    sys.exit(main())

"""Every style is usable: a sample of the CSL project's, a hundred at once in memory, one from many threads.

`python -m benchmarks.all_styles` runs all of them.
"""

import json
import random
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from benchmarks.all_styles import ITEMS, clusters, try_style
from service.rendering import compiled, registry

ROOT = Path(__file__).parent.parent.parent

FAMOUS = ["apa", "chicago-notes-bibliography", "modern-language-association", "ieee", "nature", "oscola"]


def sample() -> list[str]:
    """Some of each citation format, so that note, numeric and label styles are all among them."""
    by_format: dict[str | None, list[str]] = {}
    for name, info in sorted(registry.registry().index().items()):
        if info.parent is None:
            by_format.setdefault(info.citation_format, []).append(name)
    draw = random.Random(2026)
    return FAMOUS + [name for names in by_format.values() for name in draw.sample(names, min(4, len(names)))]


@pytest.mark.parametrize("style", sample())
def test_a_sample_of_styles_renders_varied_items(style: str) -> None:
    row = try_style(style)
    assert "error" not in row, row


def test_a_hundred_styles_fit_in_memory() -> None:
    """150 MB in all, measured in a process of its own."""
    script = """
import json, sys
from service.rendering import compiled
names = json.load(sys.stdin)
kept = [compiled(name) for name in names]
for style in kept:
    style.render([{"id": "x", "type": "article-newspaper", "title": "Ferry", "container-title": "The Port Weekly"}])
with open("/proc/self/status") as file:
    print(next(line.split()[1] for line in file if line.startswith("VmRSS")))
"""
    if not Path("/proc/self/status").exists():
        pytest.skip("resident memory is read from /proc")
    names = sorted(name for name, info in registry.registry().index().items() if info.parent is None)
    chosen = random.Random(5).sample(names, 100)
    out = subprocess.run(
        [sys.executable, "-c", script],
        input=json.dumps(chosen), capture_output=True, text=True, check=True, cwd=ROOT, timeout=120,
    )  # fmt: skip
    assert int(out.stdout) / 1000 < 150


@pytest.mark.parametrize("style", ["apa", "chicago-notes-bibliography", "ieee"])
def test_eight_threads_print_what_one_prints(style: str) -> None:
    made = compiled(style)
    asked = clusters(ITEMS, note=made.class_ == "note")
    alone = made.render(ITEMS, asked, output="html")
    found: list[Any] = []
    start = threading.Barrier(8)

    def work(turn: int) -> None:
        start.wait()
        for _ in range(2):
            # other items in between, so that one thread's state could leak into another's
            made.render(ITEMS[turn :: turn + 1], output="text")
            found.append(made.render(ITEMS, asked, output="html"))

    threads = [threading.Thread(target=work, args=(turn,)) for turn in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 16
    assert all(each == alone for each in found)

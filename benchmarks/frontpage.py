"""The page people open, timed in a real Chromium: from the paste to the citation, and how long a megabyte holds it up.

`python -m benchmarks.frontpage [--times 20]` starts a service of its own and prints medians in milliseconds.
"""

import argparse
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import CHROMIUM, QUIET
from tests.serving import ROOT, serving

SEED = ROOT / "seeds" / "korea-joongang-daily" / "document.txt"
LONG = "A long and quiet line of a long document, one of very many.\n" * 17_000

WATCH = """() => {
  window.tasks = [];
  new PerformanceObserver(list => window.tasks.push(...list.getEntries().map(task => task.duration)))
    .observe({ type: "longtask" });
  window.cited = new Promise(done => {
    let start;
    document.getElementById("paste").addEventListener("paste", () => { start = performance.now(); }, { capture: true });
    new MutationObserver(() => { if (document.getElementById("entry")) done(performance.now() - start); })
      .observe(document.getElementById("citation"), { childList: true });
  });
}"""
"""Starts the clock at the paste and stops it when the entry stands; tasks over 50 ms are what a person feels."""


def pasted(page: Page, address: str, text: str) -> tuple[float, list[float]]:
    """Milliseconds from the paste to the citation, and those of each task that held the page up for more than 50."""
    page.goto(address)
    page.evaluate(WATCH)
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.focus("#paste")
    page.keyboard.press("Control+v")
    took = page.evaluate("window.cited")
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 100)))")
    return took, page.evaluate("window.tasks")


def main() -> None:
    """Print both figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=20, help="how often the seed is pasted")
    times = parser.parse_args().times
    seed = SEED.read_text(encoding="utf-8")
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder) / "log", TEARSHEET_FETCH="off", TEARSHEET_WARM="apa") as service,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
        page = context.new_page()
        first, *others = [pasted(page, service.url, seed)[0] for _ in range(times + 1)]
        print(f"seed, paste to citation: median {statistics.median(others):.0f} ms of {times}", end="; ")
        print(f"slowest {max(others):.0f}, the first of a new service {first:.0f}")
        took, tasks = pasted(page, service.url, f"{seed}\n{LONG}")
        print(f"1 MB, paste to citation: {took:.0f} ms; longest task {max(tasks, default=0):.0f} ms", end=" ")
        print(f"of {len(tasks)} over 50 ms, together {sum(tasks):.0f}")
        browser.close()


if __name__ == "__main__":
    main()

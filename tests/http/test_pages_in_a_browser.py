"""The pages in a real Chromium, at phone and desktop width, light and dark: they fit, can be read, and load nothing."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from tests.articles import FULL
from tests.asking import ask
from tests.serving import serving

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip

MEASURE = """() => {
  const rgb = text => (text.match(/[0-9.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const paper = light(rgb(getComputedStyle(document.body).backgroundColor));
  const contrasts = [...document.querySelectorAll('body *')].filter(e => e.innerText && e.checkVisibility())
    .map(e => light(rgb(getComputedStyle(e).color)))
    .map(ink => (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05));
  return {
    over: document.documentElement.scrollWidth - window.innerWidth,
    contrast: Math.min(...contrasts),
    small: [...document.querySelectorAll('ul.files a')].filter(e => e.checkVisibility())
      .filter(e => e.getBoundingClientRect().height < 44).length,
    unnamed: [...document.querySelectorAll('a, summary')].filter(e => !e.textContent.trim()).length,
    headings: [...document.querySelectorAll('h1, h2')].map(e => e.tagName).join(' '),
    lang: document.documentElement.lang,
    title: document.title,
  };
}"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed")
    log = tmp_path_factory.mktemp("browser") / "log"
    with serving(log, TEARSHEET_WARM="", TEARSHEET_FETCH="off") as service:
        made = ask(f"{service.url}/articles", msgspec.json.encode(FULL), Content_Type="application/json")
        address = f"{service.url}/articles/{json.loads(made.body)['id']}"
        yield [address, f"{address}/photos/1"]


def test_pages_fit_and_can_be_read(pages: list[str], tmp_path: Path) -> None:
    from playwright.sync_api import sync_playwright

    said: list[str] = []
    asked: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("request", lambda request: asked.append(request.url))
        for url in pages:
            page.goto(url)
            page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
            for width, scheme in ((360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")):
                page.set_viewport_size({"width": width, "height": 800})
                page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                seen = page.evaluate(MEASURE)
                assert seen["over"] <= 0, (url, width)
                assert seen["contrast"] >= 4.5, (url, scheme)
                assert (seen["small"], seen["unnamed"], seen["lang"]) == (0, 0, "en")
                assert seen["headings"].startswith("H1 H2")
                assert seen["title"].endswith("The Odesa Courier")
            page.screenshot(path=tmp_path / "page.png", full_page=True)
        browser.close()
    assert said == []
    assert {url for url in asked if not url.endswith("/favicon.ico")} == set(pages)

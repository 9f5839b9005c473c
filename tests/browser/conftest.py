"""A real Chromium over the served page; without one these tests are skipped."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.serving import ROOT, Served, serving

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

PATIENCE = 60_000
"""Milliseconds that anything in a page may take: two cores may be busy with the rest of the suite."""

SIZES = {"desktop": (1280, 900), "phone": (360, 740)}

PICTURES = ROOT / "build" / "pictures"
"""Where the tests leave what they saw, to be looked at."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Ended with the module: only one Playwright can run in a process, and other modules start their own."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield found
        found.close()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A service with a library of its own."""
    with serving(tmp_path_factory.mktemp("page") / "log", TEARSHEET_FETCH="off", TEARSHEET_WARM="apa") as running:
        yield running


Opener = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, service: Served) -> Iterator[Opener]:
    """Opens a path of the service in a browser window of its own; what goes wrong in the page fails the test."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def opened(path: str = "/", size: str = "desktop", scheme: str = "light", scripts: bool = True) -> Page:
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,  # type: ignore[arg-type]
            java_script_enabled=scripts,
            permissions=["clipboard-read", "clipboard-write"],
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.on(
            "request",
            lambda request: (
                wrong.append(request.url) if not request.url.startswith((service.url, "blob:", "data:")) else None
            ),
        )
        page.goto(service.url + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


def picture(page: Page, name: str) -> Path:
    """What the page looks like now."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    path = PICTURES / f"{name}.png"
    page.screenshot(path=path)
    return path

"""The page people open, driven as they would: pasted into, pointed at, corrected, copied from; on a desk and a phone."""

import http.server
import json
import re
import threading
from collections.abc import Callable
from pathlib import Path

import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.asking import ask
from tests.browser.conftest import SIZES, picture
from tests.serving import ROOT, Served

Opener = Callable[..., Page]

SEED = ROOT / "seeds" / "korea-joongang-daily" / "document.txt"
EXAMPLE = "/?example=korea-joongang-daily"
APA = (
    "Lee, M. (n.d.). Russian, Chinese officials likely to attend another North Korean military parade this week. "
    "Korea JoongAng Daily."
)
ASSETS = ROOT / "service" / "http" / "assets"


def entry(page: Page) -> str:
    expect(page.locator("#entry")).not_to_be_empty()
    return page.locator("#entry").inner_text()


def paste(page: Page, text: str) -> None:
    page.bring_to_front()  # only the page in front may write to the clipboard
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.focus("#paste")
    page.keyboard.press("Control+v")


@pytest.mark.parametrize("size", SIZES)
def test_paste_gives_the_citation(open_page: Opener, size: str) -> None:
    page = open_page("/", size)
    paste(page, SEED.read_text())
    assert entry(page) == APA
    assert "(Lee, n.d.)" in page.locator(".forms").inner_text()
    assert page.locator("#entry i").inner_text() == "Korea JoongAng Daily"
    assert "Yonhap" in page.locator(".photos").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_every_mark_shows_the_words_that_were_read(open_page: Opener) -> None:
    page = open_page(EXAMPLE)
    entry(page)
    marked = page.evaluate(
        """() => { const found = {};
        for (const mark of document.querySelectorAll("#document mark"))
          for (const pointer of mark.dataset.pointers.split(" ")) found[pointer] = (found[pointer] ?? "") + mark.textContent;
        return found; }"""
    )
    assert marked["/byline"] == "BY MICHAEL LEE [lee.junhyuk@joongang.co.kr]"
    assert "lee.junhyuk@joongang.co.kr" in marked["/emails/0"]
    assert "YONHAP" in marked["/photos/0/credit"]
    assert (page.locator("#document").text_content() or "").count("Satellite images taken in recent weeks") == 1


def test_pointing_at_one_shows_the_other(open_page: Opener) -> None:
    page = open_page(EXAMPLE)
    entry(page)
    page.locator('.field[data-pointer="/emails"]').hover()
    expect(page.locator("#document mark.lit").first).to_have_text(re.compile("joongang.co.kr"))
    page.locator('#document mark[data-pointers*="/byline"]').first.hover()
    expect(page.locator(".field.lit").first).to_be_visible()


@pytest.mark.parametrize("size", SIZES)
def test_a_correction_changes_the_citation_at_once(open_page: Opener, size: str) -> None:
    page = open_page(EXAMPLE, size)
    entry(page)
    page.locator('.field[data-pointer="/dates/published"] input').fill("2023-09-03")
    page.keyboard.press("Tab")
    expect(page.locator("#entry")).to_contain_text("(2023, September 3)")
    expect(page.locator('.field[data-pointer="/dates/published"]')).to_contain_text("given by you")
    page.locator('.field[data-pointer="/authors"] input').nth(1).fill("Leigh")
    page.keyboard.press("Tab")
    expect(page.locator("#entry")).to_contain_text("Leigh, M.")


def test_the_style_is_found_by_name_and_kept_in_the_address(open_page: Opener) -> None:
    page = open_page(EXAMPLE)
    entry(page)
    page.focus("#style")
    page.keyboard.type("modern language")
    expect(page.locator("#style-list li").first).to_contain_text("modern-language-association")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#entry")).to_contain_text("Lee, Michael.")
    expect(page).to_have_url(re.compile("style=modern-language-association"))
    page.select_option("#locale", "fr-FR")
    expect(page).to_have_url(re.compile("locale=fr-FR"))


def test_copy_and_download(open_page: Opener) -> None:
    page = open_page(EXAMPLE)
    entry(page)
    page.locator("#citation button", has_text="Copy plain").first.click()
    expect(page.locator("#live")).to_have_text("Copied as plain text.")
    assert page.evaluate("navigator.clipboard.readText()") == APA
    page.locator("#citation button", has_text=re.compile("^Copy$")).first.click()
    expect(page.locator("#live")).to_have_text("Copied.")
    rich = page.evaluate("navigator.clipboard.read().then(all => all[0].getType('text/html')).then(one => one.text())")
    assert "<i>Korea JoongAng Daily</i>" in rich
    page.select_option("#format", "ris")
    with page.expect_download() as waiting:
        page.locator("#citation button", has_text="Download").click()
    assert waiting.value.suggested_filename == "tearsheet.ris"
    assert "TY  - NEWS" in Path(waiting.value.path()).read_text()


def test_files_are_read_and_cited_together(open_page: Opener, tmp_path: Path) -> None:
    page = open_page("/")
    item = {"id": "a", "type": "article-newspaper", "title": "Harbour reopens", "container-title": "The Port Weekly"}
    files = {
        "items.json": json.dumps([item]),
        "refs.ris": "TY  - NEWS\r\nTI  - Ferry sails again\r\nT2  - The Port Weekly\r\nER  - \r\n",
        "saved.html": "<!doctype html><title>Old</title><article><h1>Lighthouse turns one hundred</h1>"
        "<p>By Ida Holm</p><p>The lighthouse at the harbour mouth turned one hundred years old on Sunday.</p></article>",
    }
    for n, (name, text) in enumerate(files.items(), 1):
        (tmp_path / name).write_text(text)
        page.set_input_files("#file", tmp_path / name)
        expect(page.locator("#list li")).to_have_count(n)
    expect(page.locator("h3", has_text="All 3 together")).to_be_visible()
    expect(page.locator("#citation")).to_contain_text("Ferry sails again")
    expect(page.locator("#citation")).to_contain_text("Holm, I.")
    page.locator("#list button").first.click()
    expect(page.locator("#list li")).to_have_count(2)


def test_a_file_dropped_on_the_page_is_read(open_page: Opener) -> None:
    page = open_page("/")
    text = "@article{a, title = {Ferry sails again}, author = {Holm, Ida}, journal = {The Port Weekly}, year = 2024}"
    dropped = page.evaluate_handle(
        """text => { const held = new DataTransfer();
        held.items.add(new File([text], "refs.bib", { type: "" })); return held; }""",
        text,
    )
    page.dispatch_event("#intake-zone", "dragover", {"dataTransfer": dropped})
    page.dispatch_event("#intake-zone", "drop", {"dataTransfer": dropped})
    expect(page.locator("#entry")).to_have_text("Holm, I. (2024). Ferry sails again. The Port Weekly.")


def test_a_stored_article_opens_again_at_its_address(open_page: Opener, service: Served) -> None:
    page = open_page("/?style=modern-language-association")
    paste(page, SEED.read_text())
    entry(page)
    page.locator('.field[data-pointer="/headline"] input').fill("Officials to attend a parade")
    page.keyboard.press("Tab")
    expect(page.locator("#entry")).to_contain_text("Officials to Attend a Parade")  # else the button is drawn anew
    page.locator("#citation button", has_text="Save in the library").click()
    expect(page.locator('#citation a[href^="/articles/"]')).to_be_visible()
    expect(page).to_have_url(re.compile("article="))
    again = open_page(page.url.removeprefix(service.url))
    expect(again.locator("#entry")).to_contain_text("Lee, Michael. “Officials to Attend a Parade.”")
    expect(again.locator('.field[data-pointer="/headline"]')).to_contain_text("given by you")
    expect(again.locator("#document")).to_contain_text("Satellite images")


def test_the_charts_show_what_the_library_holds(open_page: Opener, service: Served) -> None:
    for document in sorted(ROOT.glob("seeds/*/document.*")):
        kind = "text/html" if document.suffix == ".html" else "text/plain"
        answer = ask(f"{service.url}/articles", document.read_bytes(), Content_Type=f"{kind}; charset=utf-8")
        assert answer.status in (200, 201)
    charts = open_page("/charts")
    expect(charts.locator("#holdings")).to_contain_text("Korea JoongAng Daily")
    expect(charts.locator("#service")).to_contain_text("/articles")
    picture(charts, "charts")


def test_without_scripts_the_form_gives_the_citation(open_page: Opener) -> None:
    page = open_page("/", scripts=False)
    page.fill("#paste", SEED.read_text())
    page.fill("#plain-style", "ieee")
    page.click("#read")
    assert "M. Lee, “Russian, Chinese officials" in page.locator(".entry").inner_text()
    assert "lee.junhyuk@joongang.co.kr" in page.locator("#plain").inner_text()
    page.fill("#paste", "")
    page.click("#read")
    assert "Nothing to read" in page.locator("#problem").inner_text()


HOSTILE = """<script>window.pwned = 1</script><img src="https://elsewhere.example/x" onerror="window.pwned = 1">
</script><svg onload="window.pwned = 1"><h1>Headline "><script>window.pwned = 1</script></h1>
By <b onmouseover="window.pwned = 1">Ida Holm</b> <a href="javascript:window.pwned=1">x</a>
Ida Holm [ida@paper.example"><script>window.pwned=1</script>]"""


@pytest.mark.parametrize(
    "text", [HOSTILE, f"Plain words first\n\n{HOSTILE}", f"<html><body>{HOSTILE * 3}</body></html>"]
)
def test_nothing_pasted_is_run_or_sent_elsewhere(open_page: Opener, text: str) -> None:
    page = open_page("/")
    paste(page, text)
    entry(page)
    page.locator('.field[data-pointer="/headline"] input').fill('<img src=x onerror="window.pwned=1">')
    page.keyboard.press("Tab")
    expect(page.locator("#entry")).to_contain_text("onerror")
    assert page.evaluate("window.pwned") is None
    assert page.locator("#document script, #document img, #citation img, #fields img").count() == 0
    plain = open_page("/", scripts=False)
    plain.fill("#paste", text)
    plain.click("#read")
    assert plain.locator("#plain script, #plain img").count() == 0


def test_keyboard_alone_is_enough(open_page: Opener) -> None:
    page = open_page(EXAMPLE)
    entry(page)
    mark = page.locator('#document mark[tabindex="0"]').first
    mark.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".field :focus")).to_have_count(1)
    page.locator('.field[data-pointer="/headline"] input').focus()
    page.keyboard.press("End")
    page.keyboard.type(" again")
    page.keyboard.press("Tab")
    expect(page.locator("#entry")).to_contain_text("this week again")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_serious(open_page: Opener, size: str, scheme: str) -> None:
    for path, name in (("/", "empty"), (EXAMPLE, "reading"), ("/charts", "charts")):
        page = open_page(path, size, scheme)
        expect(
            page.locator({"reading": "#entry", "charts": "#service h2", "empty": "main"}[name]).first
        ).to_be_visible()
        if name == "charts":
            expect(page.locator("#holdings h2").first).to_be_visible()
        found = Axe().run(page)
        serious = [one for one in found.response["violations"] if one["impact"] in {"serious", "critical"}]
        assert serious == [], [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in serious]
        picture(page, f"{name}-{size}-{scheme}")


def test_a_megabyte_stays_usable(open_page: Opener) -> None:
    page = open_page("/")
    paste(page, SEED.read_text() + "\n" + "A long and quiet line of a long document, one of very many.\n" * 17_000)
    assert entry(page) == APA
    frame = "new Promise(done => { const start = performance.now(); requestAnimationFrame(() => done(performance.now() - start)); })"
    assert page.evaluate(frame) < 5000, "the page is stuck"
    page.locator('.field[data-pointer="/emails"] input').focus()
    expect(page.locator("#document mark.lit").first).to_be_attached()


@pytest.mark.parametrize(
    ("text", "author"),
    [
        (
            "افتتاح الميناء بعد العاصفة\n\nبقلم سليم حداد\n\nأعادت السلطات فتح الميناء صباح الأحد بعد ثلاثة أيام من العاصفة.",
            None,
        ),
        (
            "항구 다시 문 열어\n\n홍길동 기자 hong@paper.example\n\n폭풍이 지나간 뒤 항구가 다시 문을 열었다고 당국이 밝혔다.",
            "홍",
        ),
    ],
)
def test_other_scripts_stand_the_right_way(open_page: Opener, text: str, author: str | None) -> None:
    page = open_page("/")
    paste(page, text)
    entry(page)
    first = page.locator("#document p").first
    expected = "rtl" if re.match(r"[\u0600-\u06ff]", text) else "ltr"
    assert first.evaluate("line => getComputedStyle(line).direction") == expected
    if author:
        assert author in entry(page)
    picture(page, f"script-{expected}")


def test_the_bookmarklet_brings_a_page_as_the_browser_shows_it(open_page: Opener, service: Served) -> None:
    body = (
        b"<!doctype html><title>Site</title><h1>Placeholder</h1><p>By Ida Holm</p>"
        b"<p>The ferry sailed at dawn on Sunday.</p>"
    )

    class Site(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing: the test's output is for failures."""

    page = open_page("/")
    code = page.locator("#bookmarklet").get_attribute("href") or ""
    assert code.startswith("javascript:")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        context = page.context.browser.new_context()  # type: ignore[union-attr]
        other = context.new_page()
        other.goto(f"http://127.0.0.1:{site.server_port}/story")
        other.evaluate("document.querySelector('h1').textContent = 'Ferry sails again after the storm'")
        with context.expect_page() as opened:
            other.evaluate("code => { location.href = code; }", code)
        result = opened.value
        expect(result.locator("#entry")).to_contain_text("Ferry sails again after the storm")
        expect(result.locator("#entry")).to_contain_text("Holm, I.")
        expect(result.locator('.field[data-pointer="/url"] input')).to_have_value(re.compile("/story$"))
        context.close()
        site.shutdown()


def test_the_pages_are_valid_html(open_page: Opener, service: Served) -> None:
    page = open_page("/")
    for path in ("/", EXAMPLE, "/charts"):
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(page.request.get(service.url + path).body())
        assert parser.errors == []


def test_the_assets_are_light() -> None:
    assert sum(path.stat().st_size for path in ASSETS.iterdir()) < 120_000


def test_pictures_for_the_readme(open_page: Opener) -> None:
    page = open_page(EXAMPLE)
    entry(page)
    page.locator('.field[data-pointer="/byline"]').scroll_into_view_if_needed()
    page.locator('.field[data-pointer="/byline"] input').focus()
    expect(page.locator("#document mark.lit").first).to_be_in_viewport()
    assert picture(page, "readme-evidence").stat().st_size > 10_000

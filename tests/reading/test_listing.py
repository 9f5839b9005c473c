"""Pages that list several articles, and article pages that are none."""

import gzip
import json
from pathlib import Path

import pytest

from service.reading.listing import Listed, read_listing

URL = "https://www.news.example/world"
TITLES = ["Harbour reopens after storm", "Council votes on the new bridge", "Orchestra plays in the old mill"]


def each(pattern: str, titles: list[str] = TITLES) -> str:
    return "".join(pattern.format(n=n, t=title) for n, title in enumerate(titles))


SHAPES = {
    "headings with links": each('<div><h2><a href="/world/{n}">{t}</a></h2><p>Teaser.</p></div>'),
    "links around headings": each('<a href="/world/{n}"><img src=x alt=""><span>Kicker</span><h3>{t}</h3></a>'),
    "articles without headings": each('<article><a href="{n}">{t}</a></article>'),
    "subdomains and fragments": each('<h2><a href="https://sport.news.example/{n}#top">{t}</a></h2>'),
    "the same article twice": each('<h2><a href="/{n}">{t}</a></h2><h3><a href="/{n}">{t}</a></h3>'),
    "headers of teasers": each('<article><header><h2><a href="/world/{n}">{t}</a></h2></header></article>'),
}


@pytest.mark.parametrize("body", SHAPES.values(), ids=SHAPES)
def test_listings_are_read(body: str) -> None:
    found = read_listing(f"<title>World</title><body><h1>World</h1>{body}</body>", URL)
    assert [listed.title for listed in found] == TITLES
    assert all(listed.url.startswith("https://") and "#" not in listed.url for listed in found)


def test_addresses_are_whole() -> None:
    assert read_listing(SHAPES["headings with links"], URL)[1] == Listed(
        url="https://www.news.example/world/1", title="Council votes on the new bridge"
    )


def test_short_titles_count_in_scripts_that_say_more_with_less() -> None:
    titles = ["首相が国会で演説", "항구가 다시 열렸다", "台风之后港口重开"]
    body = each('<h2><a href="/{n}">{t}</a></h2>', titles)
    assert [listed.title for listed in read_listing(body, URL)] == titles


LINKS = SHAPES["headings with links"]
WORDS = "Words of a story that goes on. "
ARTICLES = {
    "running text": "<h1>A story</h1><div>" + ("<p>" + WORDS * 8 + "</p>") * 3 + "</div>" + LINKS,
    "one long paragraph": "<h1>A story</h1><div>" + WORDS * 20 + "</div>" + LINKS,
    "published time": '<meta property="article:published_time" content="2026-01-01">' + LINKS,
    "json-ld": f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle"})}</script>' + LINKS,
    "too few": each('<h2><a href="/{n}">{t}</a></h2>', TITLES[:2]),
    "other sites": each('<h2><a href="https://other.example/{n}">{t}</a></h2>'),
    "navigation": "<nav>" + LINKS + "</nav><footer>" + LINKS + "</footer><header>" + LINKS + "</header>",
    "menu words": each('<h2><a href="/{n}">Sport</a></h2>'),
    "to itself": each('<h2><a href="/world#{n}">{t}</a></h2>'),
    "scripts and mail": each('<h2><a href="javascript:x({n})">{t}</a></h2>'),
    "nothing": "",
}


@pytest.mark.parametrize("body", ARTICLES.values(), ids=ARTICLES)
def test_other_pages_are_no_listings(body: str) -> None:
    assert read_listing(body, URL) == ()


def test_a_list_with_data_of_many_articles_is_a_listing() -> None:
    data = {"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle"}] * 3}
    assert read_listing(f'<script type="application/ld+json">{json.dumps(data)}</script>{LINKS}', URL)


def test_real_article_pages_are_hardly_ever_taken_for_listings() -> None:
    folder = Path(__file__).parent.parent.parent.parent / "shared" / "pages" / "pages"
    pages = sorted(folder.glob("*.html.gz"))[::5]
    if not pages:
        pytest.skip("the saved pages are not here")
    taken = [
        page.name for page in pages if read_listing(gzip.decompress(page.read_bytes()).decode(errors="replace"), URL)
    ]
    assert len(taken) * 100 <= len(pages), taken

"""Genre, column, page and edition that an HTML page prints and its metadata do not tell."""

import pytest

from service.parsing import parse
from service.reading import read

PAGE = """<!DOCTYPE html><html lang="en"><head><title>Let the ferries run late</title></head><body>
<nav><a href="/">Home</a> <a href="/opinion">Opinion</a></nav>
<article>{above}<h1>Let the ferries run late</h1><p class="byline">By Nora Lind</p><time>2 June 2024</time>
<p>The last ferry of the evening left the harbour at eight, as it has done for forty years, and nobody waved.</p>
<p>The deckhand said that he would have waited if the rule allowed it, but every minute costs him a form.</p>
<p>The harbour board will look at the timetable again in the spring, when the new boat has been delivered.</p>
{below}</article></body></html>"""


def fields(above="", below=""):
    article = parse(read(PAGE.format(above=above, below=below).encode(), media_type="text/html"))
    found = {name: getattr(article, name) for name in ("genre", "column", "page", "edition") if getattr(article, name)}
    assert all(article.evidence[f"/{name}"][0].quote for name in found)
    return found


@pytest.mark.parametrize(
    ("above", "below", "found"),
    [
        ('<p class="kicker">The Long View | Opinion</p>', "", {"genre": "Opinion", "column": "The Long View"}),
        ("<div>ANALYSIS</div>", "", {"genre": "Analysis"}),
        (
            "",
            "<p>A version of this article appears in print on June 3, 2024, Section B, Page 4 of the Port edition.</p>",
            {"page": "B4", "edition": "Port edition"},
        ),
        ("<p>Port Weekly, 2 June 2024, Page 3</p>", "", {"page": "3"}),
        ("<p>Harbour</p>", "<p>Page 2</p><p>Read the print edition on your phone.</p>", {}),
    ],
)
def test_printed_on_the_page(above, below, found):
    assert fields(above, below) == found

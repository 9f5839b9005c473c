"""The item in a whole answer: an article's as printed, one sent as CSL-JSON as sent."""

import msgspec

from schemas.article import Article, Publication
from schemas.csl import Item
from service.http import chain


def test_marks_for_a_style_are_not_shown() -> None:
    headline = "Kim Jong-un and Ursula von der Leyen meet after the storm in Pyongyang"
    article = Article(headline=headline, publication=Publication(name="The Port Weekly"), language="en")
    (citation,) = chain.cite_whole([article], chain.Wish(style="chicago")).entries
    assert citation.entry is not None
    assert "“Kim Jong-un and Ursula von der Leyen Meet After the Storm in Pyongyang.”" in citation.entry
    assert citation.item["title"] == headline


def test_an_item_sent_is_shown_as_sent() -> None:
    sent = {"id": "x", "type": "book", "title": 'The <span class="nocase">iPad</span> years'}
    (citation,) = chain.cite_whole([msgspec.convert(sent, Item)], chain.Wish(style="mla")).entries
    assert citation.item == sent

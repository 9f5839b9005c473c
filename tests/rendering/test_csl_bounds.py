"""Strange items, strange styles, many threads: nothing raises that should not, and work is bounded."""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from small_style import NEWS, news, ready, style

from schemas.citation import Cite, Cluster
from service.errors import BrokenStyle, UnknownName
from service.rendering import cite, compiled, people, richtext
from service.rendering.style_cache import StyleCache

STRANGE: list[Any] = [
    {},
    {"id": None, "type": 7},
    {"id": "x", "type": "article-newspaper", "title": {"a": 1}, "author": "Kim", "issued": "yesterday"},
    {"id": "x", "type": "no-such-type", "author": [None, 7, {}, {"family": None}, {"given": ["x"]}, {"literal": ""}]},
    {"id": "x", "type": "book", "author": [{"family": 7, "given": True}], "volume": 10**5000, "issued": 10**30},
    {"id": "x", "type": "book", "issued": {"date-parts": [[-44, 99, -3], ["a", {}]], "season": "never"}},
    {"id": "x", "type": "book", "issued": {"date-parts": [[None]]}, "accessed": [[2020]], "page": "9" * 10_000},
    {"id": "x", "type": "book", "title": "<i>" * 500 + '"' * 500 + "'" * 500, "page": "1-" * 3000},
    {"id": "x", "type": "webpage", "title": "\ud800 lone surrogate", "URL": 12.5, "container-title": float("nan")},
    {"id": ["a"], "type": "book", "editor": {"family": "Kim"}, "language": ["en"], "number": float("inf")},
]


@pytest.mark.parametrize("name", ["apa", "chicago-notes-bibliography", "ieee", "modern-language-association"])
@pytest.mark.parametrize("item", STRANGE, ids=range(len(STRANGE)))
def test_strange_items_never_raise(name: str, item: Any) -> None:
    asked = [Cluster(cites=(Cite(id="x"), Cite(id="ferry", locator="7")))]
    for output in ("text", "html", "markdown", "rtf", "latex", "runs"):
        made = compiled(name).render([item, NEWS], asked, output=output)
        assert made.entries
    assert cite(compiled(name), [item])[0].style


def test_what_cannot_be_used_is_named() -> None:
    made = compiled("apa").render([news("x", title={"a": 1}, author="", issued={"date-parts": "soon"}, page=True)])
    assert {w.field for w in made.warnings} >= {"/x/title", "/x/issued"}
    assert {w.code for w in made.warnings} == {"unusable-field"}


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        ("<style", "not well-formed"),
        ("<html/>", "not a CSL style"),
        ('<!DOCTYPE x [<!ENTITY a "b">]>' + style(), "document type"),
        (style().replace("<citation ", "<cit ").replace("</citation>", "</cit>"), "citation"),
        (style('<text macro="nobody"/>'), "no macro 'nobody'"),
        (style('<text macro="a"/>', more='<macro name="a"><text macro="a"/></macro>'), "calls itself"),
        (style("<group>" * 120 + "</group>" * 120), "deeper"),
        (style("<text value='x'/>" * 21_000), "at most"),
        (style("x" * 1_000_001), "bytes"),
    ],
)
def test_broken_styles_are_refused_with_the_reason(xml: str, reason: str) -> None:
    with pytest.raises(BrokenStyle, match=reason) as caught:
        ready(xml)
    assert caught.value.field == "style"


def test_a_broken_style_names_its_line() -> None:
    with pytest.raises(BrokenStyle) as caught:
        ready(style().replace("<info>", "\n\n<info><").strip())
    assert caught.value.line == 3


def test_doubling_macros_are_refused_at_once() -> None:
    doubling = "".join(
        f'<macro name="m{i}"><text macro="m{i + 1}"/><text macro="m{i + 1}"/></macro>' for i in range(40)
    )
    last = '<macro name="m40"><text variable="title"/></macro>'
    start = time.perf_counter()
    with pytest.raises(BrokenStyle, match="macros call one another"):
        ready(style('<text macro="m0"/>', more=doubling + last))
    assert time.perf_counter() - start < 2


def test_unknown_styles_and_locales() -> None:
    with pytest.raises(UnknownName):
        compiled("no-such-style-at-all")
    with pytest.raises(UnknownName):
        compiled("apa", "xx-YY")


@pytest.mark.parametrize("name", ["apa", "chicago-notes-bibliography"])
def test_eight_threads_print_what_one_prints(name: str) -> None:
    made = ready_style(name)
    items = [news(str(n), author=[{"family": f"Kim{n % 5}", "given": "Ada"}], title=f"Story {n}") for n in range(40)]
    asked = [Cluster(cites=(Cite(id=str(n)), Cite(id=str((n * 7) % 40))), note=n + 1) for n in range(40)]
    alone = compiled(name).render(items, asked, output="html")
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda _: made.render(items, asked, output="html"), range(16)))
    assert all(result == alone for result in results)


def ready_style(name: str) -> Any:
    """A copy of a named style that no test has rendered with, so that threads also compile its macros."""
    from service.rendering import registry
    from service.rendering.loading import load
    from service.rendering.processor import CompiledStyle

    return CompiledStyle(load(registry.find(name).path.read_bytes()), name)


def test_many_alike_items_cost_in_proportion() -> None:
    def spent(count: int) -> float:
        people = [{"family": f"Kim{n % (count // 10)}", "given": f"A{n % 3}"} for n in range(count)]
        items = [news(str(n), author=[person], title=f"T{n}") for n, person in enumerate(people)]
        start = time.process_time()
        compiled("apa").render(items)
        return time.process_time() - start

    spent(100)
    small, large = spent(300), spent(1200)
    assert large < 4 * 3 * small + 0.5


def test_a_kind_of_item_that_a_style_leaves_out_is_named() -> None:
    """APA lists no personal communications; the cite still stands in the text."""
    letter = news("x", type="personal_communication", page=None, **{"container-title": None})
    made = compiled("apa").render([letter])
    assert [entry.text for entry in made.entries or ()] == [""]
    assert [(w.code, w.field) for w in made.warnings] == [("no-entry", "/x")]
    whole = cite(compiled("apa"), [letter])[0]
    assert whole.entry is None
    assert whole.in_text is not None
    assert whole.in_text.parenthetical == "(C. Moreau, personal communication, May 4, 2021)"


def test_fields_made_to_cost_time_do_not() -> None:
    item = news(
        "x", title=' "' * 5000 + "x'" * 5000, author=[{"family": "de " * 30_000 + "X", "given": "A. " * 30_000}]
    )
    start = time.process_time()
    compiled("chicago-author-date").render([item], [Cluster(cites=(Cite(id="x"),))], output="html")
    assert time.process_time() - start < 3


def test_kept_styles_are_bounded_by_number_and_by_weight() -> None:
    kept = StyleCache(number=3, weight=1000)
    made = ready_style("apa")

    def ask(key: str, size: int) -> list[str]:
        asked: list[str] = []

        def read() -> bytes:
            asked.append(key)
            return b"x" * size

        kept.get(key, read, lambda _xml: made)
        return asked

    assert [ask(key, 100) for key in "abcd"] == [["a"], ["b"], ["c"], ["d"]]
    assert len(kept) == 3  # a went, as the oldest
    assert ask("b", 100) == []  # asked for again, so c is the oldest now
    assert ask("heavy", 850) == ["heavy"]
    assert (len(kept), kept.weight) == (2, 950)
    assert ask("heavier", 5000) == ["heavier"]  # over the weight by itself, and still kept until another comes
    assert (len(kept), kept.weight) == (1, 5000)
    assert ask("a", 100) == ["a"]
    assert (len(kept), kept.weight) == (1, 100)


def test_the_same_style_is_compiled_once_and_a_strangers_apart() -> None:
    assert compiled("apa") is compiled("apa")
    assert compiled("apa") is not compiled("apa", "de-DE")
    assert compiled(csl=style('<text variable="title"/>')) is compiled(csl=style('<text variable="title"/>'))


def test_long_fields_are_not_kept_for_later() -> None:
    """What is remembered of titles, names and numbers between requests must not grow with what a stranger sends."""
    item = news("y", title="“short”", author=[{"family": "Kim", "given": "A. B."}])
    compiled("apa").render([item])
    before = richtext._read.cache_info().currsize, people._initials.cache_info().currsize
    item = news("x", title="“long” " * 500, author=[{"family": "Kim", "given": "A. " * 500}], volume="1, " * 500)
    compiled("apa").render([item])
    assert (richtext._read.cache_info().currsize, people._initials.cache_info().currsize) == before

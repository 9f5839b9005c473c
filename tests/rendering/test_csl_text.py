"""Text, groups, conditions, formatting, punctuation, case and markup of fields."""

import pytest
from small_style import NEWS, entries, news, printed, style

from service.rendering import textcase

TITLE = '<text variable="title"/>'


@pytest.mark.parametrize(
    ("layout", "expected"),
    [
        ('<text variable="title" prefix="[" suffix="]"/>', "[The ferry that never left]"),
        (
            '<text variable="title" quotes="true" suffix="."/>',
            "“The ferry that never left.”",
        ),  # CSL: punctuation-in-quote
        (
            '<group delimiter=", "><text variable="title"/><text variable="publisher"/></group>',
            "The ferry that never left",
        ),
        ('<group prefix="(" suffix=")"><text term="in"/><text variable="publisher"/></group>', ""),  # CSL: Group
        ('<group delimiter=" "><text term="in"/><text variable="container-title"/></group>', "in Harbour Weekly"),
        (
            '<group delimiter=". "><text value="Really?"/><text variable="title"/></group>',
            "Really? The ferry that never left",
        ),
        ('<text value="Inc." suffix="."/>', "Inc."),
        ('<text value="Why: " suffix=" so"/>', "Why: so"),
        ('<text variable="page"/>', "12–13"),
        ('<label variable="page" form="short"/><text variable="page" prefix=" "/>', "pp. 12–13"),
        ('<number variable="page" form="roman"/>', "xii–xiii"),
    ],
)
def test_elements_print(layout: str, expected: str) -> None:
    assert printed(layout) == expected


def test_punctuation_goes_into_quotes_only_where_the_locale_says_so() -> None:
    layout = '<group delimiter=", "><text variable="title" quotes="true"/><text variable="container-title"/></group>'
    assert printed(layout) == "“The ferry that never left,” Harbour Weekly"
    assert printed(layout, locale="en-GB") == "‘The ferry that never left’, Harbour Weekly"


def test_a_choose_inside_a_group_takes_the_groups_delimiter() -> None:
    branch = '<if type="article-newspaper"><text variable="title"/><text variable="page"/></if>'
    layout = f'<group delimiter=", "><choose>{branch}</choose></group>'
    assert printed(layout) == "The ferry that never left, 12–13"


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ('type="book article-newspaper"', True),
        ('variable="title publisher"', False),
        ('variable="title publisher" match="any"', True),
        ('variable="publisher" match="none"', True),
        ('is-numeric="page"', True),
        ('is-numeric="title"', False),
        ('is-uncertain-date="issued"', False),
        ('position="first"', True),
        ('locator="page"', False),
    ],
)
def test_conditions(condition: str, holds: bool) -> None:
    assert printed(f'<choose><if {condition}><text value="yes"/></if><else><text value="no"/></else></choose>') == (
        "yes" if holds else "no"
    )


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("H<sub>2</sub>O and <i>Le Monde</i>", "H<sub>2</sub>O and <i>Le Monde</i>"),
        ('"We will not yield," he said', "“We will not yield,” he said"),
        ("Rock 'n' roll isn't dead", "Rock ’n’ roll isn’t dead"),
        ("5 < 6 & 7", "5 &#60; 6 &#38; 7"),
        ("An <i>open tag", "An &#60;i&#62;open tag"),
        ('A lone " mark', 'A lone " mark'),
        ("Tab\x02bed", "Tabbed"),
    ],
)
def test_markup_and_quotes_of_fields(title: str, expected: str) -> None:
    assert printed(TITLE, news("x", title=title), output="html") == expected


def test_field_markup_flips_inside_the_same_formatting() -> None:
    item = news("x", title='He read <i>Ulysses</i> and "Dubliners"')
    made = printed('<text variable="title" font-style="italic" quotes="true"/>', item, output="html")
    assert made == '“<i>He read <span style="font-style:normal;">Ulysses</span> and ‘Dubliners’</i>”'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the price of a war: an end to it", "The Price of a War: An End to It"),
        ("IBM and iPhone in the e-book age", "IBM and iPhone in the E-Book Age"),
        ("what are we waiting for", "What Are We Waiting For"),
    ],
)
def test_title_case(text: str, expected: str) -> None:
    assert textcase.title(text) == expected


def test_title_case_is_for_english_only() -> None:
    layout = '<text variable="title" text-case="title"/>'
    assert printed(layout, news("x", title="the last word")) == "The Last Word"
    assert printed(layout, news("x", title="le dernier mot", language="fr")) == "le dernier mot"
    assert printed(layout, news("x", title='the <span class="nocase">iOS kim</span> story')) == "The iOS kim Story"


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ("text", "The ferry & all"),
        ("html", "<i>The ferry &#38; all</i>"),
        ("markdown", "*The ferry & all*"),
        ("rtf", "{\\i{}The ferry & all}"),
        ("latex", "\\textit{The ferry \\& all}"),
        ("runs", [{"text": "The ferry & all", "font-style": "italic"}]),
    ],
)
def test_outputs(output: str, expected: object) -> None:
    item = {**NEWS, "title": "The ferry & all"}
    assert printed('<text variable="title" font-style="italic"/>', item, output=output) == expected


def test_rtf_writes_what_is_beyond_ascii_in_utf_16_units() -> None:
    assert printed(TITLE, news("x", title="é 😀"), output="rtf") == "\\uc0\\u233{} \\uc0\\u-10179{}\\uc0\\u-8704{}"


def test_markdown_escapes_what_would_be_markup_and_leaves_addresses_alone() -> None:
    item = news("x", title="2 * 3 [note](x) snake_case", URL="https://example.org/a_b*c")
    layout = '<group delimiter=" "><text variable="title"/><text variable="URL"/></group>'
    made = printed(layout, item, output="markdown")
    assert made == "2 \\* 3 [note\\](x) snake_case https://example.org/a_b*c"


def test_a_term_after_the_citation_number_begins_the_entry() -> None:
    """A term at the start of an entry or note is capitalised, and a number in the margin is no start."""
    layout = (
        '<text variable="citation-number" suffix=" "/><text term="in" suffix=" "/><text variable="container-title"/>'
    )
    assert entries(style(bibliography=layout), [NEWS]) == ["1 In Harbour Weekly"]

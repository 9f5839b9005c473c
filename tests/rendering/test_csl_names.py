"""Names: order, particles, initials, et al., labels, substitution; what citeproc-js does otherwise."""

from typing import Any

import pytest
from small_style import news, printed

from service.rendering.people import initials

TWO = [{"family": "Moreau", "given": "Claire"}, {"family": "Lindberg", "given": "Ada"}]
AFTER_INVERTED = 'and="text" delimiter-precedes-last="after-inverted-name" name-as-sort-order="first"'
THREE = [*TWO, {"family": "Adeyemi", "given": "Tunde"}]


def names(attributes: str = "", people: Any = TWO, inside: str = "", **given: Any) -> str:
    return printed(f'<names variable="author"><name {attributes}/>{inside}</names>', news("x", author=people), **given)


@pytest.mark.parametrize(
    ("attributes", "people", "expected"),
    [
        ("", TWO, "Claire Moreau, Ada Lindberg"),
        ('and="text"', TWO, "Claire Moreau and Ada Lindberg"),
        ('and="text"', THREE, "Claire Moreau, Ada Lindberg, and Tunde Adeyemi"),
        ('and="text" delimiter-precedes-last="never"', THREE, "Claire Moreau, Ada Lindberg and Tunde Adeyemi"),
        ('and="symbol" delimiter-precedes-last="always"', TWO, "Claire Moreau, & Ada Lindberg"),
        (AFTER_INVERTED, TWO, "Moreau, Claire, and Ada Lindberg"),
        ('form="short"', THREE, "Moreau, Lindberg, Adeyemi"),
        ('initialize-with=". " name-as-sort-order="all"', TWO, "Moreau, C., Lindberg, A."),
        ('et-al-min="3" et-al-use-first="1"', THREE, "Claire Moreau et al."),
        ('et-al-min="3" et-al-use-first="1" et-al-use-last="true" form="short"', THREE, "Moreau … Adeyemi"),
        ('form="count"', THREE, "3"),
        ("", [{"literal": "Yonhap News Agency"}], "Yonhap News Agency"),
        ("", [{"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"}], "Vincent van Gogh"),
        ("", [{"family": "de Graaf", "given": "Peter"}], "Peter de Graaf"),
        ("", [{"family": "King", "given": "Martin Luther", "suffix": "Jr."}], "Martin Luther King Jr."),
        ("", [{"family": "김", "given": "민지"}], "김민지"),
        ("", [{"given": "Plato"}], "Plato"),
    ],
)
def test_lists_of_names(attributes: str, people: Any, expected: str) -> None:
    assert names(attributes, people) == expected


@pytest.mark.parametrize(
    ("demote", "expected"),
    [("display-and-sort", "Gogh, Vincent van"), ("sort-only", "van Gogh, Vincent"), ("never", "van Gogh, Vincent")],
)
def test_non_dropping_particles(demote: str, expected: str) -> None:
    people = [{"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"}]
    made = names('name-as-sort-order="all"', people, options=f'demote-non-dropping-particle="{demote}"')
    assert made == expected


@pytest.mark.parametrize(
    ("given", "mark", "expected"),
    [
        ("Claire Marie", ". ", "C. M."),
        ("Jean-Luc", ".", "J.-L."),
        ("J. P.", "", "JP"),
        ("明", ".", "明"),
    ],
)
def test_initials(given: str, mark: str, expected: str) -> None:
    assert initials(given, mark, whole=False) == expected


def test_korean_given_names_keep_their_small_second_part() -> None:
    assert initials("Min-ji", ". ", whole=False) == "M."
    assert initials("von Martina", ". ", whole=False) == "von M."


def test_a_style_without_hyphens_leaves_a_small_second_part_out() -> None:
    """One given name, one initial; citeproc-js prints “Y gyo”."""
    assert initials("Yeong-gyo", "", whole=False, hyphens=False) == "Y"
    assert initials("Jean-Luc", "", whole=False, hyphens=False) == "JL"
    assert initials("Yeong-gyo", "", whole=False, hyphens=False, compat=True) == "Y gyo"


def test_labels_follow_the_number_of_names() -> None:
    label = '<label form="short" prefix=" (" suffix=")"/>'
    layout = f'<names variable="editor"><name/>{label}</names>'
    assert printed(layout, news("x", editor=TWO[:1])) == "Claire Moreau (ed.)"
    assert printed(layout, news("x", editor=TWO)) == "Claire Moreau, Ada Lindberg (eds.)"


def test_an_editor_who_translates_is_named_once() -> None:
    layout = '<names variable="editor translator" delimiter="; "><name/><label form="short" prefix=", "/></names>'
    assert printed(layout, news("x", editor=TWO[:1], translator=TWO[:1])) == "Claire Moreau, ed. & trans."


def test_what_stands_in_for_authors_is_not_printed_again() -> None:
    layout = (
        '<group delimiter=". ">'
        '<names variable="author"><substitute><text variable="container-title"/></substitute></names>'
        '<text variable="title"/><text variable="container-title"/></group>'
    )
    assert printed(layout, news("x", author=None)) == "Harbour Weekly. The ferry that never left"


PEOPLE = [{"family": "Łukasiewicz", "given": "Ewa"}, {"literal": "Yonhap"}]


def test_an_agency_beside_a_person_gets_the_comma_that_the_style_asks_for() -> None:
    """CSL 1.0.2: delimiter-precedes-last="always" makes no exception for institutions; citeproc-js does."""
    attributes = 'and="symbol" delimiter-precedes-last="always" initialize-with=". " name-as-sort-order="all"'
    assert names(attributes, PEOPLE) == "Łukasiewicz, E., & Yonhap"
    assert names(attributes, PEOPLE, compat=True) == "Łukasiewicz, E. & Yonhap"


def test_a_romanised_name_is_turned_by_the_style_alone_not_by_the_items_language() -> None:
    """CSL 1.0.2, “Name-part Order”: the script of a name decides; citeproc-js looks at the item's language."""
    layout = '<names variable="author"><name name-as-sort-order="all"/></names>'
    item = news("x", author=[{"family": "Sato", "given": "Ken"}], language="ja")
    assert printed(layout, item) == "Sato, Ken"
    assert printed(layout, item, compat=True) == "Sato Ken"


def test_asian_titles_keep_the_formatting_of_the_style() -> None:
    """CSL 1.0.2, “Formatting”: font-style is the style's; citeproc-js drops it where no alphabet is used."""
    layout, item = (
        '<text variable="container-title" font-style="italic"/>',
        news("x", **{"container-title": "朝日新聞"}),
    )
    assert printed(layout, item, output="html") == "<i>朝日新聞</i>"
    assert printed(layout, item, output="html", compat=True) == "朝日新聞"


def test_text_case_applies_to_macros() -> None:
    """CSL 1.0.2, “Text-case”: it may stand on any cs:text; citeproc-js does not carry it into a macro."""
    macro = '<macro name="m"><text variable="container-title"/></macro>'
    layout = '<text macro="m" text-case="uppercase"/>'
    assert printed(layout, more=macro) == "HARBOUR WEEKLY"
    assert printed(layout, more=macro, compat=True) == "Harbour Weekly"


def test_title_case_minds_the_language_in_every_field() -> None:
    """CSL 1.0.2, “Title Case Conversion”: English items only; citeproc-js forgets it for some fields."""
    layout, item = (
        '<text variable="original-title" text-case="title"/>',
        news("x", language="es", **{"original-title": "El título original"}),
    )
    assert printed(layout, item) == "El título original"
    assert printed(layout, item, compat=True) == "El Título Original"


def test_a_cite_without_any_form_is_empty() -> None:
    """Nothing to print is nothing; citeproc-js prints a notice for programmers."""
    assert printed('<text variable="publisher"/>') == ""
    assert printed('<text variable="publisher"/>', compat=True) == "[NO_PRINTED_FORM]"


def test_of_a_choose_in_a_substitute_the_first_that_prints_stands_in() -> None:
    """CSL 1.0.2, “Substitute”: names are tried in order until one is not empty, within a condition too."""
    layout = (
        '<names variable="author"><name form="short"/><substitute><choose><if type="book" match="none">'
        '<names variable="editor"/><names variable="translator"/></if></choose></substitute></names>'
    )
    lee, kim = [{"family": "Lee", "given": "Ada"}], [{"family": "Kim", "given": "Bo"}]
    assert printed(layout, news("1", author=None, editor=lee, translator=kim)) == "Lee"
    assert printed(layout, news("1", author=None, translator=kim)) == "Kim"


def test_a_group_around_a_variable_that_stood_in_for_the_authors_is_empty() -> None:
    """CSL 1.0.2, “Substitute”: a substituted variable is suppressed in the rest of the output, with its label."""
    layout = (
        '<group delimiter=" | "><names variable="author"><substitute><text variable="title"/></substitute></names>'
        '<group prefix="[" suffix="]"><text value="Review of "/><text variable="title"/></group></group>'
    )
    assert printed(layout, news("1", author=None)) == "The ferry that never left"

"""Sorting, disambiguation, collapsing, positions, affixes, narrative form, repeated authors."""

import pytest
from small_style import clusters, entries, news, ready, style

from schemas.citation import Cite, Cluster
from service.rendering.collation import Collator

AUTHOR_DATE = (
    '<group delimiter=" " prefix="(" suffix=")"><names variable="author"><name form="short" et-al-min="3" '
    'et-al-use-first="1"/></names><date variable="issued"><date-part name="year"/></date></group>'
)
PLAIN = AUTHOR_DATE.replace(' prefix="(" suffix=")"', "")


def by(number: str, *families: str, year: int = 2020, **fields: object) -> dict[str, object]:
    people = [{"family": f.split(" ")[-1], "given": " ".join(f.split(" ")[:-1]) or "Ada"} for f in families]
    return news(number, author=people, issued={"date-parts": [[year]]}, **fields)


def test_year_suffixes_follow_the_bibliography() -> None:
    xml = style(
        AUTHOR_DATE,
        citation='disambiguate-add-year-suffix="true"',
        bibliography='<text variable="title"/>',
    ).replace("<bibliography ><layout>", '<bibliography><sort><key variable="title"/></sort><layout>')
    items = [by("1", "Kim", title="Zebra"), by("2", "Kim", title="Apple")]
    assert clusters(xml, items, ["1"], ["2"]) == ("(Kim 2020b)", "(Kim 2020a)")


def test_names_are_added_before_anything_else() -> None:
    xml = style(AUTHOR_DATE, citation='disambiguate-add-names="true" disambiguate-add-year-suffix="true"')
    items = [by("1", "Kim", "Lee", "Park"), by("2", "Kim", "Cho", "Park"), by("3", "Kim", "Cho", "Park")]
    assert clusters(xml, items, ["1"], ["2"], ["3"]) == (
        "(Kim, Lee, et al. 2020)",
        "(Kim, Cho, et al. 2020a)",
        "(Kim, Cho, et al. 2020b)",
    )


def test_given_names_tell_families_apart() -> None:
    xml = style(
        AUTHOR_DATE.replace('form="short"', 'form="short" initialize-with=". "'),
        citation='disambiguate-add-givenname="true" givenname-disambiguation-rule="all-names"',
    )
    items = [by("1", "Ada Kim"), by("2", "Bo Kim"), by("3", "Claire Moreau")]
    assert clusters(xml, items, ["1"], ["2"], ["3"]) == ("(A. Kim 2020)", "(B. Kim 2020)", "(Moreau 2020)")


def test_the_condition_comes_before_the_letter() -> None:
    """CSL 1.0.2, “Disambiguation”: year suffixes are the last method; citeproc-js puts them before the condition."""
    layout = (
        '<group delimiter=" "><names variable="author"><name form="short"/></names><date variable="issued"><date-part '
        'name="year"/></date><choose><if disambiguate="true"><text variable="title"/></if></choose></group>'
    )
    xml = style(layout, citation='disambiguate-add-year-suffix="true"')
    items = [by("1", "Kim", title="Zebra"), by("2", "Kim", title="Apple")]
    assert clusters(xml, items, ["1"], ["2"]) == ("Kim 2020 Zebra", "Kim 2020 Apple")
    asked = [Cluster(cites=(Cite(id="1"),)), Cluster(cites=(Cite(id="2"),))]
    assert ready(xml, compat=True).render(items, asked).clusters == ("Kim 2020a", "Kim 2020b")


@pytest.mark.parametrize(
    ("collapse", "expected"),
    [
        ('collapse="year"', "Kim 2019, 2020; Lee 2020"),
        ('cite-group-delimiter=", "', "Kim 2019, Kim 2020; Lee 2020"),
        ("", "Kim 2019; Lee 2020; Kim 2020"),
    ],
)
def test_cites_of_the_same_authors_are_drawn_together(collapse: str, expected: str) -> None:
    items = [by("1", "Kim", year=2019), by("2", "Lee"), by("3", "Kim")]
    assert clusters(style(PLAIN, citation=collapse), items, ["1", "2", "3"]) == (expected,)


def test_year_suffixes_collapse_to_a_range() -> None:
    citation = 'collapse="year-suffix-ranged" disambiguate-add-year-suffix="true" year-suffix-delimiter=","'
    items = [by(str(n), "Kim") for n in range(1, 5)]
    made = clusters(style(PLAIN, citation=citation), items, ["1", "2", "3", "4"], ["1", "3", "4"])
    assert made == ("Kim 2020a–d", "Kim 2020a,c,d")


def test_citation_numbers_collapse_to_ranges() -> None:
    xml = style('<text variable="citation-number"/>', citation='collapse="citation-number"')
    items = [by(str(n), "Kim") for n in range(1, 7)]
    single = [[str(n)] for n in range(1, 6)]
    made = clusters(xml, items, *single, ["1", "2", "3", "5"], ["1", Cite(id="2", suffix="and others")])
    assert made[-2:] == ("1–3; 5", "1; 2 and others")


def test_a_range_may_begin_with_a_prefix() -> None:
    """“see 2–4” says see of all three; a prefix in the middle of a run ends it."""
    xml = style('<text variable="citation-number"/>', citation='collapse="citation-number"')
    items = [by(str(n), "Kim") for n in range(1, 6)]
    single = [[str(n)] for n in range(1, 6)]
    rows = (
        ["1", Cite(id="3", prefix="see "), "4", "5"],
        ["1", "2", Cite(id="3", prefix="see "), "4", "5"],
    )
    made = clusters(xml, items, *single, *rows)
    assert made[-2:] == ("1; see 3–5", "1; 2; see 3–5")


IBID = (
    '<choose><if position="ibid-with-locator"><text term="ibid"/><text variable="locator" prefix=" "/></if>'
    '<else-if position="ibid"><text term="ibid"/></else-if><else-if position="subsequent"><text value="again"/>'
    '<text variable="first-reference-note-number" prefix=" n. "/></else-if><else><text value="first"/></else></choose>'
)


def test_positions_in_notes() -> None:
    xml = style(IBID, options='class="note"')
    made = clusters(
        xml,
        [by("1", "Kim"), by("2", "Lee")],
        ["1"],
        ["1"],
        [Cite(id="1", locator="7")],
        ["2"],
        ["1"],
        ["1", "2"],
        ["1"],
        notes=True,
    )
    assert made == ("first", "Ibid.", "Ibid. 7", "first", "again n. 1", "Ibid.; again n. 4", "again n. 1")


def test_affixes_suppressed_authors_and_authors_alone() -> None:
    items = [by("1", "Kim")]
    made = clusters(
        style(AUTHOR_DATE),
        items,
        [Cite(id="1", prefix="see", suffix="for more")],
        [Cite(id="1", suppress_author=True)],
        [Cite(id="1", author_only=True)],
    )
    assert made == ("see (Kim 2020) for more", "(2020)", "Kim")


def test_the_narrative_form_names_the_authors_in_the_sentence() -> None:
    made = ready(style(AUTHOR_DATE)).render([by("1", "Kim")], [Cluster(cites=(Cite(id="1"),), mode="narrative")])
    assert made.clusters == ("Kim (2020)",)


def test_a_cite_of_an_item_that_is_not_there_is_named_in_the_warnings() -> None:
    made = ready(style(AUTHOR_DATE)).render([by("1", "Kim")], [Cluster(cites=(Cite(id="1"), Cite(id="nobody")))])
    assert made.clusters == ("(Kim 2020)",)
    assert [(w.code, w.message) for w in made.warnings] == [("unknown-item", "no item 'nobody'")]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("complete-all", ["Ada Kim, Bo Lee", "———", "Ada Kim"]),
        ("complete-each", ["Ada Kim, Bo Lee", "———, ———", "Ada Kim"]),
        ("partial-each", ["Ada Kim, Bo Lee", "———, ———", "———"]),
        ("partial-first", ["Ada Kim, Bo Lee", "———, Bo Lee", "———"]),
    ],
)
def test_repeated_authors(rule: str, expected: list[str]) -> None:
    bib = f'subsequent-author-substitute="———" subsequent-author-substitute-rule="{rule}"'
    xml = style("", bibliography='<names variable="author"/>', bib=bib)
    assert entries(xml, [by("1", "Ada Kim", "Bo Lee"), by("2", "Ada Kim", "Bo Lee"), by("3", "Ada Kim")]) == expected


def test_the_first_field_stands_in_the_margin() -> None:
    layout = '<text variable="citation-number" suffix="."/><text variable="title"/>'
    xml = style("", bibliography=layout, bib='second-field-align="flush"')
    item = by("1", "Kim", title="Zebra")
    assert entries(xml, [item]) == ["1. Zebra"]
    assert entries(xml, [item], output="html") == [
        '\n    <div class="csl-left-margin">1.</div><div class="csl-right-inline">Zebra</div>\n  '
    ]


@pytest.mark.parametrize(
    ("language", "ordered"),
    [
        ("en", ["Ångström", "Oates", "O’Neil", "Zola", "Иванов", "김", "村上"]),
        ("sv", ["Oates", "Zola", "Ångström"]),
        ("ko", ["김", "Oates"]),
        ("en", ["Item 2", "Item 10"]),
        ("en", ["New York", "Newark"]),
        ("es", ["nube", "ñu", "oro"]),
    ],
)
def test_collation(language: str, ordered: list[str]) -> None:
    mixed = ordered[::-1]
    assert sorted(mixed, key=Collator(language)) == ordered


def test_entries_without_a_key_come_last_in_both_directions() -> None:
    for direction in ("ascending", "descending"):
        xml = style("", bibliography='<text variable="title"/>').replace(
            "<bibliography ><layout>",
            f'<bibliography><sort><key variable="issued" sort="{direction}"/></sort><layout>',
        )
        items = [news("1", title="undated", issued=None), news("2", title="dated")]
        assert entries(xml, items) == ["dated", "undated"]


def test_cites_are_drawn_together_in_a_style_that_does_not_sort() -> None:
    """CSL 1.0.2, “Cite Grouping”: cites of the same names are grouped at the place of the first; sorting is not asked."""
    xml = style(PLAIN, citation='cite-group-delimiter=", "')
    items = [by("1", "Kim", year=2019), by("2", "Lee"), by("3", "Kim")]
    asked = [Cluster(cites=tuple(Cite(id=name) for name in "123"))]
    assert ready(xml).render(items, asked).clusters == ("Kim 2019, Kim 2020; Lee 2020",)
    assert ready(xml, compat=True).render(items, asked).clusters == ("Kim 2019; Lee 2020; Kim 2020",)


def test_accents_break_ties_in_sorting() -> None:
    """Unicode Collation Algorithm, levels 1 and 2 (CSL 1.0.2, “Sorting”, leaves it to the locale's collation)."""
    cafe = ["Café", "Cafe", "Cafés"]
    assert sorted(cafe, key=Collator("en")) == ["Cafe", "Café", "Cafés"]
    assert sorted(cafe, key=Collator("en", base_only=True)) == ["Café", "Cafe", "Cafés"]


def test_a_suffix_of_the_layout_is_printed_whole() -> None:
    """CSL 1.0.2, “Affixes”: an affix is printed as it stands; citeproc-js keeps the first mark of this one."""
    xml = style(PLAIN).replace("<layout delimiter='; '>", "<layout suffix='. See there.'>")
    asked = [Cluster(cites=(Cite(id="1"),))]
    assert ready(xml).render([by("1", "Kim")], asked).clusters == ("Kim 2020. See there.",)
    assert ready(xml, compat=True).render([by("1", "Kim")], asked).clusters == ("Kim 2020.",)

"""Article → CSL item: the rules of the manuals that no style can know (the table of what to set)."""

import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from golden_articles import AGENCY_ONLY, NO_AUTHOR, PERSON_AND_AGENCY, PHOTO, SEED, SEED_DATED, UNCERTAIN

from schemas.article import Agency, Article, Creator, Dates, DateValue, Photo, Publication
from schemas.csl import Item
from service.errors import BadInput
from service.referencing import photo_to_csl, plain_item, to_csl
from service.referencing.dates import csl_date
from service.referencing.manuals import manual

STYLES = [None, "apa", "chicago", "chicago-author-date", "turabian", "mla", "harvard", "ieee", "ama", "nature"]


def changed(article: Article, **fields: Any) -> Article:
    return msgspec.structs.replace(article, **fields)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("article", [SEED, SEED_DATED, NO_AUTHOR, AGENCY_ONLY, PERSON_AND_AGENCY, PHOTO, UNCERTAIN])
def test_every_item_is_valid_csl_json(article: Article, style: str | None) -> None:
    msgspec.convert(to_csl(article, style=style), Item)
    if article.photos:
        msgspec.convert(photo_to_csl(article, 0, style=style), Item)


@pytest.mark.parametrize("style", STYLES)
def test_the_breadcrumb_is_no_section_but_a_named_column_is(style: str | None) -> None:
    assert "section" not in to_csl(SEED, style=style)
    assert to_csl(changed(SEED, column="Fountain"), style=style)["section"] == "Fountain"


def test_a_photo_agency_or_a_quoted_one_is_never_the_author() -> None:
    assert to_csl(changed(SEED, authors=()), style="apa").get("author") is None
    assert to_csl(SEED, style="apa")["author"] == [{"family": "Lee", "given": "Michael"}]


@pytest.mark.parametrize("style", ["apa", "chicago", "harvard", "ieee", "ama", None])
def test_an_agency_alone_is_a_group_author(style: str | None) -> None:
    assert to_csl(AGENCY_ONLY, style=style)["author"] == [{"literal": "Associated Press"}]


def test_mla_takes_no_agency_as_author() -> None:
    assert "author" not in to_csl(AGENCY_ONLY, style="mla")
    named = changed(AGENCY_ONLY, authors=(Creator(literal="The Associated Press"),))
    assert "author" not in to_csl(named, style="mla")


@pytest.mark.parametrize("style", STYLES)
def test_of_person_and_agency_the_person_is_cited(style: str | None) -> None:
    assert to_csl(PERSON_AND_AGENCY, style=style)["author"] == [{"family": "Moreau", "given": "Claire"}]


def test_an_organisation_that_is_no_agency_stays_an_author() -> None:
    article = changed(SEED, authors=(Creator(literal="Editorial board"),))
    assert to_csl(article, style="mla")["author"] == [{"literal": "Editorial board"}]


def test_short_title_is_supplied_where_a_style_shortens() -> None:
    assert to_csl(SEED, style="chicago")["title-short"] == "Russian, Chinese officials"
    assert "title-short" not in to_csl(SEED)
    assert "title-short" not in to_csl(SEED, style="apa")
    assert to_csl(changed(SEED, short_title="Officials"), style="apa")["title-short"] == "Officials"


def test_markup_is_for_styles_only() -> None:
    article = changed(SEED, headline="Kim Jong-un and the parade in Pyongyang")
    styled = to_csl(article, style="mla")
    assert styled["title"] == 'Kim <span class="nocase">Jong-un</span> and the parade in Pyongyang'
    assert to_csl(article)["title"] == article.headline
    assert plain_item(styled)["title"] == article.headline


def test_place_is_sent_only_for_a_paper_whose_name_lacks_it() -> None:
    assert "publisher-place" not in to_csl(SEED, style="chicago")
    gazette = Publication(name="The Gazette", place="Colorado Springs", country="US", medium="newspaper")
    assert to_csl(changed(SEED, publication=gazette), style="chicago")["publisher-place"] == "Colorado Springs"
    assert to_csl(SEED)["publisher-place"] == "Seoul"


@pytest.mark.parametrize(
    ("medium", "kind"),
    [
        ("web", "webpage"),
        ("broadcaster", "webpage"),
        ("agency", "webpage"),
        ("magazine", "article-magazine"),
        ("newspaper", "article-newspaper"),
        (None, "article-newspaper"),
    ],
)
def test_a_site_that_is_no_newspaper_is_a_webpage(medium: Any, kind: str) -> None:
    article = changed(SEED, publication=Publication(name="CNN", medium=medium))
    assert to_csl(article, style="apa")["type"] == kind


def test_publisher_is_not_sent_to_a_style() -> None:
    article = changed(SEED, publication=Publication(name="Korea JoongAng Daily", publisher="JoongAng Group"))
    assert "publisher" not in to_csl(article, style="ieee")
    assert to_csl(article)["publisher"] == "JoongAng Group"


@pytest.mark.parametrize(
    ("style", "paper"),
    [
        ("chicago", "The Port Weekly"),
        ("chicago-17", "Port Weekly"),
        ("turabian", "Port Weekly"),
        ("chicago-author-date-17th-edition", "Port Weekly"),
        ("ama", "Port Weekly"),
        ("apa", "The Port Weekly"),
        ("mla", "The Port Weekly"),
        (None, "The Port Weekly"),
    ],
)
def test_which_manuals_drop_an_initial_the(style: str | None, paper: str) -> None:
    assert to_csl(NO_AUTHOR, style=style)["container-title"] == paper


def test_accessed_only_where_given() -> None:
    assert "accessed" not in to_csl(SEED, style="ieee")
    assert to_csl(SEED_DATED, style="ieee")["accessed"] == {"date-parts": [[2026, 11, 24]]}


@pytest.mark.parametrize(
    ("edtf", "date"),
    [
        ("2023", {"date-parts": [[2023]]}),
        ("2023-09", {"date-parts": [[2023, 9]]}),
        ("2023-09-03", {"date-parts": [[2023, 9, 3]]}),
        ("2023-09-03T10:20:00+09:00", {"date-parts": [[2023, 9, 3]]}),
        ("2023-09-03T10:20Z", {"date-parts": [[2023, 9, 3]]}),
        ("2023-22", {"date-parts": [[2023]], "season": 2}),
        ("2023-09~", {"date-parts": [[2023, 9]], "circa": True}),
        ("2023?", {"date-parts": [[2023]], "circa": True}),
        ("-0044-03-15", {"date-parts": [[-44, 3, 15]]}),
    ],
)
def test_edtf_as_csl_date(edtf: str, date: dict[str, Any]) -> None:
    assert csl_date(edtf) == date


def test_a_reasoned_month_is_not_printed_as_if_it_were_known() -> None:
    assert to_csl(UNCERTAIN, style="apa")["issued"] == {"date-parts": [[2023]], "circa": True}
    assert to_csl(UNCERTAIN)["issued"] == {"date-parts": [[2023, 9]], "circa": True}
    assert to_csl(UNCERTAIN, style="mla")["issued"] == {"literal": "[2023]"}
    assert to_csl(UNCERTAIN, style="harvard")["issued"] == {"literal": "c. 2023"}


def test_translators_contributors_and_original_titles() -> None:
    article = changed(
        SEED,
        translators=(Creator(given="Ana", family="Berg", particle="van den"),),
        contributors=(Creator(given="Min-ji", family="Kim"),),
        editors=(Creator(given="Eva", family="Novak"),),
        original_title="러시아·중국 대표단",
    )
    styled, whole = to_csl(article, style="chicago"), to_csl(article)
    assert styled["translator"] == [{"family": "Berg", "given": "Ana", "non-dropping-particle": "van den"}]
    assert styled["original-title"] == "러시아·중국 대표단"
    # who reported along or edited the copy is not cited, but stays in the data
    assert "contributor" not in styled
    assert "editor" not in styled
    assert whole["contributor"] == [{"family": "Kim", "given": "Min-ji"}]
    assert whole["editor"] == [{"family": "Novak", "given": "Eva"}]


def test_names_in_every_shape() -> None:
    article = changed(
        SEED,
        authors=(
            Creator(given="Martin Luther", family="King", suffix="Jr."),
            Creator(native="김민지"),
            Creator(given="Banksy"),
            Creator(literal="Editorial board"),
            Creator(given="Martin Luther", family="King", suffix="Jr."),
            Creator(role="Staff writer"),
        ),
    )
    assert to_csl(article, style="apa")["author"] == [
        {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
        {"literal": "김민지"},
        {"literal": "Banksy"},
        {"literal": "Editorial board"},
    ]


def test_a_style_is_known_by_every_name() -> None:
    for name in (
        "mla",
        "MLA",
        "modern-language-association",
        "http://www.zotero.org/styles/modern-language-association",
    ):
        assert manual(name).family == "mla"
    assert manual("turabian-author-date").edition == 9
    assert manual("chicago-notes-bibliography-17th-edition").edition == 17
    assert manual("chicago").edition == 18
    assert manual("nature").family is None


def test_photographs_follow_each_manual() -> None:
    described = PHOTO
    apa = photo_to_csl(described, 0, style="apa")
    assert apa["genre"] == "Photograph of soldiers marching in Pyongyang"
    assert apa["publisher"] == "Korea JoongAng Daily"
    assert apa["author"] == [{"literal": "Yonhap"}]
    assert not {"title", "container-title"} & apa.keys()
    mla = photo_to_csl(described, 0, style="mla")
    assert "author" not in mla
    assert (mla["publisher"], mla["container-title"]) == ("Yonhap", "Korea JoongAng Daily")
    harvard = photo_to_csl(described, 0, style="harvard")
    assert (harvard["title"], harvard["medium"]) == ("Soldiers marching in Pyongyang", "Photograph")
    other = photo_to_csl(described, 0, style="nature")
    assert (other["type"], other["title"]) == ("graphic", "Soldiers marching in Pyongyang")


def test_a_photographer_is_the_author_and_the_agency_no_longer() -> None:
    photo = Photo(
        caption="Soldiers march in Pyongyang on Sept. 9. The parade lasted two hours.",
        credit="Jane Doe/AFP via Getty Images",
        photographers=(Creator(given="Jane", family="Doe"),),
        agencies=("AFP",),
        distributor="Getty Images",
    )
    article = changed(PHOTO, photos=(photo,))
    for style in ("apa", "mla", "chicago", "harvard", "photo-credit"):
        assert photo_to_csl(article, 0, style=style)["author"] == [{"family": "Doe", "given": "Jane"}]
    assert "publisher" not in photo_to_csl(article, 0, style="mla")
    assert photo_to_csl(article, 0, style="apa")["genre"] == "Photograph: Soldiers march in Pyongyang on Sept. 9"
    credit = photo_to_csl(article, 0, style="photo-credit")
    assert (credit["publisher"], credit["source"]) == ("AFP", "Getty Images")


def test_a_photograph_as_an_article_of_its_own() -> None:
    article = Article(
        kind="graphic",
        headline="Parade at dawn",
        authors=(Creator(given="Jane", family="Doe"),),
        publication=Publication(name="The Port Weekly"),
        dates=Dates(published=DateValue(edtf="2023-09-03", precision="day")),
    )
    item = to_csl(article, style="apa", id="x")
    assert item == {
        "id": "x",
        "type": "graphic",
        "title": "Parade at dawn",
        "genre": "Photograph",
        "publisher": "The Port Weekly",
        "author": [{"family": "Doe", "given": "Jane"}],
        "issued": {"date-parts": [[2023, 9, 3]]},
    }


def test_a_long_caption_is_cut_to_a_description() -> None:
    caption = "In this footage broadcast by state-controlled television on July 28, " + "word " * 40
    item = photo_to_csl(changed(PHOTO, photos=(Photo(caption=caption),)), 0, style="apa")
    assert item["genre"].startswith("Photograph: In this footage broadcast by state-controlled television on July 28")
    assert item["genre"].endswith(" …")


@pytest.mark.parametrize("n", [-1, 1, 10**9])
def test_a_picture_that_is_not_there_is_refused(n: int) -> None:
    with pytest.raises(BadInput):
        photo_to_csl(PHOTO, n)


def test_an_empty_article_is_still_an_item() -> None:
    assert to_csl(Article(), style="apa") == {"id": "article", "type": "article-newspaper"}
    assert photo_to_csl(Article(photos=(Photo(),)), 0, style="apa")["genre"] == "Photograph"


def test_agencies_of_an_article_are_named_once() -> None:
    agency = Agency(name="Yonhap", role="byline")
    assert to_csl(changed(AGENCY_ONLY, agencies=(agency, agency)), style="apa")["author"] == [{"literal": "Yonhap"}]


@pytest.mark.parametrize(("style", "edition"), [("chicago-author-date", "Seoul"), ("apa", "Seoul edition")])
def test_chicago_prints_the_word_edition_itself(style, edition):
    assert to_csl(Article(headline="Tide out", edition="Seoul edition"), style=style)["edition"] == edition

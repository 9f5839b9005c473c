import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.article import Article
from schemas.document import Document, Hints
from service.parsing import parse
from tests.golden import SEEDS

TEXTS = [
    (p / "document.txt").read_text(encoding="utf-8") for p in sorted(SEEDS.iterdir()) if (p / "document.txt").exists()
]
SEED = (SEEDS / "korea-joongang-daily" / "document.txt").read_text(encoding="utf-8")


def read(text, **hints):
    return parse(Document(kind="text", text=text), Hints(**hints))


def holds(text, article):
    """The article satisfies every constraint of the contract, and its evidence stands in the text."""
    assert msgspec.json.decode(msgspec.json.encode(article), type=Article) == article
    for pointer, rows in article.evidence.items():
        for row in rows:
            if row.quote is not None:
                assert text[row.start : row.end] == row.quote, pointer


PIECES = st.sampled_from(
    [
        *[
            "By Anna Berg",
            "Foto: X/dpa",
            "(AP Photo/Ida Holm)",
            "3 September 2023, 12:00 Uhr",
            "99.99.2023",
            "a@b.co",
            "SEOUL (AP) —",
        ],
        *[
            "Home > A > B",
            "홍길동 기자",
            "【ソウル=山田太郎】",
            "©",
            "2023",
            "|",
            " - ",
            "İ",
            "ﬁ",
            "ß",
            "Von",
            "by",
            "记者 王小明",
            "·",
            "（",
            "]",
        ],
        *("\r\n", "\n\n", "\u2028", "\x00", "\ud7ff", "\u202e"),
    ]
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(PIECES, st.text(max_size=30)), max_size=30).map(" ".join))
def test_any_text_is_read_and_its_evidence_is_exact(text):
    holds(text, read(text, infer_dates=True))


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(TEXTS), st.integers(0, 3000), st.integers(0, 200), st.text(max_size=20))
def test_a_damaged_article_is_read_and_its_evidence_is_exact(text, at, size, put):
    damaged = text[:at] + put + text[at + size :]
    holds(damaged, read(damaged, url="https://koreajoongangdaily.joins.com/a"))


MADE_UP = ["", " \n\t ", "x", "a" * 300_000, "By " + "A B, " * 20_000, "[" + "x" * 99_999 + "]", "한" * 60_000]
REPEATED = [
    "(",
    "Foto: ",
    "1.1.2020 ",
    "\n",
    "@",
    "a/b ",
    "By A ",
    "word, ",
    "A > ",
    "By Anna Berg\n",
    "Foto: X/dpa\n",
    "Home\nNews\n",
]


@pytest.mark.parametrize("text", MADE_UP + [r * 25_000 for r in REPEATED], ids=lambda t: f"{t[:8]!r}x{len(t)}")
def test_made_up_texts_take_bounded_time(text):
    holds(text, read(text))


def test_the_seed_with_its_address():
    article = read(SEED, url="https://koreajoongangdaily.joins.com/2023/09/03/national/northkorea/x.html")
    assert article.url == "https://koreajoongangdaily.joins.com/2023/09/03/national/northkorea/x.html"
    assert article.publication is not None
    assert (article.publication.name, article.publication.domain) == (
        "Korea JoongAng Daily",
        "koreajoongangdaily.joins.com",
    )


def test_the_seeds_date_is_inferred_only_when_asked():
    assert read(SEED).dates.published is None
    assert [w.code for w in read(SEED).warnings] == ["no-date"]
    inferred = read(SEED, infer_dates=True).dates.published
    assert (inferred.edtf, inferred.precision, inferred.inferred) == ("2023-09~", "month", True)
    assert "75th anniversary" in inferred.basis


def test_the_language_that_is_given_is_kept():
    assert read(SEED, language="en-KR").language == "en-KR"


def test_a_footers_year_is_no_date():
    article = read(
        "A headline that says something\n\n"
        + "The council met and spoke about the bridge for an hour. " * 6
        + "\n\n© 2021 Paper Ltd"
    )
    assert article.dates.published is None


def test_windows_line_ends_give_exact_places():
    text = SEED.replace("\n", "\r\n")
    article = read(text)
    holds(text, article)
    assert (
        article.headline == "Russian, Chinese officials likely to attend another North Korean military parade this week"
    )
    assert len(article.photos) == 1


STORY = "\n\n".join(
    f"The new ferry is tested in rough weather before the {season} begins, and the crew is pleased with it so far."
    for season in ("spring", "summer", "autumn", "winter", "season", "holiday")
)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Posted in Notes by seabird on August 3, 2019", "seabird"),
        ("von seabird\n21. September 2019", "seabird"),
        ("Autor*in\nIda Holm", "Ida Holm"),
    ],
)
def test_who_posted_is_read_beside_the_headline(line, name):
    article = read(f"Home\nNotes\nAbout\n\nThe ferry sails again\n\n{line}\n\n{STORY}")
    assert [person.printed for person in article.authors] == [name]


def test_a_byline_far_from_where_bylines_stand_is_read_if_it_alone_says_so():
    slides = "\n\n".join(f"{n} of 12 |\n\nThe ferry leaves the harbour on day {n}.\n\nRead More" for n in range(1, 9))
    article = read(f"The ferry sails again after a long winter\n\n{slides}\nBy IDA HOLM and TOMAS BERG\n\n{STORY}")
    assert [person.family for person in article.authors] == ["Holm", "Berg"]


def test_neighbours_of_a_menu_are_nobody():
    article = read(f"The ferry sails again\n\nNeueste Beiträge\n\n{STORY}\n\nNeueste Beiträge\n\nAktuelle Ausgaben")
    assert not article.authors


@pytest.mark.parametrize(
    "menu", ["  * Domácí\n      + Politika\n      + Kultura", "Domácí\nKultura\nByznys\nVideo\nBild"]
)
def test_a_word_of_a_menu_is_no_newspaper(menu):
    article = read(f"Home\nNotes\n{menu}\n\nThe ferry sails again after the winter\n\nBy Ida Holm\n\n{STORY}")
    assert article.publication is None

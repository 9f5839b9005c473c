"""Articles for tests: the seed article, one with every field, and a hypothesis strategy for all the rest."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import TypeVar

import hypothesis
from hypothesis import strategies as st

from schemas.article import Agency, Article, Creator, Dateline, Dates, DateValue, Photo, Publication

T = TypeVar("T")

SEED = Article(
    headline="Russian, Chinese officials likely to attend another North Korean military parade this week",
    byline="BY MICHAEL LEE [lee.junhyuk@joongang.co.kr]",
    authors=(Creator(given="Michael", family="Lee", printed="MICHAEL LEE", email="lee.junhyuk@joongang.co.kr"),),
    emails=("lee.junhyuk@joongang.co.kr",),
    agencies=(
        Agency(name="TASS", role="source", kind="text+photo"),
        Agency(name="Yonhap", role="photo", kind="text+photo"),
    ),
    photos=(Photo(caption="Soldiers march in Pyongyang.", credit="YONHAP", agencies=("Yonhap",)),),
    publication=Publication(
        name="Korea JoongAng Daily",
        place="Seoul",
        country="KR",
        domain="koreajoongangdaily.joins.com",
        medium="newspaper",
    ),
    section=("National", "North Korea"),
    language="en",
)
"""What the seed document reads as, captions shortened."""

FULL = Article(
    kind="article-newspaper",
    headline="McDonald’s & NATO: 50% of “Ukraine’s” {grain} _sold_ for $1 at #1 port",
    short_title="Grain sold",
    subtitle="A harvest in time of war",
    original_title="Зерно продано",
    byline="By Anna van der Berg, Martin King Jr. and Ida Holm",
    authors=(
        Creator(given="Anna", family="Berg", particle="van der", printed="Anna van der Berg", role="staff writer"),
        Creator(given="Martin", family="King", suffix="Jr.", email="king@example.org", place="Odesa"),
        Creator(given="Ida", family="Holm", printed="IDA HOLM", job_title="Europe correspondent"),
        Creator(literal="Reuters and Partners Staff"),
        Creator(given="도현", family="김", native="김도현"),
    ),
    contributors=(Creator(given="Tomas", family="Berg"),),
    editors=(Creator(given="Olena", family="Koval"),),
    translators=(Creator(given="Claire", family="Moreau"),),
    emails=("king@example.org",),
    agencies=(
        Agency(name="Agence France-Presse", abbreviation="AFP", role="dateline", kind="text+photo"),
        Agency(name="TASS", role="source"),
    ),
    photos=(
        Photo(
            caption="A ship leaves the port.",
            credit="Petro Hlyna/Example Pictures via AFP",
            photographers=(Creator(given="Petro", family="Hlyna"),),
            agencies=("Example Pictures", "AFP"),
            distributor="AFP",
            description="Bulk carrier at a quay",
            date=DateValue(edtf="2023-09-02", precision="day"),
            url="https://example.org/ship.jpg",
        ),
        Photo(caption="Fields near the city, seen from above.", credit="Handout"),
    ),
    publication=Publication(
        name="The Odesa Courier",
        native_name="Одеський кур’єр",
        short_name="Courier",
        place="Odesa",
        country="UA",
        issn=("1234-5679", "2345-678X"),
        domain="courier.example.org",
        publisher="Courier Media",
        medium="newspaper",
    ),
    section=("World", "Europe"),
    column="Harbour Notes",
    genre="Analysis",
    edition="Late",
    page="A4",
    dateline=Dateline(place="ODESA", agency="AFP", text="ODESA, Sept 3 (AFP) —"),
    dates=Dates(
        published=DateValue(edtf="2023-09-03", precision="day"),
        modified=DateValue(edtf="2023-09-04T10:15:00Z", precision="time"),
        accessed=DateValue(edtf="2026-11-24", precision="day"),
        archived=DateValue(edtf="2023-10~", precision="month", inferred=True, basis="the archive's address"),
    ),
    url="https://courier.example.org/grain?a=1&b=50%25#top",
    archive_url="https://web.archive.org/web/2023/https://courier.example.org/grain",
    doi="10.1234/grain_2023",
    language="en-GB",
    abstract="Grain left the port.\n\nMore will follow.",
    keywords=("grain", "war", "sea, black"),
    rights="© 2023 Courier Media",
    access="subscription",
    note="Cited in chapter 3 {draft}; ask the archive & the author.",
)
"""Every field has a value, and most values something that some format has to escape."""

PHOTOGRAPH = Article(
    kind="graphic",
    agencies=(Agency(name="Agence France-Presse", role="photo"),),
    photos=(FULL.photos[0],),
    publication=Publication(name="The Odesa Courier"),
    dates=Dates(published=DateValue(edtf="2023-09-02", precision="day")),
    url="https://courier.example.org/grain",
)
"""A photograph as an item of its own: its title is the picture's description, its author the photographer."""

SCRIPTS = {
    "Latin": "Müller Łukasz Øystein Nguyễn İstanbul naïve harvest port McAllister UNESCO iPhone",
    "Cyrillic": "Киев война Пётр Їжакевич новости",
    "Greek": "Αθήνα εφημερίδα Παπαδόπουλος",
    "Arabic": "القاهرة صحيفة محمد الأهرام",
    "Hebrew": "ירושלים עיתון כהן",
    "Devanagari": "दिल्ली समाचार शर्मा",
    "Bengali": "ঢাকা সংবাদ রহমান",
    "Tamil": "சென்னை செய்தி",
    "Thai": "กรุงเทพ ข่าว",
    "Hangul": "서울 김도현 연합뉴스",
    "Japanese": "東京 新聞 カメラ ひらがな",
    "Chinese": "北京 記者 新华社 王",
    "Georgian": "თბილისი ამბები",
    "Emoji": "🚢 👩🏽‍🌾 🇺🇦",
}
TRICKY_LINE = (
    r"50% AT&T $1 #1 snake_case {brace} un{balanced } x|y a~b x^2 back\slash “quoted” ’tis it's <b>bold</b> ]]> &amp; "
    r"{{tpl}} [[link]] a=b a;b x;;y @home -- --- ``tick'' and others , . : = 100\% "
    '"straight"'
)
TRICKY = TRICKY_LINE.split(" ")
"""What some format or other gives a meaning to."""

WORDS = [word for script in SCRIPTS.values() for word in script.split(" ")]

words = st.sampled_from(WORDS)
tricky = st.sampled_from(TRICKY)


def lines(*, first: st.SearchStrategy[str] = words, most: int = 5) -> st.SearchStrategy[str]:
    """One line: a few words of any script with tricky ones among them, single blanks between."""
    return st.tuples(first, st.lists(words | tricky, max_size=most)).map(lambda found: " ".join([found[0], *found[1]]))


def maybe(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    """Absent as often as not."""
    return st.none() | strategy


def tuples(strategy: st.SearchStrategy[T], most: int = 2) -> st.SearchStrategy[tuple[T, ...]]:
    """None to `most` of them."""
    return st.lists(strategy, max_size=most, unique_by=repr).map(tuple)


names = st.sampled_from(
    [
        *(word for word in WORDS if word[0].isalnum()),
        "O'Brien",
        "García Lorca",
        "Ortega y Gasset",
        "de Gaulle",
        "Smith-Jones",
        "'t Hooft",
    ]
)
particles = st.sampled_from(["van der", "de", "von", "al-", "d'", "De La"])
emails = st.sampled_from(["lee@example.org", "anna.berg+news@example.co.uk", "o'brien@example.ie"])
details = {
    "native": maybe(names),
    "printed": maybe(lines(most=2)),
    "role": maybe(lines(most=1)),
    "job_title": maybe(lines(most=1)),
    "place": maybe(names),
    "email": maybe(emails),
}
persons = st.builds(
    Creator,
    given=names,
    family=names,
    particle=maybe(particles),
    suffix=maybe(st.sampled_from(["Jr.", "III", "PhD"])),
    **details,
)
creators = (
    persons
    | st.builds(Creator, literal=lines(most=3), **details)
    | st.builds(Creator, family=names)
    | st.builds(Creator, given=names)
)
dates = st.one_of(
    st.dates(min_value=date(1000, 1, 1)).map(lambda day: DateValue(edtf=day.isoformat(), precision="day")),
    st.integers(1600, 2030).map(lambda year: DateValue(edtf=f"{year:04d}", precision="year")),
    st.tuples(st.integers(1600, 2030), st.integers(1, 12)).map(
        lambda found: DateValue(edtf=f"{found[0]}-{found[1]:02d}", precision="month")
    ),
    st.tuples(st.integers(1600, 2030), st.integers(21, 24)).map(
        lambda found: DateValue(edtf=f"{found[0]}-{found[1]}", precision="season")
    ),
    st.sampled_from(["~", "?", "%"]).map(
        lambda doubt: DateValue(edtf=f"2023-09{doubt}", precision="month", inferred=True, basis="the 75th anniversary")
    ),
    st.sampled_from(["Z", "+09:00", ""]).map(
        lambda zone: DateValue(edtf=f"2023-09-03T10:15:30{zone}", precision="time")
    ),
)
agencies = st.builds(
    Agency,
    name=lines(most=1),
    abbreviation=maybe(st.sampled_from(["AFP", "dpa", "新华"])),
    role=st.sampled_from(["byline", "dateline", "photo", "source"]),
    kind=st.none() | st.sampled_from(["text", "text+photo", "photo", "handout"]),
)
urls = st.sampled_from(
    [
        "https://example.org/a?b=1&c=%20d#e_f~g",
        "https://example.org/%EB%89%B4%EC%8A%A4/1",
        "https://пример.example/новости",
        "https://example.org/x|y;z=(1)",
    ]
)
photos = st.builds(
    Photo,
    caption=lines(most=6),
    credit=maybe(lines(most=2)),
    photographers=tuples(creators),
    agencies=tuples(names),
    distributor=maybe(names),
    description=maybe(lines()),
    date=maybe(dates),
    url=maybe(urls),
)
publications = st.builds(
    Publication,
    name=lines(most=2),
    native_name=maybe(lines(most=1)),
    short_name=maybe(names),
    place=maybe(lines(most=1)),
    country=maybe(st.sampled_from(["KR", "UA", "US"])),
    issn=tuples(st.sampled_from(["1234-5679", "2345-678X"])),
    domain=maybe(st.sampled_from(["example.org", "news.example.co.kr"])),
    publisher=maybe(lines(most=2)),
    medium=maybe(st.sampled_from(["newspaper", "magazine", "broadcaster", "agency", "web"])),
)
languages = st.sampled_from(["en", "en-GB", "ko", "uk", "zh-Hant", "sr-Latn", "nb", "mi"])
KINDS = ("article-newspaper", "article-magazine", "post-weblog", "webpage", "broadcast", "interview", "graphic")


def articles(kinds: Sequence[str] = KINDS) -> st.SearchStrategy[Article]:
    """Articles of every kind: any field may be absent, any value hold what a format must escape; no evidence."""
    return st.builds(
        Article,
        kind=st.sampled_from(kinds),
        headline=maybe(lines(most=8)),
        short_title=maybe(lines(most=2)),
        subtitle=maybe(lines(most=3)),
        original_title=maybe(lines(most=3)),
        byline=maybe(lines(most=4)),
        authors=tuples(creators, 3),
        contributors=tuples(creators, 1),
        editors=tuples(creators, 1),
        translators=tuples(creators, 1),
        emails=tuples(emails),
        agencies=tuples(agencies),
        photos=tuples(photos),
        publication=maybe(publications),
        section=tuples(lines(most=1), 3),
        column=maybe(lines(most=1)),
        genre=maybe(lines(most=1)),
        edition=maybe(lines(most=1)),
        page=maybe(st.sampled_from(["A4", "1", "12–13", "12-13", "B-2", "5–5"])),
        dateline=maybe(st.builds(Dateline, place=maybe(names), agency=maybe(names), text=lines(most=3))),
        dates=st.builds(
            Dates, published=maybe(dates), modified=maybe(dates), accessed=maybe(dates), archived=maybe(dates)
        ),
        url=maybe(urls),
        archive_url=maybe(urls),
        doi=maybe(st.sampled_from(["10.1234/grain_2023", "10.5555/(a)<b>"])),
        language=maybe(languages),
        abstract=maybe(lines(most=9)),
        keywords=tuples(lines(most=1), 3),
        rights=maybe(lines(most=2)),
        access=maybe(st.sampled_from(["free", "subscription"])),
    )


@cache
def _three_hundred() -> tuple[Article, ...]:
    found: list[Article] = []

    @hypothesis.seed(20230903)
    @hypothesis.settings(
        max_examples=300,
        database=None,
        deadline=None,
        suppress_health_check=list(hypothesis.HealthCheck),
        phases=[hypothesis.Phase.generate],
    )
    @hypothesis.given(articles())
    def collect(article: Article) -> None:
        found.append(article)

    collect()
    return tuple(found)


def varied(count: int) -> list[Article]:
    """The same `count` articles (up to 300) on every run, for programs too slow to be asked one article at a time."""
    return list(_three_hundred()[:count])

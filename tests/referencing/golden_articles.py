"""The articles behind facts/goldens.json, one for each of its cases."""

from schemas.article import Agency, Article, Creator, Dates, DateValue, Photo, Publication

HEADLINE = "Russian, Chinese officials likely to attend another North Korean military parade this week"


def day(edtf: str, **fields: object) -> DateValue:
    precision = {4: "year", 7: "month"}.get(len(edtf.rstrip("~?%")), "day")
    return DateValue(edtf=edtf, precision=precision, **fields)  # type: ignore[arg-type]


SEED = Article(
    headline=HEADLINE,
    authors=(Creator(given="Michael", family="Lee", email="lee.junhyuk@joongang.co.kr"),),
    agencies=(
        Agency(name="TASS", role="source", kind="text"),
        Agency(name="Yonhap", role="photo", kind="text+photo"),
    ),
    publication=Publication(name="Korea JoongAng Daily", place="Seoul", country="KR", medium="newspaper"),
    section=("National", "North Korea"),
    language="en",
)

SEED_DATED = Article(
    headline=HEADLINE,
    authors=SEED.authors,
    agencies=SEED.agencies,
    publication=SEED.publication,
    section=SEED.section,
    language="en",
    dates=Dates(published=day("2023-09-03"), accessed=day("2026-11-24")),
    url="https://koreajoongangdaily.joins.com/x",
)

FERRY = {
    "headline": "Harbour ferry service to resume after storm",
    "publication": Publication(name="The Port Weekly", medium="newspaper"),
    "language": "en",
    "dates": Dates(published=day("2024-05-11"), accessed=day("2024-05-12")),
    "url": "https://example.org/ferry",
}

AP = Agency(name="Associated Press", abbreviation="AP", role="byline", kind="text+photo")

NO_AUTHOR = Article(**FERRY)  # type: ignore[arg-type]
AGENCY_ONLY = Article(agencies=(AP,), **FERRY)  # type: ignore[arg-type]
PERSON_AND_AGENCY = Article(  # type: ignore[arg-type]
    authors=(Creator(given="Claire", family="Moreau"), Creator(literal="Associated Press")), agencies=(AP,), **FERRY
)

PHOTO = Article(
    headline=HEADLINE,
    publication=SEED.publication,
    language="en",
    dates=SEED_DATED.dates,
    url=SEED_DATED.url,
    photos=(Photo(credit="YONHAP", agencies=("Yonhap",), description="soldiers marching in Pyongyang"),),
)

UNCERTAIN = Article(
    headline=HEADLINE,
    authors=SEED.authors,
    publication=SEED.publication,
    language="en",
    dates=Dates(published=day("2023-09~", inferred=True, basis="75th anniversary of 9 September 1948")),
)

CASES = {
    "A": SEED,
    "B": SEED_DATED,
    "C": NO_AUTHOR,
    "D": AGENCY_ONLY,
    "E": PERSON_AND_AGENCY,
    "F": PHOTO,
    "G": UNCERTAIN,
}

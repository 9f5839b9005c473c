"""The seed article in every form of the styles people ask for first, as the style guides print it.

Where a style prints otherwise than its guide, the expected text is the style's and the line says so.
"""

from typing import Any

import pytest

from schemas.citation import Citation
from service.rendering import cite, compiled

TITLE = "Russian, Chinese officials likely to attend another North Korean military parade this week"
TITLED = "Russian, Chinese Officials Likely to Attend Another North Korean Military Parade This Week"
SEED: dict[str, Any] = {
    "id": "seed",
    "type": "article-newspaper",
    "title": TITLE,
    "title-short": "Russian, Chinese officials",
    "author": [{"family": "Lee", "given": "Michael"}],
    "container-title": "Korea JoongAng Daily",
    "language": "en",
}
DATED = {
    **SEED,
    "issued": {"date-parts": [[2023, 9, 3]]},
    "URL": "https://koreajoongangdaily.joins.com/x",
    "accessed": {"date-parts": [[2026, 11, 24]]},
}
CIRCA = {**SEED, "issued": {"date-parts": [[2023]], "circa": True}}


def whole(style: str, item: dict[str, Any], locale: str | None = None) -> Citation:
    return cite(compiled(style, locale), [item], output="markdown")[0]


def entry(style: str, item: dict[str, Any], locale: str | None = None) -> str | None:
    return whole(style, item, locale).entry


@pytest.mark.parametrize(
    ("style", "locale", "expected"),
    [
        ("apa", None, f"Lee, M. (n.d.). {TITLE}. *Korea JoongAng Daily*."),
        ("chicago-author-date", None, f"Lee, Michael. n.d. “{TITLED}.” *Korea JoongAng Daily*."),
        ("chicago-notes-bibliography", None, f"Lee, Michael. “{TITLED}.” *Korea JoongAng Daily*, n.d."),
        ("modern-language-association", None, f"Lee, Michael. “{TITLED}.” *Korea JoongAng Daily*."),
        ("harvard-cite-them-right", "en-GB", f"Lee, M. (no date) ‘{TITLE}’, *Korea JoongAng Daily*."),
        ("ieee", None, f"[1] M. Lee, “{TITLE},” *Korea JoongAng Daily*."),
        ("american-medical-association", None, f"1. Lee M. {TITLE}. *Korea JoongAng Daily*."),
    ],
)
def test_the_seed_without_date_and_address(style: str, locale: str | None, expected: str) -> None:
    assert entry(style, SEED, locale) == expected


URL = "https://koreajoongangdaily.joins.com/x"


@pytest.mark.parametrize(
    ("style", "locale", "expected"),
    [
        ("apa", None, f"Lee, M. (2023, September 3). {TITLE}. *Korea JoongAng Daily*. {URL}"),
        (
            "chicago-author-date",
            None,
            f"Lee, Michael. 2023. “{TITLED}.” *Korea JoongAng Daily*, September 3. {URL}.",
        ),
        (
            "chicago-author-date-17th-edition",
            None,
            f"Lee, Michael. 2023. “{TITLED}.” *Korea JoongAng Daily*, September 3, 2023. {URL}.",
        ),
        (
            "chicago-notes-bibliography",
            None,
            f"Lee, Michael. “{TITLED}.” *Korea JoongAng Daily*, September 3, 2023. {URL}.",
        ),
        # MLA drops https://; its style does not
        (
            "modern-language-association",
            None,
            f"Lee, Michael. “{TITLED}.” *Korea JoongAng Daily*, 3 Sept. 2023, {URL}.",
        ),
        (
            "harvard-cite-them-right",
            "en-GB",
            f"Lee, M. (2023) ‘{TITLE}’, *Korea JoongAng Daily*, 3 September. Available at: {URL} "
            "(Accessed: 24 November 2026).",
        ),
        # IEEE prints no zero before the day; its style does
        (
            "ieee",
            None,
            f"[1] M. Lee, “{TITLE},” *Korea JoongAng Daily*, Sep. 03, 2023. Accessed: Nov. 24, 2026. [Online]. "
            f"Available: {URL}",
        ),
        (
            "american-medical-association",
            None,
            f"1. Lee M. {TITLE}. *Korea JoongAng Daily*. September 3, 2023. Accessed November 24, 2026. {URL}",
        ),
    ],
)
def test_the_seed_with_date_and_address(style: str, locale: str | None, expected: str) -> None:
    assert entry(style, DATED, locale) == expected


@pytest.mark.parametrize(
    ("style", "parenthetical", "narrative"),
    [
        ("apa", "(Lee, n.d.)", "Lee (n.d.)"),
        ("chicago-author-date", "(Lee, n.d.)", "Lee (n.d.)"),
        ("modern-language-association", "(Lee)", "Lee"),
        ("ieee", "[1]", "Lee [1]"),
        ("nature", "<sup>1</sup>", "Lee<sup>1</sup>"),
    ],
)
def test_the_seed_in_running_text(style: str, parenthetical: str, narrative: str) -> None:
    found = whole(style, SEED).in_text
    assert found is not None
    assert (found.parenthetical, found.narrative) == (parenthetical, narrative)


def test_the_seed_in_notes() -> None:
    found = whole("chicago-notes-bibliography", SEED)
    assert found.note == f"Michael Lee, “{TITLED},” *Korea JoongAng Daily*, n.d."
    assert found.short_note == "Lee, “Russian, Chinese Officials.”"
    assert found.in_text is None


def test_the_seed_with_an_inferred_year() -> None:
    assert entry("apa", CIRCA) == f"Lee, M. (ca. 2023). {TITLE}. *Korea JoongAng Daily*."
    assert (
        whole("chicago-notes-bibliography", CIRCA).note == f"Michael Lee, “{TITLED},” *Korea JoongAng Daily*, [2023?]."
    )
    found = whole("chicago-author-date", CIRCA).in_text
    assert found is not None
    assert found.parenthetical == "(Lee [2023?])"

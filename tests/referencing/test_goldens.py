"""What the manuals print (facts/goldens.json beside the checkout), through referencing and rendering together."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from golden_articles import CASES

from service.referencing import photo_to_csl, to_csl
from service.rendering import cite, compiled, registry

GOLDENS = Path(__file__).parent.parent.parent.parent / "shared" / "facts" / "goldens.json"

STYLES = {
    "chicago (18)": "chicago-nb",
    "chicago (17)": "chicago-17",
    "chicago-nb (18)": "chicago-nb",
    "chicago-ad (18)": "chicago-ad",
    "chicago-ad (17), turabian-ad": "turabian-ad",
}

# Where we print otherwise than the golden, and why: docs/citing.md has the table, and the test below holds it to this.
DIFFERENT = {
    ("B", "mla", "works cited"): (
        "Lee, Michael. “Russian, Chinese Officials Likely to Attend Another North Korean Military Parade This Week.” "
        "*Korea JoongAng Daily*, 3 Sept. 2023, https://koreajoongangdaily.joins.com/x."
    ),
    ("B", "ieee", "reference"): (
        "[1] M. Lee, “Russian, Chinese officials likely to attend another North Korean military parade this week,” "
        "*Korea JoongAng Daily*, Sep. 03, 2023. Accessed: Nov. 24, 2026. [Online]. Available: "
        "https://koreajoongangdaily.joins.com/x"
    ),
    ("F", "chicago-nb", "note"): (
        "Yonhap, photograph of soldiers marching in Pyongyang, in *Korea JoongAng Daily*, September 3, 2023, "
        "https://koreajoongangdaily.joins.com/x."
    ),
}


def goldens() -> list[dict[str, Any]]:
    if not GOLDENS.exists():
        return []
    found: list[dict[str, Any]] = json.loads(GOLDENS.read_text(encoding="utf-8"))["goldens"]
    return found


def printed(golden: dict[str, Any]) -> str | None:
    """The form asked for, in Markdown, as the service makes it."""
    article = CASES[golden["case"][0]]
    source = registry.find(STYLES.get(golden["style"], golden["style"]))
    item = (photo_to_csl if article.photos else to_csl)(
        article, *((0,) if article.photos else ()), style=source.layout, id="x"
    )
    (made,) = cite(compiled(source.id), [item], output="markdown")
    form = {
        "note": made.note,
        "short note": made.short_note,
        "in-text": made.in_text.parenthetical if made.in_text else None,
        "narrative": made.in_text.narrative if made.in_text else None,
    }.get(golden["form"], made.entry)
    return form.replace("\\[", "[").replace("\\]", "]") if form else form


@pytest.mark.skipif(not GOLDENS.exists(), reason="needs ../shared/facts/goldens.json")
@pytest.mark.parametrize("golden", goldens(), ids=lambda g: f"{g['case'][0]} {g['style']} {g['form']}")
def test_the_manuals_forms(golden: dict[str, Any]) -> None:
    if golden["style"].startswith("apa (if both"):
        pytest.skip("the opposite of the rule that applies: beside a person the agency is no author")
    expected = DIFFERENT.get((golden["case"][0], golden["style"], golden["form"]), golden["expected"])
    assert printed(golden) == expected


def test_person_and_institution_together_keep_the_comma_before_the_ampersand() -> None:
    """APA 7 (9.8): Moreau, C., & Associated Press; where an article is sent as CSL with both as authors."""
    item = {
        "id": "x",
        "type": "article-newspaper",
        "title": "Harbour ferry service to resume after storm",
        "author": [{"family": "Moreau", "given": "Claire"}, {"literal": "Associated Press"}],
        "issued": {"date-parts": [[2024, 5, 11]]},
    }
    (made,) = cite(compiled("apa"), [item])
    assert made.entry is not None
    assert made.entry.startswith("Moreau, C., & Associated Press. (2024, May 11).")

"""The credit line and the source line that newspapers print, in our own CSL styles."""

from typing import Any

import pytest

from service.rendering import compiled

LEE = {"family": "Lee", "given": "Michael"}
KIM = {"family": "Kim", "given": "Min-ji"}
DOE = {"family": "Doe", "given": "Jane"}
PAPER = "Korea JoongAng Daily"


def line(style: str, locale: str | None = None, **variables: Any) -> str:
    item = {"id": "x", "type": "article-newspaper", "title": "Never printed", **variables}
    made = compiled(style, locale).render([item])
    assert made.entries is not None
    return str(made.entries[0].text)


def on(year: int, month: int, day: int) -> dict[str, Any]:
    return {"date-parts": [[year, month, day]]}


@pytest.mark.parametrize(
    ("variables", "printed"),
    [
        (
            {"author": [LEE], "container-title": PAPER, "issued": on(2023, 9, 3)},
            "By Michael Lee, Korea JoongAng Daily, Sept. 3, 2023",
        ),
        (
            {"author": [LEE, KIM, DOE], "container-title": PAPER, "issued": on(2024, 3, 9)},
            "By Michael Lee, Min-ji Kim and Jane Doe, Korea JoongAng Daily, March 9, 2024",
        ),
        (
            {"author": [{"literal": "Associated Press"}], "container-title": PAPER, "issued": on(2024, 12, 1)},
            "By Associated Press, Korea JoongAng Daily, Dec. 1, 2024",
        ),
        ({"author": [LEE], "container-title": PAPER}, "By Michael Lee, Korea JoongAng Daily"),
        ({"container-title": PAPER, "issued": {"date-parts": [[2024, 7]]}}, "Korea JoongAng Daily, July 2024"),
        (
            {"container-title": PAPER, "issued": {"date-parts": [[2023]], "circa": True}},
            "Korea JoongAng Daily, c. 2023",
        ),
        ({"publisher": "Yonhap", "issued": on(2024, 4, 2)}, "Yonhap, April 2, 2024"),
    ],
)
def test_source_line(variables: dict[str, Any], printed: str) -> None:
    assert line("source-line", **variables) == printed


@pytest.mark.parametrize(
    ("locale", "printed"),
    [
        ("en-GB", "By Michael Lee and Min-ji Kim, Korea JoongAng Daily, 3 Sept. 2023"),
        ("fr-FR", "Par Michael Lee et Min-ji Kim, Korea JoongAng Daily, 3 sept. 2023"),
        ("es-ES", "Por Michael Lee y Min-ji Kim, Korea JoongAng Daily, 3 de sep. de 2023"),
        ("de-DE", "Von Michael Lee und Min-ji Kim, Korea JoongAng Daily, 3. Sep. 2023"),
    ],
)
def test_source_line_in_other_languages(locale: str, printed: str) -> None:
    variables = {"author": [LEE, KIM], "container-title": PAPER, "issued": on(2023, 9, 3)}
    assert line("source-line", locale, **variables) == printed


@pytest.mark.parametrize(
    ("variables", "printed"),
    [
        ({"author": [DOE], "publisher": "AFP", "source": "Getty Images"}, "Jane Doe/AFP via Getty Images"),
        ({"author": [DOE], "publisher": "Reuters", "container-title": PAPER}, "Jane Doe/Reuters"),
        ({"author": [DOE, KIM], "publisher": "AP"}, "Jane Doe and Min-ji Kim/AP"),
        ({"publisher": "Yonhap", "container-title": PAPER}, "Yonhap"),
        ({"publisher": "KCNA", "source": "Reuters"}, "KCNA via Reuters"),
        ({"author": [DOE], "source": "Getty Images", "container-title": PAPER}, "Jane Doe via Getty Images"),
        ({"author": [DOE], "container-title": "The Port Weekly"}, "Jane Doe/The Port Weekly"),
        ({"source": "Getty Images"}, "Getty Images"),
    ],
)
def test_photo_credit(variables: dict[str, Any], printed: str) -> None:
    assert line("photo-credit", type="graphic", **variables) == printed


def test_cites_of_our_styles_print_the_same_line() -> None:
    from schemas.citation import Cite, Cluster

    items = [
        {"id": "a", "type": "article-newspaper", "author": [LEE], "container-title": PAPER, "issued": on(2023, 9, 3)},
        {"id": "b", "type": "article-newspaper", "container-title": "The Port Weekly", "issued": on(2024, 5, 11)},
    ]
    made = compiled("source-line").render(items, [Cluster(cites=(Cite(id="a"), Cite(id="b")))])
    assert made.clusters == ("By Michael Lee, Korea JoongAng Daily, Sept. 3, 2023; The Port Weekly, May 11, 2024",)

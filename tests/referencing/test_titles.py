"""Short titles and what title case must not touch."""

import pytest

from service.referencing.titles import plain, protected, says_where, short_title, site_name, without_the


@pytest.mark.parametrize(
    ("headline", "short"),
    [
        (
            "Russian, Chinese officials likely to attend another North Korean military parade this week",
            "Russian, Chinese officials",
        ),
        ("Harbour ferry service to resume after storm", "Harbour ferry service"),
        ("Ursula von der Leyen urges EU to act", "Ursula von der Leyen"),
        ("Syria’s Bashar al-Assad to visit Moscow", "Syria’s Bashar al-Assad"),
        ("“We will not yield,” says president of the country", "We will not yield"),
        ("Obituary: Queen Elizabeth II, 1926–2022", "Obituary: Queen Elizabeth II"),
        ("The man who wasn’t there at all", "Man who wasn’t there"),
        ("Apple Inc. vs. the world today", "Apple Inc."),
        ("1,000 days of war in Ukraine", "1,000 days"),
        ("Storm warning – what you need to know", "Storm warning"),
        ("Students stage sit-in", None),  # four words at most are not shortened
        ("Untitled", None),
        ("북한 열병식에 러시아 중국 대표단 참석할 듯", "북한 열병식에 러시아 중국"),
        ("北朝鮮の軍事パレードにロシアと中国の代表団が出席へ", None),  # no spaces to cut at
    ],
)
def test_short_titles(headline: str, short: str | None) -> None:
    assert short_title(headline) == short


@pytest.mark.parametrize(
    ("headline", "language", "short"),
    [
        ("Die Energiewende und ihre Folgen für alle", "de", "Energiewende und ihre Folgen"),
        ("Das ändert sich im Jahr 2023 für alle", "de", "Das ändert sich"),
        ("Nach viel zu langer Zeit mal wieder", "de", "Nach viel zu langer"),
        ("Vorstellung der Studie „Lebensgefühl Corona“ in Bonn", "de", "Vorstellung der Studie Lebensgefühl"),
        ("Le Sénat adopte la réforme des retraites", "fr-FR", "Sénat adopte"),
        ("¿Quién teme a la inflación en España?", "es", "Quién teme"),
    ],
)
def test_short_titles_in_other_languages(headline: str, language: str, short: str) -> None:
    assert short_title(headline, language) == short


def spans(*words: str) -> list[str]:
    return [f'<span class="nocase">{word}</span>' for word in words]


@pytest.mark.parametrize(
    ("headline", "kept"),
    [
        ("Kim Jong-un vows ‘exponential’ increase", ["Jong-un"]),
        ("Talks between Moon Jae-in and Ban Ki-moon", ["Jae-in", "Ki-moon"]),
        ("Tsai Ing-wen’s party wins", ["Ing-wen’s"]),
        ("Ursula von der Leyen urges action", ["von", "der"]),
        ("Mohammed bin Salman meets Bashar al-Assad", ["bin", "al-Assad"]),
        ("Bill de Blasio to run", ["de"]),
        # words, not names
        ("Students stage Sit-in at City Hall", []),
        ("US-led coalition and State-run media", []),
        ("Long-term care bill passes", []),
        ("A tale of two cities: la dolce vita", []),
        ("Bin collection to resume", []),
    ],
)
def test_names_keep_their_small_parts(headline: str, kept: list[str]) -> None:
    text = protected(headline, "en")
    assert all(span in text for span in spans(*kept))
    assert text.count("nocase") == len(kept)
    assert plain(text) == headline


def test_only_english_headlines_are_set_in_title_case() -> None:
    headline = "Treffen zwischen Kim Jong-un und Ursula von der Leyen"
    assert protected(headline, "de") == headline
    assert "nocase" in protected(headline, "en-GB")


def test_manuals_that_count_letters_capitalise_long_prepositions() -> None:
    assert protected("Ferry to resume after storm", "en", capitals=5) == (
        'Ferry to resume <span class="nocase">After</span> storm'
    )
    assert "After" not in protected("Ferry to resume after storm", "en")
    for headline in ("Ferry to resume after storm", "Ferry to Resume After Storm", "What Kim Jong-un said about it"):
        assert plain(protected(headline, "en", capitals=5)) == headline
    assert "From" in protected("Letters from home arrive", "en", capitals=4)
    assert "From" not in protected("Letters from home arrive", "en", capitals=5)


@pytest.mark.parametrize(
    ("name", "cut"), [("The Port Weekly", "Port Weekly"), ("The Hindu", "Hindu"), ("Thenews", "Thenews")]
)
def test_initial_the(name: str, cut: str) -> None:
    assert without_the(name) == cut


@pytest.mark.parametrize(
    ("name", "says"),
    [("The Gazette", False), ("Evening Standard", False), ("Boston Globe", True), ("Korea JoongAng Daily", True)],
)
def test_a_papers_name_may_say_where_it_appears(name: str, says: bool) -> None:
    assert says_where(name) is says


def test_a_site_called_by_its_domain_keeps_its_letters() -> None:
    assert site_name("news.example.com") == '<span class="nocase">news.example.com</span>'
    assert site_name("The Port Weekly") == "The Port Weekly"

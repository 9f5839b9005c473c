"""Picture credits in the forms of many papers; every name is made up."""

import pytest

from service.parsing import parse
from service.parsing.credit import may_hold_credit, read_credit
from service.parsing.names import full_name
from service.reading import read

UNMARKED = [
    ("Foto Jan de Vries / ANP", "Jan de Vries / ANP", None),
    ("Een trein. Foto Jan de Vries / ANP", "Jan de Vries / ANP", "Een trein."),
    ("Beeld ANP", "ANP", None),
    ("Bild Keystone", "Keystone", None),
    ("Un treno alla stazione (foto Ansa)", "Ansa", "Un treno alla stazione"),
    ("Un tren en la estación. Foto EFE", "EFE", "Un tren en la estación."),
    ("Pociąg na stacji. Fot. Anna Nowak / PAP", "Anna Nowak / PAP", "Pociąg na stacji."),
    ("Photo Anna Berg", "Anna Berg", None),
    ("Credit...Anna Berg for The Times", "Anna Berg for The Times", None),
    ("Image source, Getty Images", "Getty Images", None),
    ("(תצלום: דוד לוי)", "דוד לוי", None),
]


@pytest.mark.parametrize(("text", "credit", "caption"), UNMARKED)
def test_a_label_that_no_mark_follows(text, credit, caption):
    found = read_credit(text)
    assert may_hold_credit(text)
    assert (found.credit, found.caption) == (credit, caption)


@pytest.mark.parametrize("text", ["Photo Gallery", "Bild der Woche", "Foto des Tages", "Image Comics", "Photo Madrid"])
def test_words_of_pictures_that_credit_nobody(text):
    assert read_credit(text) is None


PARAGRAPH = "<p>The new ferry is tested in rough weather before the summer begins, and the crew is pleased so far.</p>"


def photos(figure, lead="<p>By Ida Holm</p>"):
    page = (
        "<html lang=en><head><meta property=og:type content=article></head><body><article><h1>A ferry for all weathers"
        f"</h1>{lead}{PARAGRAPH}{figure}{PARAGRAPH * 6}</article></body></html>"
    )
    return parse(read(page.encode(), media_type="text/html")).photos


def credits_of(figure, **more):
    return [photo.credit for photo in photos(figure, **more)]


def test_a_small_line_in_brackets_names_the_photographer():
    figure = "<figure><img src=a.jpg><figcaption>The old ferry. <small>(Marco Valdieri)</small></figcaption></figure>"
    assert credits_of(figure) == ["Marco Valdieri"]


def test_a_title_ends_in_a_credit_after_a_bar():
    assert credits_of('<img src=a.jpg title="The old ferry at night | HTV/Brandt">') == ["HTV/Brandt"]


def test_the_alternative_text_of_a_teaser_is_no_credit():
    assert credits_of('<img src=a.jpg alt="Illustration: Nobody saw it come">') == []
    assert credits_of('<img src=a.jpg alt="From left: the chair and the mayor. Photo: 12 April 2024">') == []


def test_notices_of_a_wire_behind_a_credit():
    caption = "The old ferry burns for a second night outside the harbour of Port Ansel. @HarbourWatch/via REUTERS THIS IMAGE HAS BEEN SUPPLIED BY A THIRD PARTY"
    assert credits_of(f"<figure><img src=a.jpg><figcaption>{caption}</figcaption></figure>") == [
        "@HarbourWatch/via REUTERS"
    ]


def test_what_a_picture_shows_is_no_credit():
    figure = "<figure><img src=a.jpg><figcaption>The chair explains the plan. (Archivbild)</figcaption></figure>"
    assert credits_of(figure) == [None]


def test_the_author_beside_a_portrait_is_no_photographer():
    figure = "<figure><img src=a.jpg><span class=author>Ida Holm</span> Redakteurin 09.09.2025, 15:15 Uhr</figure>"
    assert "Ida Holm" not in credits_of(figure)


def test_the_photographer_of_the_byline_took_the_pictures_that_nobody_signs():
    figure = "<figure><img src=a.jpg><figcaption>The old ferry at night.</figcaption></figure>"
    (photo,) = photos(figure, lead="<p>Text: Ida Holm Photos: Ole Brandt</p>")
    assert (photo.credit, [full_name(p) for p in photo.photographers]) == ("Ole Brandt", ["Ole Brandt"])


HOLDS = ["The old harbour.Photo: Anna Berg", "Ferry (Reuters)", "Anna Berg/AFP", "A photo by Anna Berg", "© Anna Berg"]
HOLDS_NONE = [
    "3/9/2023",
    "Comments (0)",
    "https://paper.com/a/b",
    "The chair said: we will see what we can do about it next week",
    "31/12 A new book for everybody",
]


@pytest.mark.parametrize("text", HOLDS)
def test_a_line_that_may_hold_a_credit(text):
    assert may_hold_credit(text)


@pytest.mark.parametrize("text", HOLDS_NONE)
def test_a_line_without_what_a_credit_needs(text):
    assert not may_hold_credit(text)


def test_in_the_depth_of_a_story_only_a_label_counts():
    assert may_hold_credit("The ferry leaves. Photo: Anna Berg", labelled=True)
    assert not may_hold_credit("The ferry leaves (the old one).", labelled=True)


SIGNED = [
    ("Tom Reyes/The Millbrook Courier", "Tom Reyes/The Millbrook Courier", ["Tom Reyes"]),
    ("Pupils line up for lunch. Leah Strand / Pine Valley Register", "Leah Strand / Pine Valley Register", ["Leah Strand"]),
    ("Debris on the beach on Monday. —MARIANNE BERMUDEZ", "MARIANNE BERMUDEZ", ["MARIANNE BERMUDEZ"]),
    ("Marion Delcourt, à Paris. THIBAUT LORAND POUR « LE COURANT »", "THIBAUT LORAND POUR « LE COURANT »",
     ["THIBAUT LORAND"]),
    ("Vecinos en la plaza, el miércoles. Samuel Quirós (EFE)", "Samuel Quirós (EFE)", ["Samuel Quirós"]),
    ("The airport, seen on Wednesday. Photo / Maxar Technologies via AP", "Maxar Technologies via AP", []),
    ("REUTERS/Anneli Saar/File Photo Purchase Licensing Rights", "REUTERS/Anneli Saar/File Photo", ["Anneli Saar"]),
    ("（圖／記者王兆麟攝）", "王兆麟", ["王兆麟"]),
    ("中央社記者謝佳璋攝 113年5月14日", "謝佳璋", ["謝佳璋"]),
    ("新华社发（汪江波 摄）", "汪江波", ["汪江波"]),
    ("首相の会見。（ロイター＝共同）", "ロイター＝共同", []),
    ("（撮影・松本大地）", "松本大地", ["松本大地"]),
    ("대통령이 말하고 있다. 신소영 선임기자", "신소영", ["신소영"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "credit", "photographers"), SIGNED)
def test_credits_that_end_a_caption_without_a_label(text, credit, photographers):
    found = read_credit(text)
    assert (found.credit, [person.printed for person in found.photographers]) == (credit, photographers)


def test_two_people_beside_a_slash_are_a_byline():
    assert read_credit("Mathatisi Sebusi/Mohalenyane Phakela") is None

import pytest

from service.errors import UnsupportedType
from service.reading import read
from service.reading.encoding import decode

SENTENCE = "Überall in Zürich fuhren gestern die Fähren wieder, sagte der Bürgermeister am späten Nachmittag.\n" * 20
KOREAN = "서울시는 어제 새 다리를 열었다고 밝혔다. 시민들은 강을 건너며 축하했다.\n" * 20


@pytest.mark.parametrize("name", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "cp1252"])
def test_german_in_every_encoding_without_a_charset(name):
    assert decode(SENTENCE.encode(name)) == SENTENCE


@pytest.mark.parametrize("name", ["euc-kr", "utf-8", "utf-16-le"])
def test_korean_with_its_charset(name):
    assert decode(KOREAN.encode(name), name) == KOREAN


def test_a_page_states_its_charset():
    page = '<html><head><meta charset="euc-kr"></head><body>' + KOREAN + "</body></html>"
    assert KOREAN.split(maxsplit=1)[0] in read(page.encode("euc-kr"), media_type="text/html").text


@pytest.mark.parametrize("charset", ["iso-8859-15", "windows-1252", "koi8-r"])
def test_a_page_saved_in_utf8_keeps_the_charset_it_once_declared(charset):
    page = f'<html><head><meta charset="{charset}"></head><body><h1>tras su sanción: «no»</h1></body></html>'
    assert decode(page.encode(), html=True) == page


def test_a_page_may_be_declared_wrongly():
    page = "<html><body><p>" + SENTENCE + "</p></body></html>"
    assert "Zürich" in read(page.encode("cp1252"), media_type="text/html", charset="utf-8").text


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        (b"\x89PNG\r\n\x1a\n....", None),
        (b"%PDF-1.7 ...", None),
        (b"abc", "no-such"),
        (b"abc", "rot13"),
        (b"\xff\xfa\x80", "utf-8"),
    ],
)
def test_what_is_no_text_is_refused_with_a_reason(body, charset):
    with pytest.raises(UnsupportedType) as caught:
        decode(body, charset)
    assert caught.value.field
    assert caught.value.reason


def test_text_stays_as_sent():
    body = "Line one\r\n\r\n\x00 line\ttwo \u2028 end  "
    assert read(body.encode(), media_type="text/plain").text == body


def test_kind_is_found_out():
    assert read(b"<!DOCTYPE html><html><body><p>Hi</p></body></html>").kind == "html"
    assert read(b"A < B and so on").kind == "text"
    assert read(b"").kind == "text"


def test_other_types_are_refused():
    with pytest.raises(UnsupportedType):
        read(b"{}", media_type="application/json")

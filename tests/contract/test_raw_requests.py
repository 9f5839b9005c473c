"""Requests that no generator of valid or invalid JSON thinks of, byte by byte over a socket: none may give a 500."""

import json
import socket
from contextlib import suppress
from typing import NamedTuple

import pytest

from tests.serving import MAX_BODY, Served

TEXT = "text/plain"
HTML = "text/html"
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
CSL = "application/vnd.citationstyles.csl+json"
STORY = "Council votes to reopen the harbour library\n\nBy Ana Ruiz\n\nThe library will open again in March.\n"
KOREAN = "북한 열병식에 중국·러시아 대표단 참석 전망\n\n이민수 기자 lee@example.kr\n\n북한이 이번 주 열병식을 연다.\n"
ITEM = {"id": "a", "type": "article-newspaper", "title": "A title", "issued": {"date-parts": [[2023, 9, 3]]}}
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


class Case(NamedTuple):
    """What is sent, and which status it must have. `field` is what a refusal must name."""

    name: str
    request: bytes
    status: int
    field: str | None = None
    holds: bytes = b""


def request(method: str, target: str, body: bytes | None = None, type_: str | None = None, **headers: str) -> bytes:
    lines = [f"{method} {target} HTTP/1.1", "Host: localhost", "Connection: close"]
    if type_ is not None:
        lines.append(f"Content-Type: {type_}")
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if body is not None and "Transfer_Encoding" not in headers:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + (body or b"")


def post(target: str, body: bytes | str, type_: str | None = TEXT, **headers: str) -> bytes:
    return request("POST", target, body.encode() if isinstance(body, str) else body, type_, **headers)


def chunked(target: str, *parts: bytes, type_: str = TEXT) -> bytes:
    body = b"".join(f"{len(part):x}\r\n".encode() + part + b"\r\n" for part in parts) + b"0\r\n\r\n"
    return request("POST", target, body, type_, Transfer_Encoding="chunked")


def send(served: Served, raw: bytes) -> Answer:
    """The answer to bytes; a server that has refused a body may close before all of it was sent."""
    with socket.create_connection((served.host, served.port), timeout=120) as connection:
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(raw)
        received = b""
        with suppress(ConnectionResetError):
            while part := connection.recv(65536):
                received += part
    head, _, body = received.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return Answer(int(first.split()[1]), headers, body)


CASES = [
    # encodings
    Case("utf-8", post("/parse", STORY), 200, holds=b"Ana"),
    Case("utf-8, said", post("/parse", KOREAN, "text/plain; charset=utf-8"), 200, holds="이민수".encode()),
    Case("utf-8, said in quotes", post("/parse", KOREAN, 'text/plain; charset="UTF-8"'), 200, holds="이민수".encode()),
    Case("utf-8 with a mark", post("/parse", b"\xef\xbb\xbf" + STORY.encode()), 200, holds=b"Ana"),
    Case("invalid utf-8, said to be", post("/parse", b"Headline \xff\xfe\xfa here\n", "text/plain; charset=utf-8"), -1),
    Case("invalid utf-8, not said", post("/parse", b"Headline \xff here\n\nBy Ana Ruiz\n"), -1),
    Case("a lone byte", post("/parse", b"\xff"), -1),
    Case("half a character", post("/parse", KOREAN.encode()[:-3]), -1),
    Case("utf-16 with a mark", post("/parse", STORY.encode("utf-16")), 200, holds=b"Ana"),
    Case(
        "utf-16le, said", post("/parse", STORY.encode("utf-16-le"), "text/plain; charset=utf-16le"), 200, holds=b"Ana"
    ),
    Case(
        "utf-16be, said", post("/parse", STORY.encode("utf-16-be"), "text/plain; charset=utf-16be"), 200, holds=b"Ana"
    ),
    Case("utf-16, half a unit", post("/parse", STORY.encode("utf-16")[:-1]), -1),
    Case("utf-32, said", post("/parse", STORY.encode("utf-32"), "text/plain; charset=utf-32"), -1),
    Case(
        "euc-kr, said",
        post("/parse", KOREAN.encode("euc-kr"), "text/plain; charset=euc-kr"),
        200,
        holds="이민수".encode(),
    ),
    Case("euc-kr, not said", post("/parse", KOREAN.encode("euc-kr")), 200),
    Case(
        "shift_jis, said",
        post("/parse", "見出し\n\n田中太郎\n".encode("shift_jis"), "text/plain; charset=Shift_JIS"),
        200,
    ),
    Case(
        "windows-1252, said",
        post("/parse", "“Café”\n\nBy Zoë\n".encode("cp1252"), "text/plain; charset=windows-1252"),
        200,
    ),
    Case("windows-1252, not said", post("/parse", "“Café” – crème brûlée\n\nBy Zoë Müller\n".encode("cp1252")), 200),
    Case("gb18030, said", post("/parse", "新华社北京电\n".encode("gb18030"), "text/plain; charset=gb18030"), 200),
    Case("unknown charset", post("/parse", STORY, "text/plain; charset=klingon"), 415),
    Case("a charset that is no text", post("/parse", STORY, "text/plain; charset=base64"), 415),
    Case("an empty charset", post("/parse", STORY, "text/plain; charset="), -1),
    Case(
        "html with a meta charset",
        post("/parse", b'<meta charset="euc-kr"><h1>' + KOREAN.encode("euc-kr") + b"</h1>", HTML),
        200,
    ),
    Case("JSON in utf-16", post("/parse", json.dumps({"text": STORY}).encode("utf-16"), JSON), 400, "body"),
    Case("JSON with a mark", post("/parse", b"\xef\xbb\xbf" + json.dumps({"text": STORY}).encode(), JSON), 200),
    Case(
        "JSON, said to be latin-1",
        post("/parse", json.dumps({"text": STORY}), "application/json; charset=latin-1"),
        415,
    ),
    Case("JSON with invalid utf-8", post("/parse", b'{"text": "a\xff"}', JSON), 400, "body"),
    # characters
    Case("NULs", post("/parse", b"A\0 headline\n\0\nBy\0 Ana Ruiz\n"), 200),
    Case("only NULs", post("/parse", b"\0" * 1000), -1),
    Case("controls", post("/parse", bytes(range(1, 32)) + b"\x7f"), -1),
    Case("only spaces", post("/parse", "  \n\t \u00a0\u3000\n"), 200),
    Case("only a newline", post("/cite", "\n"), 200),
    Case("noncharacters and private use", post("/parse", "\ufffe\uffff\ue000\U0010ffff headline"), 200),
    Case("right to left, joiners and combining marks", post("/cite", "שלום\u200f עולם\u200d e" + "\u0301" * 500), 200),
    Case("JSON with NULs", post("/cite", r'{"text": "A\u0000 headline"}', JSON), 200),
    Case("a lone surrogate", post("/parse", r'{"text": "\ud800"}', JSON), 400, "body"),
    Case("a lone low surrogate", post("/parse", r'{"text": "a\udc00b"}', JSON), 400, "body"),
    Case("a surrogate pair", post("/parse", r'{"text": "\ud83d\ude00 A headline"}', JSON), 200),
    # JSON
    Case("100,000 arrays", post("/cite", "[" * 100_000, JSON), 400, "body"),
    Case("100,000 arrays, closed", post("/cite", "[" * 100_000 + "]" * 100_000, JSON), 400, "body"),
    Case("100,000 objects", post("/cite", '{"a":' * 100_000 + "1" + "}" * 100_000, JSON), 400, "body"),
    Case(
        "deep in custom", post("/cite", '{"id":"a","type":"book","custom":' + '{"a":' * 900 + "1" + "}" * 901, JSON), -1
    ),
    Case("no JSON", post("/parse", "{text: 1}", JSON), 400, "body"),
    Case("JSON with a rest", post("/parse", '{"text": "a"} x', JSON), 400, "body"),
    Case("NaN", post("/cite", '{"id": "a", "type": "book", "volume": NaN}', JSON), 400, "body"),
    Case("1e999", post("/cite", '{"id": "a", "type": "book", "volume": 1e999}', JSON), 400, "body"),
    Case(
        "a number of 5,000 digits",
        post("/cite", '{"id": "a", "type": "book", "volume": ' + "1" * 5000 + "}", JSON),
        400,
    ),
    Case("null", post("/cite", "null", JSON), 400),
    Case("a string", post("/cite", '"text"', JSON), 400),
    Case("an empty array", post("/cite", "[]", JSON), 400),
    Case("an array of an array", post("/cite", "[[]]", JSON), 400),
    Case("10,001 works", post("/cite", json.dumps([{}] * 10_001), JSON), 400),
    Case("a number for text", post("/parse", '{"text": 7}', JSON), 400, "/text"),
    Case("an unknown field", post("/parse", '{"text": "a", "txt": "b"}', JSON), 400, "/txt"),
    Case("text and html", post("/parse", '{"text": "a", "html": "b"}', JSON), 400, "/html"),
    Case("an unknown variable", post("/cite", json.dumps([ITEM, {**ITEM, "titel": "x"}]), JSON), 400, "/1/titel"),
    Case(
        "a wrong type deep down", post("/cite", json.dumps({"authors": [{"given": 1}]}), JSON), 400, "/authors/0/given"
    ),
    Case("a bare address that is none", post("/cite", '{"url": "javascript:alert(1)"}', JSON), 400, "/url"),
    Case("a duplicate key", post("/cite", '{"headline": "a", "headline": "b"}', JSON), 200),
    Case("an item without its type", post("/cite", json.dumps({"id": "a", "title": "x"}), JSON), 400, "/type"),
    Case("an article sent as CSL-JSON", post("/cite", '{"headline": "x"}', CSL), 400),
    Case("CSL-JSON to parse", post("/parse", json.dumps(ITEM), CSL), 200, holds=b"A title"),
    Case("a style that is none", post("/cite", json.dumps({"items": [ITEM], "csl": "<style/>"}), JSON), 400),
    Case(
        "a style with an entity",
        post(
            "/cite",
            json.dumps(
                {"items": [ITEM], "csl": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><style>&b;</style>'}
            ),
            JSON,
        ),
        400,
    ),
    # types
    Case("no type, text", post("/cite", STORY, None), 200),
    Case("no type, JSON", post("/cite", json.dumps(ITEM), None), 200),
    Case("no type, broken JSON", post("/cite", '{"headline": ', None), 400, "body"),
    Case("no type, a text that begins with a bracket", post("/cite", "[YONHAP]\n\nA headline\n", None), 200),
    Case("what curl calls a form", post("/cite", STORY, FORM), 200, holds=b"Ruiz"),
    Case("JSON that curl calls a form", post("/cite", json.dumps(ITEM), FORM), 200, holds=b"title"),
    Case("a form", post("/cite", "text=A+headline%0A%0ABy+Ana+Ruiz", FORM), 200),
    Case("a form with an empty field", post("/cite", "text=A+headline&url=", FORM), 200),
    Case("a form of other fields", post("/cite", "headline=x", FORM), 400, "headline"),
    Case("a form with a field twice", post("/cite", "text=a&text=b", FORM), 400, "text"),
    Case("a form with bad escapes", post("/cite", "text=%FF%FE", FORM), 400, "body"),
    Case("a type that is not read", post("/parse", b"x", "application/msword"), 415, "Content-Type"),
    Case("multipart", post("/parse", b"--a\r\n\r\nx\r\n--a--", "multipart/form-data; boundary=a"), 415, "Content-Type"),
    Case("no media type", post("/parse", b"x", "plain"), 415, "Content-Type"),
    Case("an empty type", post("/parse", STORY, ""), 415, "Content-Type"),
    Case("a type of ten thousand letters", post("/parse", b"x", "a" * 10_000), 415, "Content-Type"),
    Case("a type in capitals", post("/parse", STORY, "TEXT/PLAIN; CHARSET=UTF-8"), 200),
    Case("a gzip body", post("/parse", b"\x1f\x8b\x08\x00", TEXT, Content_Encoding="gzip"), 415, "Content-Encoding"),
    Case("a PDF sent as text", post("/parse", PDF), 415),
    Case("a PNG sent as text", post("/parse", PNG), 415),
    Case("a PNG sent as HTML", post("/parse", PNG, HTML), 415),
    Case("a PDF that curl calls a form", post("/cite", PDF, FORM), 415),
    # sizes
    Case("nothing", post("/parse", b""), 400, "body"),
    Case("no length and no body", request("POST", "/parse", None, TEXT), 400, "body"),
    Case("one letter", post("/cite", "x"), 200),
    Case("a line of 5 MB", post("/parse", b"word " * 1_000_000), 200),
    Case("a line of 5 MB without a space", post("/parse", b"x" * 5_000_000), 200),
    Case("5 MB of tags", post("/parse", b"<b>" * 1_666_666, HTML), 200),
    Case("too large", post("/parse", b"x" * (MAX_BODY + 1)), 413, "body"),
    Case("too large, as announced", request("POST", "/parse", None, TEXT, Content_Length=str(10**12)), 413, "body"),
    Case("an address of 8,192 letters", request("GET", "/styles?q=" + "a" * 8_182), 400, "q"),
    Case("an address over 65,534 bytes", request("GET", "/styles?q=" + "a" * 65_535), 414),
    Case("chunked", chunked("/parse", STORY[:20].encode(), STORY[20:].encode()), 200, holds=b"Ana"),
    Case("chunked, too large", chunked("/parse", *[b"x" * 1_000_000] * 7), 413, "body"),
    # methods and paths
    Case("HEAD", request("HEAD", "/styles/apa"), 200),
    Case("HEAD of what is not there", request("HEAD", "/nothing"), 404),
    Case("HEAD of what is posted", request("HEAD", "/parse"), 405),
    Case("OPTIONS", request("OPTIONS", "/cite"), 204),
    Case("OPTIONS of what is not there", request("OPTIONS", "/nothing"), 404),
    Case("GET of what is posted", request("GET", "/parse"), 405),
    Case("DELETE", request("DELETE", "/healthz"), 405),
    Case("TRACE", request("TRACE", "/healthz"), 405),
    Case("a method of its own", request("CITE", "/cite"), 405),
    Case("a trailing slash", request("GET", "/formats/"), 200),
    Case("two slashes", request("GET", "//formats"), 200),
    Case("a path in capitals", request("GET", "/Formats"), 404),
    Case("a percent-encoded path", request("GET", "/%73tyles/%61pa"), 200),
    Case("a slash in a style's name", request("GET", "/styles/a%2Fb"), 404),
    Case("a style in another script", request("GET", "/styles/%E6%96%87%E7%8C%AE"), 404),
    Case("an invalid escape in a path", request("GET", "/styles/%FF%zz"), -1),
    Case("a NUL in a path", request("GET", "/styles/a%00b"), 404),
    Case("up and out", request("GET", "/styles/..%2F..%2Fetc%2Fpasswd"), 404),
    Case("dots", request("GET", "/styles/../../etc/passwd"), 404),
    Case("a name of 5,000 letters", request("GET", f"/styles/{'a' * 5000}"), 404),
    # parameters
    Case("an unknown parameter", post("/parse?uri=x", STORY), 400, "uri"),
    Case("a parameter twice", post("/cite?style=apa&style=mla", STORY), 400, "style"),
    Case("an empty parameter", post("/cite?style=", STORY), 400, "style"),
    Case("a parameter without a value", post("/cite?style", STORY), 400, "style"),
    Case("an output that is none", post("/cite?output=pdf", STORY), 400, "output"),
    Case("a format that is none", post("/cite?format=word", STORY), 404, "format"),
    Case("a style that is not there", post("/cite?style=appa", STORY), 404, "style"),
    Case("a locale that is none", post("/cite?locale=!!", STORY), 404, "locale"),
    Case("infer what cannot be", post("/cite?infer=author", STORY), 400, "infer"),
    Case("infer dates", post("/cite?infer=dates", STORY), 200),
    Case("a number out of range", request("GET", "/styles?limit=0"), 400, "limit"),
    Case("no number", request("GET", "/styles?limit=ten"), 400, "limit"),
    Case("a parameter that is not UTF-8", request("GET", "/styles?q=%FF"), 400, "query"),
    Case("a raw byte in the query", request("GET", "/styles?q=\xe9"), -1),
    Case("a thousand parameters", request("GET", "/styles?" + "&".join(f"a{n}=1" for n in range(1000))), 400, "query"),
    Case("an address with an & left bare", post("/cite?url=https://a.example/?b=1&c=2", STORY), 400, "c"),
    Case("a missing address", request("GET", "/cite"), 400, "url"),
    Case("an address that is none", request("GET", "/cite?url=ftp://a.example/"), 400, "url"),
    Case("an address, fetching being off", request("GET", "/cite?url=https://a.example/"), 403, "url"),
    Case("a parameter where there are none", request("GET", "/healthz?verbose=1"), 400, "verbose"),
    # Accept
    Case("what cannot be had", post("/cite", STORY, Accept="image/png"), 406, "Accept", b"text/html"),
    Case("what is refused by quality", post("/parse", STORY, Accept="application/json;q=0"), 406, "Accept"),
    Case("nonsense", post("/cite", STORY, Accept=",;q=,/"), 200),
    Case("a long list", post("/cite", STORY, Accept=", ".join(f"image/x{n}" for n in range(90)) + ", */*;q=0.1"), 200),
    Case("a style in Accept", post("/cite", STORY, Accept="text/x-bibliography; style=mla"), 200, holds=b"Ruiz, Ana"),
    Case(
        "a style that is not there in Accept", post("/cite", STORY, Accept="text/x-bibliography; style=x"), 404, "style"
    ),
]


def test_there_are_many() -> None:
    assert len(CASES) >= 60
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_raw_request(case: Case, served: Served) -> None:
    answer = send(served, case.request)
    assert answer.status < 500, answer
    if case.status == -1:  # either answer is right, as long as it is one or the other
        assert answer.status in {200, 400, 404, 415}, answer
    else:
        assert answer.status == case.status, answer
    assert "x-request-id" in answer.headers or answer.headers.get("content-length") == "0", answer
    if answer.status >= 400 and not case.request.startswith(b"HEAD") and answer.body:
        assert answer.headers["content-type"] == "application/problem+json", answer
        problem = json.loads(answer.body)
        assert problem["status"] == answer.status
        assert problem["detail"]
        if case.field is not None:
            assert problem["field"] == case.field, problem
            assert problem["reason"], problem
    assert case.holds in answer.body


def test_the_service_is_still_well(served: Served) -> None:
    assert send(served, request("GET", "/healthz")).status == 200

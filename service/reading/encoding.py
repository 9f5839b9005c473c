"""Bytes → text: byte order mark, declared charset, the page's own meta, UTF-8, and only then a guess."""

import codecs
import re

from charset_normalizer import from_bytes

from service.errors import UnsupportedType

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})|<\?xml[^>]{0,80}encoding\s*=\s*[\"']([A-Za-z0-9_.-]{2,40})",
    re.IGNORECASE,
)
_MAGIC = {
    b"%PDF-": "a PDF",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"PK\x03\x04": "a ZIP archive (or an office document)",
    b"\x1f\x8b": "gzip data",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"\x7fELF": "a program",
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"RIFF": "audio, video or a WebP picture",
    b"ID3": "audio",
}
_SINGLE = ("cp125", "iso8859", "koi8", "mac")
"""How the names of charsets begin that write a letter as one byte."""
_LOOKED_AT = 60_000
"""Bytes that a guess is made from: enough for any language, and a bound on its time."""

# The names browsers give to what is written in these pages (WHATWG Encoding): a superset that decodes more.
_MEANT = {
    "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252",
    "us-ascii": "cp1252", "iso-8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030",
    "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932",
    "windows-31j": "cp932", "big5": "big5hkscs", "tis-620": "cp874", "utf8": "utf-8", "unicode": "utf-16",
}  # fmt: skip


def decode(body: bytes, charset: str | None = None, *, html: bool = False) -> str:
    """The text of a body, exactly as sent (a byte order mark is no part of it).

    Raises as `decoded` does.
    """
    return decoded(body, charset, html=html)[0]


def decoded(body: bytes, charset: str | None = None, *, html: bool = False) -> tuple[str, bool]:
    """The text of a body as of `decode`, and whether the body is just this text in UTF-8.

    Raises UnsupportedType for bytes that are a picture or an archive, for an unknown charset, and for plain text that
    is not in the charset its sender declared. A page may be wrong about itself: there the declaration is only tried.
    """
    for mark, name in _BOMS:
        if body.startswith(mark) and len(mark) > 1:
            return body[len(mark) :].decode(name, "replace"), False
    for magic, what in _MAGIC.items():
        if body.startswith(magic) and not (magic in {b"RIFF", b"ID3", b"Rar!", b"GIF8"} and _is_utf8(body)):
            raise UnsupportedType(f"The body is {what}, not text.", "body")
    declared = _codec(charset, "Content-Type") if charset else None
    if declared and not html:
        try:
            return body.decode(declared), declared == "utf-8"
        except UnicodeDecodeError as error:
            raise UnsupportedType(
                f"The body is not in the declared charset {charset}: {error.reason}.", "body"
            ) from error
    meta = _from_meta(body) if html else None
    # Saved and copied pages are written anew in UTF-8 under the charset they once declared; no text of a charset of
    # single bytes is UTF-8 by chance.
    written = "utf-8" if meta and meta.startswith(_SINGLE) and not body.isascii() else None
    for known in (declared, written, meta, "utf-8"):
        if known:
            try:
                return body.decode(known), known == "utf-8"
            except UnicodeDecodeError:
                continue
    return _guess(body, meta), False


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\x00" not in body[:200]


def _codec(charset: str, field: str) -> str:
    name = charset.strip().strip("\"'").lower()
    name = _MEANT.get(name, name)
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError) as error:
        raise UnsupportedType(f"The charset {charset[:60]!r} is not known.", field) from error
    if not info._is_text_encoding:  # rot13, base64 and the like are codecs but no charsets
        raise UnsupportedType(f"The charset {charset[:60]!r} is not known.", field)
    return info.name


def _from_meta(body: bytes) -> str | None:
    """The charset a page states in its first kilobytes; None for none or an unknown one."""
    found = _META.search(body[:8192])
    if not found:
        return None
    try:
        name = _codec((found[1] or found[2]).decode("ascii"), "body")
    except UnsupportedType:
        return None
    return "utf-8" if name.startswith(("utf-16", "utf-32")) else name  # a meta that could be read was not in UTF-16


def _guess(body: bytes, preferred: str | None) -> str:
    head = body[:_LOOKED_AT]
    if head[1::2].count(0) > len(head) * 0.2:
        return body.decode("utf-16-le", "replace")
    if head[::2].count(0) > len(head) * 0.2:
        return body.decode("utf-16-be", "replace")
    if preferred:
        return body.decode(preferred, "replace")
    replaced = head.decode("utf-8", "replace")
    if replaced.count("\ufffd") <= max(1, len(replaced) // 200):  # UTF-8 with a few broken bytes
        return body.decode("utf-8", "replace")
    best = from_bytes(head, steps=4, chunk_size=512).best()
    name = best.encoding if best else "cp1252"
    return body.decode(_MEANT.get(name.replace("_", "-"), name), "replace")

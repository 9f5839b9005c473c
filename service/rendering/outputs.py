"""Marked text into what was asked for: plain text, HTML as citeproc-js marks it up, Markdown, RTF, LaTeX, JSON runs.

Quotes alternate here: a quotation inside a quotation gets the inner marks (CSL 1.0.2, “Formatting”: quotes), and
markup of a field flips where the style has already set the same formatting.
"""

import re
from collections.abc import Callable
from typing import Any

from service.rendering import marks
from service.rendering.richtext import Quotes

_SPLIT = re.compile("([" + re.escape(marks.MARKS) + "])")
_STRUCTURE = frozenset([marks.QUOTE, marks.QUOTE_INNER, *marks.DISPLAY.values()])
"""Marks that print something in plain text too."""

SUPERSCRIPTS = dict(zip("ªº²³¹⁰ⁱ⁴⁵⁶⁷⁸⁹ⁿᵃᵇᶜᵈᵉᵍᵏᵐᵒᵖᵗᵘᵛʰʲʳʷʸˡˢˣ", "ao2310i456789nabcdegkmoptuvhjrwylsx", strict=True))
_SUPERSCRIPT = re.compile("[" + "".join(SUPERSCRIPTS) + "]")
_TWO_SPACES = re.compile("  ")

# What the formatting marks say: property → value.
_STYLES = {
    marks.ITALIC: ("font-style", "italic"),
    marks.OBLIQUE: ("font-style", "oblique"),
    marks.STYLE_NORMAL: ("font-style", "normal"),
    marks.SMALL_CAPS: ("font-variant", "small-caps"),
    marks.VARIANT_NORMAL: ("font-variant", "normal"),
    marks.BOLD: ("font-weight", "bold"),
    marks.LIGHT: ("font-weight", "light"),
    marks.WEIGHT_NORMAL: ("font-weight", "normal"),
    marks.UNDERLINE: ("text-decoration", "underline"),
    marks.DECORATION_NONE: ("text-decoration", "none"),
    marks.SUP: ("vertical-align", "sup"),
    marks.SUB: ("vertical-align", "sub"),
    marks.BASELINE: ("vertical-align", "baseline"),
}
_FLIPS = {
    marks.FIELD_ITALIC: ("font-style", "italic"),
    marks.FIELD_BOLD: ("font-weight", "bold"),
    marks.FIELD_SMALL_CAPS: ("font-variant", "small-caps"),
    marks.FIELD_SUP: ("vertical-align", "sup"),
    marks.FIELD_SUB: ("vertical-align", "sub"),
}
_INITIAL = {
    "font-style": "normal",
    "font-variant": "normal",
    "font-weight": "normal",
    "text-decoration": "none",
    "vertical-align": "baseline",
}
_DISPLAY = {
    marks.BLOCK: "block",
    marks.LEFT_MARGIN: "left-margin",
    marks.RIGHT_INLINE: "right-inline",
    marks.INDENT: "indent",
}

_DEPENDING = frozenset(
    [*_FLIPS, marks.NODECOR, *(mark for mark, (name, value) in _STYLES.items() if value == _INITIAL[name])]
)
"""Marks that print by what is open around them; in a text without them every mark prints the same each time."""

Wrap = Callable[[str, str], tuple[str, str]]
"""(property, value) → what opens and what closes it."""


def _html_escape(text: str) -> str:
    if "&" in text or "<" in text or ">" in text:
        text = text.replace("&", "&#38;").replace("<", "&#60;").replace(">", "&#62;")
    if not text.isascii():
        text = _SUPERSCRIPT.sub(lambda found: f"<sup>{SUPERSCRIPTS[found[0]]}</sup>", text)
    return _TWO_SPACES.sub("\u00a0 ", text)


_HTML = {
    ("font-style", "italic"): ("<i>", "</i>"),
    ("font-style", "oblique"): ("<em>", "</em>"),
    ("font-weight", "bold"): ("<b>", "</b>"),
    ("vertical-align", "sup"): ("<sup>", "</sup>"),
    ("vertical-align", "sub"): ("<sub>", "</sub>"),
    ("vertical-align", "baseline"): ('<span style="baseline">', "</span>"),
    ("display", "block"): ('\n\n    <div class="csl-block">', "</div>\n"),
    ("display", "left-margin"): ('\n    <div class="csl-left-margin">', "</div>"),
    ("display", "right-inline"): ('<div class="csl-right-inline">', "</div>\n  "),
    ("display", "indent"): ('<div class="csl-indent">', "</div>\n  "),
}


def _html_wrap(name: str, value: str) -> tuple[str, str]:
    return _HTML.get((name, value)) or (f'<span style="{name}:{value};">', "</span>")


def _text_wrap(name: str, value: str) -> tuple[str, str]:
    return _TEXT.get((name, value), ("", ""))


_TEXT = {
    ("display", "block"): ("\n", ""),
    ("display", "left-margin"): ("", " "),
    ("display", "indent"): ("\n    ", ""),
}


# Only what would be read as markup: a bracket that could end a link, an underscore at the edge of a word, a tag.
_MARKDOWN_SPECIAL = re.compile(r"([\\`*]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|<(?=[A-Za-z/!?])|\](?=[(\[:]))")
_MARKDOWN = {
    ("display", "left-margin"): ("", " "),
    ("font-style", "italic"): ("*", "*"),
    ("font-style", "oblique"): ("*", "*"),
    ("font-weight", "bold"): ("**", "**"),
    ("vertical-align", "sup"): ("<sup>", "</sup>"),
    ("vertical-align", "sub"): ("<sub>", "</sub>"),
    ("font-variant", "small-caps"): ('<span style="font-variant:small-caps;">', "</span>"),
    ("text-decoration", "underline"): ("<u>", "</u>"),
    ("display", "block"): ("\n", ""),
    ("display", "indent"): ("\n", ""),
}
_WEB_ADDRESS = re.compile(r"https?://\S+")


def _markdown_escape(text: str) -> str:
    """Escapes what Markdown would read as markup; web addresses stay whole, or their links would break."""
    if "://" not in text:
        return _MARKDOWN_SPECIAL.sub(r"\\\1", text)
    pieces, position = [], 0
    for address in _WEB_ADDRESS.finditer(text):
        pieces += [_MARKDOWN_SPECIAL.sub(r"\\\1", text[position : address.start()]), address[0]]
        position = address.end()
    return "".join([*pieces, _MARKDOWN_SPECIAL.sub(r"\\\1", text[position:])])


_RTF = {
    ("font-style", "italic"): ("{\\i{}", "}"),
    ("font-style", "oblique"): ("{\\i{}", "}"),
    ("font-style", "normal"): ("{\\i0{}", "}"),
    ("font-variant", "small-caps"): ("{\\scaps ", "}"),
    ("font-variant", "normal"): ("{\\scaps0{}", "}"),
    ("font-weight", "bold"): ("{\\b{}", "}"),
    ("font-weight", "normal"): ("{\\b0{}", "}"),
    ("text-decoration", "underline"): ("{\\ul{}", "}"),
    ("text-decoration", "none"): ("{\\ul0{}", "}"),
    ("vertical-align", "sup"): ("{\\super ", "}"),
    ("vertical-align", "sub"): ("{\\sub ", "}"),
    ("display", "block"): ("\\line{}", "\\line\r\n"),
    ("display", "left-margin"): ("", "\\tab "),
    ("display", "indent"): ("\\line\\tab ", ""),
}


def _rtf_escape(text: str) -> str:
    r"""RTF 1.9: `\uN?` with N a signed 16-bit number, one for each UTF-16 unit."""
    pieces = []
    for char in text:
        code = ord(char)
        if char in "\\{}":
            pieces.append("\\" + char)
        elif char == "\t":
            pieces.append("\\tab ")
        elif code < 128:
            pieces.append(char)
        else:
            units = char.encode("utf-16-le", "surrogatepass")
            for i in range(0, len(units), 2):
                unit = int.from_bytes(units[i : i + 2], "little")
                pieces.append(f"\\uc0\\u{unit - 65536 if unit > 32767 else unit}{{}}")
    return "".join(pieces)


_LATEX_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "_": r"\_", "%": r"\%",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\u00a0": "~", "<": r"\textless{}", ">": r"\textgreater{}",
}  # fmt: skip
_LATEX_CHAR = re.compile("[" + re.escape("".join(_LATEX_SPECIAL)) + "]")
_LATEX = {
    ("display", "left-margin"): ("", " "),
    ("font-style", "italic"): ("\\textit{", "}"),
    ("font-style", "oblique"): ("\\textsl{", "}"),
    ("font-style", "normal"): ("\\textup{", "}"),
    ("font-variant", "small-caps"): ("\\textsc{", "}"),
    ("font-variant", "normal"): ("\\textnormal{", "}"),
    ("font-weight", "bold"): ("\\textbf{", "}"),
    ("font-weight", "normal"): ("\\textmd{", "}"),
    ("text-decoration", "underline"): ("\\underline{", "}"),
    ("vertical-align", "sup"): ("\\textsuperscript{", "}"),
    ("vertical-align", "sub"): ("\\textsubscript{", "}"),
    ("display", "block"): ("\n\n", "\n"),
    ("display", "indent"): ("\n\n", "\n"),
}


def _latex_escape(text: str) -> str:
    return _LATEX_CHAR.sub(lambda found: _LATEX_SPECIAL[found[0]], text)


class Writer:
    """One text output: how text is escaped and how formatting is opened and closed."""

    __slots__ = ("_escape", "_fixed", "_pairs")

    def __init__(self, escape: Callable[[str], str] | None, wrap: Wrap) -> None:
        self._escape = escape
        names = {*_STYLES.values(), *(("display", value) for value in _DISPLAY.values())}
        names |= set(_INITIAL.items())
        self._pairs = {key: wrap(*key) for key in names}
        self._fixed = {mark: wrap(*style) for mark, style in _STYLES.items()}
        self._fixed |= {mark: wrap("display", value) for mark, value in _DISPLAY.items()}

    def __call__(self, text: str, quotes: Quotes) -> str:
        """Write marked text."""
        pieces = _SPLIT.split(text)
        found = pieces[1::2]
        if self._escape is None and _STRUCTURE.isdisjoint(found):
            return "".join(pieces[::2])
        if self._escape is not None:
            pieces[::2] = map(self._escape, pieces[::2])
        if found:
            pieces[1::2] = self._printed(found, quotes)
        return "".join(pieces)

    def _printed(self, found: list[str], quotes: Quotes) -> list[str]:
        """What each mark of a text prints."""
        fixed = self._fixed if _DEPENDING.isdisjoint(found) else {}
        out: list[str] = []
        state: dict[str, list[str]] = {}
        level: list[bool] = []  # of each open quotation, whether it is an inner one
        closers: list[tuple[str, tuple[str, ...]]] = []
        for mark in found:
            if mark in fixed:
                opening, closing = fixed[mark]
                out.append(opening)
                closers.append((closing, ()))
            elif mark == marks.CLOSE:
                # a mark that closes nothing is passed over: a fault in a name must not cost the whole bibliography
                closing, properties = closers.pop() if closers else ("", ())
                out.append(closing)
                for name in properties:
                    state[name].pop()
            elif mark == marks.QUOTE_END:
                out.append(quotes.close_inner if level and level.pop() else quotes.close)
            elif mark in (marks.QUOTE, marks.QUOTE_INNER):
                inner = not level[-1] if level else mark == marks.QUOTE_INNER
                level.append(inner)
                out.append(quotes.open_inner if inner else quotes.open)
            else:
                opening, closing, properties = self._open(mark, state)
                out.append(opening)
                closers.append((closing, properties))
        return out

    def _open(self, mark: str, state: dict[str, list[str]]) -> tuple[str, str, tuple[str, ...]]:
        """What opens and closes a mark that prints by what is open around it, and the properties it sets."""
        pairs = self._pairs
        if mark in _STYLES:
            name, value = _STYLES[mark]
            orphan = value == _INITIAL[name] and not state.get(name) and name != "vertical-align"
            state.setdefault(name, []).append(value)
            return (*(("", "") if orphan else pairs[name, value]), (name,))
        if mark in _FLIPS:
            name, value = _FLIPS[mark]
            stack = state.setdefault(name, [])
            if stack and stack[-1] == value and name != "vertical-align":
                value = _INITIAL[name]
            stack.append(value)
            return (*pairs[name, value], (name,))
        if mark in _DISPLAY:
            return (*pairs["display", _DISPLAY[mark]], ())
        if mark == marks.NODECOR:
            opening, closing = "", ""
            properties: list[str] = []
            for name in ("font-style", "font-variant", "font-weight"):
                values = state.get(name)
                if values and values[-1] != _INITIAL[name]:
                    before, after = pairs[name, _INITIAL[name]]
                    opening, closing = opening + before, after + closing
                    values.append(_INITIAL[name])
                    properties.append(name)
            return opening, closing, tuple(properties)
        return "", "", ()


def runs(text: str, quotes: Quotes) -> list[dict[str, Any]]:
    """The text as JSON runs: `{"text": …}` with the formatting that differs from plain text, in CSL's names."""
    out: list[dict[str, Any]] = []
    styles: list[dict[str, str]] = [{}]
    level: list[bool] = []

    def emit(content: str) -> None:
        style = {name: value for name, value in styles[-1].items() if value != _INITIAL.get(name)}
        if out and {**out[-1], "text": ""} == {**style, "text": ""}:
            out[-1]["text"] += content
        else:
            out.append({"text": content, **style})

    for i, piece in enumerate(_SPLIT.split(text)):
        if not i & 1:
            if piece:
                emit(piece)
        elif piece == marks.CLOSE:
            if len(styles) > 1:
                styles.pop()
        elif piece == marks.QUOTE_END:
            emit(quotes.close_inner if level and level.pop() else quotes.close)
        elif piece in (marks.QUOTE, marks.QUOTE_INNER):
            level.append(not level[-1] if level else piece == marks.QUOTE_INNER)
            emit(quotes.open_inner if level[-1] else quotes.open)
        else:
            styles.append(_run_style(piece, styles[-1]))
    return out


def _run_style(mark: str, around: dict[str, str]) -> dict[str, str]:
    if mark in _STYLES:
        name, value = _STYLES[mark]
        return {**around, name: value}
    if mark in _FLIPS:
        name, value = _FLIPS[mark]
        return {**around, name: _INITIAL[name] if around.get(name) == value and name != "vertical-align" else value}
    if mark in _DISPLAY:
        return {**around, "display": _DISPLAY[mark]}
    if mark == marks.NODECOR:
        return {k: v for k, v in around.items() if k not in ("font-style", "font-variant", "font-weight")}
    return around


def _table(table: dict[tuple[str, str], tuple[str, str]]) -> Wrap:
    return lambda name, value: table.get((name, value), ("", ""))


OUTPUTS: dict[str, Callable[[str, Quotes], Any]] = {
    "text": Writer(None, _text_wrap),
    "html": Writer(_html_escape, _html_wrap),
    "markdown": Writer(_markdown_escape, _table(_MARKDOWN)),
    "rtf": Writer(_rtf_escape, _table(_RTF)),
    "latex": Writer(_latex_escape, _table(_LATEX)),
    "runs": runs,
}

"""Marked text: how rendered text carries its markup between the rooms (CSL 1.0.2, “Formatting” and “Rich Text
Markup within Fields”).

Rendered text is a plain `str` in which single control characters open and close markup. Control characters have no
business in bibliographic text, so they are stripped from what comes in (`richtext.py`) and never collide. Text without
markup stays an ordinary string: joining is concatenation, and what is not marked costs nothing. Every opening mark is
closed by CLOSE, quotes by QUOTE_END; marks always nest.
"""

import re

CLOSE = "\x01"

QUOTE = "\x02"
"""Opens a quotation: outer quotes, or inner ones inside another quotation."""
QUOTE_INNER = "\x03"
"""Opens a quotation that was typed with single quotes: inner quotes unless it stands inside inner quotes."""
QUOTE_END = "\x04"

# Formatting that a style asks for.
ITALIC = "\x05"
OBLIQUE = "\x06"
STYLE_NORMAL = "\x07"
SMALL_CAPS = "\x08"
VARIANT_NORMAL = "\x0b"
BOLD = "\x0c"
LIGHT = "\x0e"
WEIGHT_NORMAL = "\x0f"
UNDERLINE = "\x10"
DECORATION_NONE = "\x11"
SUP = "\x12"
SUB = "\x13"
BASELINE = "\x14"

# Formatting that stands in a field; it flips where the style has set the same formatting already.
FIELD_ITALIC = "\x15"
FIELD_BOLD = "\x16"
FIELD_SMALL_CAPS = "\x17"
FIELD_SUP = "\x18"
FIELD_SUB = "\x19"
NOCASE = "\x1a"
NODECOR = "\x1b"

# Display (CSL: display attribute).
BLOCK = "\x1c"
LEFT_MARGIN = "\x1d"
RIGHT_INLINE = "\x1e"
INDENT = "\x1f"

OPENERS = (
    QUOTE + QUOTE_INNER + ITALIC + OBLIQUE + STYLE_NORMAL + SMALL_CAPS + VARIANT_NORMAL + BOLD + LIGHT + WEIGHT_NORMAL
    + UNDERLINE + DECORATION_NONE + SUP + SUB + BASELINE + FIELD_ITALIC + FIELD_BOLD + FIELD_SMALL_CAPS + FIELD_SUP
    + FIELD_SUB + NOCASE + NODECOR + BLOCK + LEFT_MARGIN + RIGHT_INLINE + INDENT
)  # fmt: skip
MARKS = OPENERS + CLOSE + QUOTE_END

_STRIPPED = re.compile("[" + re.escape(MARKS) + "\x00\x7f]")

FORMATTING: dict[str, dict[str, str]] = {
    "font-style": {"italic": ITALIC, "oblique": OBLIQUE, "normal": STYLE_NORMAL},
    "font-variant": {"small-caps": SMALL_CAPS, "normal": VARIANT_NORMAL},
    "font-weight": {"bold": BOLD, "light": LIGHT, "normal": WEIGHT_NORMAL},
    "text-decoration": {"underline": UNDERLINE, "none": DECORATION_NONE},
    "vertical-align": {"sup": SUP, "sub": SUB, "baseline": BASELINE},
}
"""Attribute → value → mark, innermost first."""

DISPLAY = {"block": BLOCK, "left-margin": LEFT_MARGIN, "right-inline": RIGHT_INLINE, "indent": INDENT}


def plain(text: str) -> str:
    """The text without its markup; quotation marks go too."""
    return "".join(_STRIPPED.split(text))  # translate() looks every character up: five times slower

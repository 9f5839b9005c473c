"""TeX inside BibTeX values, to plain text; and BibTeX's way of writing names."""

import re

from pybtex.bibtex.exceptions import BibTeXError
from pybtex.bibtex.utils import split_name_list, split_tex_string
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db
from pylatexenc.latexwalker import LatexWalkerError

CHARACTERS = {
    "textbraceleft": "{",
    "textbraceright": "}",
    "textbar": "|",
    "textless": "<",
    "textgreater": ">",
    "textasciicircum": "^",
    "textasciitilde": "~",
    "textbackslash": "\\",
    "textunderscore": "_",
    "textdollar": "$",
    "lbrace": "{",
    "rbrace": "}",
}
NEEDS_TEX = re.compile(r"[\\$~]|--|``|''|[?!]`")
BLANKS = re.compile(r"[ \t\r\n]+")


def _decoder() -> LatexNodes2Text:
    context = get_default_latex_context_db()
    macros = [MacroTextSpec(name, simplify_repl=char) for name, char in CHARACTERS.items()]
    context.add_context_category("tearsheet", prepend=True, macros=macros)
    return LatexNodes2Text(latex_context=context, keep_braced_groups=False, strict_latex_spaces=True)


DECODER = _decoder()


def plain(value: str) -> str:
    """The text that TeX would print; braces gone, blanks single. What TeX cannot read stays as it is."""
    value = BLANKS.sub(" ", value).strip(" ")
    if NEEDS_TEX.search(value):
        try:
            return str(DECODER.latex_to_text(value)).strip(" ")
        except (LatexWalkerError, RecursionError, ValueError, IndexError):
            return value
    return value.replace("{", "").replace("}", "")


def names(value: str) -> list[dict[str, str | None]]:
    """A BibTeX name list in parts: `van der Berg, Anna`, `King, Jr., Martin`, `{Reuters Staff}`."""
    try:
        return [name(part) for part in split_name_list(BLANKS.sub(" ", value)) if part.strip() and part != "others"]
    except (BibTeXError, IndexError, RecursionError):
        return [{"literal": plain(value)}]


def name(text: str) -> dict[str, str | None]:
    """One name; a name in braces, or of one word, is an organisation or cannot be split."""
    parts = split_tex_string(text, ",", strip=True)
    if len(parts) == 1:
        words = split_tex_string(text)
        if len(words) < 2:
            return {"literal": plain(text)}
        von = [n for n, word in enumerate(words[:-1]) if n and _is_small(word)]
        begin = von[0] if von else len(words) - 1
        first, rest = words[:begin], words[begin:]
    else:
        first, rest = [parts[-1]], split_tex_string(parts[0])
    small = max((n for n, word in enumerate(rest[:-1], 1) if _is_small(word)), default=0)
    return {
        "given": plain(" ".join(first)),
        "particle": plain(" ".join(rest[:small])),
        "family": plain(" ".join(rest[small:])),
        "suffix": plain(parts[1]) if len(parts) > 2 else None,
    }


def _is_small(word: str) -> bool:
    """Whether BibTeX takes the word for a particle: its first letter outside braces is a small one."""
    return not word.startswith("{") and next((char for char in word if char.isalpha()), "A").islower()


def keywords(value: str) -> list[str]:
    """A comma- or semicolon-separated list; braces keep a comma inside one of them."""
    return [plain(part) for part in split_tex_string(value, "[,;]", strip=True) if part.strip()]

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
MACRO = rf"\\(?:{'|'.join(CHARACTERS)})(?:\{{\}}|(?![A-Za-z]))"
KNOWN = re.compile(rf"(?P<macro>{MACRO})|\\(?P<char>[&%#$_{{}}])|---|--|``|''|~|[{{}}]")
"""What stands in most values, and all that our own exporter writes: read here, a hundred times faster than TeX is."""

OTHER = re.compile(rf"\\(?![&%#$_{{}}])(?!(?:{'|'.join(CHARACTERS)})(?![A-Za-z]))|(?<!\\)\$|[?!]`")
"""A command, mathematics: what only a TeX parser can read."""

LIGATURES = {"---": "—", "--": "–", "``": "“", "''": "”", "~": "\N{NO-BREAK SPACE}", "{": "", "}": ""}
BLANKS = re.compile(r"[ \t\r\n]+")
BUDGET = 200_000
"""Characters of one file that the TeX parser reads, at ten microseconds or more each; beyond, they stay as they are."""

LONGEST = 20_000
"""No field of an article is longer."""


def _decoder() -> LatexNodes2Text:
    context = get_default_latex_context_db()
    macros = [MacroTextSpec(name, simplify_repl=char) for name, char in CHARACTERS.items()]
    context.add_context_category("tearsheet", prepend=True, macros=macros)
    return LatexNodes2Text(latex_context=context, keep_braced_groups=False, strict_latex_spaces=True)


DECODER = _decoder()


def _known(found: re.Match[str]) -> str:
    if found["macro"]:
        return CHARACTERS[found["macro"].strip("\\{}")]
    return found["char"] or LIGATURES[found[0]]


class Text:
    """The TeX of one file, to plain text; keeps count of what the slow parser has read."""

    def __init__(self) -> None:
        self._left = BUDGET

    def plain(self, value: str) -> str:
        """The text that TeX would print; braces gone, blanks single. What TeX cannot read stays as it is."""
        value = BLANKS.sub(" ", value).strip(" ")
        if OTHER.search(value) and len(value) <= min(self._left, LONGEST):
            self._left -= len(value)
            try:
                return BLANKS.sub(" ", str(DECODER.latex_to_text(value))).strip(" ")
            except (LatexWalkerError, RecursionError, ValueError, IndexError):
                return value
        return KNOWN.sub(_known, value).strip(" ")

    def names(self, value: str) -> list[dict[str, str | None]]:
        """A BibTeX name list in parts: `van der Berg, Anna`, `King, Jr., Martin`, `{Reuters Staff}`."""
        try:
            found = split_name_list(BLANKS.sub(" ", value))
            return [self.name(part) for part in found if part.strip() and part != "others"]
        except (BibTeXError, IndexError, RecursionError):
            return [{"literal": self.plain(value)}]

    def name(self, text: str) -> dict[str, str | None]:
        """One name; a name in braces, or of one word, is an organisation or cannot be split."""
        parts = split_tex_string(text, ",", strip=True)
        if len(parts) == 1:
            words = split_tex_string(text)
            if len(words) < 2:
                return {"literal": self.plain(text)}
            von = [n for n, word in enumerate(words[:-1]) if n and _is_small(word)]
            begin = von[0] if von else len(words) - 1
            first, rest = words[:begin], words[begin:]
        else:
            first, rest = [parts[-1]], split_tex_string(parts[0])
        small = max((n for n, word in enumerate(rest[:-1], 1) if _is_small(word)), default=0)
        return {
            "given": self.plain(" ".join(first)),
            "particle": self.plain(" ".join(rest[:small])),
            "family": self.plain(" ".join(rest[small:])),
            "suffix": self.plain(parts[1]) if len(parts) > 2 else None,
        }

    def keywords(self, value: str) -> list[str]:
        """A comma- or semicolon-separated list; braces keep a comma inside one of them."""
        return [self.plain(part) for part in split_tex_string(value, "[,;]", strip=True) if part.strip()]


def _is_small(word: str) -> bool:
    """Whether BibTeX takes the word for a particle: its first letter outside braces is a small one."""
    return not word.startswith("{") and next((char for char in word if char.isalpha()), "A").islower()

"""Citation keys: `lee_russian_2023`, lower-case ASCII, each once in an answer."""

import re
import unicodedata

from schemas.article import Article
from service.exporting.dates import moment
from service.exporting.fields import title
from service.exporting.names import authors, last

UNDECOMPOSED = str.maketrans(
    {"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
"""Latin letters that Unicode does not take apart into a letter and a mark."""

FUNCTION_WORDS = re.compile(
    r"a|an|the|der|die|das|ein|eine|le|la|les|l|un|une|el|los|las|il|lo|i|gli|o|os|as|um|uma|de|het", re.ASCII
)
"""Articles of the languages in Latin script: no word to know a headline by."""


def ascii_words(text: str) -> list[str]:
    """The words of a text that have an ASCII form, in lower case; other scripts leave none."""
    plain = text.lower()
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain.translate(UNDECOMPOSED))
        plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return re.findall(r"[a-z0-9]+", plain.replace("'", "").replace("’", ""))


def base(article: Article) -> str:
    """`family_firstword_year`, with `noauthor`, `untitled` and `nodate` for what is missing or not in Latin script."""
    names = authors(article)
    name = "".join(ascii_words(last(names[0]))) if names else ""
    if name[:1].isdigit():
        name = f"n{name}"  # XML's ids begin with a letter (20minutes)
    words = ascii_words(title(article) or "")
    word = next((word for word in words if not FUNCTION_WORDS.fullmatch(word)), "")
    published = article.dates.published
    return (
        f"{name[:40] or 'noauthor'}_{word[:40] or 'untitled'}_{moment(published).year_text if published else 'nodate'}"
    )


def suffix(n: int) -> str:
    """a, b, … z, aa, ab, …: what tells the second, third, … bearer of a key from the first."""
    letters = ""
    while n:
        n, digit = divmod(n - 1, 26)
        letters = chr(97 + digit) + letters
    return letters


class Keys:
    """Gives each article of one answer its own key. Remembers a count a key: memory grows with distinct keys only."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def of(self, article: Article) -> str:
        """The article's key; a base ends in a year or `nodate`, so that no suffixed key can equal another base."""
        key = base(article)
        count = self._seen.get(key, 0)
        self._seen[key] = count + 1
        return key + suffix(count)

"""The words about a picture: a credit that no label proves, the label before one, the phrases that reserve rights."""

import re
import unicodedata

from service.parsing.agency import find_agency
from service.parsing.dates import read_dates
from service.parsing.vocabulary import every

RIGHTS = re.compile(
    r"\(?\b(?:all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados)\b\)?\.?"
    r"|\bTHIS IMAGE (?:HAS BEEN|WAS) .*$|\b(?:MANDATORY CREDIT|NO RESALES|NO ARCHIVES|NO SALES)\b.*$"
    r"|\s(?:vis mer|show more|read more|mehr anzeigen|mehr lesen)$"
    r"|\b(?:purchase|acquire) licensing rights\b.*$|,?\s*opens new tab",
    re.IGNORECASE,
)
RIGHTS_PARTS = (
    *("reserved", "vorbehalten", "réservés", "reservados", "this image ", "mandatory credit", "no resales", "no sales"),
    *("no archives", "vis mer", "show more", "read more", "mehr anzeigen", "mehr lesen", "licensing rights", "new tab"),
)
"""A part of each of these phrases in small letters: quicker to look for, and most captions hold none."""
LEADING = re.compile(
    r"^\W*(?:(?:(?:fotos?|photos?|bild(?:er|quelle|nachweis|rechte)?|images?|pictures?|credits?|quelle|source|copyright"
    r"|crédit(?:s)?(?: photo)?|crédito)\s*(?:by|von|de|:|/|©|：)+"
    r"|(?:image|photo|picture)\s(?:copyright|source|credit),?\s|[^\W\d_]{3,14}\s?[:：]|ph\s?:|(?-i:PHOTOS?)\s(?-i:(?=[A-ZÀ-Þ]{2}))|©|\(c\)|ⓒ|copyright)\s*)+(?=\S)",
    re.IGNORECASE,
)
ANY_LABEL = re.compile(r"(?<=[.!?…”\"»])\s+[^\W\d_]{4,14}\s?: ([^:.]{2,60})\.?$")
"""A word and a colon after the caption's last sentence: a label in any language."""
EASTERN = re.compile(
    r"(?:(?P<mark>[（(][CcＣ][）)])|[（(＝=])\s*(?P<name>[^（）()＝=\s]{2,14}?)(?P<how>撮影|提供)?[）)]?$"
)
AFTER_SENTENCE = re.compile(r"(?<=[.!?…”\"»])\s*[(\[]([A-ZÀ-Þ@][^()\[\]]{1,80})[)\]]\.?$")


def at_end(caption: str) -> tuple[str, str] | None:
    """(credit, caption without it), where the end of a caption looks like a credit that no label proves."""
    match = AFTER_SENTENCE.search(caption) or ANY_LABEL.search(caption)
    if match is not None:
        return (match[1], caption[: match.start()].strip()) if may_credit(match[1]) else None
    match = eastern(caption)
    return (match["name"], caption[: match.start()].strip()) if match else None


def may_credit(text: str) -> bool:
    """Can a few words be a credit that no label proves: no label alone (Archivbild), no sentence, no day?"""
    words = text.split()
    small = sum(word.isalpha() and word.islower() for word in words)
    if text.casefold() in every("label") or (small > 1 and not named_agencies(text)):
        return False
    return not read_dates(text)


def eastern(caption: str) -> re.Match[str] | None:
    """（氏名撮影）, （Ｃ）共同, ＝ＡＰ at the end of a caption."""
    match = EASTERN.search(caption)
    if match is None or (
        match["how"] or match["mark"] or find_agency(unicodedata.normalize("NFKC", match["name"])) is not None
    ):
        return match
    return None


def without_rights(text: str) -> str:
    """Without phrases that reserve rights."""
    if not any(map(text.lower().__contains__, RIGHTS_PARTS)) or not RIGHTS.search(text):
        return text
    return RIGHTS.sub(" ", text).strip(" .,;|-–")


def named_agencies(credit: str) -> tuple[str, ...]:
    """Agencies of a credit that the grammar did not read, since only the markup says that it is one."""
    rows = [find_agency(piece.removesuffix(".com")) for piece in re.split(r"\s*[/|,;]\s*| via ", credit) if piece]
    return tuple(dict.fromkeys(row.name for row in rows if row is not None))


def without_label(text: str) -> str:
    """`Foto: X`, `© X`, and, since the markup says that a credit stands here, any one word with a colon."""
    bare = LEADING.sub("", text).strip(" |,;–—-")
    if bare.startswith("(") and bare.endswith(")"):
        bare = bare[1:-1]
    bare = bare.strip(" []|,;–—-")
    return bare if bare.count("(") == bare.count(")") else bare.strip("()")

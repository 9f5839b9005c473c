"""Names as reference files have them: `Family, Given, Suffix`, a person in reading order, or a name nobody split."""

import re

SUFFIX = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|IV|PhD|M\.?D\.?")
LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ'’.\- ]+")


def inverted(text: str) -> dict[str, str | None]:
    """`Lee, Michael` and `King, Martin, Jr.` in parts; without a comma the name stays whole."""
    family, comma, others = text.strip().partition(",")
    if not comma:
        return {"literal": text}
    given, _, suffix = others.partition(",")
    if not family.strip() or not given.strip():
        return {"literal": text.strip(" ,")}
    return {"family": family, "given": given, "suffix": suffix}


def two_fields(family: str | None, given: str | None) -> dict[str, str | None]:
    """Zotero's two fields; one of them alone is a name nobody split."""
    if family and given and family.strip() and given.strip():
        return {"family": family, "given": given}
    return {"literal": family or given}


def spoken(text: str) -> dict[str, str | None]:
    """What the file says is a person, in reading order: `Anna van der Berg`, `Martin King Jr.`.

    Latin script only, and two to five words: everything else stays whole.
    """
    words = text.replace(",", " ").split()
    suffix = words.pop() if len(words) > 2 and SUFFIX.fullmatch(words[-1]) else None
    if not 2 <= len(words) <= 5 or not LATIN.fullmatch(text.replace(",", " ")):
        return {"literal": text}
    small = [n for n, word in enumerate(words[:-1]) if n and word[:1].islower()]
    begin = small[0] if small else len(words) - 1
    return {
        "given": " ".join(words[:begin]),
        "particle": " ".join(words[begin:-1]) or None,
        "family": words[-1],
        "suffix": suffix,
    }

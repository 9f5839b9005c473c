"""Cites that would look alike made different: names, given names, the disambiguate condition, year suffixes (CSL 1.0.2,
“Disambiguation”).

Linear in the number of items: cites are grouped by how they print, and only groups of more than one are worked on.
"""


class Ambiguity:
    """What disambiguation has decided for one item: names shown and given-name levels by position, suffix,
    condition.
    """

    __slots__ = ("condition", "givens", "names", "suffix")

    def __init__(self) -> None:
        self.names: dict[int, int] = {}
        self.givens: dict[int, list[int]] = {}
        self.suffix = 0
        self.condition = False


def letters(number: int) -> str:
    """1 → a, 26 → z, 27 → aa."""
    out = ""
    while number > 0:
        number, digit = divmod(number - 1, 26)
        out = chr(97 + digit) + out
    return out

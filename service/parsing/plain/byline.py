"""Which line of a copied page is its byline: lines that can be read as one, ranked by place, form and agreement."""

import math
import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain

from msgspec import Struct

from service.parsing.agency import find_agency
from service.parsing.byline import Byline, read_byline, read_note
from service.parsing.dates import month_words
from service.parsing.dates import table as date_words
from service.parsing.names import full_name, given_names, name_likeness, read_name
from service.parsing.names import table as name_words
from service.parsing.notes import Counts
from service.parsing.people import collective_of, may_be_people
from service.parsing.plain.headline import HeadlineFound, score
from service.parsing.plain.layout import WIDE, Layout, Line, fold, furniture, is_footer, is_furniture, opens_related
from service.parsing.posted import find_posted
from service.parsing.vocabulary import alternation, every, leads, roles
from service.tables import read_table

LEAST_ODDS, LEAST_ODDS_ALONE = 0.25, 0.1
"""Below this no line is taken for the byline, nor one that alone says that it is: precision is worth more."""
SAYS_SO = 0.85
"""The confidence of a reading after a lead word from which on the line itself says what it is."""


_TOP = 10
MOST_CANDIDATES, MOST_LINES = 120, 600
"""Bounds for made-up texts: an article has a handful of lines that read as bylines."""


class BylineFound(Struct):
    """A line read as a byline and the odds that it is the article's; `sure` where the line itself says what it is."""

    byline: Byline
    line: int
    odds: float
    sure: bool = False


_ABOUT = re.compile(
    r"\b(?:more from|mehr von|über|about|alle (?:artikel|beiträge) von|all posts by|más artículos de|artículos de"
    r"|articles by|view all|voir tous|reporter|redakteur(?:in)?|journalist|editor|writer|author|autor(?:in)?|schreibt"
    r"|is a|ist|est|es)\b",
    re.IGNORECASE,
)
_CAPITALISED = re.compile(r"(?:[*+•-]\s*)?[^\Wa-z\d_]")


def begins_byline(text: str) -> bool:
    """Whether a line opens with a lead word that a name may follow: cheap enough to ask of every line."""
    words = text[:60].lstrip("-–—*•([ ").split(None, 4)
    known = leads()
    if words and words[0].casefold().rstrip(":") in _first_words():
        for size in range(min(4, len(words) - 1), 0, -1):
            phrase = " ".join(words[:size]).casefold().rstrip(":")
            if phrase in known and (len(phrase) > 2 or phrase in _SHORT_LEADS):
                return words[size][0].isalpha()
    if " | " in text and begins_byline(text.rsplit(" | ", 1)[1]):
        return True
    return _GLUED.match(text) is not None or _FROM_THE.match(text) is not None


@cache
def _first_words() -> frozenset[str]:
    words = {lead.split(" ", 1)[0].rstrip(":") for lead in leads()}
    return frozenset(words | set(map(fold, words)))


_SHORT_LEADS = frozenset({"by", "av", "af", "di"})
_FROM_THE = re.compile(
    r"(?:translated|übersetzt|traduit|traducido) [^\W\d_]+ (?:[^\W\d_]+ ){1,3}(?:by|von|par|por) ", re.IGNORECASE
)
_GLUED_LEADS = ("by", "von", "par", "por", "text", "author", "autor", "foto", "interview")
_GLUED = re.compile(
    r"(?:by|von|par|por|text|author|autor|fotos?|interview)[:：]?(?=[A-ZÀ-Þ][a-zà-ÿ.])|[^\W\d_]{2,12}[:：]\S",
    re.IGNORECASE,
)


def odds(value: float) -> float:
    """The probability a weighted sum stands for."""
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, value))))


_PERSON = 0.7
"""Likeness from which a line is a person's name."""
_ABOVE, _BELOW = 135, 32
"""Lines above and below the beginning and the end of the story that anybody asks for: a headline's and what is near."""


def _around(layout: Layout) -> Iterator[int]:
    """The lines in which bylines are looked for: the first of the page, and those of the story and around it."""
    begin = max(_TOP, layout.first - _ABOVE)
    return chain(range(min(_TOP, len(layout.keys))), range(begin, min(len(layout.keys), layout.last + _BELOW)))


def byline_like(layout: Layout) -> set[int]:
    """Indices of lines that open like a byline, or that follow a lead word printed in a line of its own."""
    words = _first_words()
    asked: set[int] = set()
    for i in _around(layout):
        key = layout.keys[i]
        head = key.lstrip("-*•([ ").partition(" ")[0].rstrip(":")
        if head in words:
            asked |= {i, i + 1}
        elif "|" in key or ":" in head or head.startswith(_GLUED_LEADS):
            asked.add(i)
    return {
        line.index
        for i in asked
        for line in layout.lines[i : i + 1]
        if len(line.text) < 140
        and not line.text[0].isdigit()
        and (begins_byline(line.text) or lead_before(layout, line.index))
    }


def lead_before(layout: Layout, index: int) -> str:
    """The lead word that stands alone in the line before (Von / Nora Lind), empty where none does."""
    before = layout.keys[index - 1] if index else ""
    if not 2 <= len(before) < 30:
        return ""
    bare = before.rstrip(":： ")
    if bare == before and index > 1 and bare in roles() and name_likeness(layout.lines[index - 2].text) >= _PERSON:
        return ""  # Nora Lind / Journalist: what the name above it is
    sure = " " in bare or bare != before or bare in furniture().lone_leads
    return layout.lines[index - 1].text if sure and leads().get(bare, ("",))[0] == "author" else ""


def find_bylines(
    layout: Layout, headline: HeadlineFound | None, dated: set[int], opening: set[int], language: str | None
) -> list[BylineFound]:
    """The article's byline lines in document order, none where no line is likelier to be one than not."""
    readings = Readings(layout, headline, dated, opening, language)
    claims = [i for i, text in readings.texts.items() if i in opening or i in dated or _holds_lead(text)]
    best = _likeliest(readings.read(claims))
    if best is None or not best.sure:  # no line says what it is: mere names may be meant
        best = _likeliest(readings.read(readings.texts))
    if best is None or best.odds < LEAST_ODDS:
        alone = _alone(readings.read(claims)) or _posted(layout, headline, dated)
        return [alone] if alone else _box_about(layout, language)
    return [best, *_beside(best, readings), *_at_the_end(layout, language)]


def _likeliest(found: list[BylineFound]) -> BylineFound | None:
    """A line that somebody signs before others, one that says what it is before a name that merely stands alone."""
    signed = [f for f in found if f.byline.authors or f.byline.agencies or f.byline.collective]
    return max(signed or found, key=lambda f: (f.sure, f.odds), default=None)


def _alone(found: list[BylineFound]) -> BylineFound | None:
    """A line that says what it is, though it stands where bylines hardly do, if no other says so."""
    signed = [f for f in found if f.byline.labelled and f.byline.authors and f.byline.confidence >= SAYS_SO]
    names = {tuple(full_name(a).casefold() for a in f.byline.authors) for f in signed}
    return signed[0] if len(names) == 1 and signed[0].odds >= LEAST_ODDS_ALONE else None


_NICK = re.compile(r"(?:by|von|par|por|door|av|af|di)\s+([^\W\d][\w.-]{2,24})", re.IGNORECASE)


def _posted(layout: Layout, headline: HeadlineFound | None, dated: set[int]) -> BylineFound | None:
    """The line of a blog's template beside the headline, which names who posted by a nickname, alone above the day."""
    head = headline.line if headline else layout.first
    for line in layout.lines[max(0, head - 3) : head + 7]:
        if posted := find_posted(line.text):
            return BylineFound(Byline(line.text, authors=posted[:1]), line.index, 0.4)
        nick = _NICK.fullmatch(line.text)
        if nick and not {line.index + 1, line.index + 2}.isdisjoint(dated):
            return BylineFound(Byline(line.text, authors=(read_name(nick[1]),)), line.index, 0.4)
    return None


@cache
def _about_author() -> re.Pattern[str]:
    words = alternation(furniture().about_author)
    return re.compile(rf"{words}[\s:]+(\S+(?: \S+){{1,3}}?)(?: [0-9]+ \S+)?", re.IGNORECASE)


def _box_about(layout: Layout, language: str | None) -> list[BylineFound]:
    """Where no line is a byline: the name that heads a box about the author (Über X, More from X)."""
    for line in layout.lines[max(0, layout.first - 40) : layout.last + 60]:
        found = _about_author().fullmatch(line.text) if len(line.text) < 60 else None
        if found and name_likeness(found[1], language) >= 0.7:
            return [BylineFound(Byline(line.text, authors=(read_name(found[1], language),)), line.index, 0.45)]
    return []


def _at_the_end(layout: Layout, language: str | None) -> list[BylineFound]:
    """Sentences below the story that name who helped: Additional reporting by A in B; X contributed to this report."""
    return [
        BylineFound(byline, line.index, byline.confidence)
        for line in layout.lines[max(0, layout.last - 1) : layout.last + 4]
        for byline in read_note(line.text, language)
    ]


def _beside(best: BylineFound, readings: "Readings") -> list[BylineFound]:
    """Other lines of the same byline: names printed one below the other, and the credits that end a wire story."""
    layout = readings.layout
    found = []
    seen = {full_name(a).casefold() for a in best.byline.authors}
    joining = every("joiners")
    for step in (1, -1):
        for at in range(best.line + step, best.line + 9 * step, step):
            if 0 <= at < len(layout.lines) and layout.keys[at] in joining:
                continue
            other = readings.at(at)
            if other is None or other.odds < 0.2 or not _alike(other, best, layout):
                break
            names = {full_name(a).casefold() for a in other.byline.authors}
            whole = sum(len(a.printed or "") for a in other.byline.authors) >= 0.8 * len(layout.lines[at].text) - 2
            if names and whole and not names & seen and len(other.byline.authors) <= 2:
                found.append(other)
                seen |= names
    helped = [
        other
        for other in readings.read(sorted(readings.found))
        if other.line != best.line
        and (other.byline.contributors or other.byline.editors or other.byline.translators)
        and other.byline.labelled
        and other.odds > 0.1
    ]
    return sorted(found, key=lambda f: f.line) + [h for h in helped if h not in found][:2]


def _alike(one: BylineFound, other: BylineFound, layout: Layout) -> bool:
    """Whether two lines can be parts of one byline; a lead word above the first name speaks for those below it too."""
    led = lead_before(layout, one.line) or lead_before(layout, other.line)
    same = one.byline.labelled == other.byline.labelled or bool(led)
    return same and layout.lines[one.line].listed == layout.lines[other.line].listed


def byline_candidates(
    layout: Layout, headline: HeadlineFound | None, dated: set[int], opening: set[int], language: str | None
) -> list[tuple[int, Byline, dict[str, float]]]:
    """(line index, reading, features) of every line that can be read as a byline: what the weights are fitted on."""
    readings = Readings(layout, headline, dated, opening, language)
    return [(f.line, f.byline, readings.features(f.line, f.byline)) for f in readings.read(readings.texts)]


class Readings:
    """The lines of a text that may be its byline (`texts`, by index), each read once and only when it is asked for."""

    def __init__(
        self,
        layout: Layout,
        headline: HeadlineFound | None,
        dated: set[int],
        opening: set[int],
        language: str | None,
    ) -> None:
        self.layout = layout
        self.headline = headline
        self.heads = headline.lines if headline else (max(0, layout.first - 1),)
        self.dated = dated
        self.language = language
        self.texts = _readable(layout, headline, dated, opening)
        self.found: dict[int, BylineFound | None] = {}
        self.left = MOST_CANDIDATES
        begin = max(0, layout.first - 60)
        self.around = layout.keys[begin : min(layout.last + 40, layout.first + MOST_LINES)]
        self.whole = "\n".join(self.around)
        self.begin = begin

    def repeats(self, key: str, index: int) -> bool:
        """Whether lines beside the body hold a name, but for the line it is read from."""
        return bool(key) and self.whole.count(key) > self.layout.keys[index].count(key)

    def read(self, lines: Iterable[int]) -> list[BylineFound]:
        """Those of some lines that are bylines by their form."""
        return [found for i in lines if (found := self.at(i))]

    def at(self, index: int) -> BylineFound | None:
        """A line's reading and its odds, None where it is no byline by its form."""
        if index not in self.texts:
            return None
        if index not in self.found:
            self.found[index] = self._read(index)
        return self.found[index]

    def _read(self, index: int) -> BylineFound | None:
        if self.left <= 0 or len(self.found) >= MOST_LINES:
            return None
        byline = read_byline(self.texts[index], self.language)
        if byline is None or (byline.photographers and not _others(byline)):
            return None
        self.left -= 1
        chance = odds(score("byline", self.features(index, byline)))
        says_so = (byline.labelled and byline.confidence >= SAYS_SO) or (
            index in self.dated and byline.confidence >= 0.4
        )  # By X; X, 3 May 2024
        return BylineFound(byline, index, chance, sure=chance >= 0.5 and says_so)

    def features(self, i: int, byline: Byline) -> dict[str, float]:
        """What speaks for a line that reads as a byline, and against it; the names are those of data/weights.json."""
        layout, headline, dated = self.layout, self.headline, self.dated
        lines, first, last = layout.lines, layout.first, layout.last
        line = lines[i]
        after = min([i - h for h in self.heads if i > h], default=99)
        before = min([h - i for h in self.heads if h > i], default=99)
        names = [full_name(a).casefold() for a in byline.authors]
        printed = [(a.printed or "").casefold() for a in byline.authors]
        folded = layout.keys[i]
        around = [lines[j] for j in (*range(max(0, i - 3), i), *range(i + 1, min(len(lines), i + 4)))]
        key = names[0] if names else ""
        others = (
            [j for j, other in enumerate(self.around, self.begin) if key in other and j != i]
            if self.repeats(key, i)
            else []
        )
        shown = [j for j in others if not lines[j].paragraph]
        subject = [j for j in others if lines[j].paragraph and first <= j <= last]
        people = len(byline.authors)
        length = sum(len(p) for p in printed)
        alone = not byline.labelled and length >= len(line.text) - 4
        known = alone and people > 0 and byline.confidence >= 0.55
        sure = byline.labelled and byline.confidence >= 0.85 and begins_byline(self.texts[i])
        beside_date = i in dated or i + 1 in dated or i + 2 in dated or i - 1 in dated
        return {
            "known_alone": known,
            "known_alone_near": known and (1 <= after <= 7 or first - 3 <= i <= first + 1),
            "known_alone_dated": known and beside_date,
            "alone_near_dated": alone and beside_date and 1 <= after <= 7,
            "sure": sure,
            "sure_whole": sure and length >= 0.6 * len(line.text),
            "sure_outside": sure and not first + 1 < i < last - 1,
            "capitals": people > 0 and byline.authors[0].printed != full_name(byline.authors[0]),
            "labelled": byline.labelled,
            "strong": byline.confidence >= 0.85,
            "confidence": byline.confidence,
            "after_1_2": 1 <= after <= 2,
            "after_3_6": 3 <= after <= 6,
            "after_7_15": 7 <= after <= 15,
            "before_1_3": 1 <= before <= 3,
            "before_4_10": 4 <= before <= 10,
            "at_body_start": first - 3 <= i <= first + 1,
            "in_body": first + 1 < i < last - 1,
            "body_end": last - 1 <= i <= last + 3,
            "after_body": i > last + 3,
            "far": after > 15 and before > 10 and not last - 1 <= i <= last + 3,
            "date_in_line": i in dated,
            "date_next": i + 1 in dated or i + 2 in dated,
            "date_prev": i - 1 in dated or i - 2 in dated,
            "listed": line.listed,
            "single_word": people > 0 and all(" " not in n for n in names),
            "repeated": any(layout.keys[j] == folded for j in shown),
            "about_line": any(_ABOUT.search(lines[j].text) for j in others),
            "in_headline": bool(headline and key and key in headline.text.casefold()),
            "in_body_text": bool(subject) and not byline.labelled,
            "email": bool(byline.emails),
            "agency_only": not people and bool(byline.agencies),
            "collective_only": not people and not byline.agencies and bool(byline.collective),
            "related_before": any(opens_related(lines[j].text) for j in range(max(0, i - 3), i)),
            "furniture": is_footer(line.text),
            "first_of_page": i < 3,
            "role": byline.role is not None,
            "long_line": len(line.text) > 70,
            "menu_around": sum(o.weight < 25 for o in around) / max(1, len(around)),
            "several": len(shown) > 1,
            "many_people": people > 1,
            "dated_comment": i in dated and i > last,
            "whole_line": length > 0 and length >= len(line.text) - 2,
        }


def _others(byline: Byline) -> bool:
    """Whether a byline names more than photographers."""
    named = (
        byline.authors,
        byline.agencies,
        byline.collective,
        byline.contributors,
        byline.editors,
        byline.translators,
    )
    return any(named)


def _readable(layout: Layout, headline: HeadlineFound | None, dated: set[int], opening: set[int]) -> dict[int, str]:
    """The lines worth reading, by index in order: those near the headline and the ends of the body that may be names,
    those that open like a byline with the lead word of the line before.
    """
    lines, first, last = layout.lines, layout.first, layout.last
    heads = headline.lines if headline else ()
    head = headline.line if headline else max(0, first - 1)
    near = {*range(first - 8, first + 3), *range(last - 3, last + 9)}
    for at in heads or (head,):
        near.update(range(at - 10, at + 16))
    texts: dict[int, str] = {}
    for i in sorted(near | {i for i in opening if head - 60 < i < last + 30}):
        if not 0 <= i < len(lines) or i in heads:
            continue
        line = lines[i]
        text = line.text
        if i in opening:
            if lead := lead_before(layout, i):
                text = f"{lead} {text}"
            elif text.startswith(_ADDRESS) or (text[1:].islower() and text.isalpha() and not _may_be_names(text)):
                continue  # Partei, Bydlení: no lead word is glued to a name here
        elif i in dated:
            if not _may_be_names(text, dated=True):
                continue
        elif len(text) > 90 or not _stands_alone(line) or not _may_be_names(text):
            continue
        if 3 <= len(text) <= 220 and not is_furniture(text):
            texts[i] = text
    return texts


def _stands_alone(line: Line) -> bool:
    """Whether a line has the form of a name in a line of its own: with a capital, not too short, no sentence."""
    text = line.text
    if text[-1] in ".?!:。？！" or (line.weight < 6 and text.isascii() and not text.isupper()):
        return False
    return text[0].isupper() or _CAPITALISED.match(text) is not None


def _holds_lead(text: str) -> bool:
    """Whether a line may say of itself, wherever in it, that it is a byline."""
    return not _first_words().isdisjoint(text.casefold().replace(":", " ").split()) or bool(WIDE.search(text))


def _may_be_names(text: str, *, dated: bool = False) -> bool:
    """Whether a line without a lead word is worth reading: few words, few of them small, none of a menu's."""
    words = text.split()
    small = [w for w in words if w[0].islower() and len(w) > 3 and w.strip(",.") not in _LINKS]
    if len(words) > 20 or len(small) > 1 + len(words) // 4:
        return False
    if WIDE.search(text):
        return True
    if _DIGIT.search(text):
        letters = _LETTERS.findall(text.casefold())
        if dated or _FOOTNOTED.search(text):
            return not _date_words().issuperset(letters)
        return not given_names().isdisjoint(letters)  # 5 people like this; Nora Lind 5 min
    folded = [w.casefold().strip(".,:()") for w in words]
    if len(words) == 1:
        return folded[0] in every("collective") or find_agency(text, position="byline") is not None
    if name_words().not_names.isdisjoint(folded) or not given_names().isdisjoint(folded):
        return may_be_people(text)
    return collective_of(text) is not None


@cache
def _date_words() -> frozenset[str]:
    """Words of dates, clocks and counts: a line of nothing else names nobody."""
    labels = date_words().labels
    words = read_table("furniture.toml", Counts)
    phrases = (
        *month_words(),
        *labels.published,
        *labels.modified,
        *words.weekdays,
        *words.counted,
        *words.counted_before,
        *words.counted_after,
        *("at", "on", "um", "vom", "der", "uhr", "am", "pm", "h"),
    )
    return frozenset(word for phrase in phrases for word in _LETTERS.findall(phrase))


_ADDRESS = ("http://", "https://")
_DIGIT = re.compile(r"[0-9]")
_FOOTNOTED = re.compile(r"[^\W\d_][0-9]{1,2}$")
_LETTERS = re.compile(r"[^\W\d_]+")
_LINKS = frozenset(("with", "from", "und", "avec", "para", "door", "uhr", "posted", "published", "vor"))

"""Which line of a copied page is its byline: lines that can be read as one, ranked by place, form and agreement."""

import math
import re
from functools import cache

from msgspec import Struct

from service.parsing.agency import find_agency
from service.parsing.byline import Byline, read_byline
from service.parsing.names import full_name, given_names, name_likeness, read_name
from service.parsing.names import table as name_words
from service.parsing.people import collective_of
from service.parsing.plain.headline import HeadlineFound, score
from service.parsing.plain.layout import Layout, furniture, is_footer, is_furniture, opens_related
from service.parsing.vocabulary import alternation, every, leads

LEAST_ODDS = 0.25
"""Below this no line is taken for the byline: precision is worth more than recall."""


MOST_CANDIDATES, MOST_LINES = 120, 600
"""Bounds for made-up texts: an article has a handful of lines that read as bylines."""


class BylineFound(Struct):
    """A line read as a byline and the odds that it is the article's."""

    byline: Byline
    line: int
    odds: float


_ABOUT = re.compile(
    r"\b(?:more from|mehr von|über|about|alle (?:artikel|beiträge) von|all posts by|más artículos de|artículos de"
    r"|articles by|view all|voir tous|reporter|redakteur(?:in)?|journalist|editor|writer|author|autor(?:in)?|schreibt"
    r"|is a|ist|est|es)\b",
    re.IGNORECASE,
)
_COMMENT = re.compile(
    r"\b(?:says?|sagt|said|wrote|schrieb|schreibt|meint|antworten|reply|dit|dice|kommentar von)\b|:$", re.IGNORECASE
)
_CAPITALISED = re.compile(r"^(?:[*+•-]\s*)?[^\Wa-z\d_]")


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
    return frozenset(lead.split(" ", 1)[0].rstrip(":") for lead in leads())


_SHORT_LEADS = frozenset({"by", "av", "af", "di"})
_FROM_THE = re.compile(
    r"(?:translated|übersetzt|traduit|traducido) [^\W\d_]+ (?:[^\W\d_]+ ){1,3}(?:by|von|par|por) ", re.IGNORECASE
)
_GLUED = re.compile(
    r"(?:by|von|par|por|text|author|autor|foto|fotos|interview)[:：]?(?=[A-ZÀ-Þ][a-zà-ÿ.])|[^\W\d_]{2,12}[:：]\S",
    re.IGNORECASE,
)


def odds(value: float) -> float:
    """The probability a weighted sum stands for."""
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, value))))


def byline_like(layout: Layout) -> set[int]:
    """Indices of lines that open like a byline, or that follow a lead word printed in a line of its own."""
    return {
        line.index
        for line in layout.lines
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
    sure = " " in bare or bare != before or bare in furniture().lone_leads
    return layout.lines[index - 1].text if sure and leads().get(bare, ("",))[0] == "author" else ""


def find_bylines(
    layout: Layout, headline: HeadlineFound | None, dated: set[int], opening: set[int], language: str | None
) -> list[BylineFound]:
    """The article's byline lines in document order, none where no line is likelier to be one than not."""
    rows = byline_candidates(layout, headline, dated, opening, language)
    if not rows:
        return _box_about(layout, language)
    scored = [BylineFound(byline, line, odds(score("byline", row))) for line, byline, row in rows]
    signed = [s for s in scored if s.byline.authors or s.byline.agencies or s.byline.collective]
    best = max(signed or scored, key=lambda found: (found.odds >= 0.5 and _says_so(found, dated), found.odds))
    if best.odds < LEAST_ODDS:
        return _box_about(layout, language)
    return [best, *_beside(best, scored, layout), *_at_the_end(layout, language)]


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


def _says_so(found: BylineFound, dated: set[int]) -> bool:
    """A line that says what it is (By X; X, 3 May 2024) goes before a name that merely stands alone."""
    byline = found.byline
    return (byline.labelled and byline.confidence >= 0.85) or (found.line in dated and byline.confidence >= 0.4)


def _at_the_end(layout: Layout, language: str | None) -> list[BylineFound]:
    """Sentences below the story that name who helped: Additional reporting by A in B; X contributed to this report."""
    found = []
    for line in layout.lines[max(0, layout.last - 1) : layout.last + 4]:
        low = line.text.lower()
        if len(line.text) > 400 or not any(phrase in low for phrase in _HELPED):
            continue
        for sentence in _SENTENCES.split(line.text):
            byline = read_byline(sentence.strip(" .()[]"), language)
            if byline and byline.labelled and (byline.contributors or byline.editors or byline.translators):
                found.append(BylineFound(byline, line.index, byline.confidence))
    return found


_HELPED = (
    "reporting by",
    "editing by",
    "files from",
    "contributed to",
    "contributed report",
    "writing by",
    "mitarbeit",
    "with contributions",
)
_SENTENCES = re.compile(r"(?<=[a-zà-ÿ])\.\s+(?=[A-ZÀ-Þ])|;\s+")


def _beside(best: BylineFound, scored: list[BylineFound], layout: Layout) -> list[BylineFound]:
    """Other lines of the same byline: names printed one below the other, and the credits that end a wire story."""
    found = []
    seen = {full_name(a).casefold() for a in best.byline.authors}
    by_line = {s.line: s for s in scored}
    joining = every("joiners")
    for step in (1, -1):
        for at in range(best.line + step, best.line + 9 * step, step):
            if 0 <= at < len(layout.lines) and layout.keys[at] in joining:
                continue
            other = by_line.get(at)
            if other is None or other.odds < 0.2 or not _alike(other, best, layout):
                break
            names = {full_name(a).casefold() for a in other.byline.authors}
            whole = sum(len(a.printed or "") for a in other.byline.authors) >= 0.8 * len(layout.lines[at].text) - 2
            if names and whole and not names & seen and len(other.byline.authors) <= 2:
                found.append(other)
                seen |= names
    helped = [
        s
        for s in scored
        if s.line != best.line
        and (s.byline.contributors or s.byline.editors or s.byline.translators)
        and s.byline.labelled
        and s.odds > 0.1
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
    """(line index, reading, features) of lines that can be read as a byline."""
    lines, first, last = layout.lines, layout.first, layout.last
    if not lines:
        return []
    head = headline.line if headline else max(0, first - 1)
    near = {i for at in (headline.lines if headline else (head,)) for i in range(at - 10, at + 16)}
    near |= set(range(first - 8, first + 3)) | set(range(last - 3, last + 9))
    found: list[tuple[int, Byline, dict[str, float]]] = []
    asked = 0
    for i in sorted(near | opening):
        if not 0 <= i < len(lines) or (headline and i in headline.lines):
            continue
        line = lines[i]
        text = f"{lead} {line.text}" if i in opening and (lead := lead_before(layout, i)) else line.text
        if (
            len(text) > 220
            or len(text) < 3
            or is_furniture(text)
            or (len(text) > 90 and i not in opening and i not in dated)
        ):
            continue
        if (
            i not in opening
            and i not in dated
            and (
                not _CAPITALISED.match(text)
                or (line.weight < 6 and text.isascii() and not text.isupper())
                or text[-1] in ".?!:"
            )
        ):
            continue
        if i in opening and i not in near and not (head - 60 < i < last + 30):
            continue
        if i not in opening and not _may_be_names(text, dated=i in dated):
            continue
        asked += 1
        byline = read_byline(text, language) if asked <= MOST_LINES else None
        if byline is None or (byline.photographers and not _others(byline)):
            continue
        if len(found) >= MOST_CANDIDATES:
            break
        found.append((i, byline, _features(i, byline, layout, headline, dated, text=text)))
    return found


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


def _may_be_names(text: str, *, dated: bool) -> bool:
    """Whether a line without a lead word is worth reading: few words, few of them small, none of a menu's."""
    words = text.split()
    small = sum(w[0].islower() and len(w) > 3 and w.strip(",.") not in _LINKS for w in words)
    if len(words) > 20 or small > 1 + len(words) // 4:
        return False
    if dated or not text.isascii() or _DIGIT.search(text):
        return True
    folded = [w.casefold().strip(".,:()") for w in words]
    if len(words) == 1:
        return folded[0] in every("collective") or find_agency(text, position="byline") is not None
    strange = sum(w in name_words().not_names for w in folded)
    return strange == 0 or any(w in given_names() for w in folded) or collective_of(text) is not None


_DIGIT = re.compile(r"[0-9]")
_LINKS = frozenset(("with", "from", "und", "avec", "para", "door", "uhr", "posted", "published", "vor"))


def _features(
    i: int, byline: Byline, layout: Layout, headline: HeadlineFound | None, dated: set[int], *, text: str
) -> dict[str, float]:
    lines, first, last = layout.lines, layout.first, layout.last
    line = lines[i]
    heads = headline.lines if headline else (max(0, first - 1),)
    after = min((i - h for h in heads if i > h), default=99)
    before = min((h - i for h in heads if h > i), default=99)
    names = [full_name(a).casefold() for a in byline.authors]
    printed = [(a.printed or "").casefold() for a in byline.authors]
    folded = layout.keys[i]
    around = [lines[j] for j in (*range(max(0, i - 3), i), *range(i + 1, min(len(lines), i + 4)))]
    key = names[0] if names else ""
    begin, end = max(0, first - 60), min(len(lines), last + 40, first + MOST_LINES)
    others = [j for j, other in enumerate(layout.keys[begin:end], begin) if key in other and j != i] if key else []
    shown = [j for j in others if not lines[j].paragraph]
    subject = [j for j in others if lines[j].paragraph and first <= j <= last]
    people = len(byline.authors)
    length = sum(len(p) for p in printed)
    alone = not byline.labelled and length >= len(line.text) - 4
    known = alone and people > 0 and byline.confidence >= 0.55
    sure = byline.labelled and byline.confidence >= 0.85 and begins_byline(text)
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
        "comment_like": bool(_COMMENT.search(line.text)),
        "several": len(shown) > 1,
        "many_people": people > 1,
        "begins_by": begins_byline(text),
        "dated_comment": i in dated and i > last,
        "whole_line": length > 0 and length >= len(line.text) - 2,
    }

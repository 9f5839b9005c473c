"""Picture credits: a bare credit line, or the credit that ends a caption (FACTS section 4).

Photo: X/AFP · (AP Photo/X) · [YONHAP] · X/Paper via AP · © X / Agency · Courtesy of X · 사진=X · X撮影
"""

import re

from msgspec import Struct

from schemas.article import Agency, Creator
from service.parsing.agency import AgencyRow, find_agency, known_names
from service.parsing.casing import is_upper
from service.parsing.names import name_likeness, read_name
from service.parsing.people import is_paper
from service.parsing.publication import find_row
from service.parsing.vocabulary import alternation, every


class Credit(Struct, frozen=True):
    """A credit in its parts. `credit` is the wording to print, as printed, without label or brackets.

    `start` and `end` give the place of `credit` in the text; `distributor` is who passed the picture on (“via X”).
    """

    credit: str
    start: int
    end: int
    caption: str | None = None
    photographers: tuple[Creator, ...] = ()
    agencies: tuple[Agency, ...] = ()
    distributor: str | None = None
    source_org: tuple[str, ...] = ()
    labelled: bool = False
    confidence: float = 0.8


_LABEL_WORDS = alternation(every("label"))
_PICTURE = r"(?:photo(?:graph)?s?|images?|pictures?|illustration|graphic|video)"
_LABEL_AT_START = re.compile(
    rf"[\s(\[*•|/–—-]*(?:(?:{_LABEL_WORDS})\s{{0,2}}[:：=＝/]|(?:©|\(c\)|Ⓒ|ⓒ)"
    rf"|{_PICTURE}\s(?:by|von|courtesy of|courtesy)\b|(?:fotos?|bild(?:er)?)\s(?:von|di|de)\b"
    rf"|foto(?:s)?\s?[:©/]|courtesy(?: of)?\b|getty\b)",
    re.IGNORECASE,
)
_MARK = re.compile(  # the first sign, to which `re` skips quickly, before what stands beside it
    r"[:：=＝©Ⓒⓒ(bBvVcC](?:(?<=[:：=＝©Ⓒⓒ])|(?<=\()[cC]\)|(?<=\b[bB])[yY]\b|(?<=\b[vV])(?i:on)\b|(?<=\b[cC])(?i:ourtesy)\b)"
)
_PICTURES = frozenset(
    ("photo", "photos", "photograph", "photographs", "image", "images", "picture", "pictures", "illustration")
) | frozenset(("graphic", "video", "foto", "fotos", "bild", "bilder"))
_LEADING = re.compile(
    rf"^(?:(?:{_LABEL_WORDS})\s{{0,2}}[:：=＝/©-]\s*|©\s*|ⓒ\s*|Ⓒ\s*|\(c\)\s*"
    rf"|(?:{_LABEL_WORDS})\s+(?:by|von|de|di|courtesy of)\s+|by\s+|copyright\s+|fot\.\s+)+",
    re.IGNORECASE,
)
_SUPPLIED = re.compile(
    r"^(?:(?:photos?|images?|pictures?)\s+)?(?:courtesy(?:\s+of)?|provided\s+by|supplied\s+by|submitted(?:\s+by)?|contributed(?:\s+by)?|handout(?:\s+by)?|cortesía\s+de"
    r"|mit freundlicher genehmigung von|per gentile concessione di)[\s:/]+",
    re.IGNORECASE,
)
_BRACKETED = re.compile(
    r"[\[［【]([^\[\]［］【】\n]{2,120})[\]］】]\s*\.?\s*$"
    r"|[(（]([^()（）\n]{2,160}(?:\([^()]{1,40}\)[^()]{0,40})?)[)）]\s*\.?\s*$",
)
_NAME_BEFORE = re.compile(r"(?:^|[.!?…»”\")]\s|\n)\s*([A-ZÀ-Þ][^.!?…»”\"()\n]{3,40}?)\s*$")
_AGENCY_IN_BRACKETS = re.compile(r"\s\(([^()]{2,30})\)$")
_VIA = re.compile(r"\s+via\s+|\s*/\s*via\s+", re.IGNORECASE)
_SPLIT = re.compile(
    r"\s*[/／|]\s*|\s+[-–—]\s+|\s*[,;、]\s+|\s*、\s*|\s*=\s*|\s+(?:für|for|pour|para|POUR|PARA|FOR|FÜR)\s+|\s*©\s*|\s+·\s+|\s*·\s*(?=[가-힣])",
)
_AND = re.compile(r"\s+(?:and|und|et|y|&)\s+")
_TRAILING = re.compile(r"(?<=[.!?…”“\"»)])(?:\s+[-–—/]?|[–—])\s?((?:[^.!?]|(?<=\b[A-ZÀ-Þ])\.){3,90}?)\.?\s*$")
_RIGHTS = re.compile(r"\s*(?:Purchase|Acquire) Licensing Rights.*$", re.IGNORECASE)
"""What Reuters sets behind its credits."""
_EASTERN_END = re.compile(
    r"(?:[/／]\s?|(?<=[.\s。]))?(?:사진\s?[=:]\s?([^.\n]{2,30})$|([가-힣A-Za-z0-9]{2,12})\s(?:제공|캡처)\s?[.\])]*$"
    r"|(?:^|[=＝、。\s])([一-鿿ぁ-ゖァ-ヺA-Z]{2,12}?)(?:撮影|提供)[)）]?$"
    r"|(?:^|[。！\s（(／/])(?:[圖图][／/：:]\s?)?(?:[一-鿿]{0,6}(?:记者|記者))?\s?"
    r"([一-鿿]{2,8}|[一-鿿]{1,2}\s[一-鿿]{1,2})\s?[/／]?\s?[摄攝]影?\s?(?:[0-9年月日.]{4,12})?[)）]?$"
    r"|[=＝]([一-鿿ァ-ヺA-Z]{2,10})$"
    r"|다\.\s([가-힣]{2,4})\s(?:사진|선임|인턴|객원)?기자$|撮影[・：:=＝]\s?([一-鿿ぁ-ヺ]{2,10})[)）]?$"
    r"|(?:^|[。\s（(／/：:])([一-鿿A-Za-z「」『』]{2,16}?)(?:提供|供图|供圖|翻攝|翻摄)[)）]?$)",
)
_EASTERN_TAIL = re.compile(r"(?:\s*[\w.+-]+@[\w.-]+)?\s*\*?\s*재판매\s?및\s?DB\s?금지.*$")
_ARCHIVE = re.compile(r"\s자료사진[^\]]*(\])$")
"""A picture of the archive: [연합뉴스 자료사진]."""
_BOTH = re.compile(
    r"(?:^|[（(\[［\s。.])([가-힣A-Za-zァ-ヺー]{2,10})[=＝]([가-힣一-鿿ァ-ヺ0-9A-Za-z]{2,10})[)）\]］]?\s*$"
)
"""An agency's picture that another one hands on: ロイター＝共同, 로이터=연합뉴스."""
_NOISE = re.compile(
    r"^(?:all rights reserved|alle rechte vorbehalten|tous droits réservés|riproduzione riservata)",
    re.IGNORECASE,
)
_YEAR_MARK = re.compile(r"^(?:19|20)\d\d\b")


def read_credit(text: str, language: str | None = None) -> Credit | None:
    """The credit of a caption or of a bare credit line; None where nothing shows that there is one."""
    if len(text) < 2 or len(text) > 3000:
        return None
    text = _ARCHIVE.sub(r"\1", text)
    for reader in (_eastern, _labelled, _unmarked, _bracketed, _bare, _trailing):
        if found := reader(text, language):
            return found
    return None


_SENTENCE = re.compile(r"(?:[^\W\d_]{3}|[가-힣])[.!?]\s|[가-힣]\.$|\w\.$(?<=[^\W\d_]{4}\.)")
"""A full stop behind a word: what stands before it is a caption."""
_OPENS = {")": "(", "]": "[", "}": "{", "）": "（", "］": "［", "】": "【"}
_GLUED = re.compile(r"[a-zà-ÿ.!?”](?=[A-ZÀ-Þ])")
_ABBREVIATED = re.compile(r"\b(?:\w|Inc|Ltd|Co|Jr|St|Corp)\.$")


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the punctuation around it; a full stop stays with an abbreviation, a bracket with its mate."""
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip(" \t\u00a0\n:：=|/–—-*•,;([{（［【"))
    core = text[start:end].rstrip(" \t\u00a0\n|/–—*•,;")
    while core:
        last = core[-1]
        stray = last in _OPENS and core.count(last) > core.count(_OPENS[last])
        if not stray and (last != "." or _ABBREVIATED.search(core)):
            break
        core = core[:-1].rstrip()
    return start, start + len(core)


def _eastern(text: str, language: str | None) -> Credit | None:
    if not re.search(r"[가-힣一-鿿ぁ-ヺ]", text):
        return None
    if (m := _BOTH.search(text)) and find_agency(m[1]) and find_agency(m[2]):
        return _make(
            text, m.start(1), m.end(2), caption_end=m.start(), language=language, confidence=0.9, labelled=True
        )
    if not (m := _EASTERN_END.search(_EASTERN_TAIL.sub("", text.rstrip()))):
        return None
    at = next(i for i in range(1, 9) if m[i])
    if at in {3, 4, 5, 7} and not (find_agency(m[at]) or name_likeness(m[at], "zh" if at == 4 else "ja") >= 0.35):
        return None
    own = language or ("ko" if at in {1, 2, 6} else "zh" if at in {4, 8} else "ja")
    return _make(text, m.start(at), m.end(at), caption_end=m.start(), language=own, confidence=0.85, labelled=True)


def _labelled(text: str, language: str | None) -> Credit | None:
    """A label at the start of the line, or the last label inside a caption."""
    start = _LABEL_AT_START.match(text)
    if start and start.end() < len(text.rstrip()):
        if start[0].strip().casefold().startswith(("courtesy", "getty")):
            begin = start.start() + len(start[0]) - len(start[0].lstrip(" ([*•|/–—-"))
        else:
            begin = start.end()
        return _make(text, begin, _stop(text, begin), caption_end=0, language=language, confidence=0.85, labelled=True)
    found = None
    for mark in _MARK.finditer(text):
        label = _label_at(text, mark)
        if label is not None and mark.end() < len(text.rstrip()):
            found = (label, mark.start() if mark[0].casefold() == "courtesy" else mark.end())
            if mark[0] in "©Ⓒⓒ":
                break
    if not found:
        return None
    return _make(
        text,
        found[1],
        _stop(text, found[1]),
        caption_end=found[0],
        language=language,
        confidence=0.85,
        labelled=True,
    )


_UNMARKED = alternation(every("label") & (every("photographer") | _PICTURES))
_UNMARKED_AT = re.compile(
    rf"(?i:(?:{_UNMARKED}|image\s(?:source|copyright|credit),?)\s+(?:/\s)?|(?:{_UNMARKED}|credits?)\.\.\.\s*)"
    r"(?=[^\Wa-z\d_])([^()\[\]\n:]{2,90}?)\s*[)\]]?\.?\s*$"
)
_EDGE = re.compile(r"(?<=[.!?…”“\"»)])\s+(?:[-–—]\s?)?|\s[|–—-]\s|,\s(?=(?i:fot\.))|[(\[]\s*")
_LONGEST_UNMARKED = 110


def _unmarked(text: str, language: str | None) -> Credit | None:
    """A label that no mark follows, with nothing but names behind it: Foto Anna Berg / ANP, (foto Ansa), Beeld ANP."""
    found = _find_unmarked(text)
    if not found:
        return None
    edge, m = found
    pieces = _pieces(_VIA.sub("/", m[1]))
    if not pieces or len(pieces) > 4 or not all(_credited(p, language) for p in pieces):
        return None
    return _make(text, m.start(1), m.end(1), caption_end=edge, language=language, confidence=0.85, labelled=True)


def _credited(piece: str, language: str | None) -> bool:
    """Whether a part of a credit is a known agency or paper, or a name of which a part is known."""
    return find_agency(piece) is not None or name_likeness(piece, language) >= 0.6 or find_row(name=piece) is not None


def _find_unmarked(text: str) -> tuple[int, re.Match[str]] | None:
    """(where the caption ends, the label and what follows it) at the start of a line, a last sentence or a bracket."""
    start = len(text) - len(text.lstrip(" *•|"))
    if len(text) <= _LONGEST_UNMARKED and (m := _UNMARKED_AT.match(text, start)):
        return start, m
    for edge in _EDGE.finditer(text, max(0, len(text) - _LONGEST_UNMARKED)):
        if m := _UNMARKED_AT.match(text, edge.end()):
            return edge.start(), m
    return None


def _label_at(text: str, mark: re.Match[str]) -> int | None:
    """Where the label that ends in a mark begins: Photo: X, Foto von X, © X, courtesy of X; None for another mark."""
    sign = mark[0].casefold()
    known = _PICTURES if sign in {"by", "von", "courtesy"} else every("label")
    left = text[max(0, mark.start() - 40) : mark.start()].rstrip(" \u00a0")
    at, words = len(left), 0
    while at > 0 and words < 3:  # the last word, the last two, the last three
        at = max(left.rfind(" ", 0, at - 1), left.rfind("/", 0, at - 1), left.rfind("(", 0, at - 1)) + 1
        words += 1
        phrase = left[at:].lstrip('([*•|–—\u201c"')
        if phrase.casefold() in known:
            return mark.start() - len(text[max(0, mark.start() - 40) : mark.start()]) + at
        if words == 1 and (glued := _GLUED.search(phrase)) and phrase[glued.start() + 1 :].casefold() in known:
            return mark.start() - len(text[max(0, mark.start() - 40) : mark.start()]) + at + glued.start() + 1
    if sign in {"©", "ⓒ", "courtesy"} or (sign == "(c)" and text[mark.end() : mark.end() + 2].strip()[:1].isupper()):
        return mark.start()
    return None


_SIGNS = ("©", "ⓒ", "=", "＝", "：", "(c)", " via ", "courtesy", "撮影", "提供", "제공")
_BRACKETS, _FIGURES = frozenset("])）］】"), frozenset("0123456789%")
_SLASH = re.compile(r"/(?<=[^0-9:/]/)(?![0-9/])")
"""A slash that stands in no day (3/9/2023)."""
_ADDRESS = ("http://", "https://")
_LONGEST_END = 300
"""Characters at the end of a long paragraph in which a credit with its label stands."""
_DASHED = re.compile(r"[.!?] [-–—] ?[A-ZÀ-Þ]")
"""A dash behind the last sentence of a caption."""
_PLAIN_SIGNS = tuple(sign for sign in _SIGNS if sign.isascii())
_AROUND = " .,;:()[]/|-–—"
_LABELS, _LABELS_BY = tuple(every("label")), (*_PICTURES, "provided", "supplied", "submitted", "contributed")
_TAILS = frozenset(label[-3:] for label in (*_LABELS, *_LABELS_BY))
"""How labels end: most words before a mark end otherwise."""
_UNMARKED_WORDS = frozenset(word.partition(" ")[0] for word in every("label") & (every("photographer") | _PICTURES)) | {
    "image",
    "credit",
    "credits",
}


def may_hold_credit(text: str, *, labelled: bool = False) -> bool:
    """Whether a line holds anything that a credit needs, or one that is `labelled`; cheap, for asking of every line."""
    bare = text.rstrip(" .")
    if (bare[-1:] in _BRACKETS and not labelled and bare[-2:-1] not in _FIGURES) or text[-1] in "摄攝":
        return True
    low = (text[-_LONGEST_END:] if labelled else text).lower()
    for sign in _PLAIN_SIGNS if low.isascii() else _SIGNS:
        if sign in low:
            return True
    slashed = "/" in low and not labelled and not low.startswith(_ADDRESS)
    if slashed and _SLASH.search(low, 0 if len(text) < 200 else len(text) - 80):
        return True
    if ":" in low or " by " in low or " von " in low:
        return _after(_LABELS, ":", low) or _after(_LABELS_BY, " by", low) or _after(_LABELS_BY, " von", low)
    if ("—" in text or " – " in text or ". - " in text) and _DASHED.search(text, max(0, len(text) - 60)):
        return True
    last = bare.rpartition(" ")[2]
    known = last.lower().strip(",;:-–—") in known_names()
    if last.isupper() and len(last) > 3 and bare[: -len(last)].rstrip()[-3:].isupper():
        return True  # MARIANNE BERMUDEZ
    small = len(text) >= 60 and last[:1].islower()
    if small and not known:
        return False  # a sentence: a credit ends with a name
    if _may_be_unmarked(low) and _find_unmarked(text):
        return True
    if known and not small and find_agency(last):
        return True
    return len(text) < 80 and low.strip(_AROUND).removeprefix("the ") in known_names() and find_agency(text) is not None


def _after(labels: tuple[str, ...], mark: str, low: str) -> bool:
    """Whether a mark stands behind what may be a label."""
    at = low.find(mark)
    while at >= 0:
        left = low[max(0, at - 40) : at].rstrip()
        if not _TAILS.isdisjoint((left[-3:], left[-2:], left[-1:])) and left.endswith(labels):
            return True
        at = low.find(mark, at + 1)
    return False


def _may_be_unmarked(low: str) -> bool:
    """Whether a word of a line is a label by itself; of a long line, one of its last words."""
    return not _UNMARKED_WORDS.isdisjoint(low[-_LONGEST_UNMARKED:].split()) or "..." in low


def _stop(text: str, begin: int) -> int:
    """Where a labelled credit ends: at the end of the line, or where a sentence begins after it."""
    end = text.find("\n", begin)
    end = len(text) if end < 0 else end
    m = re.search(r"(?<=[a-zà-ÿ0-9])\.\s+(?=[A-ZÀ-Þ][a-zà-ÿ]+\s+[a-zà-ÿ])", text[begin:end])
    return begin + m.start() if m and m.start() > 3 else end


def _bracketed(text: str, language: str | None) -> Credit | None:
    m = _BRACKETED.search(text)
    if not m:
        return None
    group = 1 if m[1] else 2
    inner = m[group]
    bare = not text[: m.start()].strip(" *•-")
    known = _known(inner)
    words = inner.split()
    square = group == 1
    if not known:
        slashed = "/" in inner and name_likeness(inner.split("/")[0], language) >= 0.5
        if not (
            slashed
            or (square and not bare and len(words) <= 6 and (is_upper(inner) or name_likeness(inner, language) >= 0.6))
        ):
            return None
    if known and not square and len(words) > 12:
        return None
    before = _NAME_BEFORE.search(text, max(0, m.start() - 60), m.start())
    if not square and len(words) < 3 and before and name_likeness(before[1], language) >= 0.6:
        # Samuel Quirós (EFE)
        return _make(text, before.start(1), m.end(), caption_end=before.start(1), language=language, confidence=0.95)
    return _make(
        text, m.start(group), m.end(group), caption_end=m.start(), language=language, confidence=0.95 if known else 0.75
    )


def _bare(text: str, language: str | None) -> Credit | None:
    """A whole line that is nothing but a credit: names and agencies between slashes, or “… via X”."""
    line = text.strip()
    if len(line) > 120 or "\n" in line:
        return None
    agency = find_agency(line)
    if agency and (agency.kind == "photo" or is_upper(line)):
        start = text.find(line)
        return _make(text, start, start + len(line), caption_end=start, language=language, confidence=0.6)
    if not any(sign in line for sign in "/|©") and not ("via" in line.lower() and _VIA.search(line)):
        return None
    parts = [p for p in _SPLIT.split(_VIA.sub("/", line)) if p]
    if not 2 <= len(parts) <= 6:
        return None
    dash = _DASH.search(line)
    if dash and len(parts) > 2 and _is_caption(line[: dash.start()], language):
        start = text.find(line) + dash.end()  # Crianças no pátio - Ana Souza/Folhapress
        return _make(text, start, len(text), caption_end=start, language=language, confidence=0.75)
    if sum(len(p) for p in parts) > 90 or not (any(map(find_agency, parts)) or _of_paper(parts, line, language)):
        return None
    if any(len(p.split()) > 5 or _SENTENCE.search(p) for p in parts):
        return None
    start = text.find(line)
    return _make(text, start, start + len(line), caption_end=start, language=language, confidence=0.75)


_DASH = re.compile(r"\s[-–—]\s")


def _is_caption(words: str, language: str | None) -> bool:
    """Whether words before a dash are a caption's: some of them small, and no name or agency."""
    small = any(word[0].islower() for word in words.split())
    return small and find_agency(words) is None and name_likeness(words, language) < 0.5


def _trailing(text: str, language: str | None) -> Credit | None:
    """After the last full stop of a caption: Park Jae-won/Yonhap, REUTERS/X, X via Getty Images."""
    m = _TRAILING.search(text.rstrip())
    if not m:
        return None
    tail = m[1].strip(" |–—-")
    known = _known(tail)
    parts = [p for p in _SPLIT.split(_VIA.sub("/", tail)) if p]
    slashed = len(parts) > 1 and ("/" in tail or "|" in tail or _VIA.search(tail))
    told = known and (slashed or find_agency(tail) is not None or _SUPPLIED.match(tail) is not None)
    # In capitals, as if set in another type: THIBAUT LORAND POUR « LE COURANT »
    capitals = is_upper(tail) and " " in parts[0] and name_likeness(parts[0], language) >= 0.6 if parts else False
    if len(tail.split()) > 9 or not (told or capitals or (slashed and _of_paper(parts, tail, language))):
        return None
    at = text.rfind(tail)
    return _make(text, at, at + len(tail), caption_end=at, language=language, confidence=0.85 if slashed else 0.7)


def _of_paper(parts: list[str], text: str, language: str | None) -> bool:
    """A person and the paper behind a slash, though no table knows the paper: Tom Reyes/The Millbrook Courier."""
    if len(parts) != 2 or "/" not in text or any(map(str.isdigit, text)):
        return False
    person, paper = parts
    named = " " in person and name_likeness(person, language) >= 0.7
    return named and len(paper.split()) <= 6 and (paper.startswith("The ") or is_paper(paper))


def _known(inner: str) -> bool:
    """Whether a credit names an agency or carries a supplier's word."""
    if _LEADING.match(inner) or _SUPPLIED.match(inner):
        return True
    if any(find_agency(p) for p in _SPLIT.split(_VIA.sub("/", inner)) if p):
        return True
    return any(p.strip().casefold() in every("supplier") for p in (inner, *_SPLIT.split(inner)) if p)


def _make(
    text: str,
    start: int,
    end: int,
    *,
    caption_end: int,
    language: str | None,
    confidence: float,
    labelled: bool = False,
) -> Credit | None:
    if rights := _RIGHTS.search(text, start, end):
        end = rights.start()
    start, end = _strip(text, start, end)
    while m := _LEADING.match(text[start:end]):
        if not m[0]:
            break
        start, end = _strip(text, start + m.end(), end)
    printed = text[start:end]
    if len(printed) < 2 or len(printed) > 200 or _NOISE.match(printed) or not re.search(r"[^\W\d_]", printed):
        return None
    if _YEAR_MARK.match(printed):  # © 2023 Paper Ltd is a notice of rights, not a credit
        return None
    photographers, agencies, orgs, distributor = _parts(printed, language)
    caption = text[:caption_end].strip(" \t\u00a0\n|/–—-([") or None
    return Credit(
        credit=printed,
        start=start,
        end=end,
        caption=caption,
        photographers=photographers,
        agencies=tuple(
            Agency(name=a.name, abbreviation=a.abbreviations[0] if a.abbreviations else None, role="photo", kind=a.kind)
            for a in agencies
        ),
        distributor=distributor,
        source_org=orgs,
        labelled=labelled,
        confidence=confidence,
    )


def _parts(
    printed: str, language: str | None
) -> tuple[tuple[Creator, ...], list[AgencyRow], tuple[str, ...], str | None]:
    """(photographers, agencies, other organisations, distributor) of a credit's wording."""
    made, *passed = _VIA.split(_AGENCY_IN_BRACKETS.sub(r" / \1", printed))
    photographers: list[Creator] = []
    agencies: list[AgencyRow] = []
    orgs: list[str] = []
    supplied = _SUPPLIED.match(made)
    if supplied:
        orgs.append(made[supplied.end() :].strip())
        made = ""
    for part in _pieces(made):
        agency = find_agency(part)
        if agency:
            if agency.name == "AP Photo":
                agency = find_agency("Associated Press") or agency
            if agency not in agencies:
                agencies.append(agency)
            continue
        bare = re.sub(r"\s*(?:기자|記者|记者|撮影|摄|攝|제공|특파원)$|^(?:记者|記者)\s?", "", part)
        if name_likeness(bare, language) >= (0.35 if bare != part else 0.5):
            photographers.append(read_name(bare, language))
        elif part.casefold() not in every("supplier") and part.casefold() not in every("label"):
            orgs.append(part)
    distributor = None
    for part in passed:
        agency = find_agency(part)
        if agency and agency not in agencies:
            agencies.append(agency)
        distributor = (agency.name if agency else part.strip())[:2000] or None
        if not agency and distributor:
            orgs.append(distributor)
    return tuple(photographers), agencies, tuple(o for o in orgs if o), distributor


def _pieces(made: str) -> list[str]:
    """The parts of a credit; “A and B” is divided where both sides look like people."""
    pieces: list[str] = []
    for part in _SPLIT.split(made):
        halves = _AND.split(part)
        both = len(halves) > 1 and all(name_likeness(h) >= 0.4 or find_agency(h) for h in halves)
        pieces += halves if both else [part]
    return [p.strip(" .()[]") for p in pieces if p and p.strip(" .()[]")]

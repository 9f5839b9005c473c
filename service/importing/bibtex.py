"""BibTeX and biblatex: each entry by itself, so that a brace too few costs one entry and not the file."""

import re
from collections.abc import Iterator

from pybtex.database.input.bibtex import LowLevelParser, month_names
from pybtex.exceptions import PybtexError

from service.importing import dates, kinds, tex
from service.importing.draft import FIELDS as ARTICLE
from service.importing.draft import SCALAR, Draft, Fault, unfold

KINDS = {
    "newspaper": "article-newspaper",
    "magazine": "article-magazine",
    "weblog": "post-weblog",
    "blog": "post-weblog",
    "webpage": "webpage",
    "broadcast": "broadcast",
    "interview": "interview",
    "photograph": "graphic",
    "article": "article-newspaper",
    "news": "article-newspaper",
    "online": "webpage",
    "electronic": "webpage",
    "www": "webpage",
    "image": "graphic",
    "artwork": "graphic",
    "video": "broadcast",
}
FIELDS = {
    "title": "headline",
    "shorttitle": "short_title",
    "titleaddon": "subtitle",
    "subtitle": "subtitle",
    "origtitle": "original_title",
    "journal": "publication.name",
    "journaltitle": "publication.name",
    "howpublished": "publication.name",
    "organization": "publication.name",
    "address": "publication.place",
    "location": "publication.place",
    "publisher": "publication.publisher",
    "edition": "edition",
    "pages": "page",
    "type": "genre",
    "abstract": "abstract",
    "copyright": "rights",
    "rights": "rights",
    "language": "language",
}
RAW = {"url": "url", "doi": "doi"}
CREATORS = {"author": "authors", "editor": "editors", "translator": "translators", "editora": "contributors"}
IGNORED = {
    "entrysubtype",
    "editoratype",
    "key",
    "year",
    "month",
    "day",
    "date",
    "urldate",
    "keywords",
    "issn",
    "langid",
}
ENTRY = re.compile(r"^[ \t]*@[ \t]*\w+[ \t]*[{(]", re.MULTILINE)
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
NUMBERED = re.compile(r"([a-z_]+)-([1-9][0-9]*)")
"""`photos-1`: the exporter's name for the rest of one thing of a list."""

MERGES = 3
"""Lines that look like the beginning of an entry may stand in an abstract: so many are tried as a part of it."""

MERGES_A_FILE = 200
"""Where more entries than this are broken the file is not made of abstracts, and trying would take minutes."""


def read(text: str) -> Iterator[Draft | Fault]:
    """The entries, in order; @string is known to all that follow it."""
    begins = [found.start() for found in ENTRY.finditer(text)]
    macros, text_of = dict(month_names), tex.Text()
    line, counted, n, merges = 1, 0, 0, 0
    while n < len(begins):
        line, counted = line + text.count("\n", counted, begins[n]), begins[n]
        ends = [*begins[n + 1 : n + 2 + MERGES], len(text)][: MERGES + 1]
        found, reason = _commands(text[begins[n] : ends[0]], macros)
        taken = 1
        for more, end in enumerate(ends[1:], 2):
            if not reason or merges > MERGES_A_FILE:
                break
            merges += 1
            longer, fault = _commands(text[begins[n] : end], macros)
            if not fault:
                found, reason, taken = longer, "", more
        n += taken
        if reason:
            yield Fault(line, reason)
            continue
        for kind, fields in found:
            yield _draft(line, kind, fields, text_of)


def _commands(chunk: str, macros: dict[str, str]) -> tuple[list[tuple[str, dict[str, str]]], str]:
    """The entries of a piece of the file (one, where it is sound), and what is wrong with it."""
    reasons: list[str] = []
    found = []
    parser = LowLevelParser(chunk, macros=macros, handle_error=lambda error: reasons.append(str(error)))
    try:
        for command, parts in parser:
            if len(parts) == 2 and command.lower() != "string" and parts[0] and parts[1] is not None:
                found.append((command.lower(), {name.lower(): "".join(value) for name, value in parts[1]}))
    except (PybtexError, RecursionError) as error:
        reasons.append(str(error))
    return found, "; ".join(reasons)[:500]


def _draft(line: int, kind: str, fields: dict[str, str], text: tex.Text) -> Draft:
    draft = Draft(line)
    kinds.put(draft, _kind(kind, fields), KINDS)
    others = {}
    for name, value in fields.items():
        if name in FIELDS:
            if FIELDS[name] not in draft.values:
                draft.put(FIELDS[name], text.plain(value))
        elif name in RAW:
            draft.put(RAW[name], value)
        elif name in CREATORS:
            for parts in text.names(value):
                draft.person(CREATORS[name], parts)
        elif name not in IGNORED:
            others[name] = value
    for keyword in text.keywords(fields.get("keywords", "")):
        draft.add("keywords", keyword)
    for issn in fields.get("issn", "").split(","):
        draft.add("publication.issn", issn)
    _language(draft, fields)
    _dates(draft, fields, text)
    _rest(draft, others, text)
    return draft


def _kind(kind: str, fields: dict[str, str]) -> str:
    """The subtype where it is known; an @article with volume or number is from a journal."""
    subtype = fields.get("entrysubtype", "").lower()
    if subtype in KINDS:
        return subtype
    return "journal" if kind == "article" and ("volume" in fields or "number" in fields) else kind


def _language(draft: Draft, fields: dict[str, str]) -> None:
    """A tag, or babel's name for one (langid first, since `language` may be a word)."""
    written = fields.get("langid") or draft.values.get("language")
    if written:
        found = LANGUAGES.get(written.lower(), written)
        draft.values.pop("language", None)
        if LANGUAGE.fullmatch(found):
            draft.put("language", found)


def _dates(draft: Draft, fields: dict[str, str], text: tex.Text) -> None:
    """Biblatex's date, else year, month and day; `month` may hold the day too (`sep # "~3"`)."""
    dates.put(draft, "accessed", fields.get("urldate"))
    if "date" in fields:
        dates.put(draft, "published", fields["date"])
    else:
        parts = [text.plain(fields.get(name, "")) for name in ("day", "month", "year")]
        month = parts[1].replace("\N{NO-BREAK SPACE}", " ")
        if month.isdigit():
            dates.put(draft, "published", f"{parts[2]}-{month}-{parts[0]}".rstrip("-"))
        else:
            dates.put(draft, "published", " ".join(filter(None, (parts[0], month, parts[2]))))


def _rest(draft: Draft, others: dict[str, str], text: tex.Text) -> None:
    """Fields of our own names, and what nobody knows."""
    lines = []
    for written, value in others.items():
        name = NUMBERED.sub(r"\1.\2", written)
        if name.split(".")[0] in ARTICLE and (name in SCALAR or "." in name or name not in FIELDS):
            lines.append(f"{name}: {text.plain(value)}")
        elif name not in ("note", "file", "timestamp", "owner", "volume", "number", "issue", "eprint", "howpublished"):
            draft.doubts.append(f"the field {name} has no place in an article")
    draft.rest, unknown = unfold(lines)
    draft.doubts += [f"not understood: {line[:200]}" for line in unknown]


LANGUAGES = {
    "american": "en-US",
    "arabic": "ar",
    "australian": "en-AU",
    "bokmål": "nb",
    "brazil": "pt-BR",
    "brazilian": "pt-BR",
    "british": "en-GB",
    "bulgarian": "bg",
    "canadian": "en-CA",
    "catalan": "ca",
    "chinese": "zh",
    "croatian": "hr",
    "czech": "cs",
    "danish": "da",
    "dutch": "nl",
    "english": "en",
    "estonian": "et",
    "farsi": "fa",
    "finnish": "fi",
    "francais": "fr",
    "french": "fr",
    "german": "de",
    "greek": "el",
    "hebrew": "he",
    "hindi": "hi",
    "hungarian": "hu",
    "italian": "it",
    "japanese": "ja",
    "korean": "ko",
    "latvian": "lv",
    "lithuanian": "lt",
    "magyar": "hu",
    "naustrian": "de-AT",
    "newzealand": "en-NZ",
    "ngerman": "de-DE",
    "norsk": "nb",
    "nswissgerman": "de-CH",
    "nynorsk": "nn",
    "persian": "fa",
    "polish": "pl",
    "portuguese": "pt",
    "romanian": "ro",
    "russian": "ru",
    "serbian": "sr",
    "slovak": "sk",
    "slovene": "sl",
    "slovenian": "sl",
    "spanish": "es",
    "swedish": "sv",
    "thai": "th",
    "turkish": "tr",
    "ukenglish": "en-GB",
    "ukrainian": "uk",
    "usenglish": "en-US",
    "vietnamese": "vi",
}
"""Language tags for babel's names (biblatex: langid)."""

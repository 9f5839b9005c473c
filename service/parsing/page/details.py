"""Language, address, abstract, keywords, rights, access, kind, page and edition: what metadata say plainly."""

import re
from urllib.parse import urlsplit

from schemas.article import Kind
from schemas.document import DECK
from schemas.evidence import Source
from service.parsing.page.candidate import Candidate, fold, line, passage, tidy
from service.parsing.page.structured import Item, absolute, name_of, types_of
from service.parsing.page.view import View
from service.parsing.page.words import folded, words

LANGUAGE_METAS = ("og:locale", "content-language", "language", "dc.language", "dcterms.language")
LANGUAGE = re.compile(r"^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}$")


def find_language(view: View, items: list[Item], given: str | None) -> Candidate | None:
    """A BCP 47 tag: the html element's, unless the article's own object or the locale say it more closely."""
    rows: list[Candidate] = []
    if given:
        rows.append(Candidate(given, "given", "given by the sender", 1.0))
    if view.document.language:
        rows.append(
            Candidate(
                view.document.language, "dom", "lang of the html element", 0.8, "html[lang]", view.document.language
            )
        )
    for item in items[:1]:
        spoken = item.text("inLanguage")
        if spoken:
            rows.append(Candidate(spoken, item.data.source, "inLanguage", 0.7, f"{item.data.path}/inLanguage", spoken))
    rows += [
        Candidate(value, "meta", "language in a meta tag", 0.6, f"meta[{name}]", value)
        for name, value in view.first_metas(LANGUAGE_METAS)
    ]
    for row in rows:
        tag = tidy(row.value).replace("_", "-").split(",")[0]
        if LANGUAGE.match(tag):
            primary, _, rest = tag.partition("-")
            tag = primary.lower() + (f"-{rest.upper() if len(rest) == 2 else rest}" if rest else "")
            return Candidate(tag, row.source, row.rule, row.confidence, row.path, row.quote)
    return None


def find_address(view: View, given: str | None, items: list[Item]) -> Candidate | None:
    """The canonical address; a canonical link to the front page or to another host's front page is none."""
    base = given or view.document.url or ""
    rows: list[Candidate] = []
    if view.canonical:
        rows.append(Candidate(view.canonical, "dom", "canonical link", 0.95, "link[rel=canonical]", view.canonical))
    og = view.meta("og:url")
    if og:
        rows.append(Candidate(og, "meta", "og:url", 0.8, "meta[og:url]", og))
    for item in items[:1]:
        value = item.values("url")[:1]
        if value and isinstance(value[0], str):
            rows.append(Candidate(value[0], item.data.source, "url", 0.6, f"{item.data.path}/url", value[0]))
    if base:
        rows.append(Candidate(base, "given", "address given by the sender", 0.7))
    for row in rows:
        try:
            address = absolute(tidy(row.value), base)
            parts = urlsplit(address)
        except ValueError:
            continue
        if parts.scheme not in {"http", "https"} or not parts.netloc or len(address) > 8192 or " " in address:
            continue
        if (
            row.source != "given"
            and base
            and parts.path in {"", "/"}
            and not parts.query
            and urlsplit_path(base) not in {"", "/"}
        ):
            continue
        return Candidate(address, row.source, row.rule, row.confidence, row.path, row.quote)
    return None


def urlsplit_path(address: str) -> str:
    """The path of an address, empty where it cannot be read."""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def find_abstract(view: View, items: list[Item], headline: str | None) -> Candidate | None:
    """The description of metadata."""
    title = fold(headline or "")
    for name, value in view.first_metas(words().abstract_metas):
        clean = passage(tidy(value))
        if clean and len(clean) > 20 and fold(clean) != title:
            return Candidate(clean, "meta", "description in a meta tag", 0.7, f"meta[{name}]", value)
    for item in items[:1]:
        for name in ("description", "abstract"):
            clean = passage(item.text(name))
            if clean and len(clean) > 20 and fold(clean) != title:
                return Candidate(clean, item.data.source, name, 0.7, f"{item.data.path}/{name}", clean)
    return None


def find_subtitle(view: View, element: int, headline: str | None) -> Candidate | None:
    """The deck: an element that the markup calls so, right after the headline and before the text."""
    if element < 0:
        return None
    end = view.elements[element].end
    for index in range(element + 1, min(len(view.elements), element + 60)):
        row = view.elements[index]
        if row.start > end + 400:
            break
        size = row.end - row.start
        if (
            view.own[index] & DECK
            and row.start >= end
            and 15 < size < 500
            and row.tag not in {"body", "main", "article", "img"}
        ):
            text = view.words(index)
            if "\n" in view.text[row.start : row.end] and size > 300:
                continue
            if fold(text) and fold(text) != fold(headline or ""):
                return Candidate(
                    text,
                    "dom",
                    "the markup calls it the deck",
                    0.7,
                    index,
                    view.text[row.start : row.end],
                    row.start,
                    row.end,
                )
    return None


def find_keywords(view: View, items: list[Item]) -> Candidate | None:
    """Keywords of the article: tags, the object's own, news_keywords; not a site's general ones."""
    rows: list[tuple[list[str], Source, str]] = [(list(view.metas.get("article:tag", ())), "meta", "meta[article:tag]")]
    for item in items[:1]:
        texts = [name_of(value) for value in item.values("keywords")]
        own = [word for text in texts for word in (split_words(text) if "," in text or ";" in text else [text])]
        rows.append((own, item.data.source, f"{item.data.path}/keywords"))
    rows += [(split_words(value), "meta", f"meta[{name}]") for name, value in view.first_metas(words().keyword_metas)]
    for row, source, place in rows:
        seen: dict[str, str] = {}
        for word in row:
            text = line(word)
            if text and len(text) <= 100 and not text.lower().startswith(("http", "tag:")):
                seen.setdefault(fold(text) or text, text)
        if seen:
            kept = tuple(seen.values())[:60]
            return Candidate(kept, source, "keywords", 0.7, place, ", ".join(kept))
    return None


def split_words(text: str) -> list[str]:
    """`a, b; c` → words."""
    return text.replace(";", ",").split(",")


def find_rights(view: View, items: list[Item]) -> Candidate | None:
    """A copyright notice of metadata, or the licence it links."""
    for name, value in view.first_metas(words().rights_metas):
        if passage(value):
            return Candidate(tidy(value), "meta", "rights in a meta tag", 0.7, f"meta[{name}]", value)
    for item in items[:1]:
        for name in ("copyrightNotice", "license"):
            text = item.text(name)
            if text:
                return Candidate(text, item.data.source, name, 0.7, f"{item.data.path}/{name}", text)
    licence = next((row.value for row in view.page.links if row.name == "license"), None)
    return (
        Candidate(tidy(licence), "dom", "license link", 0.7, "link[rel=license]", licence)
        if licence and tidy(licence)
        else None
    )


def find_access(view: View, items: list[Item]) -> Candidate | None:
    """`free`, `metered` or `locked`, from isAccessibleForFree and content tiers."""
    for item in items[:2]:
        for value in item.values("isAccessibleForFree")[:1]:
            text = str(value).rsplit("/", 1)[-1].lower()
            if text in {"true", "false"}:
                path = f"{item.data.path}/isAccessibleForFree"
                return Candidate(
                    "free" if text == "true" else "locked",
                    item.data.source,
                    "isAccessibleForFree",
                    0.85,
                    path,
                    str(value),
                )
    for name, value in view.first_metas(words().access_metas):
        text = tidy(value).lower()
        if text in {"free", "metered", "locked"}:
            return Candidate(text, "meta", "content tier", 0.85, f"meta[{name}]", value)
        if text in {"premium", "paid", "plus", "subscriber", "subscribers"}:
            return Candidate("locked", "meta", "content tier", 0.8, f"meta[{name}]", value)
    return None


def kinds_of_whole(part: object) -> set[str]:
    """The types of what an article is part of, and of what that is part of: an issue of a periodical."""
    found: set[str] = set()
    for _ in range(3):
        if not isinstance(part, dict):
            break
        found.update(types_of(part))
        part = part.get("isPartOf")
    return found


def find_kind(view: View, items: list[Item], medium: str | None) -> Kind:
    """CSL's type: by the publication where it is known, else by what the page calls itself."""
    if medium in {"newspaper", "agency"}:
        return "article-newspaper"
    if medium == "magazine":
        return "article-magazine"
    kinds = {kind for item in items[:2] for kind in types_of(item.data.value)}
    wholes = {kind for item in items[:2] for part in item.values("isPartOf") for kind in kinds_of_whole(part)}
    if "newspaper" in wholes:
        return "article-newspaper"
    if "periodical" in wholes:
        return "article-magazine"
    if kinds & {"blogposting"} or (
        "wordpress" in (view.meta("generator") or "").lower() and not any("news" in k for k in kinds)
    ):
        return "post-weblog"
    if medium == "broadcaster":
        return "webpage"
    if any("newsarticle" in kind for kind in kinds):
        return "article-newspaper" if medium is None else "webpage"
    return "webpage"


def printed_page(items: list[Item]) -> tuple[Candidate | None, Candidate | None]:
    """(page, edition) of the printed paper, where the object gives them."""
    found: list[Candidate | None] = []
    for names in (("printPage", "pageStart", "pagination"), ("printEdition",)):
        row = None
        for item in items[:1]:
            for name in names:
                text = line(item.text(name))
                if text and len(text) < 60 and row is None:
                    row = Candidate(text, item.data.source, name, 0.8, f"{item.data.path}/{name}", text)
        found.append(row)
    return found[0], found[1]


def find_genre(items: list[Item], section: tuple[str, ...]) -> Candidate | None:
    """Opinion and its like, where the object's type or the section say so plainly."""
    for item in items[:1]:
        for kind in types_of(item.data.value):
            if kind == "opinionnewsarticle":
                return Candidate(
                    "Opinion", item.data.source, "type of the article", 0.85, f"{item.data.path}/@type", kind
                )
    for step in section[-2:]:
        if fold(step) in folded("opinion"):
            return Candidate(step, "dom", "section is a genre", 0.6, None, step)
    return None

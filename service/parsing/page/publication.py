"""Where the article was published: the table by domain, the site's own name, the publisher of the structured data."""

import re
from urllib.parse import urlsplit

import msgspec

from schemas.article import Publication
from service.parsing.page.candidate import Candidate, fold, line, tidy
from service.parsing.page.structured import Item, name_of, resolved, types_of
from service.parsing.page.view import View
from service.parsing.page.words import words
from service.parsing.publication import find_publication

PARTS = re.compile(r"\s+(?:-|–|—|\||:|·|•|»)\s+")
BARE = re.compile(r"^(?:https?://)?(?:www\.)?([\w-]+(?:\.[\w-]+)+)/?$")


def host_of(address: str) -> str | None:
    """The host of an address, without www."""
    try:
        host = urlsplit(address).hostname
    except ValueError:
        return None
    return host.removeprefix("www.").rstrip(".") or None if host and "." in host else None


def site_names(view: View, items: list[Item], index: dict[str, dict[str, object]], host: str | None) -> list[Candidate]:
    """Every name the page gives its site, the most trusted first."""
    found: list[Candidate] = []
    for name, value in view.first_metas(words().site_metas):
        text = tidy(value)
        if text and not text.isdigit() and not text.startswith("@"):
            trust = 0.7 if name == "og:site_name" else 0.5
            found.append(Candidate(text, "meta", "site name in a meta tag", trust, f"meta[{name}]", value))
    for item in items:
        for value in item.values("publisher"):
            whole = resolved(value, index)
            text = name_of(whole)
            if text and not text.startswith("http"):
                path = f"{item.data.path}/publisher"
                found.append(
                    Candidate(text, item.data.source, "publisher of the article", 0.65 * item.trust + 0.1, path, text)
                )
    for row in view.page.data:
        if "website" in types_of(row.value):
            text = name_of(row.value.get("name"))
            if text:
                found.append(Candidate(text, row.source, "name of the site", 0.5, f"{row.path}/name", text))
    if host:
        found.append(Candidate(host.rsplit(".", 1)[0].rsplit(".", 1)[-1], "url", "host", 0.3, None, host))
    return found


def find_publisher(view: View, names: list[Candidate], host: str | None) -> tuple[Publication | None, list[Candidate]]:
    """The publication with the evidence for it. The table knows the place and country; the page its own name."""
    known = find_publication(domain=host) if host else None
    if known is not None and host:
        table = Candidate(known.name, "table", "known by its domain", 0.9, None, host)
        agreeing = [c for c in names if c.source != "url" and alike(c.value, known)]
        return msgspec.structs.replace(known, domain=host[:2000]), [table, *agreeing[:2]]
    for name in names:
        if name.source == "url" or BARE.match(name.value):
            continue
        text = line(own_part(name.value, host))
        if not text:
            continue
        known = find_publication(name=text)
        if known is not None:
            return msgspec.structs.replace(known, domain=host[:2000] if host else known.domain), [name]
        return Publication(name=text, domain=host[:2000] if host else None, medium="web"), [name]
    if host:
        # A blog whose page never says its name: the name is the last part of the page's title, or the address.
        for part in reversed(re.split(r"\s+[|·»«–—-]\s+", view.page.title or "")[1:]):
            if fold(part).replace(" ", "") and fold(part).replace(" ", "") in fold(host).replace(" ", ""):
                title = Candidate(
                    part, "dom", "last part of the title, which the host repeats", 0.5, "head > title", view.page.title
                )
                return Publication(name=part[:2000], domain=host[:2000], medium="web"), [title]
        named = [c for c in names if c.source != "url"]
        if named:
            return Publication(name=named[0].value[:2000], domain=host[:2000], medium="web"), named[:1]
        return Publication(name=host[:2000], domain=host[:2000], medium="web"), [c for c in names if c.source == "url"]
    return None, []


def own_part(name: str, host: str | None) -> str:
    """Of a name with its motto (`News from the coast - Port Weekly`) the part that the host repeats, else the first."""
    parts = PARTS.split(name)
    spoken = fold(host or "").replace(" ", "")
    for part in parts if len(parts) > 1 else ():
        bare = fold(part).replace(" ", "")
        if len(bare) > 2 and bare in spoken:
            return part
    return parts[0] if len(name) > 40 else name


def alike(name: str, known: Publication) -> bool:
    """Does the page's own name mean the publication of the table?"""
    forms = [fold(n) for n in (known.name, known.native_name or "", known.short_name or "") if n]
    text = fold(name)
    return any(text == form or text in form or form in text for form in forms if form and text)

"""Where the article was published: the table by domain, the site's own name, the publisher of the structured data."""

import re
from itertools import islice
from urllib.parse import urlsplit

import msgspec

from schemas.article import Publication
from service.parsing.page.candidate import Candidate, fold, line, tidy
from service.parsing.page.structured import Item, name_of, resolved, types_of
from service.parsing.page.view import View
from service.parsing.page.words import folded, words
from service.parsing.publication import find_publication

PARTS = re.compile(r"\s+(?:-|–|—|\||:|·|•|»)\s+")
TITLE_PARTS = re.compile(
    r"\s+(?:[-–—|:·•»«›*]|::|//)\s+|\s*[｜：]\s*|\s+\|\|?\s*|:\s(?=[\w.]+$)|(?<=[^\x00-\xff])\s*[-_–—]{1,2}\s*(?=[^\x00-\xff])"
)
LONGEST_NAME = 60
NO_NAME = re.compile(r"^www\.|[#@]|https?:|[.!?]$")
FRONT_WORDS = re.compile(
    r"\b(?:logo|(?:zur |back to |go to )?(?:homepage|home page|home|startseite|front page)|accueil|inicio|forside)\b",
    re.IGNORECASE,
)
"""What a link to the front page is called besides the name."""
COMMON_LABELS = frozenset(
    ("www", "com", "blog", "blogs", "news", "wordpress", "blogspot", "online", "magazin", "magazine")
)
"""Parts of hosts that many hosts share."""
MOST_OF = 0.55
"""Of a host's label, the share that a name must spell."""
MOST_WORDS = 4
"""Words of a name that only holds a word of the host; a headline may do so by chance."""
RIGHTS = re.compile(r"©|\([cC]\)\s|[Cc]opyright|COPYRIGHT")
MOST_NOTICES = 40
ARTICLES = frozenset(("the", "der", "die", "das", "la", "le", "les", "el", "il", "lo", "l", "o", "a", "de", "het"))
UMLAUTS = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ø", "oe"), ("å", "aa"), ("æ", "ae"))
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
        if text and not text.isdigit() and not text.startswith("@") and fold(text) not in folded("platforms"):
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
    if all(BARE.match(row.value) for row in found) and (shown := in_title(view, host) or on_front_link(view, host)):
        found.append(shown)
    elif found and found[0].value.islower() and " " not in found[0].value:
        spelled = in_title(view, host)  # assiniboinesun: Assiniboine Sun
        if spelled is not None and fold(spelled.value).replace(" ", "") == fold(found[0].value):
            found.insert(0, spelled)
    if host:
        found.append(Candidate(host.rsplit(".", 1)[0].rsplit(".", 1)[-1], "url", "host", 0.3, None, host))
    return found


def in_title(view: View, host: str | None) -> Candidate | None:
    """The part of the page's title that names the site, if the page says it once more.

    A title's parts are headline, section and site in any order; only what the host, the link to the front page or the
    notice of rights repeats is the site's name.
    """
    whole = tidy(view.page.title or "")
    headings = {fold(view.words(index)) for index in view.tagged.get("h1", ())}
    parts = [part.strip(" *•|»«") for part in TITLE_PARTS.split(whole)]
    names = list(filter(may_be_name, reversed(parts)))
    if len(parts) < 2 or (parts[0] in names and fold(parts[0]) in headings):
        names = [name for name in names if name != parts[0]]
    opening = whole.partition(": ")[0]
    if len(parts) < 2 and opening != whole and may_be_name(opening) and names_host(opening, host):
        names = [opening]  # Bog & Fen: Pier to reopen
    said = [(name, "the host") for name in names if names_host(name, host)]
    if not said and names:
        labels = set(map(fold, front_labels(view, host)))
        said = [(name, "the link to the front page") for name in names if fold(name) in labels]
    if not said:
        said = [(name, "the notice of rights") for name in names if holds_rights(view, name)]
    if not said:
        return None
    name, how = max(said, key=lambda row: len(row[0]))
    return Candidate(name, "dom", f"part of the title, which {how} repeats", 0.5, "head > title", name)


def may_be_name(text: str) -> bool:
    """Is a text short and plain enough for a name?"""
    return 1 < len(text) <= LONGEST_NAME and not NO_NAME.search(text)


def names_host(name: str, host: str | None) -> bool:
    """Does a host spell a name or its initials, or a name hold all words of one of the host's labels?"""
    if not host:
        return False
    labels = host.casefold().split(".")[:-1]
    spelled = [label.replace("-", "") for label in labels]
    spelled.append("".join(spelled))
    bare = name.casefold()
    for sign, letters in UMLAUTS if not bare.isascii() else ():
        bare = bare.replace(sign, letters)
    for form in {fold(name), fold(bare), fold(bare.replace("&", " and ")), fold(bare.replace("&", " und "))}:
        words = form.split()
        if len(words) > 1 and words[0] in ARTICLES:
            words = words[1:]
        joined = "".join(words)
        if len(joined) > 2 and any(joined in label and len(joined) > MOST_OF * len(label) for label in spelled):
            return True
        for label in labels if len(words) <= MOST_WORDS else ():
            own = set(label.split("-")) - COMMON_LABELS
            if own.issubset(words) and any(len(word) > 2 for word in own):
                return True
    initials = "".join(word[0] for word in fold(name).split())
    return len(initials) > 2 and any(initials in label.split("-") for label in labels)


def front_labels(view: View, host: str | None) -> list[str]:
    """What the links to the front page are called: their text, their own label, that of their picture."""
    fronts = {"", *(f"{scheme}//{www}{host}" for scheme in ("https:", "http:", "") for www in ("", "www.") if host)}
    found: list[str] = []
    for index in view.tagged.get("a", ()):
        attributes = view.elements[index].attributes
        if (attributes.get("href") or "#").rstrip("/") not in fronts:
            continue
        inside = view.elements[index + 1 : view.elements[index].last + 1]
        labels = [view.words(index), attributes.get("title"), attributes.get("aria-label")]
        labels += [element.attributes.get("alt") for element in inside if element.tag == "img"]
        found += [text for label in labels if label and (text := tidy(label))]
    return found


def on_front_link(view: View, host: str | None) -> Candidate | None:
    """What the link to the front page is called, if the host repeats it: the name in the page's head."""
    for label in front_labels(view, host):
        name = " ".join(FRONT_WORDS.sub(" ", label).split()).strip(" -–|")
        if may_be_name(name) and not BARE.match(name) and names_host(name, host):
            return Candidate(name, "dom", "link to the front page, which the host repeats", 0.45, None, label)
    return None


def holds_rights(view: View, name: str) -> bool:
    """Does a notice of rights outside the article say a name?"""
    start, end = view.body
    for notice in islice(RIGHTS.finditer(view.text), MOST_NOTICES):
        if not start <= notice.start() < end and f" {fold(name)} " in f" {fold(view.text[notice.end() :][:120])} ":
            return True
    return False


def find_publisher(names: list[Candidate], host: str | None) -> tuple[Publication | None, list[Candidate]]:
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

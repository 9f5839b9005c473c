"""COinS: an OpenURL in the title of an empty span (NISO Z39.88), in the Dublin Core shape that Zotero reads."""

from html import escape
from urllib.parse import urlencode

from service.exporting.names import first, last, reading_order
from service.exporting.reference import Reference, strung
from service.exporting.zotero import TYPES

HEAD = (
    ("ctx_ver", "Z39.88-2004"),
    ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
    ("rfr_id", "info:sid/tearsheet"),
)
KEYS = (
    ("title", "rft.title"),
    ("container", "rft.source"),
    ("publisher", "rft.publisher"),
    ("place", "rft.place"),
    ("edition", "rft.edition"),
    ("page", "rft.pages"),
    ("issn", "rft.issn"),
    ("language", "rft.language"),
    ("abstract", "rft.description"),
    ("rights", "rft.rights"),
    ("section", "rft.section"),
    ("url", "rft.identifier"),
)


def entry(reference: Reference) -> str:
    """One span; the first author in two keys, every author, the first too, in `rft.au`."""
    found = [*HEAD, ("rft.type", TYPES[reference.article.kind])]
    found += [(target, reference.values[field]) for field, target in KEYS if field in reference.values]
    if "doi" in reference.values:
        found.append(("rft_id", f"info:doi/{reference.values['doi']}"))
    for n, creator in enumerate(reference.by("author")):
        if n == 0 and first(creator):
            found += [("rft.aufirst", first(creator)), ("rft.aulast", last(creator))]
        found.append(("rft.au", reading_order(creator)))
    found += [("rft.contributor", reading_order(creator)) for part, creator in reference.creators if part != "author"]
    found += [("rft.subject", keyword) for keyword in reference.article.keywords]
    if published := reference.dates.get("published"):
        found.append(("rft.date", published.day_text))
    return f'<span class="Z3988" title="{escape(urlencode(found))}"></span>\n'


write = strung(entry)

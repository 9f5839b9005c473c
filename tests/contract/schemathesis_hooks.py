"""What no JSON Schema can tell a generator: how a CSL style or a file in XML looks. The command `schemathesis run` reads it too."""

import schemathesis
from hypothesis import strategies

from service import exporting
from service.rendering import registry

schemathesis.openapi.format(
    "csl-style",
    strategies.sampled_from(["apa", "ieee", "modern-language-association", "nature", "chicago-notes-bibliography"]).map(
        lambda name: registry.find(name).path.read_text(encoding="utf-8")
    ),
)

FILES = {
    "application/mods+xml": '<mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><title>{}</title></titleInfo></mods>',
    "application/nitf+xml": "<nitf><body><body.head><hedline><hl1>{}</hl1></hedline></body.head></body></nitf>",
    "application/rdf+xml": (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:bib="http://purl.org/net/biblio#" xmlns:z="http://www.zotero.org/namespaces/export#"><bib:Article>'
        "<z:itemType>newspaperArticle</z:itemType><dc:title>{}</dc:title></bib:Article></rdf:RDF>"
    ),
}
TITLES = strategies.text(
    strategies.characters(min_codepoint=32, exclude_characters="<&>", exclude_categories=["Cs", "Cn"])
)

for media_type, file in FILES.items():
    # as bytes: a text is put into an element of its own, escaped
    schemathesis.openapi.media_type(media_type, TITLES.map(file.format).map(str.encode))

schemathesis.openapi.format("reference-format", strategies.sampled_from(sorted(exporting.FORMATS)))

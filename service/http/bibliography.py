"""POST /bibliography: what citeproc-js-server answers to the same question, from CSL-JSON items to its JSON.

Its shape is makeBibliography's of citeproc-js: parameters first, entries second. An unknown style is a 404 here (500
there), an unknown `responseformat` a 400 (200 and nothing there).
"""

import re
from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import Request, Response, post
from litestar.types import ControllerRouterHandler

from schemas.base import Base
from schemas.citation import Cite, Cluster
from schemas.csl import Item
from schemas.drop_in import BibliographyServerQuery
from service import rendering
from service.errors import BadInput, UnsupportedType
from service.http.body import JSON, convert, decode_json
from service.http.chain import sent_style
from service.http.negotiation import read_media_type
from service.http.problems import NotSent
from service.http.query import read_query
from service.http.running import LONG_LIST, run

MOST_ITEMS = 10_000

_WRAPS = {
    "html": ('<div class="csl-bib-body">\n', "</div>"),
    "text": ("", ""),
    "rtf": ("{\\rtf ", "}"),
}
"""What stands around the entries in each output of citeproc-js."""

_ENTRIES = {"html": '  <div class="csl-entry">{}</div>\n', "text": "{}\n", "rtf": "{}"}
_TYPES = {"html": "text/html", "text": "text/plain", "rtf": "text/rtf"}
_BARE_URL = re.compile(r"https?://[^\s<>]+?(?=[.,;:]?(?:\s|<|$))")
_CLUSTER_CITE = frozenset(Cite.__struct_fields__) | {"suppress-author", "author-only"}
_KNOWN = {field.encode_name for field in msgspec.structs.fields(Item)}


class Job(Base, frozen=True, kw_only=True):
    """What is rendered: items in order, the clusters asked for, and a style of the sender's own."""

    items: tuple[dict[str, Any], ...]
    clusters: tuple[Cluster, ...] = ()
    cluster_ids: tuple[str | None, ...] = ()
    csl: str | None = None


@post("/bibliography", name="bibliography", status_code=200)
async def bibliography(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The bibliography, and the citations where asked for, of CSL-JSON items."""
    query = read_query(request, BibliographyServerQuery)
    media = read_media_type(request.headers.get("content-type", JSON))
    if media is None or not (media.name == JSON or media.name.endswith("+json")):
        raise UnsupportedType("CSL-JSON items are sent as application/json", "Content-Type")
    job = read_job(decode_json(await request.body()), citations=query.citations == "1")
    output = "rtf" if query.responseformat == "rtf" else query.outputformat
    long = len(job.items) > LONG_LIST or job.csl is not None
    answer = await run("render", long, rendered, job, query, output)
    if query.responseformat == "json":
        return Response(msgspec.json.encode(answer), media_type=JSON)
    made = answer.get("bibliography")
    text = made[0]["bibstart"] + "".join(made[1]) + made[0]["bibend"] if made else ""
    return Response(text.encode(), media_type=_TYPES[output])


def read_job(body: Any, *, citations: bool) -> Job:
    """The request's body: `{items, itemIDs?, citationClusters?, styleXml?}`, items by id or in an array; or an array.

    Variables that CSL does not know are passed over, as that server does.
    """
    if isinstance(body, list):
        body = {"items": body}
    if not isinstance(body, dict) or not isinstance(body.get("items"), list | dict):
        raise BadInput("`items` is an array of CSL-JSON items, or an object of them by id", "/items")
    given = body["items"]
    pairs = enumerate(given) if isinstance(given, list) else given.items()
    items: dict[str, dict[str, Any]] = {}
    for place, value in pairs:
        item = _item(value, f"/items/{place}")
        items[item["id"]] = item
    if not 1 <= len(items) <= MOST_ITEMS:
        raise BadInput(f"1 to {MOST_ITEMS} items are cited at a time, not {len(items)}", "/items")
    order = body.get("itemIDs", list(items))
    if not isinstance(order, list):
        raise BadInput("`itemIDs` is an array", "/itemIDs")
    if not all(str(name) in items for name in order):
        raise NotSent("`itemIDs` names items that were not sent", "/itemIDs")
    sent = body.get("citationClusters", None if citations else [])  # read even where they are not asked for
    if sent is None and "citationClusters" in body:
        raise BadInput("`citationClusters` is an array", "/citationClusters")
    clusters, names = _clusters(sent, items)
    csl = body.get("styleXml")
    if not isinstance(csl, str | None) or (csl is None and "styleXml" in body):
        raise BadInput("`styleXml` is a CSL style as text", "/styleXml")
    chosen = tuple(items[str(name)] for name in order) or tuple(items.values())
    if not citations:
        clusters, names = (), ()
    return Job(items=chosen, clusters=clusters, cluster_ids=names, csl=csl)


def _item(value: Any, at: str) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise BadInput("an item is an object", at)
    return convert({name: each for name, each in value.items() if name in _KNOWN}, Item, at).to_dict()


def _clusters(given: Any, items: Mapping[str, Any]) -> tuple[tuple[Cluster, ...], tuple[str | None, ...]]:
    """citeproc-js's clusters; without any, each item by itself."""
    if given is None:
        given = [{"citationItems": [{"id": name}], "properties": {"noteIndex": n}} for n, name in enumerate(items, 1)]
    if not isinstance(given, list) or len(given) > MOST_ITEMS:
        raise BadInput("`citationClusters` is an array", "/citationClusters")
    clusters, names = [], []
    for n, cluster in enumerate(given):
        at = f"/citationClusters/{n}"
        if (
            not isinstance(cluster, dict)
            or not isinstance(cluster.get("citationItems"), list)
            or not cluster["citationItems"]
        ):
            raise BadInput("a cluster has `citationItems`", at)
        cites = []
        for k, cite in enumerate(cluster["citationItems"]):
            if not isinstance(cite, dict) or not isinstance(cite.get("id"), str | int):
                raise BadInput("a cite names the `id` of an item", f"{at}/citationItems/{k}/id")
            if str(cite["id"]) not in items:
                raise NotSent("a cite names an item that was not sent", f"{at}/citationItems/{k}/id")
            known = {name: each for name, each in cite.items() if name in _CLUSTER_CITE and each is not None}
            cites.append(convert({**known, "id": str(cite["id"])}, Cite, f"{at}/citationItems/{k}"))
        properties = cluster.get("properties")
        note = properties.get("noteIndex", 0) if isinstance(properties, dict) else 0
        if not isinstance(note, int) or not 0 <= note < 1_000_000:
            raise BadInput("`noteIndex` is the number of a note", f"{at}/properties/noteIndex")
        clusters.append(Cluster(cites=tuple(cites), note=note))
        name = cluster.get("citationID")
        names.append(name if isinstance(name, str) else None)
    return tuple(clusters), tuple(names)


def rendered(job: Job, query: BibliographyServerQuery, output: Any) -> dict[str, Any]:
    """The answer as that server's JSON has it."""
    style = (
        sent_style(job.csl, query.locale, "/styleXml")
        if job.csl is not None
        else rendering.compiled(query.style, query.locale)
    )
    made = style.render(job.items, job.clusters, output=output)
    answer: dict[str, Any] = {}
    if query.bibliography == "1":
        start, end = _WRAPS[output]
        parameters = {
            "maxoffset": made.max_offset,
            "entryspacing": made.entry_spacing,
            "linespacing": made.line_spacing,
            "hangingindent": made.hanging_indent,
            "second-field-align": made.second_field_align or False,
            "entry_ids": [[entry.id] for entry in made.entries or ()],
            "bibliography_errors": [],
            "done": True,
            "bibstart": start,
            "bibend": end,
        }
        linked = query.linkwrap == "1" and output == "html"
        entries = [
            _ENTRIES[output].format(_linked(entry.text) if linked else entry.text) for entry in made.entries or ()
        ]
        answer["bibliography"] = [parameters, entries] if made.entries is not None else False
    if query.citations == "1":
        answer["citations"] = [
            [n, text, *([name] if name else [])]
            for n, (text, name) in enumerate(zip(made.clusters, job.cluster_ids, strict=True))
        ]
    return answer


def _linked(html: str) -> str:
    """Bare addresses in an entry as links; the processor writes none itself, so none is inside a tag."""
    return _BARE_URL.sub(lambda found: f'<a href="{found[0]}">{found[0]}</a>', html)


ROUTES: list[ControllerRouterHandler] = [bibliography]

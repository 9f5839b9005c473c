"""POST /parse: a document in, its article out; a reference file, the articles of its entries."""

from typing import Any

import msgspec
from litestar import Request, Response, post
from litestar.types import ControllerRouterHandler

from schemas.document import Hints
from schemas.request import CiteQuery, FetchAndCiteQuery, HtmlSource, ParseQuery, TextSource, UrlSource
from service.errors import BadInput
from service.http.body import JSON, Raw, read_body
from service.http.files import articles_of
from service.http.negotiation import choose
from service.http.query import read_query
from service.http.running import article_from, file_sent


def hints_of(query: ParseQuery | CiteQuery | FetchAndCiteQuery) -> Hints:
    """What the sender says about the document in the query."""
    return Hints(url=query.url, language=query.language, infer_dates="dates" in query.infer)


@post("/parse", name="parse", status_code=200)
async def parse(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The article of a document, with the evidence for every field; of a file of several entries, an array."""
    query = read_query(request, ParseQuery)
    choose(request.headers.get("accept"), [JSON])
    if file := await file_sent(request):
        articles = articles_of(file)
        return Response(msgspec.json.encode(articles if len(articles) > 1 else articles[0]), media_type=JSON)
    body = await read_body(request, works=False, url=query.url)
    if not isinstance(body, Raw | TextSource | HtmlSource | UrlSource):
        raise BadInput("a document is expected", "body")
    article = await article_from(request, body, hints_of(query))
    return Response(msgspec.json.encode(article), media_type=JSON)


ROUTES: list[ControllerRouterHandler] = [parse]

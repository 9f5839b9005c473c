"""GET /docs: the contract as one page to read, made on the server; no script, no request to anyone else."""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

import msgspec
import yaml
from anyio import to_thread
from jinja2 import Environment, FileSystemLoader
from litestar import Request, Response, get
from litestar.types import ControllerRouterHandler
from markupsafe import Markup, escape

from schemas.request import NoQuery
from service.http.operations import VERSION
from service.http.problems import KINDS
from service.http.query import read_query
from service.tables import resource

TEMPLATES = Path(__file__).parent / "templates"
_BOUNDS = {
    "minimum": "from",
    "maximum": "to",
    "minLength": "at least",
    "maxLength": "at most",
    "default": "default",
}

METHODS = ("get", "post", "put", "patch", "delete")


@get("/docs", name="docs")
async def docs(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The page; made on the first request and kept."""
    read_query(request, NoQuery)
    page, policy = await to_thread.run_sync(render_docs)
    return Response(page, media_type="text/html", headers={"Content-Security-Policy": policy})


@cache
def render_docs() -> tuple[bytes, str]:
    """The page and the Content-Security-Policy that allows its one style sheet and nothing else."""
    contract = yaml.load(resource("openapi.yaml").read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe
    css = (TEMPLATES / "docs.css").read_text(encoding="utf-8")
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
    contract["components"]["schemas"] = {
        name: {"description": None, "properties": None, **schema}
        for name, schema in contract["components"]["schemas"].items()
    }
    page = environment.get_template("docs.html").render(
        contract=contract,
        operations=[*_operations(contract)],
        problems=KINDS,
        version=VERSION,
        css=Markup(css),  # noqa: S704 - a file of ours
        prose=_prose,
        kind=_kind,
    )
    digest = b64encode(sha256(css.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return page.encode(), policy


def _operations(contract: dict[str, Any]) -> Any:
    for path, item in contract["paths"].items():
        for method in METHODS:
            if method not in item:
                continue
            operation = item[method]
            yield {
                "description": None,
                **operation,
                "path": path,
                "method": method.upper(),
                "parameters": [
                    _resolve(each, contract) for each in [*item.get("parameters", []), *operation.get("parameters", [])]
                ],
                "body": _content(_resolve(operation.get("requestBody", {}), contract), contract),
                "answers": {
                    status: {**(answer := _resolve(each, contract)), "content": _content(answer, contract)}
                    for status, each in operation["responses"].items()
                },
            }


def _content(holder: dict[str, Any], contract: dict[str, Any]) -> dict[str, Any]:
    """Media type → schema and examples as text."""
    content = {}
    for media_type, given in holder.get("content", {}).items():
        examples = [_resolve(each, contract) for each in given.get("examples", {}).values()]
        if "example" in given:
            examples.append({"value": given["example"]})
        content[media_type] = {
            "schema": given.get("schema", {}),
            "examples": [{"summary": each.get("summary"), "text": _text(each["value"])} for each in examples],
        }
    return content


def _text(value: Any) -> str:
    return value if isinstance(value, str) else msgspec.json.format(msgspec.json.encode(value)).decode()


def _resolve(value: dict[str, Any], contract: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in value:
        found: Any = contract
        for step in value["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        value = cast("dict[str, Any]", found)
    return value


def _prose(text: str | None) -> Markup:
    """Paragraphs, lists and `code` of a description."""
    parts = []
    for paragraph in re.split(r"\n\s*\n", (text or "").strip()):
        if not paragraph:
            continue
        html = re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(paragraph)))
        rows = re.split(r"(?:^|\n)- ", html)
        if len(rows) > 1:
            html = f"{rows[0]}</p><ul>{''.join(f'<li>{row}</li>' for row in rows[1:])}</ul><p>"
        parts.append(f"<p>{html}</p>".replace("<p></p>", ""))
    return Markup("\n".join(parts))  # noqa: S704 - escaped above


def _kind(schema: dict[str, Any]) -> Markup:
    """A schema in a few words, with links to those it names."""
    if "$ref" in schema:
        name = escape(schema["$ref"].rpartition("/")[2])
        return Markup('<a href="#schema-{0}">{0}</a>').format(name)
    for word in ("anyOf", "oneOf"):
        if word in schema and "type" not in schema:
            branches = [branch for branch in schema[word] if branch != {"type": "null"}]
            return Markup(" or ").join(_kind(branch) for branch in branches)
    if "enum" in schema:
        return Markup(", ").join(Markup("<code>{}</code>").format(value) for value in schema["enum"])
    if schema.get("type") == "array":
        return Markup("array of {}").format(_kind(schema.get("items", {})))
    if isinstance(schema.get("additionalProperties"), dict):
        return Markup("object of {}").format(_kind(schema["additionalProperties"]))
    words = [str(schema.get("type", "anything"))]
    words += [f"{word} {schema[key]}" for key, word in _BOUNDS.items() if schema.get(key) not in (None, "", [], {})]
    text = Markup("{}").format(", ".join(words))
    if "pattern" in schema:
        text += Markup(" <code>{}</code>").format(schema["pattern"])
    return text


ROUTES: list[ControllerRouterHandler] = [docs]

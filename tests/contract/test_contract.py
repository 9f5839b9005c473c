"""openapi.yaml against the structs and the routes, both ways: what one says the other does."""

import json
import re
from typing import Any, get_args

import msgspec
import pytest
import yaml
from litestar.routes import HTTPRoute
from litestar.testing import TestClient

from schemas.article import Article
from schemas.citation import Bibliography, Citation
from schemas.csl import Item
from schemas.drop_in import BibliographyServerQuery, ExportQuery, UnapiQuery, WebQuery
from schemas.library import (
    ArticlePage,
    BibliographyQuery,
    CitationQuery,
    ImportAnswer,
    ListQuery,
    RecordQuery,
    ReparseQuery,
    StoredArticle,
    Summary,
)
from schemas.problem import Problem
from schemas.request import (
    ArticleSelection,
    CiteOutput,
    CiteQuery,
    FetchAndCiteQuery,
    HtmlSource,
    ItemSelection,
    NoQuery,
    ParseQuery,
    StylesQuery,
    TextSource,
    UrlSource,
)
from schemas.style import StyleInfo
from service import exporting
from service.errors import TearsheetError
from service.http.app import create_app
from service.http.body import AS_IS, FORM
from service.http.catalogue import FormatList, LocaleList, StyleList
from service.http.cite import offers
from service.http.files import FILE_TYPES, XML_TYPES
from service.http.frontpage import PageQuery, Readings
from service.http.operations import Health
from service.http.problems import KINDS, kind_of
from service.http.settings import Settings
from service.library.corrections import patch_type
from service.tables import resource

CONTRACT: dict[str, Any] = yaml.load(resource("openapi.yaml").read_bytes(), Loader=yaml.CSafeLoader)
SCHEMAS: dict[str, Any] = CONTRACT["components"]["schemas"]


class OnceLoader(yaml.SafeLoader):
    """YAML lets a later key silently replace an earlier one; in a contract that is a mistake."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = {key for key in keys if keys.count(key) > 1}
        assert not twice, f"{node.start_mark}: {twice}"
        return super().construct_mapping(node, deep)


REF = "#/components/schemas/{name}"

STRUCTS: list[Any] = [
    Article, Item, Citation, Bibliography, Problem, TextSource, HtmlSource, UrlSource, ArticleSelection, ItemSelection,
    StyleList, LocaleList, FormatList, StyleInfo, Health, StoredArticle, ArticlePage, ImportAnswer, patch_type(),
    Summary, Readings,
]  # fmt: skip

QUERIES: dict[tuple[str, str], Any] = {
    ("/", "get"): PageQuery,
    ("/parse", "post"): ParseQuery,
    ("/cite", "post"): CiteQuery,
    ("/cite", "get"): FetchAndCiteQuery,
    ("/styles", "get"): StylesQuery,
    ("/articles", "post"): ParseQuery,
    ("/articles", "get"): ListQuery,
    ("/articles/citations", "get"): BibliographyQuery,
    ("/articles/{id}", "get"): RecordQuery,
    ("/articles/{id}/reparse", "post"): ReparseQuery,
    ("/articles/{id}/citation", "get"): CitationQuery,
    ("/articles/{id}/photos/{number}", "get"): RecordQuery,
    ("/articles/{id}/photos/{number}/citation", "get"): CitationQuery,
    ("/web", "post"): WebQuery,
    ("/export", "post"): ExportQuery,
    ("/bibliography", "post"): BibliographyServerQuery,
    ("/unapi", "get"): UnapiQuery,
}
"""Operation → the struct its query is read as; one that is not here takes none."""

OPERATIONS = [
    (path, method, operation)
    for path, item in CONTRACT["paths"].items()
    for method, operation in item.items()
    if method in {"get", "post", "put", "patch", "delete"}
]


def resolved(value: Any) -> Any:
    """A part of the contract with every reference but those to objects put in."""
    while isinstance(value, dict) and "$ref" in value:
        found: Any = CONTRACT
        for step in value["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        value = found
    return value


def plain(schema: Any) -> Any:
    """A schema without what only people read, scalars in place of references, alternatives in one shape."""
    if isinstance(schema, list):
        return [plain(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        if resolved(schema).get("type") == "object":
            return {"$ref": name}
        return plain({**resolved(schema), **{key: value for key, value in schema.items() if key != "$ref"}})
    made: dict[str, Any] = {}
    for key, value in schema.items():
        if key in {"description", "title", "examples", "example"}:
            continue
        if key == "default" and value in (None, (), [], {}, False):
            continue
        if key == "required" and not value:
            continue
        if key == "properties":
            made[key] = {name: plain(each) for name, each in value.items()}
        elif key in {"anyOf", "oneOf"}:
            branches: list[Any] = []
            for each in map(plain, value):
                branches += each["anyOf"] if set(each) == {"anyOf"} else [each]
            made["anyOf"] = sorted(branches, key=lambda each: json.dumps(each, sort_keys=True))
        elif key in {"enum", "required"}:
            made[key] = sorted(value)
        else:
            made[key] = plain(value)
    return made


def components() -> dict[str, Any]:
    return msgspec.json.schema_components(STRUCTS, ref_template=REF)[1]


@pytest.mark.parametrize("name", sorted(components()))
def test_a_schema_is_the_struct(name: str) -> None:
    assert name in SCHEMAS, f"openapi.yaml lacks the schema {name}"
    assert plain(SCHEMAS[name]) == plain(components()[name])


def test_every_object_is_closed() -> None:
    open_ = [
        name
        for name, schema in SCHEMAS.items()
        if schema.get("type") == "object" and schema.get("additionalProperties") is not False
    ]
    assert open_ == []


def routes() -> set[tuple[str, str]]:
    app = create_app(Settings())
    return {
        (re.sub(r"\{[^}]*\}", "{}", route.path_format), method.lower())
        for route in app.routes
        if isinstance(route, HTTPRoute)
        for method in route.methods
        if method not in {"HEAD", "OPTIONS"}
    }


def test_every_route_is_in_the_contract_and_none_more() -> None:
    assert {(re.sub(r"\{[^}]*\}", "{}", path), method) for path, method, _ in OPERATIONS} == routes()


def test_no_name_is_given_twice() -> None:
    assert yaml.load(resource("openapi.yaml").read_bytes(), Loader=OnceLoader) == CONTRACT


def test_operation_ids_are_unique() -> None:
    ids = [operation["operationId"] for _, _, operation in OPERATIONS]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(("path", "method"), [(path, method) for path, method, _ in OPERATIONS])
def test_parameters_are_those_of_the_query(path: str, method: str) -> None:
    operation = CONTRACT["paths"][path][method]
    stated = [resolved(each) for each in operation.get("parameters", [])]
    query = {each["name"]: each for each in stated if each["in"] == "query"}
    struct = QUERIES.get((path, method), NoQuery)
    schema = msgspec.json.schema_components([struct], ref_template=REF)[1][struct.__name__]
    assert set(query) == set(schema["properties"])
    assert {name for name, each in query.items() if each.get("required")} == set(schema["required"])
    for name, each in query.items():
        expected = plain(schema["properties"][name])
        branches = [branch for branch in expected.get("anyOf", []) if branch != {"type": "null"}]
        assert plain(each["schema"]) == (branches[0] if len(branches) == 1 else expected), name
        assert each.get("description"), name


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS, ids=lambda value: str(value)[:20])
def test_an_operation_says_what_it_is_and_how_it_fails(path: str, method: str, operation: dict[str, Any]) -> None:
    assert operation["summary"]
    assert operation["tags"]
    for status, stated in operation["responses"].items():
        answer = resolved(stated)
        assert answer["description"]
        if status >= "400" and answer.get("content"):
            assert "application/problem+json" in answer["content"] or "text/plain" in answer["content"]


def test_citations_come_in_every_type_that_can_be_asked_for() -> None:
    stated = resolved(CONTRACT["paths"]["/cite"]["post"]["responses"]["200"])["content"]
    assert set(stated) == set(offers())
    assert set(offers()) >= {row.media_type.partition(";")[0] for row in exporting.FORMATS.values()}
    assert resolved(CONTRACT["components"]["parameters"]["output"])["schema"]["enum"] == list(get_args(CiteOutput))


def subclasses(cls: type) -> set[type]:
    return {cls}.union(*(subclasses(each) for each in cls.__subclasses__()))


def test_every_error_is_told_as_a_problem() -> None:
    errors = {cls.__name__: cls for cls in subclasses(TearsheetError) if cls.__module__.startswith("service.")}
    named = [name for kind in KINDS for name in kind.errors]
    assert len(named) == len(set(named))
    assert set(named) <= set(errors), "a row of problems.toml names an error that does not exist"
    untold = {name for name, cls in errors.items() if not any(each.__name__ in named for each in cls.__mro__)}
    assert untold == {"TearsheetError"}
    assert kind_of(ValueError()).status == 500


def test_links_lead_somewhere() -> None:
    ids = {operation["operationId"] for _, _, operation in OPERATIONS}
    links = [
        link
        for _, _, operation in OPERATIONS
        for answer in operation["responses"].values()
        for link in resolved(answer).get("links", {}).values()
    ]
    assert links
    assert {link["operationId"] for link in links} <= ids


def test_the_contract_is_served_and_shown_without_anyone_else() -> None:
    with TestClient(create_app(Settings(warm=()))) as client:
        assert client.get("/openapi.yaml").content == resource("openapi.yaml").read_bytes()
        page = client.get("/docs")
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        policy = page.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "<script" not in page.text
        assert not re.findall(r"(?:src|href)=[\"'](?:https?:)?//", page.text)
        for _, _, operation in OPERATIONS:
            assert f'id="{operation["operationId"]}"' in page.text
        for name in SCHEMAS:
            assert f'id="schema-{name}"' in page.text
        for kind in KINDS:
            assert f'id="problem-{kind.name}"' in page.text


def requests_of_examples() -> list[tuple[str, str, str]]:
    """Every example of a request body: (path, media type, name)."""
    return [
        (path, media_type, name)
        for path, _, operation in OPERATIONS
        for media_type, content in resolved(operation.get("requestBody", {})).get("content", {}).items()
        for name in content.get("examples", {})
    ]


@pytest.mark.parametrize(("path", "media_type", "name"), requests_of_examples())
def test_examples_are_real(path: str, media_type: str, name: str) -> None:
    """A request's example is accepted; where the answer has an example of the same name, that is what comes."""
    operation = CONTRACT["paths"][path]["post"]
    value = resolved(operation["requestBody"]["content"][media_type]["examples"][name])["value"]
    body = value.encode() if isinstance(value, str) else json.dumps(value).encode()
    needed = {
        each["name"]: each["example"] for each in map(resolved, operation.get("parameters", [])) if each.get("required")
    }
    with TestClient(create_app(Settings(warm=()))) as client:
        answer = client.post(path, params=needed, content=body, headers={"content-type": media_type})
    assert answer.status_code in {200, 201}, answer.text
    stated = resolved(operation["responses"][str(answer.status_code)])["content"].get(
        answer.headers["content-type"].partition(";")[0], {}
    )
    if name in stated.get("examples", {}):
        expected = resolved(stated["examples"][name])["value"]
        assert (answer.text if isinstance(expected, str) else answer.json()) == expected


def test_types_that_are_read_besides_are_told() -> None:
    body = CONTRACT["paths"]["/cite"]["post"]["requestBody"]
    assert {*body["content"], *body["x-also-read"]} == {*AS_IS, FORM, *FILE_TYPES, *XML_TYPES}
    body = CONTRACT["paths"]["/parse"]["post"]["requestBody"]
    assert {*body["content"], *body["x-also-read"]} == {*AS_IS, FORM, *FILE_TYPES, *XML_TYPES}

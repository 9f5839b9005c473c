"""What those who run the service ask it: is it alive, is it ready, what does it do; and its contract."""

import os
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import msgspec
import prometheus_client
from litestar import Request, Response, get
from litestar.types import ControllerRouterHandler
from prometheus_client import multiprocess

from schemas.base import Base
from schemas.request import NoQuery
from service.http.body import JSON
from service.http.problems import NotReady
from service.http.query import read_query
from service.tables import resource


class Health(Base, frozen=True, kw_only=True, omit_defaults=False):
    """The answer of /healthz and /readyz."""

    status: str = "ok"
    version: str


def _version() -> str:
    try:
        return version("tearsheet")
    except PackageNotFoundError:  # run from a checkout that was not installed
        return "0"


VERSION = _version()


@get("/healthz", name="healthz")
async def healthz(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Alive: the process answers."""
    read_query(request, NoQuery)
    return Response(
        msgspec.json.encode(Health(version=VERSION)), media_type=JSON, headers={"Cache-Control": "no-store"}
    )


@get("/readyz", name="readyz")
async def readyz(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Ready: every check of `app.state.checks` finds nothing to say (each gives a reason, or None)."""
    read_query(request, NoQuery)
    checks: dict[str, Callable[[], str | None]] = request.app.state.checks
    for name, check in checks.items():
        if reason := check():
            raise NotReady(reason, name)
    return Response(
        msgspec.json.encode(Health(version=VERSION)), media_type=JSON, headers={"Cache-Control": "no-store"}
    )


@get("/metrics", name="metrics", sync_to_thread=False)
def metrics(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Prometheus' text format, of all workers together where there are several."""
    read_query(request, NoQuery)
    registry = prometheus_client.REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = prometheus_client.CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return Response(
        prometheus_client.generate_latest(registry),
        media_type=prometheus_client.CONTENT_TYPE_PLAIN_0_0_4,
        headers={"Cache-Control": "no-store"},
    )


@get("/openapi.yaml", name="contract")
async def contract(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The contract, as it stands in the repository."""
    read_query(request, NoQuery)
    return Response(resource("openapi.yaml").read_bytes(), media_type="application/yaml")


ROUTES: list[ControllerRouterHandler] = [healthz, readyz, metrics, contract]

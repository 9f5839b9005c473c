"""RFC 9457 problem details."""

from schemas.base import Base


class Problem(Base, frozen=True, kw_only=True):
    """`type` is a stable URI reference; `field` names the part of the request, `reason` why it was refused."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    field: str | None = None
    reason: str | None = None
    instance: str | None = None

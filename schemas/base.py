"""The one base of every struct and the constrained text types they share."""

from typing import Annotated

from msgspec import Meta, Struct


class Base(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Frozen, keyword-only; absent fields are left out of JSON and unknown ones are refused."""


Line = Annotated[str, Meta(min_length=1, max_length=2000)]
"""One printed line: a headline, a name, a byline."""

Passage = Annotated[str, Meta(min_length=1, max_length=20_000)]
"""A caption, an abstract, a description."""

Address = Annotated[str, Meta(min_length=1, max_length=8192)]
"""A URL as found."""

Email = Annotated[str, Meta(min_length=3, max_length=320, pattern=r"^[^@\x00-\x20]+@[^@\x00-\x20]+$(?!\n)")]
"""An e-mail address as printed, de-obfuscated."""

Language = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$(?!\n)")]
"""A BCP 47 language tag."""

"""Corrections: JSON Merge Patches (RFC 7396) kept apart from what was parsed, so that both survive each other."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import UNSET, UnsetType

from schemas.article import Article
from schemas.evidence import Evidence
from service.errors import BadInput
from service.library.errors import Conflict

MOST_PATCHES = 100  # of one article; patches that can be joined count as one
NOT_CORRECTED = {"evidence", "warnings"}  # the library's own account of where fields came from

Patch = Mapping[str, Any]


@cache
def patch_type(struct: type[msgspec.Struct] = Article) -> type[msgspec.Struct]:
    """The struct of a merge patch: every field optional, null removes it, objects merge and lists are replaced."""
    fields: list[tuple[str, Any, Any]] = []
    hints = get_type_hints(struct, include_extras=True)
    for field in msgspec.structs.fields(struct):
        if field.name in NOT_CORRECTED:
            continue
        fields.append((field.encode_name, _patched(hints[field.name]), UNSET))
    return msgspec.defstruct(
        f"{struct.__name__}Patch",
        fields,
        frozen=True,
        kw_only=True,
        omit_defaults=True,
        forbid_unknown_fields=True,
        module=__name__,
    )


def _patched(hint: Any) -> Any:
    options = get_args(hint) if get_origin(hint) in {Union, UnionType} else (hint,)
    kinds = [
        patch_type(option) if isinstance(option, type) and issubclass(option, msgspec.Struct) else option
        for option in options
        if option is not type(None)
    ]
    return Union[(*kinds, None, UnsetType)]


ArticlePatch = patch_type()


def checked(patch: Patch) -> dict[str, Any]:
    """A patch that is sound whatever the article; BadInput otherwise."""
    try:
        msgspec.convert(patch, ArticlePatch, strict=True)
    except msgspec.ValidationError as error:
        reason, _, path = str(error).partition(" - at `$")
        raise BadInput(reason, path.rstrip("`").replace(".", "/").replace("[", "/").replace("]", "")) from error
    return dict(patch)


def merged(target: Any, patch: Any) -> Any:
    """RFC 7396, section 2."""
    if not isinstance(patch, Mapping):
        return patch
    result = dict(target) if isinstance(target, Mapping) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merged(result.get(name), value)
    return result


def joined(first: Any, second: Any) -> Any | None:
    """One patch for two in a row, or None where no single one does the same (an object put in the place of a null)."""
    if not isinstance(second, Mapping):
        return second
    if not isinstance(first, Mapping):
        return None
    result = dict(first)
    for name, value in second.items():
        if name in result and isinstance(value, Mapping):
            both = joined(result[name], value)
            if both is None:
                return None
            result[name] = both
        else:
            result[name] = value
    return result


def added(patches: Sequence[Patch], patch: Patch) -> list[Patch]:
    """The corrections with one more, joined to the last where that says the same; Conflict when there are too many."""
    if patches and (both := joined(patches[-1], patch)) is not None:
        return [*patches[:-1], both]
    if len(patches) >= MOST_PATCHES:
        raise Conflict(f"more than {MOST_PATCHES} corrections that cannot be joined; store the article anew")
    return [*patches, patch]


def corrected(article: Article, patches: Sequence[Patch]) -> tuple[Article, tuple[str, ...]]:
    """The article with its corrections, and the pointers they set; Conflict where the result is no article.

    A corrected field's evidence is the correction, and what was warned about it is settled.
    """
    plain = msgspec.to_builtins(article, str_keys=True)
    pointers: dict[str, None] = {}
    for patch in patches:
        plain = _settled(merged(plain, patch), patch)
        for pointer in _pointers(patch):
            for older in [old for old in pointers if old.startswith(f"{pointer}/")]:
                del pointers[older]
            pointers[pointer] = None
    try:
        result = msgspec.convert(plain, Article, strict=True)
    except msgspec.ValidationError as error:
        raise Conflict(f"the article would not be complete with this correction: {error}") from error
    evidence = {at: known for at, known in article.evidence.items() if not _under(at, pointers)}
    for pointer in pointers:
        evidence |= dict.fromkeys(_places(plain, pointer), _GIVEN)
    warnings = tuple(
        warning
        for warning in article.warnings
        if not _under(warning.field, pointers) and not any(at.startswith(f"{warning.field}/") for at in pointers)
    )
    return msgspec.structs.replace(result, evidence=evidence, warnings=warnings), tuple(pointers)


def patch_of(article: Article, pointers: Sequence[str]) -> dict[str, Any]:
    """The patch that would have set these fields to what they are."""
    plain = msgspec.to_builtins(article, str_keys=True)
    patch: dict[str, Any] = {}
    for pointer in pointers:
        *above, last = pointer[1:].split("/")
        inner, value = patch, plain
        for name in above:
            inner = inner.setdefault(name, {})
            value = value.get(name, {})
        inner[last] = value.get(last)
    return patch


_GIVEN = (Evidence(source="given", rule="correction", confidence=1.0),)


def _pointers(patch: Patch, above: str = "") -> Iterator[str]:
    for name, value in patch.items():
        if isinstance(value, Mapping) and value:
            yield from _pointers(value, f"{above}/{name}")
        else:
            yield f"{above}/{name}"


def _under(pointer: str, above: Mapping[str, None]) -> bool:
    return any(pointer == at or pointer.startswith(f"{at}/") for at in above)


def _places(plain: Any, pointer: str) -> Iterator[str]:
    """The pointer itself and, in a list, each of its members; none where the correction took the field away."""
    value = plain
    for name in pointer[1:].split("/"):
        value = value.get(name) if isinstance(value, Mapping) else None
    if value is None or value in ((), []):
        return
    yield pointer
    if isinstance(value, (list, tuple)):
        yield from (f"{pointer}/{n}" for n in range(len(value)))


def _settled(plain: dict[str, Any], patch: Patch) -> dict[str, Any]:
    """A new date says itself how precise it is, and is not inferred unless the correction says so."""
    asked, dates = patch.get("dates"), plain.get("dates")
    if not isinstance(asked, Mapping) or not isinstance(dates, dict):
        return plain
    for name, change in asked.items():
        if isinstance(change, Mapping) and "edtf" in change and name in dates:
            fresh = {"precision": precision(str(change["edtf"])), **merged({}, change)}
            dates[name] = msgspec.to_builtins(fresh)
    return plain


def precision(edtf: str) -> str:
    """How precise an EDTF date is, from its shape (`DateValue.precision`)."""
    bare = edtf.lstrip("-").rstrip("~?%")
    if "T" in bare:
        return "time"
    if len(bare) == 7:
        return "season" if bare[5] == "2" else "month"
    return "day" if len(bare) == 10 else "year"

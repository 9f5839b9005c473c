"""Formats of tagged lines, RIS and Refer: where their tags belong, and their records one after another."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TypeAlias

from service.importing import names
from service.importing.draft import Draft, Fault, unfold

Record: TypeAlias = list[tuple[str, str]]
"""The tags and values of one record, in order."""

LINE = re.compile(r"\r\n|\r|\n")


class Tags(NamedTuple):
    """Where a format's tags belong: a value, a creator, or a list with what stands between its values (if anything)."""

    values: dict[str, str]
    creators: dict[str, str]
    lists: dict[str, tuple[str, str | None]]

    def put(self, draft: Draft, tag: str, value: str) -> bool:
        """The value in its place, the first of several where there is room for one; whether the tag has a place."""
        if path := self.values.get(tag):
            if path not in draft.values:
                draft.put(path, value)
        elif path := self.creators.get(tag):
            draft.person(path, names.inverted(value))
        elif tag in self.lists:
            path, between = self.lists[tag]
            for part in value.split(between) if between else [value]:
                draft.add(path, part)
        else:
            return False
        return True


def numbered(text: str) -> Iterator[tuple[int, str]]:
    """The lines with their numbers from 1, whatever ends them."""
    return enumerate(LINE.split(text), 1)


def outside(number: int, line: str) -> Iterator[Fault]:
    """A line before the first tag of a record, unless it is blank."""
    if line.strip("\ufeff \t"):
        yield Fault(number, f"outside any record: {line.strip()[:100]}")


def drafts(
    records: Iterable[tuple[int, Record] | Fault], read: Callable[[Draft, Record], list[str]]
) -> Iterator[Draft | Fault]:
    """The records, in order; `read` fills a draft and gives back the lines of the record's notes."""
    for found in records:
        if isinstance(found, Fault):
            yield found
            continue
        line, record = found
        draft = Draft(line)
        draft.rest, others = unfold(read(draft, record))
        draft.put("note", "\n".join(others) or draft.rest.pop("note", None))
        yield draft

"""Chains the rooms for the library: what was sent → an entry to be stored, one by one or line by line."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, BinaryIO

import msgspec

from schemas.article import Article
from schemas.csl import Item
from schemas.document import Document, Hints
from schemas.library import ImportAnswer, StoredArticle
from schemas.problem import Problem
from schemas.request import HtmlSource, TextSource, Work
from service import importing, parsing, reading
from service.errors import BadInput, LibraryError, TearsheetError, TooLarge
from service.http.batch import LONGEST_LINE, lines
from service.http.body import HTML, TEXT, Raw, convert, decode_json, understand
from service.http.documents import NO_HINTS, hinted
from service.http.problems import problem_of
from service.importing import Imported
from service.library import BATCH, Entry, Library, Source


def entry_of_document(
    source: Raw | TextSource | HtmlSource, hints: Hints = NO_HINTS, *, fetched: bool = False
) -> Entry:
    """A document → its article, the document itself and its text, to be stored together."""
    if not isinstance(source, Raw):
        hints = hinted(source, hints)
        text, media_type = (source.text, TEXT) if isinstance(source, TextSource) else (source.html, HTML)
        source = Raw(text.encode(), media_type, "utf-8")
    document = reading.read(source.body, media_type=source.media_type, charset=source.charset, url=hints.url)
    kept = Source(
        body=source.body,
        media_type=_media_type(document),
        charset=source.charset,
        url=hints.url,
        fetched=fetched,
    )
    return Entry(parsing.parse(document, hints), kept, document.text)


def _media_type(document: Document) -> str:
    return HTML if document.kind == "html" else TEXT


def entry_of_work(work: Work) -> Entry:
    """An article as given; one that a library exported keeps its id."""
    if isinstance(work, StoredArticle):
        return Entry.of_record(work)
    if isinstance(work, Article):
        return Entry(work)
    file = importing.read(msgspec.json.encode([work.to_dict()]).decode(), "csl-json")
    if len(file.articles) != 1:
        raise BadInput("the item cannot be read as an article", "/type")
    return Entry(file.articles[0])


def shelve_file(shelf: Library, file: Imported) -> list[bytes]:
    """Store the articles of a file, a batch at a time; an answer for each, then one for each that could not be read."""
    entries = [Entry(article) for article in file.articles]
    answers = []
    for start in range(0, len(entries), BATCH):
        numbered = list(enumerate(entries[start : start + BATCH], start))
        answers += _stored(shelf, numbered, 1)
    for place, warning in enumerate(file.warnings, len(entries) + 1):
        answers.append(_refused(place, problem_of(BadInput(warning.message, warning.field or "body"))))
    return [msgspec.json.encode(answer) + b"\n" for answer in answers]


def entry_of_line(value: Any) -> Entry:
    """One decoded line of a bulk import.

    An article, an article with its library's fields, `{"text" | "html", "url"?}`, or a line of `tearsheet parse
    --batch`, whose `id` is the sender's own and is left aside.
    """
    if not isinstance(value, dict):
        raise BadInput("a line is an object: an article, or a document in text or html", "")
    if "problem" in value and "article" not in value:
        raise BadInput("the line holds a problem, no article", "/problem")
    if "article" in value and value.keys() <= {"id", "article"}:
        return Entry(convert(value["article"], Article, "/article"))
    if value.keys() & {"text", "html"}:
        value = {name: member for name, member in value.items() if name != "id"}
    understood = understand(value, works=True)
    if isinstance(understood, TextSource | HtmlSource):
        return entry_of_document(understood)
    if isinstance(understood, Article | Item):
        return entry_of_work(understood)
    raise BadInput("a line holds one article, or a document in text or html; pages are not fetched here", "")


def shelve_lines(shelf: Library, batch: Sequence[bytes | TooLarge], first: int) -> list[bytes]:
    """Store the articles of some lines in one transaction; an answer for each, in order, numbered from `first`.

    A bad line is answered with its problem and does not keep the others out. When the library itself fails, nothing of
    these lines was stored and each says so: the sender can send them again.
    """
    answers: list[ImportAnswer | None] = []
    entries: list[tuple[int, Entry]] = []
    for place, line in enumerate(batch):
        try:
            if isinstance(line, TooLarge):
                raise line
            entries.append((place, entry_of_line(decode_json(line))))
            answers.append(None)
        except TearsheetError as error:
            answers.append(_refused(first + place, problem_of(error)))
    try:
        stored = _stored(shelf, entries, first)
    except LibraryError as error:
        problem = problem_of(error)
        stored = [_refused(first + place, problem) for place, _ in entries]
    for (place, _), answer in zip(entries, stored, strict=True):
        answers[place] = answer
    return [msgspec.json.encode(answer) + b"\n" for answer in answers]


def shelve_stream(shelf: Library, stream: BinaryIO, longest: int = LONGEST_LINE) -> Iterator[bytes]:
    """Store the lines of a stream, a batch at a time; an answer for each as soon as it is on the disk."""
    waiting = lines(stream, longest)
    number = 1
    while batch := list(islice(waiting, BATCH)):
        yield from shelve_lines(shelf, batch, number)
        number += len(batch)


def _stored(shelf: Library, entries: Sequence[tuple[int, Entry]], first: int) -> list[ImportAnswer]:
    if not entries:
        return []
    try:
        added = shelf.add_all([entry for _, entry in entries])
    except BadInput as error:
        if len(entries) == 1:
            return [_refused(first + entries[0][0], problem_of(error))]
        # one of them cannot be stored: each is tried by itself
        return [_stored(shelf, [entry], first)[0] for entry in entries]
    return [
        ImportAnswer(line=first + place, status=201 if a.created else 200, id=a.id)
        for (place, _), a in zip(entries, added, strict=True)
    ]


def _refused(line: int, problem: Problem) -> ImportAnswer:
    return ImportAnswer(line=line, status=problem.status, problem=problem)

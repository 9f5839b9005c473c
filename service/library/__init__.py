"""Stored articles: create, find, read, correct, re-parse, delete, export; SQLite by default, PostgreSQL for many."""

from service.library.engine import data_folder, database_url
from service.library.errors import (
    Changed,
    Conflict,
    LibraryBusy,
    LibraryFull,
    LibraryUnavailable,
    MigrationNeeded,
    NoSuchArticle,
    SourceNotKept,
)
from service.library.finding import MOST_ON_A_PAGE, Page
from service.library.library import BATCH, Added, Entry, Library
from service.library.source import Source
from service.library.stored import Stored

__all__ = [
    "BATCH",
    "MOST_ON_A_PAGE",
    "Added",
    "Changed",
    "Conflict",
    "Entry",
    "Library",
    "LibraryBusy",
    "LibraryFull",
    "LibraryUnavailable",
    "MigrationNeeded",
    "NoSuchArticle",
    "Page",
    "Source",
    "SourceNotKept",
    "Stored",
    "data_folder",
    "database_url",
]

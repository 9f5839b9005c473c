"""The library's tables, one description for SQLite and PostgreSQL (made by service/library/migrations)."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text
from sqlalchemy.dialects.postgresql import TSVECTOR

metadata = MetaData()

Seq = BigInteger().with_variant(Integer(), "sqlite")
"""SQLite's rowid is spelled INTEGER; AUTOINCREMENT keeps a number from being given twice, so that tags stay unique."""

Key = Text().with_variant(Text(collation="C"), "postgresql")
"""Text that is compared by code points, so that both databases sort alike."""

articles = Table(
    "articles",
    metadata,
    Column("seq", Seq, primary_key=True, autoincrement=True),
    Column("id", Key, nullable=False, unique=True),
    Column("fingerprint", Key, nullable=False, unique=True),
    Column("revision", Integer, nullable=False),
    Column("created", Key, nullable=False),
    Column("modified", Key, nullable=False),
    Column("headline", Key, nullable=False),  # folded, for sorting
    Column("published", Key, nullable=False),  # first and last day it can have been; "" where unknown
    Column("published_end", Key, nullable=False),
    Column("article", Text, nullable=False),  # JSON, corrections applied
    Column("parsed", Text),  # JSON as parsed, where corrections changed it
    Column("corrections", Text),  # JSON: merge patches in order
    Column("corrected", Text),  # JSON: pointers the corrections set
    Column("origin", Text),  # JSON
    Index("articles_modified", "modified", "seq"),
    Index("articles_headline", "headline", "seq"),
    Index("articles_published", "published", "seq", "published_end"),
    sqlite_autoincrement=True,
)

terms = Table(
    "terms",
    metadata,
    Column("term", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", Seq, ForeignKey("articles.seq", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Index("terms_seq", "seq"),
    sqlite_with_rowid=False,
)
"""What the lists are filtered by: one row for each value of an article; `term` is made by service/library/filing."""

sources = Table(
    "sources",
    metadata,
    Column("seq", Seq, ForeignKey("articles.seq", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("body", LargeBinary, nullable=False),  # zlib
)
"""The documents themselves, apart from what every list reads."""

Words = Text().with_variant(TSVECTOR(), "postgresql")

search_metadata = MetaData()

search = Table(
    "search",
    search_metadata,
    Column("rowid", Seq, primary_key=True, autoincrement=False),
    Column("headline", Words),
    Column("fields", Words),
    Column("body", Words),
)
"""The full-text index: an FTS5 table in SQLite, tsvectors in PostgreSQL; the words are cut by service/library/words."""

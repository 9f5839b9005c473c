"""The library: articles, the terms they are filtered by, their documents, the full-text index."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None

SEQ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "articles",
        sa.Column("seq", SEQ, primary_key=True, autoincrement=True),
        sa.Column("id", KEY, nullable=False, unique=True),
        sa.Column("fingerprint", KEY, nullable=False, unique=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("created", KEY, nullable=False),
        sa.Column("modified", KEY, nullable=False),
        sa.Column("headline", KEY, nullable=False),
        sa.Column("published", KEY, nullable=False),
        sa.Column("published_end", KEY, nullable=False),
        sa.Column("article", sa.Text, nullable=False),
        sa.Column("parsed", sa.Text),
        sa.Column("corrections", sa.Text),
        sa.Column("corrected", sa.Text),
        sa.Column("origin", sa.Text),
        sqlite_autoincrement=True,
    )
    op.create_index("articles_modified", "articles", ["modified", "seq"])
    op.create_index("articles_headline", "articles", ["headline", "seq"])
    op.create_index("articles_published", "articles", ["published", "seq", "published_end"])
    op.create_table(
        "terms",
        sa.Column("term", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("seq", SEQ, sa.ForeignKey("articles.seq", ondelete="CASCADE"), primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )
    op.create_index("terms_seq", "terms", ["seq"])
    op.create_table(
        "sources",
        sa.Column("seq", SEQ, sa.ForeignKey("articles.seq", ondelete="CASCADE"), primary_key=True, autoincrement=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute("CREATE VIRTUAL TABLE search USING fts5 (headline, fields, body, tokenize = 'ascii')")
        return
    op.create_table(
        "search",
        sa.Column("rowid", SEQ, primary_key=True, autoincrement=False),
        *(sa.Column(name, postgresql.TSVECTOR) for name in ("headline", "fields", "body")),
        sa.Column(
            "everything",
            postgresql.TSVECTOR,
            sa.Computed(
                "setweight(coalesce(headline, ''), 'A') || coalesce(fields, '') || coalesce(body, '')", persisted=True
            ),
        ),
    )
    op.create_index("search_everything", "search", ["everything"], postgresql_using="gin")

import stat
import threading
from pathlib import Path

import msgspec
import pytest

from schemas.article import Article, Dates, DateValue, Publication
from schemas.library import Query, StoredArticle
from service.errors import LibraryError, UnknownName
from service.library import (
    Changed,
    Entry,
    Library,
    MigrationNeeded,
    NoSuchArticle,
    Source,
    SourceNotKept,
    Stored,
    data_folder,
    database_url,
    migration,
)
from service.library.identity import short


def text_entry(article: Article, text: str, **more) -> Entry:
    return Entry(article, Source(body=text.encode(), media_type="text/plain", **more), text)


def found(library: Library, **asked) -> list[str | None]:
    return [stored.article.headline for stored in library.find(Query(**asked)).articles]


def test_an_article_comes_back_as_it_was(library, lee):
    stored, created = library.add(Entry(lee))
    assert created
    assert stored.article == lee
    again = library.get(stored.id)
    assert again == stored
    record = msgspec.json.decode(again.json(), type=StoredArticle)
    assert record == again.record()
    assert (record.id, record.revision, record.headline) == (stored.id, 1, lee.headline)
    assert record.fingerprint.startswith(record.id)


def test_an_empty_article_can_be_stored(library):
    stored, _ = library.add(Entry(Article()))
    assert stored.record().headline is None


def test_the_same_document_is_the_same_article(library, lee):
    first, _ = library.add(text_entry(lee, "BY MICHAEL LEE\r\nPyongyang\r\n"))
    second, created = library.add(text_entry(msgspec.structs.replace(lee, headline="x"), "BY MICHAEL LEE\nPyongyang"))
    assert (second, created) == (first, False)
    other, created = library.add(text_entry(lee, "BY MICHAEL LEE\nPyongyang", url="https://example.org/1"))
    assert created
    assert other.id != first.id
    given, created = library.add(Entry(lee))
    accessed = Dates(published=lee.dates.published, accessed=DateValue(edtf="2024-01-01", precision="day"))
    assert created
    assert library.add(Entry(msgspec.structs.replace(lee, dates=accessed)))[0].id == given.id


def test_a_fetched_page_is_known_by_its_address(library, lee):
    def fetched(body: str, address: str, canonical: str | None = None) -> Entry:
        source = Source(body=body.encode(), media_type="text/html", url=address, fetched=True)
        return Entry(msgspec.structs.replace(lee, url=canonical), source)

    first, _ = library.add(fetched("<p>1", "https://example.org/news/1?utm=a", "https://example.org/news/1"))
    second, created = library.add(fetched("<p>2", "https://EXAMPLE.org/news/1?utm=b#c", "https://example.org/news/1"))
    assert (second.id, created) == (first.id, False)
    front, created = library.add(fetched("<p>3", "https://example.org/news/2", "https://example.org/"))
    assert created, "a canonical address that is the front page names no article"
    assert front.id != first.id


def test_many_at_once_with_doubles(library, lee):
    entries = [text_entry(lee, f"text {n % 40}") for n in range(50)]
    added = library.add_all(entries)
    assert [a.created for a in added] == [True] * 40 + [False] * 10
    assert [a.id for a in added[40:]] == [a.id for a in added[:10]]
    assert not any(a.created for a in library.add_all(entries))
    assert library.count() == 40


def test_a_clash_of_ids_makes_one_longer(library, lee, monkeypatch):
    monkeypatch.setattr("service.library.library.short", lambda mark, longer=0: short(mark, longer - 12))
    ids = [a.id for a in library.add_all([text_entry(lee, f"text {n}") for n in range(100)])]
    assert len(set(ids)) == 100
    assert {len(i) for i in ids} > {0, 1}
    assert library.get(ids[-1]).id == ids[-1]


def test_lists_filter_in_any_spelling(library, lee):
    library.add_all(
        [Entry(lee), Entry(Article(headline="Nothing known")), Entry(Article(headline="Ähnlich", language="de"))]
    )
    for asked in (
        {"publication": "korea joongang DAILY"}, {"publication": "코리아중앙데일리"}, {"author": "lee"},
        {"author": "Lee, Michael"}, {"author": "michael lee"}, {"agency": "YONHAP"}, {"agency": "Yonhap News Agency"},
        {"language": "en"}, {"language": "EN-us"}, {"has_photo": True}, {"since": "2023"}, {"since": "2023-09-03"},
        {"until": "2023-09-03"}, {"until": "2023-12"}, {"since": "2023-09", "until": "2023-09"},
        {"author": "Lee", "publication": "Korea JoongAng Daily", "agency": "Yonhap", "q": "parade", "has_photo": True},
    ):  # fmt: skip
        assert found(library, **asked) == [lee.headline], asked
    for asked in (
        {"author": "mich"},
        {"since": "2023-09-04"},
        {"until": "2023-09-02"},
        {"language": "e"},
        {"kind": "broadcast"},
    ):
        assert found(library, **asked) == [], asked
    assert found(library, has_photo=False) == ["Ähnlich", "Nothing known"]  # the newest first
    assert found(library, kind="article-newspaper", sort="headline") == ["Ähnlich", "Nothing known", lee.headline]


def test_a_coarse_date_is_found_by_any_day_it_can_mean(library):
    for edtf, precision in (
        ("2023", "year"),
        ("2023-09~", "month"),
        ("2023-22", "season"),
        ("2023-09-03T10:00Z", "time"),
    ):
        dates = Dates(published=DateValue(edtf=edtf, precision=precision))
        library.add(Entry(Article(headline=edtf, dates=dates)))
    assert set(found(library, since="2023-09-03", until="2023-09-03")) == {"2023", "2023-09~", "2023-09-03T10:00Z"}
    assert set(found(library, since="2023-07")) == {"2023", "2023-09~", "2023-22", "2023-09-03T10:00Z"}
    assert set(found(library, until="2023-08-31", since="2023-08-31")) == {"2023", "2023-22"}


def test_pages_hold_every_article_once_and_in_order(library):
    entries = []
    for n in range(23):
        day = DateValue(edtf=f"2023-0{n % 4 + 1}", precision="month") if n % 5 else None
        article = Article(
            headline=f"{'News' if n % 2 else 'Other'} {n % 7}",
            abstract=f"news {n}",
            language="en",
            publication=Publication(name="Paper"),
            dates=Dates(published=day),
        )
        entries.append(Entry(article))
    library.add_all(entries)
    for asked in ({}, {"q": "news"}, {"language": "en", "q": "news"}, {"publication": "Paper"}):
        for sort in ("created", "modified", "published", "headline", "relevance"):
            for direction in ("", "-") if sort != "relevance" else ("",):
                check_pages(library, Query(sort=direction + sort, **asked))


def check_pages(library: Library, query: Query) -> None:
    seen: list[Stored] = []
    cursor = None
    while True:
        page = library.find(query, limit=5, cursor=cursor)
        seen += page.articles
        assert len(page.articles) <= 5
        if page.next is None:
            break
        cursor = page.next
    assert len({stored.id for stored in seen}) == len(seen) == 23
    articles = [stored.article for stored in seen]
    backwards = query.sort.startswith("-")
    if "published" in query.sort:
        published = [a.dates.published.edtf if a.dates.published else "" for a in articles]
        assert published == sorted(published, reverse=backwards)
    elif "headline" in query.sort:
        assert [a.headline for a in articles] == sorted((a.headline for a in articles), reverse=backwards)
    elif query.sort == "relevance" and query.q:
        in_headline = ["News" in a.headline for a in articles]
        assert in_headline == sorted(in_headline, reverse=True)
    elif query.sort == "created":
        assert [a.abstract for a in articles] == [f"news {n}" for n in range(23)]
    assert [stored.id for stored in library.every(query)] == [stored.id for stored in seen]


def test_dense_conditions_are_walked_and_give_the_same(library, monkeypatch, lee):
    entries = [Entry(msgspec.structs.replace(lee, abstract=f"number {n}")) for n in range(30)]
    library.add_all(entries)
    asked = {"author": "Lee", "q": "number", "sort": "-published"}
    few = found(library, **asked)
    monkeypatch.setattr("service.library.finding.FEW", 5)
    assert found(library, **asked) == few
    assert len(few) == 30


@pytest.mark.parametrize(
    "cursor", ["", "x", "!!!!", "W10", "é", "WyJjcmVhdGVkIiwwLCIxIiwxXQ", "WyJjcmVhdGVkIiw5LDEsMV0"]
)
def test_a_cursor_of_someone_elses_is_refused(library, cursor):
    if cursor == "":
        assert library.find(cursor=cursor).articles == []
        return
    with pytest.raises(UnknownName) as refused:
        library.find(cursor=cursor)
    assert refused.value.field == "cursor"


def test_the_search_reads_the_document_and_follows_corrections(library, lee):
    text = "평양에서 열린 열병식 北京 Kraków"
    stored, _ = library.add(text_entry(lee, text))
    for asked in ("평양", "열병식", "北京", "krakow", "military parade", "yonhap", "lee pyongyang"):
        assert found(library, q=asked) == [lee.headline], asked
    library.correct(stored.id, {"headline": "Replaced"}, None)
    assert found(library, q="military") == []
    assert found(library, q="replaced 평양") == ["Replaced"]
    library.delete(stored.id, None)
    assert found(library, q="replaced") == []


def test_corrections_survive_a_new_reading(library, lee):
    stored, _ = library.add(text_entry(lee, "text"))
    stored = library.correct(stored.id, {"headline": "Mine", "publication": {"place": "Seoul"}}, {stored.tag})
    assert stored.revision == 2
    assert stored.record().corrected == ("/headline", "/publication/place")
    better = msgspec.structs.replace(lee, headline="Theirs", section=("World",))
    stored = library.reparse(stored.id, text_entry(better, "text anew"), {stored.tag})
    assert (stored.article.headline, stored.article.section, stored.revision) == ("Mine", ("World",), 3)
    assert stored.article.publication.place == "Seoul"
    assert stored.article.evidence["/headline"][0].source == "given"
    assert found(library, q="anew") == ["Mine"]


def test_nothing_changes_without_a_change(library, lee):
    stored, _ = library.add(Entry(lee))
    assert library.correct(stored.id, {}, None) == stored
    changed = library.correct(stored.id, {"headline": "x"}, None)
    assert library.correct(stored.id, {"headline": "x"}, {changed.tag}) == changed


def test_every_change_is_compare_and_set(library, lee):
    stored, _ = library.add(text_entry(lee, "text"))
    now = library.correct(stored.id, {"headline": "x"}, {stored.tag})
    for change in (
        lambda: library.correct(stored.id, {"headline": "y"}, {stored.tag}),
        lambda: library.reparse(stored.id, Entry(lee), {stored.tag}),
        lambda: library.delete(stored.id, {stored.tag}),
    ):
        with pytest.raises(Changed) as refused:
            change()
        assert refused.value.current == now.tag
    library.delete(stored.id, {now.tag})
    again, created = library.add(text_entry(lee, "text"))
    assert created
    assert again.id == stored.id
    assert again.tag not in {stored.tag, now.tag}, "a tag of the deleted article must not fit the new one"
    with pytest.raises(NoSuchArticle):
        library.get("0" * 12)
    for change in (library.delete, lambda i, t: library.correct(i, {}, t)):
        with pytest.raises(NoSuchArticle):
            change("0" * 12, None)


def test_concurrent_corrections_never_overwrite_each_other(library_url, library, lee):
    """Two instances, four threads each; every success is seen in the end."""
    stored, _ = library.add(Entry(msgspec.structs.replace(lee, keywords=())))
    libraries = [library, Library(library_url)]
    done: list[str] = []

    def work(name: str, mine: Library) -> None:
        for n in range(5):
            while True:
                now = mine.get(stored.id)
                word = f"{name}-{n}"
                try:
                    mine.correct(stored.id, {"keywords": [*now.article.keywords, word]}, {now.tag})
                except Changed:
                    continue
                done.append(word)
                break

    threads = [threading.Thread(target=work, args=(str(n), libraries[n % 2])) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    libraries[1].close()
    assert sorted(library.get(stored.id).article.keywords) == sorted(done)
    assert len(done) == 30


def test_one_document_sent_to_two_instances_at_once(library_url, library, lee):
    libraries = [library, Library(library_url)]
    answers: list[tuple[str, bool]] = []

    def work(mine: Library) -> None:
        for n in range(20):
            answers.extend((a.id, a.created) for a in mine.add_all([text_entry(lee, f"{n} {m}") for m in range(5)]))

    threads = [threading.Thread(target=work, args=(libraries[n % 2],)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    libraries[1].close()
    assert len(answers) == 400
    assert sum(created for _, created in answers) == len({i for i, _ in answers}) == library.count() == 100


def test_the_document_is_kept_to_a_limit(library, lee, monkeypatch):
    stored, _ = library.add(text_entry(lee, "평양 text", url="https://example.org", charset="utf-8"))
    source = library.source(stored.id)
    assert (source.body.decode(), source.url, source.charset) == ("평양 text", "https://example.org", "utf-8")
    assert stored.origin.kept
    monkeypatch.setattr("service.library.source.LARGEST", 3)
    large, _ = library.add(text_entry(lee, "long"))
    assert not large.origin.kept
    for given in (large, library.add(Entry(lee))[0]):
        with pytest.raises(SourceNotKept):
            library.source(given.id)


def test_a_record_keeps_its_id_in_another_library(library, lee, tmp_path):
    stored, _ = library.add(text_entry(lee, "text"))
    record = library.correct(stored.id, {"headline": "Mine"}, None).record()
    other = Library(f"sqlite:///{tmp_path}/other/library.sqlite3")
    other.start()
    [added] = other.add_all([Entry.of_record(record)])
    assert (added.id, added.created) == (stored.id, True)
    copy = other.get(added.id)
    assert (copy.article.headline, copy.record().corrected, copy.origin.kept) == ("Mine", ("/headline",), False)
    assert not other.add(text_entry(lee, "text"))[1], "the same document finds the imported article"
    assert other.correct(copy.id, {"language": "en"}, None).record().corrected == ("/headline", "/language")
    other.close()


def test_an_export_sees_what_was_there(library, lee):
    library.add_all([text_entry(lee, str(n)) for n in range(1203)])
    ids = []
    for n, stored in enumerate(library.every()):
        ids.append(stored.id)
        if n == 100:
            library.delete(stored.id, None)
            library.add(text_entry(lee, "late"))
    assert len(set(ids)) == len(ids) == 1204


def test_migrations_are_those_the_program_knows():
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory(str(Path(migration.__file__).parent / "migrations"))
    assert scripts.get_current_head() == migration.HEAD


def test_migrations_make_the_tables_described(library):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from service.library.tables import metadata

    def ours(thing, name, kind, reflected, compare_to):
        return not (kind == "table" and name.startswith("search"))

    with library._gate.read() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours, "compare_type": False})
        assert compare_metadata(context, metadata) == []


def test_tables_that_are_behind_or_ahead_are_named(bare_url):
    library = Library(bare_url)
    with pytest.raises(MigrationNeeded, match="tearsheet migrate"):
        library.ready()
    with pytest.raises(MigrationNeeded, match="tearsheet migrate"):
        library.get("0" * 12)
    assert library.migrate() is None
    assert library.migrate() == migration.HEAD
    library.ready()
    with library._gate.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(MigrationNeeded, match="newer"):
        library.ready()
    library.close()


def test_many_starts_at_once_migrate_once(bare_url):
    failed = []

    def start() -> None:
        opened = Library(bare_url, timeout=60)
        try:
            opened.migrate()
        except LibraryError as error:
            failed.append(error)
        opened.close()

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def test_where_the_library_lies(tmp_path):
    assert data_folder({"TEARSHEET_DATA": "/srv/t"}) == Path("/srv/t")
    assert data_folder({"XDG_DATA_HOME": "/x"}) == Path("/x/tearsheet")
    assert data_folder({"XDG_DATA_HOME": "relative"}) == Path.home() / ".local/share/tearsheet"
    assert database_url({"TEARSHEET_DATA": "/srv/t"}) == "sqlite:////srv/t/library.sqlite3"
    assert database_url({"TEARSHEET_DATABASE_URL": "postgresql://h/d"}) == "postgresql://h/d"
    library = Library(f"sqlite:///{tmp_path}/deep/er/library.sqlite3")
    library.start()
    library.close()
    assert stat.S_IMODE((tmp_path / "deep" / "er").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "deep" / "er" / "library.sqlite3").stat().st_mode) == 0o600


def test_a_summary_counts_names_as_they_are_written(library, lee):
    library.add(Entry(lee))
    for n, day in enumerate(("2023-09-01", "2023-09-30", "2023-10", "2023")):
        dates = Dates(published=DateValue(edtf=day, precision="day"))
        paper = Publication(name="The Port Weekly", native_name="Havneposten", domain="port.example")
        library.add(Entry(Article(headline=f"Ferry {n}", publication=paper, dates=dates)))
    told = library.summary()
    assert told.articles == 5
    assert {tally.name: tally.count for tally in told.publications}["The Port Weekly"] == 4
    assert "Havneposten" not in {tally.name for tally in told.publications}
    months = {tally.name: tally.count for tally in told.months}
    assert (months["2023-09"], months["2023-10"]) >= (2, 1)
    assert "2023-01" not in months
    assert list(months) == sorted(months)

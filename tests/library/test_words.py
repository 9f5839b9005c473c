import sqlite3

import pytest

from service.library.words import clauses, fold, key, postgresql_search, sqlite_search, sqlite_words, words


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Kim Jong-un's PARADE, 2023", ["kim", "jong", "un", "s", "parade", "2023"]),
        ("Café Zürich naïve", ["cafe", "zurich", "naive"]),
        ("Straße ﬁnal", ["strasse", "final"]),
        ("北京发表讲话", ["北京", "京发", "发表", "表讲", "讲话", "话"]),
        ("평양에서 열린", ["평양", "양에", "에서", "서", "열린", "린"]),
        ("ガ行とか行", ["ガ行", "行と", "とか", "か行", "行"]),  # voicing marks are letters, not accents
        ("北京・上海", ["北京", "京", "上海", "海"]),
        ("NHK放送", ["nhk", "放送", "送"]),
        ("हिन्दी समाचार", ["हिन्दी", "समाचार"]),
        ("ภาษา", ["ภา", "าษ", "ษา", "า"]),
        ("الأخبارُ", ["الأخبار"]),
        ("Путин заявил", ["путин", "заявил"]),
        ("snake_case\0nul", ["snake", "case", "nul"]),
        ("… !!! ", []),
    ],
)
def test_words_of_many_languages(text, cut):
    assert words(text) == cut


def test_long_words_and_texts_are_bounded():
    assert words("x" * 500) == ["x" * 64]
    assert len(words("字" * 100_000)) == 12_000


def test_names_compare_without_case_accents_and_punctuation():
    assert key("  García  Márquez, Gabriel ") == "garcia marquez gabriel"
    assert key("연합뉴스") == "연합뉴스"
    assert fold("ＡＦＰ") == "afp"


def found(search: str, text: str, headline: str = "") -> bool:
    """Ask a real FTS5 table."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE search USING fts5 (headline, body, tokenize = 'ascii')")
    database.execute("INSERT INTO search VALUES (?, ?)", (sqlite_words(words(headline)), sqlite_words(words(text))))
    asked = clauses(search)
    hit = bool(
        asked and database.execute("SELECT 1 FROM search WHERE search MATCH ?", (sqlite_search(asked),)).fetchone()
    )
    database.close()
    return hit


@pytest.mark.parametrize(
    ("search", "text", "hit"),
    [
        ("parade kim", "Kim at the parade", True),
        ("parade putin", "Kim at the parade", False),
        ('"the parade"', "Kim at the parade", True),
        ('"parade the"', "Kim at the parade", False),
        ("par*", "Kim at the parade", True),
        ("par", "Kim at the parade", False),
        ("kim -parade", "Kim at the parade", False),
        ("kim -putin", "Kim at the parade", True),
        ("-putin", "Kim at the parade", False),
        ("jong-un", "Kim Jong-un", True),
        ("발표", "대통령이 발표했다", True),
        ("통령", "대통령이 발표했다", True),
        ("표", "대통령이 발표", True),
        ("대표", "대통령이 발표", False),
        ("京", "北京", True),
        ("北京讲话", "北京发表讲话", False),
        ("発表 -東京", "北京で発表", True),
        ('AND OR NOT "', "and or not", True),
        ("headline:kim", "Kim", False),
        ("'; DROP TABLE search; --", "drop table search", True),
        ("\0", "x", False),
    ],
)
def test_a_search_finds(search, text, hit):
    assert found(search, text) is hit


def test_a_search_of_nothing_is_empty():
    assert clauses(" !!! ") == ()
    assert len(clauses("a " * 1000)) == 32


def test_postgresql_is_asked_the_same():
    asked = clauses('kim "north korea" par* -seoul')
    assert postgresql_search(asked) == "('kim') & ('north' <-> 'korea') & ('par':*) & !('seoul')"
    assert postgresql_search(asked[:1], headline=True) == "('kim':A)"
    assert postgresql_search(asked[:2], headline=False) == (
        "('kim') & ('north' <-> 'korea') & !(('kim':A) & ('north':A <-> 'korea':A))"
    )

import pytest

from tests.golden import article_of, citations_of, expected, names, written


@pytest.mark.parametrize("name", names())
def test_document_is_read_and_cited_as_expected(name):
    article = article_of(name)
    assert written(article) == expected(name, "article.json"), f"if meant: python -m tests.golden {name}"
    assert written(citations_of(article)) == expected(name, "citations.json"), (
        f"if meant: python -m tests.golden {name}"
    )


def test_there_are_seeds():
    assert len(names()) >= 1

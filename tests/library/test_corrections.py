import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.article import Article
from schemas.evidence import Evidence, Warning
from service.errors import BadInput
from service.library.corrections import added, checked, corrected, joined, merged, precision
from service.library.errors import Conflict

READ = (Evidence(source="dom", path="h1", rule="h1", confidence=0.9),)


@pytest.mark.parametrize(
    ("target", "patch", "result"),
    [  # RFC 7396, appendix A
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
    ],
)
def test_merge_patch(target, patch, result):
    assert merged(target, patch) == result


plain = st.recursive(
    st.none() | st.integers(0, 3),
    lambda inner: st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=6,
)
objects = st.dictionaries(st.sampled_from("abc"), plain, max_size=3)


def without_nulls(value):
    return {k: without_nulls(v) for k, v in value.items() if v is not None} if isinstance(value, dict) else value


@given(objects.map(without_nulls), objects, objects)
def test_joined_patches_do_what_two_in_a_row_do(target, first, second):
    both = joined(first, second)
    if both is not None:
        assert merged(target, both) == merged(merged(target, first), second)


def test_a_correction_takes_the_place_of_what_was_read(lee):
    article = msgspec.structs.replace(
        lee,
        evidence={"/headline": READ, "/authors/0": READ, "/authors/0/family": READ, "/publication": READ},
        warnings=(
            Warning(code="unsure", field="/authors", message="unsure of the author"),
            Warning(code="unsure", field="/language", message="unsure of the language"),
        ),
    )
    result, pointers = corrected(article, [{"authors": [{"literal": "Staff"}], "publication": {"place": "Seoul"}}])
    assert pointers == ("/authors", "/publication/place")
    assert result.authors[0].literal == "Staff"
    assert result.publication.place == "Seoul"
    assert result.publication.name == "Korea JoongAng Daily"
    assert set(result.evidence) == {"/headline", "/publication", "/authors", "/authors/0", "/publication/place"}
    assert {result.evidence[at][0].source for at in ("/authors", "/authors/0", "/publication/place")} == {"given"}
    assert [w.field for w in result.warnings] == ["/language"]


def test_a_field_taken_away_has_no_evidence(lee):
    article = msgspec.structs.replace(lee, evidence={"/byline": READ})
    result, pointers = corrected(article, [{"byline": None, "emails": []}])
    assert (result.byline, result.emails, result.evidence) == (None, (), {})
    assert pointers == ("/byline", "/emails")


def test_a_new_date_says_how_precise_it_is(lee):
    result, _ = corrected(lee, [{"dates": {"published": {"edtf": "2023-09"}, "accessed": {"edtf": "2024"}}}])
    assert msgspec.to_builtins(result.dates) == {
        "published": {"edtf": "2023-09", "precision": "month"},
        "accessed": {"edtf": "2024", "precision": "year"},
    }


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [("2023", "year"), ("-0044", "year"), ("2023-09~", "month"), ("2023-21", "season"), ("2023-09-03?", "day"),
     ("2023-09-03T10:00Z", "time")],
)  # fmt: skip
def test_precision_of_a_date(edtf, expected):
    assert precision(edtf) == expected


@pytest.mark.parametrize(
    ("patch", "field"),
    [
        ({"headline": 7}, "/headline"),
        ({"headline": ""}, "/headline"),
        ({"evidence": {}}, None),
        ({"id": "0123456789ab"}, None),
        ({"publication": {"issn": ["x"]}}, "/publication/issn/0"),
        ([], ""),
    ],
)
def test_a_patch_that_could_fit_no_article_is_refused(patch, field):
    with pytest.raises(BadInput) as refused:
        checked(patch)
    assert field is None or refused.value.field == field


def test_a_patch_that_does_not_fit_this_article_is_a_conflict():
    patch = checked({"publication": {"place": "Seoul"}})
    with pytest.raises(Conflict):
        corrected(Article(headline="x"), [patch])


def test_patches_that_cannot_be_joined_are_bounded():
    patches = []
    for _ in range(50):
        patches = added(patches, {"publication": {"name": "x"}, "headline": "x"})
        patches = added(patches, {"publication": None})
    assert len(patches) == 50
    patches = [{"publication": None}] * 100
    assert len(added(patches, {"headline": "x"})) == 100
    with pytest.raises(Conflict):
        added(patches, {"publication": {"name": "x"}})

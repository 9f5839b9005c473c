"""Agencies named in running text, and the words of a text that say where to look for them."""

from schemas.article import Agency
from service.parsing.agency import _file, find_agency, find_mentions, printed_agency
from service.parsing.sources import find_sources, named_sources, names_source
from service.parsing.words import folded_words, may_be_wide


def test_words_are_parted_at_every_plain_sign():
    assert folded_words("it's 3 o'clock, über-raschend (ok)") == {"it", "s", "o", "clock", "über", "raschend", "ok"}


def test_wide_letters_are_suspected_by_their_bytes():
    assert may_be_wide("東京 Tokyo")
    assert not may_be_wide("Zürich “quotes”")


def test_mentions_stand_in_order_a_small_name_before_a_capital_one():
    text = "Das sagte sie der dpa am Montag. Reuters und die Agence France-Presse berichteten."
    found = [text[m.start : m.end] for m in find_mentions(text)]
    assert found == ["dpa", "Reuters", "Agence France-Presse"]


def test_a_part_of_a_longer_word_is_no_mention():
    assert find_mentions("The x-AFP-like mAFP and AFPs were mapped, said nobody.") == []


def test_words_that_agencies_are_named_after():
    assert find_sources("Mehr dazu sagte sie am Montag. Wenn er das sagte, sagte er mehr.") == []
    assert find_agency("mehr") is None
    assert find_agency("Mehr News Agency") is not None


def test_a_text_of_very_many_names_is_read_all_the_same():
    names = [row.name for row in _file().agencies if row.name.isascii() and " " in row.name]
    found = find_mentions(". ".join(names))
    assert len(found) > len(names) / 2
    assert found == sorted(found, key=lambda m: m.start)


def test_the_source_of_a_text_in_a_line_below_it():
    assert names_source("Quelle: dpa, AFP")
    assert not names_source("Quelle der Elbe")
    assert [mention.row.name for mention in named_sources("Quelle: dpa, AFP/ksz")] == [
        "Deutsche Presse-Agentur",
        "Agence France-Presse",
    ]


def test_an_agency_keeps_its_letters_behind_an_i_with_a_dot():
    assert (
        printed_agency(Agency(name="Demirören News Agency", abbreviation="DHA", role="byline"), "GİRESUN, (DHA)")
        == "DHA"
    )

"""Addresses as texts print them."""

import pytest

from service.parsing.email import find_emails

PRINTED = [
    ("Mail to 'anna@paper.com', please", ["anna@paper.com"]),
    ("o'neil@paper.org and a@b.co,c@d.de", ["o'neil@paper.org", "a@b.co", "c@d.de"]),
    ("x.y (at) paper (dot) com", ["x.y@paper.com"]),
    ("Ida [at] zeitung [punkt] de", ["Ida@zeitung.de"]),
    ("ida at paper dot com", ["ida@paper.com"]),
    ("foo@bar @handle logo@2x.png", []),
]


@pytest.mark.parametrize(("text", "addresses"), PRINTED)
def test_addresses_plain_and_disguised(text, addresses):
    assert [found.address for found in find_emails(text)] == addresses
    assert all(text[found.start : found.end] == found.printed for found in find_emails(text))

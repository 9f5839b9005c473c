"""Outputs: marks that close nothing cost nothing."""

import json

import pytest

from service.rendering import marks
from service.rendering.outputs import OUTPUTS
from service.rendering.richtext import Quotes

QUOTES = Quotes(("“", "”"), ("‘", "’"))


@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("mark", [marks.CLOSE, marks.QUOTE_END])
def test_a_mark_that_closes_nothing_is_passed_over(output: str, mark: str) -> None:
    written = OUTPUTS[output](f"before{mark}{mark}after", QUOTES)
    told = written if isinstance(written, str) else json.dumps(written)
    assert "before" in told
    assert "after" in told

"""The figures on the pages beside the checkout: none falls, and none rises unrecorded."""

import json

import pytest

from benchmarks import pages

pytestmark = pytest.mark.skipif(not pages.PAGES.exists(), reason="../shared/pages is not beside the checkout")


@pytest.mark.parametrize("kind", ["html", "text"])
def test_figures_stand_on_their_floors(kind: str) -> None:
    kept = json.loads(pages.FLOORS.read_text(encoding="utf-8"))
    if kept["corpus"] != pages.corpus_hash():
        pytest.skip("the pages are not those of the floors; write new ones: python -m benchmarks.pages --write-floors")
    now = pages.figures(pages.predict_in_process(kind))
    fell, rose = pages.compare(now, kept[kind])
    assert not fell, "figures fell:\n" + "\n".join(fell)
    assert not rose, "figures rose: record them with `python -m benchmarks.pages --write-floors`:\n" + "\n".join(rose)

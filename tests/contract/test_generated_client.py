"""A client that a public generator makes from openapi.yaml works: it parses the seed and cites what it got."""

import subprocess
import sys
from pathlib import Path

from service.tables import resource
from tests.serving import ROOT, Served

SEED = resource("seeds") / "korea-joongang-daily" / "document.txt"

PROGRAM = """
import sys
from pathlib import Path

from client import Client
from client.api.catalogue import style, styles
from client.api.citing import cite
from client.api.operations import healthz
from client.api.reading import parse
from client.models import Article, ArticleSelection, CiteOutput, Item, ItemType, Problem, TextSource

text = Path(sys.argv[2]).read_text(encoding="utf-8")
with Client(base_url=sys.argv[1]) as client:
    assert healthz.sync(client=client).status == "ok"
    article = parse.sync(client=client, body=TextSource(text=text))
    assert isinstance(article, Article), article
    assert article.authors[0].family == "Lee"
    print(cite.sync(client=client, body=article), end="")
    print(cite.sync(client=client, body=TextSource(text=text), style="mla"), end="")
    print(cite.sync(client=client, body=ArticleSelection(articles=[article, article]), style="ieee"), end="")
    item = Item(id="a", type_=ItemType.BOOK, title="A title")
    print(cite.sync(client=client, body=item, style="apa"), end="")
    print(cite.sync(client=client, body=[item, article], output=CiteOutput.TEXT), end="")
    assert isinstance(cite.sync(client=client, body=item, style="of-nobody"), Problem)
    assert any(each.id == "apa" for each in styles.sync(client=client, q="apa").styles)
    assert style.sync(id="mla", client=client).id == "modern-language-association"
"""


def test_a_generated_client_cites_the_seed(served: Served, tmp_path: Path) -> None:
    config = tmp_path / "config.yaml"
    config.write_text("post_hooks: []\n", encoding="utf-8")
    made = subprocess.run(
        [
            str(Path(sys.executable).with_name("openapi-python-client")),
            "generate",
            f"--path={ROOT / 'openapi.yaml'}",
            f"--output-path={tmp_path / 'client'}",
            "--meta=none",
            f"--config={config}",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, served.url, str(SEED)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
    lines = run.stdout.splitlines()
    assert lines[0] == (
        "Lee, M. (n.d.). Russian, Chinese officials likely to attend another North Korean military parade this week. "
        "Korea JoongAng Daily."
    )
    assert lines[1].startswith("Lee, Michael. “Russian, Chinese Officials")
    assert len(lines) == 7

"""The pages beside the checkout (../shared/pages): predictions of `tearsheet parse --batch`, scored, beside its peers.

Run: make bench-pages            both forms, the peers, CPU a page
     python -m benchmarks.pages --no-peers --errors authors
     python -m benchmarks.pages --write-floors [--lower]

Peers (trafilatura, htmldate, newspaper4k) run in a virtual environment of their own, .peers/. Floors of every figure
stand in tests/parsing/floors.json with a hash of the corpus; they go up by --write-floors, and down only with --lower.
"""

import argparse
import gzip
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from schemas.article import Article
from service.parsing import parse
from service.parsing.names import full_name
from service.reading import read
from service.reading.encoding import decode

ROOT = Path(__file__).parent.parent
PAGES = ROOT.parent / "shared" / "pages"
FLOORS = ROOT / "tests" / "parsing" / "floors.json"
PEERS = ROOT / ".peers"
SLACK = 0.0005
"""Rounding only: the same pages give the same figures in every process."""


def gold() -> dict[str, dict[str, Any]]:
    """The main gold by id."""
    with (PAGES / "gold.jsonl").open(encoding="utf-8") as rows:
        return {row["id"]: row for row in map(json.loads, rows)}


def corpus_hash() -> str:
    """A hash of the gold and of the names and sizes of the pages."""
    digest = hashlib.sha256()
    for name in ("gold.jsonl", "gold_checked.jsonl", "gold_annotated.jsonl", "gold_emails.jsonl"):
        digest.update((PAGES / name).read_bytes())
    for path in sorted((PAGES / "pages").iterdir()):
        digest.update(f"{path.name} {path.stat().st_size}\n".encode())
    return digest.hexdigest()[:16]


def batch_lines(kind: str) -> Iterator[bytes]:
    """The input of `parse --batch`."""
    for name, row in gold().items():
        if kind == "html":
            text = decode(gzip.decompress((PAGES / "pages" / f"{name}.html.gz").read_bytes()), None, html=True)
        else:
            text = (PAGES / "text" / f"{name}.txt").read_text(encoding="utf-8")
        line: dict[str, str] = {"id": name, kind: text}
        if kind == "html":
            line["url"] = row["url"].strip().replace(" ", "%20")
        yield msgspec.json.encode(line) + b"\n"


def prediction(name: str, article: Article) -> dict[str, Any]:
    """An article in the words of score.py."""
    published = article.dates.published
    return {
        "id": name,
        "title": article.headline,
        "authors": [full_name(person) for person in article.authors],
        "date": published.edtf[:10] if published and len(published.edtf) >= 10 else None,
        "publication": article.publication.name if article.publication else None,
        "credits": [{"caption": p.caption, "credit": p.credit} for p in article.photos if p.credit],
        "emails": list(article.emails),
        "agencies": [{"name": a.name, "role": a.role} for a in article.agencies],
        "dateline": article.dateline.place if article.dateline else None,
        "section": article.section[-1] if article.section else None,
    }


def predict_in_process(kind: str) -> list[dict[str, Any]]:
    """Predictions without the batch's processes (for the test of the floors)."""
    found = []
    for name, row in gold().items():
        if kind == "html":
            body = gzip.decompress((PAGES / "pages" / f"{name}.html.gz").read_bytes())
            document = read(body, media_type="text/html", url=row["url"])
        else:
            document = read((PAGES / "text" / f"{name}.txt").read_bytes(), media_type="text/plain")
        found.append(prediction(name, parse(document)))
    return found


def predict_by_batch(kind: str) -> list[dict[str, Any]]:
    """Predictions through the command line, as a user with a stream of pages has them."""
    with tempfile.TemporaryFile() as source:
        for line in batch_lines(kind):
            source.write(line)
        source.seek(0)
        command = [sys.executable, "-m", "service", "parse", "--batch"]
        run = subprocess.run(command, stdin=source, stdout=subprocess.PIPE, check=True, cwd=ROOT)
    found = []
    for line in run.stdout.splitlines():
        answer = json.loads(line)
        if "article" not in answer:
            raise SystemExit(f"{answer['id']}: {answer.get('problem')}")
        found.append(prediction(answer["id"], msgspec.convert(answer["article"], Article)))
    return found


def score(predictions: list[dict[str, Any]], *options: str) -> str:
    """What score.py prints for them."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in predictions)
        file.flush()
        command = [sys.executable, PAGES / "score.py", PAGES / "gold.jsonl", file.name]
        command += ["--checked", PAGES / "gold_checked.jsonl", "--annotated", PAGES / "gold_annotated.jsonl", *options]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def figures(predictions: list[dict[str, Any]]) -> dict[str, float]:
    """Every figure with a floor: `group field measure` → share; groups are the two sources of the gold."""
    table = json.loads(score(predictions, "--json"))
    found: dict[str, float] = {}
    for group in ("fundus", "trafilatura"):
        for field, row in table.get(group, {}).items():
            measures = ("exact",) if field in {"title", "date", "publication"} else ("F1", "P", "R", "lenientF1")
            for measure in measures if "@" not in field else ():
                found[f"{group} {field} {measure}"] = round(row[measure], 4)
    lines = (PAGES / "gold_emails.jsonl").read_text(encoding="utf-8").splitlines()
    wanted = {r["id"]: {e.lower() for e in r["emails"]} for r in map(json.loads, lines)}
    have = {row["id"]: {e.lower() for e in row["emails"]} for row in predictions}
    hits = sum(len(emails & have.get(name, set())) for name, emails in wanted.items())
    found["all emails recall"] = round(hits / sum(map(len, wanted.values())), 4)
    return found


def compare(now: dict[str, float], floors: dict[str, float]) -> tuple[list[str], list[str]]:
    """(what fell, what rose) against the floors."""
    fell = [f"{k}: {now.get(k, 0):.4f} < {v:.4f}" for k, v in floors.items() if now.get(k, 0.0) < v - SLACK]
    rose = [f"{k}: {v:.4f} > {floors.get(k, 0):.4f}" for k, v in now.items() if v > floors.get(k, 0.0) + SLACK]
    return fell, rose


def cpu_ours(kind: str, sample: int) -> tuple[float, float]:
    """(milliseconds of CPU a page, bytes a page), reading and parsing, warm."""
    rows: list[tuple[bytes, str | None]] = []
    for name, row in list(gold().items())[:: max(1, len(gold()) // sample)]:
        if kind == "html":
            rows.append((gzip.decompress((PAGES / "pages" / f"{name}.html.gz").read_bytes()), row["url"]))
        else:
            rows.append(((PAGES / "text" / f"{name}.txt").read_bytes(), None))
    media_type = "text/html" if kind == "html" else "text/plain"
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        for body, url in rows:
            parse(read(body, media_type=media_type, url=url))
        best = min(best, time.process_time() - start)
    return 1000 * best / len(rows), sum(len(body) for body, _ in rows) / len(rows)


PEER = """
import gzip, json, sys, time
pages, sample, name = sys.argv[1], int(sys.argv[2]), sys.argv[3]
gold = [json.loads(line) for line in open(pages + "/gold.jsonl", encoding="utf-8")]
rows = [(g, gzip.open(pages + "/pages/" + g["id"] + ".html.gz").read().decode("utf-8", "replace")) for g in gold]
if name == "cpu":
    from trafilatura import extract_metadata
    rows = rows[:: max(1, len(rows) // sample)]
    best = 1e9
    for _ in range(3):
        start = time.process_time()
        for g, text in rows:
            extract_metadata(text, default_url=g["url"])
        best = min(best, time.process_time() - start)
    print(1000 * best / len(rows))
    raise SystemExit
for g, text in rows:
    p = {"id": g["id"]}
    try:
        if name == "trafilatura":
            from trafilatura import extract_metadata
            d = extract_metadata(text, default_url=g["url"])
            p.update(title=d.title, authors=[a.strip() for a in (d.author or "").split(";") if a.strip()], date=d.date,
                     publication=d.sitename)
        elif name == "htmldate":
            from htmldate import find_date
            p["date"] = find_date(text, original_date=True, url=g["url"])
        else:
            from newspaper import Article
            a = Article(g["url"], fetch_images=False)  # else it goes and asks for each picture's size
            a.download(input_html=text)
            a.parse()
            p.update(title=a.title, authors=a.authors, date=a.publish_date and a.publish_date.date().isoformat())
    except Exception as error:
        p["failed"] = repr(error)[:100]
    print(json.dumps(p))
"""


def peer(name: str, sample: int = 100) -> str:
    """Run a peer in its own environment, made when it is missing."""
    python = PEERS / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", PEERS], check=True)
        pip = [python, "-m", "pip", "install", "--quiet", "--upgrade"]
        subprocess.run([*pip, "pip"], check=True)
        subprocess.run([*pip, "trafilatura", "htmldate", "newspaper4k"], check=True)
    command = [python, "-c", PEER, str(PAGES), str(sample), name]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout


def write_floors(kinds: dict[str, dict[str, float]], *, lower: bool) -> int:
    """Rewrite the floors; refuse to lower one without the flag."""
    old = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    fell = [line for kind, now in kinds.items() for line in compare(now, old.get(kind, {}))[0]]
    if fell and not lower and old.get("corpus") == corpus_hash():
        print("These figures fell; add --lower to accept that:", *fell, sep="\n  ")
        return 1
    FLOORS.write_text(
        json.dumps({"corpus": corpus_hash(), **old, **kinds} | {"corpus": corpus_hash()}, indent=1) + "\n"
    )
    print(f"wrote {FLOORS.relative_to(ROOT)}")
    return 0


def main() -> int:
    """Score both forms of the pages, and the peers."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--kind", choices=("html", "text", "both"), default="both")
    options.add_argument("--no-peers", action="store_true")
    options.add_argument("--errors", metavar="FIELD", help="print what is wrong in one field and stop")
    options.add_argument("--write-floors", action="store_true")
    options.add_argument("--lower", action="store_true", help="let a floor fall")
    chosen = options.parse_args()
    if not PAGES.exists():
        print(f"{PAGES} is not there: nothing to measure")
        return 0
    os.chdir(ROOT)
    kinds = ("html", "text") if chosen.kind == "both" else (chosen.kind,)
    measured: dict[str, dict[str, float]] = {}
    for kind in kinds:
        predictions = predict_by_batch(kind)
        if chosen.errors:
            print(score(predictions, "--errors", chosen.errors))
            continue
        measured[kind] = figures(predictions)
        print(f"== {kind} ==", score(predictions, "--by"), f"e-mail recall {measured[kind]['all emails recall']:.3f}\n")
    if chosen.errors:
        return 0
    if chosen.write_floors:
        return write_floors(measured, lower=chosen.lower)
    if not chosen.no_peers and "html" in kinds:
        for name in ("trafilatura", "htmldate", "newspaper4k"):
            rows = [json.loads(line) for line in peer(name).splitlines()]
            print(f"== {name}, html ==", score(rows, "--by"))
        ours, theirs = cpu_ours("html", 100)[0], float(peer("cpu"))
        print(f"CPU a page: ours {ours:.2f} ms, trafilatura's metadata {theirs:.2f} ms ({ours / theirs:.2f} of it)")
        text, size = cpu_ours("text", 100)
        print(f"CPU a text: {text:.2f} ms for {size / 1000:.1f} kB, {text * 12_000 / size:.2f} ms for 12 kB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

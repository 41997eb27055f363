"""The coach: how fast it reads, how rarely it cries wolf on real replies, how well it hears authored sentences.

The replies come from a folder named on the command line and stay there; the sentences are the tests' own, half of them
good and half bad, by category. A category's precision is the share of bad sentences among those of its that were held
back, its recall the share of its bad sentences that were.
"""

import argparse
import csv
import gzip
import json
import os
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import django

from bench import harness
from tools.environment import ROOT, Stop

FILE = "zh_hotline_fuzhou.jsonl.gz"
SENTENCES = ROOT / "tests" / "knowledge" / "data" / "agent_sentences.tsv"
LENGTHS = (50, 100, 200, 500, 1_000, 2_000)
SHOWN = 50


def replies(folder: Path) -> list[tuple[str, str]]:
    """Every real reply with the words it answers."""
    path = folder / FILE
    if not path.exists():
        raise Stop(f"{FILE} was not found in the folder given with --data.")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [(row["reply"], f"{row['title']} {row['text']}") for row in rows if row["reply"]]


def on_real_text(rows: list[tuple[str, str]], show: int) -> dict[str, harness.Figure]:
    """Hints and blocks per 1,000 characters; the findings themselves are printed on request and kept nowhere."""
    from huiyin.knowledge.coach import Context, check  # noqa: PLC0415 (Django is set up by main)

    found = [(text, mark) for text, scene in rows for mark in check(text, Context(scene=scene))]
    characters = sum(len(text) for text, _scene in rows)
    for text, mark in sorted(found, key=lambda pair: not pair[1].blocks)[:show]:
        marked = f"{text[max(mark.start - 20, 0) : mark.start]}[{text[mark.start : mark.end]}]{text[mark.end :][:20]}"
        print(f"{'BLOCK' if mark.blocks else 'hint'} {mark.phrase or mark.category}: {marked}")
    blocks = sum(mark.blocks for _text, mark in found)
    return {
        "replies": len(rows),
        "characters": characters,
        "hints_per_1000": round((len(found) - blocks) * 1_000 / characters, 3),
        "blocks_per_1000": round(blocks * 1_000 / characters, 3),
        "by_category": dict(Counter(str(mark.category) for _text, mark in found).most_common()),
    }


def speed(rows: list[tuple[str, str]], pairs: int) -> dict[str, harness.Figure]:
    """Messages a second over all replies, and the time of one message by its length."""
    from huiyin.knowledge.coach import Context, check  # noqa: PLC0415

    whole = "".join(text for text, _scene in rows)
    texts = {size: [whole[start : start + size] for start in range(0, size * 40, size)] for size in LENGTHS}
    for text, scene in rows:  # patterns are compiled on first use
        check(text, Context(scene=scene))
    rates = []
    for _ in range(pairs):
        begin = time.perf_counter()
        for text, scene in rows:
            check(text, Context(scene=scene))
        rates.append(len(rows) / (time.perf_counter() - begin))
    by_length: dict[str, harness.Figure] = {}
    for size, samples in texts.items():
        taken = [milliseconds(sample) for _ in range(pairs) for sample in samples]
        elapsed, worked = (sorted(column) for column in zip(*taken, strict=True))
        by_length[str(size)] = {
            "median_ms": round(elapsed[len(elapsed) // 2], 3),
            "worst_ms": round(elapsed[-1], 3),
            "processor_median_ms": round(worked[len(worked) // 2], 3),
            "processor_worst_ms": round(worked[-1], 3),
        }
    return {"messages_per_second": harness.Spread(tuple(rates)).figures(), "by_characters": by_length}


def milliseconds(text: str) -> tuple[float, float]:
    """How long one reading takes, and how long the processor works for it: on a busy machine they differ."""
    from huiyin.knowledge.coach import check  # noqa: PLC0415

    begin, worked = time.perf_counter(), time.process_time()
    check(text)
    return (time.perf_counter() - begin) * 1_000, (time.process_time() - worked) * 1_000


def sentences(path: Path = SENTENCES) -> Iterator[tuple[str, bool, str, str]]:
    """Category, whether it is a bad one, turn and words of every authored sentence."""
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield row["category"], row["good_or_bad"] == "bad", row["turn"], row["text"]


def on_sentences(rows: Iterable[tuple[str, bool, str, str]]) -> dict[str, dict[str, float]]:
    """Precision and recall of holding back, by category; `named` where the block also names the category."""
    from huiyin.knowledge.coach import Context, check  # noqa: PLC0415

    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for category, bad, turn, text in rows:
        blocking = {str(mark.category) for mark in check(text, Context(turn=turn)) if mark.blocks}
        count = counts[category]
        count["bad"] += bad
        count["good"] += not bad
        count["held"] += bool(blocking)
        count["held_bad"] += bool(blocking) and bad
        count["named"] += bad and category in blocking
    told = {category: _rates(count) for category, count in sorted(counts.items())}
    total: Counter[str] = sum(counts.values(), Counter())
    return {**told, "all": _rates(total)}


def _rates(count: "Counter[str]") -> dict[str, float]:
    return {
        "good": count["good"],
        "bad": count["bad"],
        "precision": round(count["held_bad"] / count["held"], 3) if count["held"] else 1.0,
        "recall": round(count["held_bad"] / count["bad"], 3) if count["bad"] else 1.0,
        "named": round(count["named"] / count["bad"], 3) if count["bad"] else 1.0,
    }


def main() -> int:
    parser: argparse.ArgumentParser = harness.parser(__doc__, cases=0)
    parser.add_argument("--data", type=Path, required=True, help=f"the folder that holds {FILE}")
    parser.add_argument("--show", type=int, default=0, help=f"print so many findings on real text, as {SHOWN}")
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
    django.setup()
    rows = replies(arguments.data)
    heard = on_sentences(sentences())
    figures: dict[str, harness.Figure] = {
        "speed": speed(rows, arguments.pairs),
        "real_text": on_real_text(rows, arguments.show),
        "sentences": heard,
    }
    harness.report("coach", arguments, figures)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

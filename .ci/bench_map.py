"""Compares mapping a feed with lxml doing the same parse and evaluation, in one run on one file.

Usage: python bench_map.py [MAP_BENCH]
MAP_BENCH is the built example feed/examples/map_bench.rs, by default where cargo puts it; this Python has lxml.
Prints one row per figure and ends with status 1 when a bound is missed.
"""

import subprocess
import sys
import time
from pathlib import Path

from lxml import etree

ROUNDS, RUNS = 9, 5
LEAST_RATIO = 1.5  # times faster than lxml
MOST_GROWTH = 1.5  # of the time per item, from 1,000 items to 50,000

NAMESPACES = {"media": "http://search.yahoo.com/mrss/", "dc": "http://purl.org/dc/elements/1.1/"}
ITEMS = etree.XPath("/rss/channel/item")
# The same as FIELDS in map_bench.rs.
FIELDS = [
    etree.XPath(xpath, namespaces=NAMESPACES)
    for xpath in (
        "guid",
        "title",
        "link",
        "description",
        "media:content[@medium='image']/@url",
        "pubDate",
        "dc:creator",
        "category",
    )
]


def lxml_once(data: bytes) -> float:
    """Milliseconds from bytes to the texts of all fields of all items."""
    started = time.perf_counter()
    items = []
    for item in ITEMS(etree.fromstring(data)):
        items.append([[found if isinstance(found, str) else found.text for found in field(item)] for field in FIELDS])
    took = (time.perf_counter() - started) * 1000
    assert items and all(item[4] and item[6] for item in items)
    return took


def ours(binary: str, command: str, file: Path, runs: int) -> float:
    """Milliseconds of the best run."""
    out = subprocess.run([binary, command, file, str(runs)], check=True, capture_output=True, text=True).stdout
    return min(float(line.split()[0]) for line in out.splitlines())


def main() -> int:
    binary = sys.argv[1] if len(sys.argv) > 1 else "target/release/examples/map_bench"
    folder = Path(binary).parent / "map_bench_files"
    folder.mkdir(parents=True, exist_ok=True)
    files = {items: folder / f"{items}.xml" for items in (1_000, 10_000, 50_000)}
    for items, file in files.items():
        subprocess.run([binary, "generate", str(items), file], check=True)
    missed = []

    def row(text: str, holds: bool) -> None:
        print(text if holds else f"{text}  MISSED", flush=True)
        if not holds:
            missed.append(text)

    data = files[1_000].read_bytes()
    rounds = [(ours(binary, "time", files[1_000], RUNS), min(lxml_once(data) for _ in range(RUNS))) for _ in range(ROUNDS)]
    us, lxml = (min(side) for side in zip(*rounds))
    row(
        f"mapping 1,000 items ({len(data) / 1e6:.2f} MB): ours {us:.1f} ms, lxml {lxml:.1f} ms, "
        f"ratio {lxml / us:.2f} (>= {LEAST_RATIO})",
        lxml / us >= LEAST_RATIO,
    )
    tokens = ours(binary, "tokens", files[1_000], RUNS * ROUNDS)
    row(f"bare quick-xml tokenising: {tokens:.1f} ms, ours at {tokens / us:.0%} of its speed", True)
    for items, file in files.items():
        took = ours(binary, "time", file, RUNS if items > 1_000 else RUNS * ROUNDS)
        growth = took / items / (us / 1_000)
        row(
            f"mapping {items:,} items: ours {took:.1f} ms, {took / items * 1000:.1f} us an item, "
            f"{growth:.2f} x that of 1,000 (<= {MOST_GROWTH})",
            growth <= MOST_GROWTH,
        )
    for file in files.values():
        file.unlink()
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

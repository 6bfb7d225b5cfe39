"""What mapping a feed takes, beside lxml, feedparser and bare quick-xml on the same file in the same run.

Usage: python bench_map.py MAP_BENCH
MAP_BENCH is the built example feed/examples/map_bench.rs; this Python has lxml and feedparser.
Times are of the processor, the best of several runs, so other work of the machine hardly counts.
Prints one row per figure and ends with status 1 when a bound is missed.
"""

import subprocess
import sys
import time
from pathlib import Path

import feedparser
from lxml import etree

SIZES = (1_000, 10_000, 100_000)  # items; 1,000 are 2.25 MB
ROUNDS, RUNS = 9, 5
MIB = 1024 * 1024

# The same as FIELDS in map_bench.rs.
XPATHS = (
    "guid",
    "title",
    "link",
    "description",
    "media:content[@medium='image']/@url",
    "pubDate",
    "dc:creator",
    "category",
)
NAMESPACES = {"media": "http://search.yahoo.com/mrss/", "dc": "http://purl.org/dc/elements/1.1/"}
# What feedparser calls them.
KEYS = ("id", "title", "link", "summary", "media_content", "published_parsed", "author", "tags")


class Table:
    """Rows of figures, each with its bound."""

    def __init__(self):
        self.missed = False

    def row(self, figure: str, ours: str, beside: str, value: str, bound: str, holds: bool) -> None:
        self.missed |= not holds
        print(f"{figure:47} {ours:>12}  {beside:26} {value:>11}  {bound:>12}  {'pass' if holds else 'MISSED'}", flush=True)


def ours(binary: str, command: str, file: Path, runs: int) -> float:
    """Milliseconds of the best run."""
    out = subprocess.run([binary, command, file, str(runs)], check=True, capture_output=True, text=True).stdout
    return min(float(line.split()[0]) for line in out.splitlines())


def memory(binary: str, file: Path) -> int:
    """Bytes that the process held at most, all of it."""
    return int(subprocess.run([binary, "memory", file], check=True, capture_output=True, text=True).stdout) * 1024


def milliseconds(work, *arguments) -> float:
    started = time.process_time()
    found = work(*arguments)
    took = (time.process_time() - started) * 1000
    assert len(found) == SIZES[0] and all(item[4] and item[6] for item in found), "the peer missed something"
    return took


def with_lxml(items, fields, data: bytes) -> list:
    """Bytes to the texts of all fields of all items."""
    return [
        [[found if isinstance(found, str) else found.text for found in field(item)] for field in fields]
        for item in items(etree.fromstring(data))
    ]


def with_feedparser(data: bytes) -> list:
    return [[entry[key] for key in KEYS] for entry in feedparser.parse(data).entries]


def main(binary: str) -> int:
    folder = Path(binary).parent / "map_bench_files"
    folder.mkdir(parents=True, exist_ok=True)
    files = {items: folder / f"{items}.xml" for items in SIZES}
    for items, file in files.items():
        subprocess.run([binary, "generate", str(items), file], check=True)
    # As large as a document may be in production: the limits are 8 MiB and 4 x that.
    largest = folder / "largest.xml"
    subprocess.run([binary, "generate", "3700", largest], check=True)
    table = Table()

    small = files[SIZES[0]]
    data = small.read_bytes()
    items = etree.XPath("/rss/channel/item")
    fields = [etree.XPath(xpath, namespaces=NAMESPACES) for xpath in XPATHS]
    # Alternately, so that whatever the machine does meanwhile meets both sides.
    rounds = [
        (
            ours(binary, "time", small, RUNS),
            ours(binary, "tokens", small, RUNS),
            min(milliseconds(with_lxml, items, fields, data) for _ in range(RUNS)),
        )
        for _ in range(ROUNDS)
    ]
    us, tokens, lxml = (min(side) for side in zip(*rounds))
    what = f"{SIZES[0]:,} items of {len(data) / 1e6:.2f} MB, {len(XPATHS)} expressions"
    table.row(what, f"{us:.1f} ms", f"lxml {lxml:.1f} ms", f"{lxml / us:.1f} x", ">= 3 x", lxml / us >= 3)
    share = tokens / us
    table.row("  of the speed of bare quick-xml", "", f"quick-xml {tokens:.1f} ms", f"{share:.0%}", ">= 20%", share >= 0.2)

    product = ours(binary, "product", small, RUNS * ROUNDS)
    theirs = min(milliseconds(with_feedparser, data) for _ in range(2))
    ratio = theirs / product
    table.row("the same file as the product reads it", f"{product:.1f} ms", f"feedparser {theirs:,.0f} ms", f"{ratio:.0f} x", ">= 30 x", ratio >= 30)

    for file in (small, largest, files[SIZES[-1]]):
        size = file.stat().st_size
        most, bound = memory(binary, file), max(4 * size, 32 * MIB)
        table.row(
            f"memory for a document of {size / MIB:.1f} MiB", f"{most / MIB:.1f} MiB", "", f"{most / size:.1f} x",
            f"<= {bound / MIB:.0f} MiB", most <= bound,
        )

    # The first run of a process, for all sizes: later ones find their memory warm, which only small documents can profit of.
    firsts = [{items: ours(binary, "time", file, 1) / items * 1000 for items, file in files.items()} for _ in range(RUNS)]
    each = {items: min(first[items] for first in firsts) for items in SIZES}
    for items in SIZES[1:]:
        growth = each[items] / each[SIZES[0]]
        table.row(
            f"{items:,} items in a new process, limits lifted", f"{each[items]:.1f} us each",
            f"{SIZES[0]:,} items {each[SIZES[0]]:.1f} us each", f"{growth:.2f} x", "<= 1.5 x", growth <= 1.5,
        )
    for file in (*files.values(), largest):
        file.unlink()
    return int(table.missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

"""Compares what we read of real feeds with what feedparser reads of them.

Usage: python bench_feedparser.py ITEMS
ITEMS is the built example feed/examples/items.rs; this Python has feedparser and lxml. The feeds are those of
../shared/feeds, or of the folder that KLAROEN_REAL_FEEDS names; without them nothing is compared, and that is said.

Of every well-formed file each item must have the same title, link, guid and date (to the second), and the feed at least
as many items with a picture. Of every other file there must be at least as many items. Each difference needs its reason in
feedparser_differences.toml, with the number of items that it explains; one without a reason, or a reason without a
difference, ends this with status 1.
"""

import collections
import html
import json
import os
import re
import subprocess
import sys
import tomllib
from calendar import timegm
from datetime import datetime
from pathlib import Path

import feedparser
from lxml import etree

ADDRESS = "https://example.com/feed"
FIELDS = ("title", "link", "guid", "published")
REASONS = Path(__file__).with_name("feedparser_differences.toml")


def ours(binary: str, file: Path) -> list[dict] | None:
    """Our items, None where we refuse the file."""
    run = subprocess.run([binary, file, ADDRESS], capture_output=True, text=True)
    return [json.loads(line) for line in run.stdout.splitlines()] if run.returncode == 0 else None


def theirs(data: bytes) -> list[dict]:
    """The items of feedparser, in our shape."""
    headers = {"content-location": ADDRESS, "content-type": "application/xml"}
    return [
        {
            "title": text(entry.get("title")),
            "link": entry.get("link") or None,
            "guid": entry.get("id") or None,
            "published": instant(entry.get("published_parsed") or entry.get("updated_parsed")),
            "image": has_picture(entry),
        }
        for entry in feedparser.parse(data, response_headers=headers).entries
    ]


def text(value: str | None) -> str | None:
    """feedparser leaves sanitised HTML; ours is plain text on one line."""
    if value is None:
        return None
    value = html.unescape(re.sub(r"</?[a-zA-Z][^<>]*>", "", value))
    return " ".join(value.split()) or None


def instant(parsed) -> int | None:
    return timegm(parsed) if parsed else None


def has_picture(entry) -> bool:
    of_media = [m for m in entry.get("media_content", []) if m.get("medium") == "image" or m.get("type", "").startswith("image/")]
    enclosed = [e for e in entry.get("enclosures", []) if e.get("type", "").startswith("image/")]
    return bool(of_media or enclosed or entry.get("media_thumbnail") or entry.get("image"))


def is_well_formed(data: bytes) -> bool:
    """White space before the declaration is forgiven, as feedparser does."""
    try:
        etree.fromstring(data.lstrip(), etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError:
        return False
    return True


def comparable(item: dict) -> dict:
    published = item["published"]
    return {**item, "published": published and int(datetime.fromisoformat(published).timestamp())}


def differences(us: list[dict] | None, them: list[dict], well_formed: bool):
    """What differs: the field, how many items, and an example."""
    if us is None:
        if them:
            yield "items", len(them), f"refused, feedparser has {len(them)}"
        return
    if len(us) < len(them) or (well_formed and len(us) != len(them)):
        yield "items", abs(len(them) - len(us)), f"{len(us)}, feedparser has {len(them)}"
        return
    if not well_formed:
        return
    us = [comparable(item) for item in us]
    for field in FIELDS:
        pairs = [(a[field], b[field]) for a, b in zip(us, them) if a[field] != b[field]]
        if pairs:
            yield field, len(pairs), f"{len(pairs)} of {len(us)}: {pairs[0][0]!r}, feedparser has {pairs[0][1]!r}"
    pictures = sum(bool(item["image"]) for item in us), sum(item["image"] for item in them)
    if pictures[0] < pictures[1]:
        yield "picture", pictures[1] - pictures[0], f"{pictures[0]} items, feedparser has {pictures[1]}"


def main(binary: str) -> int:
    folder = Path(os.environ.get("KLAROEN_REAL_FEEDS") or "../shared/feeds")
    if not folder.is_dir():
        print(f"feedparser: there are no real feeds in {folder}, so nothing was compared")
        return 0
    reasons = tomllib.loads(REASONS.read_text())
    unused = {(file, field) for file, fields in reasons.items() for field in fields}
    count, failed = collections.Counter(), False
    for file in sorted(folder.iterdir()):
        if file.suffix == ".md":
            continue
        data = file.read_bytes()
        well_formed = is_well_formed(data)
        count["well-formed" if well_formed else "malformed"] += 1
        for field, number, example in differences(ours(binary, file), theirs(data), well_formed):
            explained, reason = reasons.get(file.name, {}).get(field, (0, ""))
            unused.discard((file.name, field))
            holds = explained == number
            failed |= not holds
            count["explained" if holds else "unexplained"] += 1
            print(f"  {file.name} {field}: {example}\n    {reason if holds else 'UNEXPLAINED'}")
    for file, field in sorted(unused):
        failed = True
        print(f"  {file} {field}: there is a reason but no difference")
    print(
        f"feedparser {feedparser.__version__} on {count['well-formed']} well-formed and {count['malformed']} other files: "
        f"{count['explained']} differences explained, {count['unexplained']} not  {'MISSED' if failed else 'pass'}"
    )
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

"""How fast short links lead on, each click on disk before its redirect leaves, beside an axum server that only redirects.

Usage: python bench_redirects.py KLAROEN BARE_REDIRECT
Both are asked in turns by wrk, in the same run, for a hundred links at random, each time as a visitor who was not there
before: whoever comes back within half an hour is not counted again.
"""
import itertools, os, re, signal, sqlite3, statistics, subprocess, sys, tempfile
from pathlib import Path

SHARE, P99_MS = 0.60, 25
CONNECTIONS, SECONDS, ROUNDS, LINKS = 64, 4, 5, 100
CODES = [f"bench{number:03}" for number in range(LINKS)]
SCRIPT = """
local ask = "GET /s/bench%03d HTTP/1.1\\r\\nHost: localhost\\r\\nUser-Agent: "
  .. "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0 visitor-{load}-%d\\r\\n\\r\\n"
local visitor = 0
request = function()
  visitor = visitor + 1
  return string.format(ask, math.random(0, {last}), visitor)
end
{delay}
"""
LOADS = itertools.count()


def start(*command):
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env={k: v for k, v in os.environ.items() if not k.startswith("KLAROEN_")},
    )
    for line in process.stdout:
        if found := re.search(r"listens on (http://\S+)", line):
            return process, found[1]
    sys.exit(f"{command[0]} ended before it listened")


def stop(process):
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=45)


def clicks(folder):
    with sqlite3.connect(Path(folder) / "klaroen.db") as database:
        return database.execute("select coalesce(sum(clicks), 0) from link_days").fetchone()[0]


def load(address, folder, delay=0):
    """Requests per second, requests in all, and the 99th percentile in milliseconds."""
    script = Path(folder) / "load.lua"
    pause = f"delay = function() return {delay} end" if delay else ""
    script.write_text(SCRIPT.format(load=next(LOADS), last=LINKS - 1, delay=pause))
    out = subprocess.run(
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", "-s", script, address],
        check=True, capture_output=True, text=True,
    ).stdout
    if refused := re.search(r"(Non-2xx or 3xx responses|Socket errors).*", out):
        sys.exit(refused[0])
    number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)\b", out).groups()
    percentile = float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]
    return float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1]), int(re.search(r"(\d+) requests in", out)[1]), percentile


with tempfile.TemporaryDirectory() as folder:
    ours = [sys.argv[1], "run", "--listen", "127.0.0.1:0", "--data-dir", folder]
    stop(start(*ours)[0])
    with sqlite3.connect(Path(folder) / "klaroen.db") as database:
        rows = [(code, bytes(16), "https://example.com/", "2026-01-01 00:00:00+00:00") for code in CODES]
        database.executemany("insert into links (code, post_id, target, created_at) values (?, ?, ?, ?)", rows)
    (product, address), (peer, bare) = start(*ours), start(sys.argv[2])
    try:
        rates, bares, answered = [], [], 0
        for _ in range(ROUNDS):
            bares.append(load(bare, folder)[0])
            rate, requests, _ = load(address, folder)
            rates.append(rate)
            answered += requests
        rate, bare_rate = statistics.median(rates), statistics.median(bares)
        half, requests, percentile = load(address, folder, delay=round(CONNECTIONS / (rate / 2) * 1000))
        answered += requests
    finally:
        stop(product)
        stop(peer)
    counted = clicks(folder)

share = rate / bare_rate
print(f"redirects: median {rate:,.0f}/s of {ROUNDS}, a bare axum redirect {bare_rate:,.0f}/s: {share:.0%}, limit {SHARE:.0%}")
print(f"redirects at half load ({half:,.0f}/s): 99 % within {percentile:.1f} ms, limit {P99_MS} ms")
print(f"redirects answered {answered:,}, clicks counted {counted:,}")
sys.exit(share < SHARE or percentile > P99_MS or counted < answered)

"""How fast `klaroen run` is ready on an existing database, and how much memory it holds when idle."""
import os, re, signal, statistics, subprocess, sys, tempfile, time, urllib.request

READY_MS, IDLE_MIB = 150, 60


def start(binary, folder):
    begun = time.monotonic()
    process = subprocess.Popen(
        [binary, "run", "--listen", "127.0.0.1:0", "--data-dir", folder],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env={k: v for k, v in os.environ.items() if not k.startswith("KLAROEN_")},
    )
    for line in process.stdout:
        if found := re.search(r"listens on (http://\S+)", line):
            break
    else:
        sys.exit("klaroen run ended before it listened")
    while True:
        try:
            if urllib.request.urlopen(found[1] + "/readyz", timeout=5).status == 200:
                return process, (time.monotonic() - begun) * 1000
        except OSError:
            time.sleep(0.001)


def stop(process):
    process.send_signal(signal.SIGTERM)
    if process.wait(timeout=45) != 0:
        sys.exit("klaroen run did not end cleanly")


def resident(pid):
    with open(f"/proc/{pid}/status") as status:
        return int(re.search(r"VmRSS:\s+(\d+) kB", status.read())[1]) / 1024


with tempfile.TemporaryDirectory() as folder:
    stop(start(sys.argv[1], folder)[0])
    times, memory = [], []
    for _ in range(7):
        process, ready = start(sys.argv[1], folder)
        time.sleep(3)
        memory.append(resident(process.pid))
        times.append(ready)
        stop(process)

ready, idle = statistics.median(times), statistics.median(memory)
print(f"start to ready on an existing SQLite database: median {ready:.0f} ms of 7 ({min(times):.0f}-{max(times):.0f}), limit {READY_MS} ms")
print(f"idle memory of klaroen run: median {idle:.1f} MiB of 7 ({min(memory):.1f}-{max(memory):.1f}), limit {IDLE_MIB} MiB")
sys.exit(ready > READY_MS or idle > IDLE_MIB)

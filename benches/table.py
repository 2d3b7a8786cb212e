#!/usr/bin/env python3
"""Makes the table of benches/README.md: `python3 benches/table.py`.

Runs `cargo bench --bench stages` and reads criterion's estimates, counts instructions where valgrind and
`gungraun-runner` are installed, and times the program as a whole process on invented articles. --keep uses what
criterion measured before; --print writes nothing.
"""

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "benches" / "README.md"
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
FLOOR = "floor: unicode words"
CASES = [(name, n) for name in ("english", "russian") for n in (1, 10, 1000)]
INSTRUCTIONS = (
    "Instructions for ten articles of 3 kB, counted by valgrind; the files of a language are read once, and are counted "
    "with the first stage that needs them."
)
ROWS = [
    "floor: read the file", "floor: memchr", FLOOR, "read JSONL", "read text", "read pages", "text", "stories",
    "summary", "quotes", "render Markdown", "render HTML", "whole",
]


def estimates():
    """Nanoseconds a byte of every bench: the median that criterion estimated over the bytes of its input."""
    found = {}
    for file in (TARGET / "criterion").glob("*/*/new/benchmark.json"):
        bench = json.loads(file.read_text())
        median = json.loads((file.parent / "estimates.json").read_text())["median"]["point_estimate"]
        size = (bench.get("throughput") or {}).get("Bytes")
        if size:
            found[bench["group_id"], bench["function_id"]] = (median, median / size)
    return found


def stage_rows(found):
    for stage in ROWS:
        cells = []
        for name, n in CASES:
            total, per_byte = found.get((f"{name} {n}", stage), (None, None))
            floor = found.get((f"{name} {n}", FLOOR), (None, None))[1]
            if total is None or floor is None:
                cells.append("")
            else:
                cells.append(f"{time_of(total)} ({ratio(per_byte / floor)})")
        yield f"| {stage} | {' | '.join(cells)} |"


def ratio(value):
    return f"{value:.1f}" if value < 10 else f"{value:.0f}"


def time_of(nanoseconds):
    for limit, unit in ((1e3, "ns"), (1e6, "µs"), (1e9, "ms")):
        if nanoseconds < limit:
            return f"{nanoseconds * 1e3 / limit:.3g} {unit}"
    return f"{nanoseconds / 1e9:.3g} s"


def instructions():
    """Instructions of each stage for ten articles, as gungraun counts them."""
    if not (shutil.which("valgrind") and shutil.which("gungraun-runner")):
        return None
    folder = ROOT / "benches" / "instructions"
    command = ["cargo", "bench", "--quiet", "--target-dir", str(TARGET)]
    printed = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout
    printed = re.sub(r"\x1b\[[0-9;]*m", "", printed)
    counts, name = {}, None
    for line in printed.splitlines():
        if head := re.match(r"\w+::stages::(\w+)", line.strip()):
            name = head.group(1)
        if name and (count := re.match(r"\s*Instructions:\s*([\d,]+)", line)):
            counts[name] = int(count.group(1).replace(",", ""))
    return counts


def processes(words_per_byte):
    """The program as a whole process: wall and CPU seconds, peak memory."""
    build = ["cargo", "build", "--release", "--quiet", "--locked"]
    subprocess.run(build + ["--bin", "nutgraf", "--example", "invented_news"], cwd=ROOT, check=True)
    program = TARGET / "release" / "nutgraf"
    make = TARGET / "release" / "examples" / "invented_news"
    now = ["--now", "2026-03-10T06:00:00Z"]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([make, "1", "5000", f"--folder={folder}/one"], check=True)
        one = Path(folder) / "one" / "a0.txt"
        wall, cpu, peak = timed([program, "summarize", *now, one], rounds=20)
        yield f"| `summarize`, 1 article of 5 kB | {1e3 * wall:.1f} ms | {1e3 * cpu:.1f} ms | | {peak} MB |"
        for n in (10_000, 100_000):
            lines = Path(folder) / f"{n}.jsonl"
            with lines.open("wb") as out:
                subprocess.run([make, str(n), "3000"], check=True, stdout=out)
            wall, cpu, peak = timed([program, "brief", *now, lines], rounds=3 if n < 100_000 else 1)
            floor = lines.stat().st_size * words_per_byte / 1e9
            yield f"| `brief`, {n:,} articles of 3 kB, JSONL | {wall:.2f} s | {cpu:.2f} s | {cpu / floor:.1f} | {peak} MB |"
            lines.unlink()


def timed(command, rounds):
    """The least wall and CPU seconds of several rounds, and the peak memory in megabytes."""
    walls, cpus, peak = [], [], 0
    for _ in range(rounds):
        start = time.perf_counter()
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        walls.append(time.perf_counter() - start)
        cpus.append(usage.ru_utime + usage.ru_stime)
        peak = max(peak, usage.ru_maxrss // 1024)
        if status:
            sys.exit(f"{command} failed")
    return min(walls), min(cpus), peak


def machine():
    cpu = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    rustc = subprocess.run(["rustc", "--version"], capture_output=True, text=True).stdout.strip()
    cpu = cpu.group(1) if cpu else platform.processor()
    return f"{cpu}, {os.cpu_count()} cores; {platform.system()}; {rustc}; {time.strftime('%Y-%m-%d')}."


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--keep", action="store_true", help="use what criterion measured before")
    parser.add_argument("--print", action="store_true", help="print, write nothing")
    args = parser.parse_args()
    if not args.keep:
        subprocess.run(["cargo", "bench", "--locked", "--bench", "stages"], cwd=ROOT, check=True)
    found = estimates()
    lines = [
        machine(),
        "",
        "Time of each stage; in brackets, the ratio to the time of unicode words for the same number of bytes.",
        "",
        "| stage | " + " | ".join(f"{name.title()}, {n:,}" for name, n in CASES) + " |",
        "|---" * (len(CASES) + 1) + "|",
        *stage_rows(found),
        "",
        "The program as a process; CPU time is also given relative to unicode words over the same bytes on one core.",
        "",
        "| command | wall | CPU | CPU / words | peak |",
        "|---|---|---|---|---|",
        *processes(found["english 1000", FLOOR][1]),
    ]
    if counts := instructions():
        words = counts.get("unicode_words")
        lines += ["", INSTRUCTIONS, "", "| stage | instructions | / words |", "|---|---|---|"]
        lines += [f"| {name} | {count:,} | {ratio(count / words)} |" for name, count in counts.items()]
    table = "\n".join(lines)
    print(table)
    if not args.print:
        text = README.read_text()
        start, end = "<!-- stages -->", "<!-- end of stages -->"
        before, rest = text.split(start)
        README.write_text(f"{before}{start}\n{table}\n{end}{rest.split(end)[1]}")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Instruction counts of small jobs against tests/guard/counts.csv, and how they grow when the work doubles.

    guard.py --program guard_jobs                       compare; 0 good, 1 something moved, 2 could not run, 77 no valgrind
    guard.py --program guard_jobs --refresh REASON [JOB ...]
                                                        write what moved, or the named jobs alone, with the reason

Every job runs at two sizes under valgrind, and only the instructions inside its work are counted: no clock, so a busy
machine makes no difference. A count may differ by a tenth from the record either way: a job that became faster is
recorded anew, else it could become as slow as it was unnoticed. Counts compare within one build only (compiler,
libraries, flags: `guard_jobs --built`). With another one growth alone is judged, and the last line says so.
"""
import argparse
import csv
import datetime
import math
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

COLUMNS = ["job", "size", "instructions", "built", "date", "reason"]
TOLERANCE = 0.10
NOT_HERE = 77


class CannotRun(Exception):
    pass


def clean_environment():
    # The size of the environment moves the stack, and words in it steer libraries.
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C"}


def run(command, **more):
    done = subprocess.run(command, capture_output=True, text=True, env=clean_environment(), check=False, **more)
    if done.returncode not in (0, NOT_HERE):
        raise CannotRun(f"{' '.join(map(str, command))}: exit {done.returncode}\n{done.stderr.strip()}")
    return done


def list_jobs(program):
    return [line.split(",") for line in run([program, "--list"]).stdout.split()]


def count_instructions(program, folder, jobs):
    """[(job, unit, most, [(size, units, instructions), twice])], and the jobs that this processor lacks."""
    counted, absent = [], []
    for job, unit, size, most in jobs:
        runs = []
        for asked in (int(size), 2 * int(size)):
            command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null",
                       "--toggle-collect=jenjang_guard_counted", program, job, str(asked)]
            done = run(command, cwd=folder)
            if done.returncode == NOT_HERE:
                break
            units = re.search(r"^units (\d+)$", done.stdout, re.MULTILINE)
            found = re.search(r"Collected : (\d+)", done.stderr)
            if not units or not found or int(found[1]) == 0:
                raise CannotRun(f"{job} of {asked}: nothing was counted\n{done.stderr.strip()}")
            runs.append((asked, int(units[1]), int(found[1])))
        if len(runs) == 2:
            counted.append((job, unit, float(most), runs))
        else:
            absent.append(job)
    return counted, absent


def read_measured(path):
    """The same from a file, for the test of this program: job,unit,most,size,units,instructions by row."""
    jobs = {}
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            entry = jobs.setdefault(row["job"], (row["job"], row["unit"], float(row["most"]), []))
            entry[3].append((int(row["size"]), int(row["units"]), int(row["instructions"])))
    return list(jobs.values()), []


def read_record(path):
    if not path.exists():
        return {}
    with open(path, newline="", encoding="utf-8") as file:
        return {(row["job"], int(row["size"])): row for row in csv.DictReader(file)}


def write_record(path, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def growth(runs):
    """What twice the work costs, from two runs whose work is nearly one to two."""
    (_, units, instructions), (_, more_units, more_instructions) = runs
    if more_units <= units:
        raise CannotRun(f"{more_units} is no more work than {units}")
    return 2 ** (math.log(more_instructions / instructions) / math.log(more_units / units))


def judge(counted, absent, known, record, built):
    """Lines to print, whether all is well, and the jobs whose counts were not compared."""
    lines, good, uncompared = [], True, []
    for job, unit, most, runs in counted:
        doubled = growth(runs)
        words, wrong = [], False
        for size, _, instructions in runs:
            row = record.get((job, size))
            if row is None:
                words.append(f"{size}: not recorded")
                wrong = True
            elif row["built"] != built:
                words.append(f"{size}: recorded with another build")
                uncompared.append(job)
            else:
                moved = instructions / int(row["instructions"]) - 1
                words.append(f"{size}: {100 * moved:+.1f} %")
                wrong |= abs(moved) > TOLERANCE
        if doubled > most:
            words.append(f"doubling costs more than {most:.2f}")
            wrong = True
        good &= not wrong
        size, units, instructions = runs[0]
        lines.append(f"{'MOVED' if wrong else 'good':5}  {job:20} {instructions:>13,} for {units:,} {unit}; "
                     f"doubled x{doubled:.2f}; {', '.join(words)}")
    for job in sorted({job for job, _ in record} - known):
        lines.append(f"MOVED  {job:20} is recorded, but there is no such job")
        good = False
    for job in absent:
        lines.append(f"absent {job:19} this processor lacks what it needs")
    return lines, good, sorted(set(uncompared))


def refreshed(counted, known, record, built, named, reason):
    """Rows of the new record. What moved less than a tenth keeps its row: a tenth must not creep in by small steps."""
    today = datetime.date.today().isoformat()
    rows = {key: row for key, row in record.items() if key[0] in known}
    changed = []
    for job, _, _, runs in counted:
        old = [record.get((job, size)) for size, _, _ in runs]
        same = all(row is not None and row["built"] == built
                   and abs(instructions / int(row["instructions"]) - 1) <= TOLERANCE
                   for row, (_, _, instructions) in zip(old, runs))
        if same and job not in named:
            continue
        changed.append(job)
        rows = {key: row for key, row in rows.items() if key[0] != job}
        for size, _, instructions in runs:
            rows[job, size] = {"job": job, "size": size, "instructions": instructions, "built": built, "date": today,
                               "reason": reason}
    return [rows[key] for key in sorted(rows)], changed


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", help="the program of the jobs, in a release build")
    parser.add_argument("--counts", type=Path, default=Path(__file__).with_name("counts.csv"))
    parser.add_argument("--measured", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--built", help=argparse.SUPPRESS)
    parser.add_argument("--refresh", metavar="REASON")
    parser.add_argument("jobs", nargs="*", metavar="JOB")
    asked = parser.parse_args()
    if asked.refresh is not None and not asked.refresh.strip():
        parser.error("a refresh needs its reason: what made the counts move, and why that is right")
    if asked.jobs and asked.refresh is None:
        parser.error("jobs are named for a refresh only")
    try:
        if asked.measured:
            counted, absent = read_measured(asked.measured)
            built = asked.built
        else:
            if not asked.program:
                parser.error("--program is missing")
            if not shutil.which("valgrind"):
                print("guard: there is no valgrind here; nothing was checked")
                return NOT_HERE
            program = str(Path(asked.program).resolve())
            # Seen through valgrind: what it says of the processor chooses among the kernels of libraries.
            built = run(["valgrind", "--tool=none", "-q", program, "--built"]).stdout.strip()
            jobs = list_jobs(program)
        known = {job for job, *_ in (counted if asked.measured else jobs)}
        unknown = set(asked.jobs) - known
        if unknown:
            parser.error(f"no such job: {', '.join(sorted(unknown))}")
        if not asked.measured:
            wanted = [entry for entry in jobs if not asked.jobs or entry[0] in asked.jobs]
            counted, absent = count_instructions(program, Path(program).parent, wanted)
        record = read_record(asked.counts)
        lines, good, uncompared = judge(counted, absent, known, record, built)
        print("\n".join(lines))
        if asked.refresh is not None:
            if asked.measured and asked.jobs:
                counted = [entry for entry in counted if entry[0] in asked.jobs]
            rows, changed = refreshed(counted, known, record, built, asked.jobs, asked.refresh.strip())
            write_record(asked.counts, rows)
            print(f"guard: recorded anew: {', '.join(changed) or 'nothing'}; the growth is judged by the next run")
            return 0
    except CannotRun as reason:
        print(f"guard: {reason}", file=sys.stderr)
        return 2
    if not good:
        print(f"guard: FAILED. More than {TOLERANCE:.0%} from the record, or growing too fast. Mend it, or record the new"
              " counts with the reason: ./dev guard --refresh \"REASON\"")
        return 1
    if uncompared:
        print(f"guard: passed ON GROWTH ALONE for {', '.join(uncompared)}: recorded with another build.\n"
              f"  here: {built}\n  To compare counts again: ./dev guard --refresh \"REASON\" on an unchanged tree")
        return 0
    print("guard: passed; counts and growth")
    return 0


if __name__ == "__main__":
    sys.exit(main())

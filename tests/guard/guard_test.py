#!/usr/bin/env python3
"""The guard must be able to fail: made-up counts against made-up records."""
import csv
import subprocess
import sys
import tempfile
from pathlib import Path

GUARD = Path(__file__).with_name("guard.py")
BUILD = "compiler 1; flags -O2"


class Bench:
    def __init__(self, folder):
        self.folder = Path(folder)
        self.counts = self.folder / "counts.csv"
        self.measured = self.folder / "measured.csv"

    def measure(self, first, second, units=(100, 200), most=2.3):
        with open(self.measured, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["job", "unit", "most", "size", "units", "instructions"])
            writer.writerow(["sum", "nodes", most, 100, units[0], first])
            writer.writerow(["sum", "nodes", most, 200, units[1], second])

    def record(self, first, second, built=BUILD, more=()):
        with open(self.counts, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["job", "size", "instructions", "built", "date", "reason"])
            writer.writerow(["sum", 100, first, built, "2026-01-02", "first"])
            writer.writerow(["sum", 200, second, built, "2026-01-02", "first"])
            writer.writerows(more)

    def guard(self, *more):
        command = [sys.executable, GUARD, "--measured", self.measured, "--built", BUILD, "--counts", self.counts, *more]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    def rows(self):
        with open(self.counts, newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))


def expect(what, wanted, found, words=()):
    code, text = found
    if code != wanted or any(word not in text for word in words):
        sys.exit(f"{what}: exit {code}, expected {wanted} and {words}\n{text}")


def main():
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(folder)
        bench.measure(1_000_000, 2_000_000)
        bench.record(1_000_000, 2_000_000)
        expect("the same counts", 0, bench.guard(), ["passed; counts and growth"])
        bench.record(1_090_000, 1_830_000)  # 8.3 % less, 9.3 % more
        expect("less than a tenth", 0, bench.guard(), ["-8.3 %", "+9.3 %"])
        bench.record(850_000, 2_000_000)
        expect("recorded 15 % too low", 1, bench.guard(), ["MOVED", "+17.6 %", "FAILED"])
        bench.record(1_000_000, 1_700_000)
        expect("recorded 15 % too low at twice the size", 1, bench.guard(), ["MOVED", "+17.6 %"])
        bench.record(1_150_000, 2_000_000)
        expect("faster than recorded", 1, bench.guard(), ["-13.0 %"])
        bench.record(1_000_000, 2_000_000, more=[["gone", 5, 1, BUILD, "2026-01-02", "first"]])
        expect("a job that is no more", 1, bench.guard(), ["no such job"])
        bench.counts.unlink()
        expect("nothing recorded", 1, bench.guard(), ["not recorded"])

        # Growth is judged by what there was to do, not by the size asked for.
        bench.measure(1_000_000, 2_500_000)
        bench.record(1_000_000, 2_500_000)
        expect("doubling costs 2.5", 1, bench.guard(), ["doubled x2.50", "more than 2.30"])
        bench.measure(1_000_000, 2_500_000, units=(100, 240))  # 2 ** (ln 2.5 / ln 2.4) = 2.07
        expect("2.5 for 2.4 times the work", 0, bench.guard(), ["doubled x2.07"])
        bench.measure(1_000_000, 4_000_000, most=2.3)
        bench.record(1_000_000, 4_000_000)
        expect("quadratic", 1, bench.guard(), ["doubled x4.00"])
        bench.measure(1_000_000, 2_000_000, units=(100, 100))
        expect("no more work", 2, bench.guard())

        # Another build: growth alone, and it says so.
        bench.measure(1_000_000, 2_000_000)
        bench.record(850_000, 1_700_000, built="compiler 2; flags -O2")
        expect("another build", 0, bench.guard(), ["ON GROWTH ALONE for sum"])
        bench.measure(1_000_000, 2_500_000)
        expect("another build, growing", 1, bench.guard(), ["doubled x2.50"])

        # A refresh: never without a reason; small moves stay as recorded unless named.
        bench.measure(1_000_000, 2_000_000)
        bench.record(850_000, 1_700_000)
        before = bench.counts.read_text(encoding="utf-8")
        for reason in ("", "  "):
            expect("a refresh without a reason", 2, bench.guard("--refresh", reason), ["reason"])
        if bench.counts.read_text(encoding="utf-8") != before:
            sys.exit("a refused refresh wrote")
        expect("a refresh", 0, bench.guard("--refresh", "exact sums"), ["recorded anew: sum"])
        row = bench.rows()[0]
        if row["instructions"] != "1000000" or row["reason"] != "exact sums" or row["built"] != BUILD:
            sys.exit(f"a refresh wrote {row}")
        expect("after the refresh", 0, bench.guard())
        bench.record(950_000, 1_900_000)
        expect("nothing moved", 0, bench.guard("--refresh", "x"), ["recorded anew: nothing"])
        if bench.rows()[0]["reason"] != "first":
            sys.exit("a small move was recorded without being named")
        expect("named", 0, bench.guard("--refresh", "faster sums", "sum"), ["recorded anew: sum"])
        if bench.rows()[1]["instructions"] != "2000000":
            sys.exit("a named job was not recorded")
        bench.record(850_000, 1_700_000, more=[["kept", 5, 1, BUILD, "2026-01-02", "first"]])
        expect("a refresh drops jobs that are no more", 0, bench.guard("--refresh", "x"), ["recorded anew: sum"])
        if [row["job"] for row in bench.rows()] != ["sum", "sum"]:
            sys.exit("a refresh kept a job that is no more")
        expect("a name that is no job", 2, bench.guard("--refresh", "x", "sun"), ["no such job: sun"])
    print("the guard fails where it must")


if __name__ == "__main__":
    main()

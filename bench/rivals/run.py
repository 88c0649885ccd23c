"""Runs every rival on every dumped problem, each in a process of its own: run.py DUMP_FOLDER OUTPUT.json

Standard library alone, so that it can say which rival is not there. A rival that cannot be imported, takes too long or
answers wrongly is left out of the table with a line that says so.
"""

import argparse
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))

# Program, jobs, and the largest size that is still a sensible wait.
RIVALS = (
    ("rival_scipy.py", ("J3", "J2"), 10_000_000),
    ("rival_graphblas.py", ("J3", "J2"), 10_000_000),
    ("rival_polars.py", ("J3", "J2", "J3full"), 10_000_000),
    ("rival_duckdb.py", ("J3", "J2", "J2whole", "J3full"), 10_000_000),
    ("rival_pandas.py", ("J3",), 10_000_000),
    ("rival_sqlite.py", ("J3", "J4values"), 10_000_000),
    ("rival_networkx.py", ("J3",), 1_000_000),
)


def run_one(program, folder, job, arguments):
    command = [sys.executable, os.path.join(HERE, program), folder, job, str(arguments.rounds), str(arguments.seconds)]
    environment = dict(os.environ, OMP_NUM_THREADS="2", POLARS_MAX_THREADS="2")
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=arguments.timeout, env=environment,
                              check=False)
    except subprocess.TimeoutExpired:
        return None, f"no answer within {arguments.timeout} s"
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines()
        return None, lines[-1] if lines else f"ended with {done.returncode}"
    return json.loads(done.stdout.strip().splitlines()[-1]), ""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("output")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=60, help="after that, three samples are enough")
    parser.add_argument("--timeout", type=float, default=900)
    parser.add_argument("--only", default="", help="part of a rival's file name")
    arguments = parser.parse_args()
    results, absent = [], []
    for size in sorted(int(name) for name in os.listdir(arguments.folder) if name.isdigit()):
        folder = os.path.join(arguments.folder, str(size))
        for program, jobs, largest in RIVALS:
            if size > largest or arguments.only not in program:
                continue
            for job in jobs:
                result, why = run_one(program, folder, job, arguments)
                name = program[len("rival_"):-len(".py")]
                print(f"{name} {job} {size}: {why or min(result['seconds'])}", file=sys.stderr, flush=True)
                if result is None:
                    absent.append({"rival": name, "job": job, "size": size, "why": why})
                else:
                    results.append(dict(result, size=size))
    with open(arguments.output, "w", encoding="utf-8") as out:
        json.dump({"results": results, "absent": absent}, out, indent=1)
        out.write("\n")


if __name__ == "__main__":
    main()

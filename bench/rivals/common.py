"""What every rival shares: the arrays of one problem, checking against the engine's answers, taking times."""

import json
import os
import resource
import sys
import time

import numpy as np

MONTHS = 12
CUTS = (90.0, 75.0, 60.0, 50.0)  # at least, of the achievement rounded to two digits
LIMIT = 120.0


class Problem:
    """The arrays that `bench_bulk --dump` writes: leaves first, one range of nodes a level."""

    def __init__(self, folder):
        self.folder = folder
        self.level_begin = self.load("level_begin").astype(np.int64)
        self.parent = self.load("edge_parent").astype(np.int64)
        self.child = self.load("edge_child").astype(np.int64)
        self.weight = self.load("edge_weight")
        self.driver = self.load("edge_driver").astype(np.float64)
        self.leaf_value = self.load("leaf_value")
        self.nodes = int(self.level_begin[-1])
        self.leaves = int(self.level_begin[1])
        self.levels = len(self.level_begin) - 1

    def load(self, name):
        return np.load(os.path.join(self.folder, name + ".npy"))

    def edges_of(self, level):
        """Positions of the edges whose parents stand on a level; edges are in order of parents."""
        first = np.searchsorted(self.parent, self.level_begin[level])
        last = np.searchsorted(self.parent, self.level_begin[level + 1])
        return slice(int(first), int(last))

    def owned_rows_of(self, level):
        """Positions of the edges to those children whose target the parent sets: that of its first parent."""
        rows = self.edges_of(level)
        owned = self.load("owner").astype(np.int64)[self.child[rows]] == self.parent[rows]
        return np.arange(rows.start, rows.stop)[owned]

    def owned_edges_of(self, level):
        rows = self.owned_rows_of(level)
        parent, driver = self.parent[rows], self.driver[rows]
        begin = self.level_begin[level]
        total = np.bincount(parent - begin, weights=driver, minlength=int(self.level_begin[level + 1] - begin))
        return parent, self.child[rows], driver / total[parent - begin]


class Wrong(Exception):
    """An answer that is not the engine's."""


def check_equal(what, got, wanted, tolerance=1e-9):
    got, wanted = np.asarray(got, dtype=np.float64), np.asarray(wanted, dtype=np.float64)
    if got.shape != wanted.shape:
        raise Wrong(f"{what}: shape {got.shape}, not {wanted.shape}")
    both_missing = np.isnan(got) & np.isnan(wanted)
    near = np.abs(got - wanted) <= tolerance * np.maximum(1.0, np.abs(wanted))
    wrong = int((~(near | both_missing)).sum())
    if wrong:
        raise Wrong(f"{what}: {wrong} of {got.size} cells differ")


def check_bands(problem, bands):
    """Bands that doubles put on the other side of a cut are counted, not refused: how many is part of the answer."""
    wanted = problem.load("band")
    wrong = int((np.asarray(bands) != wanted).sum())
    if wrong > wanted.size * 1e-3:
        raise Wrong(f"bands: {wrong} of {wanted.size} cells differ")
    return wrong


def take_times(run, rounds, most_seconds):
    run()
    seconds = []
    began = time.perf_counter()
    while len(seconds) < rounds:
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
        if len(seconds) >= 3 and time.perf_counter() - began > most_seconds:
            break
    return seconds


def main(name, version, jobs):
    """rival.py FOLDER JOB ROUNDS MOST_SECONDS: one line of JSON on standard output."""
    folder, job, rounds, most_seconds = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
    problem = Problem(folder)
    start = time.perf_counter()
    run, check = jobs[job](problem)
    load = time.perf_counter() - start
    run()
    note = check()
    seconds = take_times(run, rounds, most_seconds)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({
        "rival": name, "version": version, "job": job, "nodes": problem.nodes, "seconds": seconds,
        "load_seconds": load, "peak_MiB": peak, "note": note or "",
    }))

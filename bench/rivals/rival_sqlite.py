"""SQLite in memory: figures in one table by node, twelve columns wide, filled level by level; and one changed fact."""

import random
import sqlite3

import numpy as np

import common

COLUMNS = [f"m{m}" for m in range(common.MONTHS)]


def connect(problem):
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.execute("PRAGMA cache_size = -2000000")
    db.execute(f"CREATE TABLE v (node INTEGER PRIMARY KEY, {', '.join(c + ' REAL' for c in COLUMNS)})")
    db.execute("CREATE TABLE e (parent INTEGER, place INTEGER, child INTEGER, weight REAL, "
               "PRIMARY KEY (parent, place)) WITHOUT ROWID")
    db.execute("BEGIN")
    leaves = np.where(np.isnan(problem.leaf_value), None, problem.leaf_value.astype(object))
    marks = ", ".join("?" * common.MONTHS)
    db.executemany(f"INSERT INTO v VALUES (?, {marks})", ([i, *row] for i, row in enumerate(leaves.tolist())))
    db.executemany("INSERT INTO e VALUES (?, ?, ?, ?)",
                   zip(problem.parent.tolist(), range(len(problem.parent)), problem.child.tolist(),
                       problem.weight.tolist()))
    db.execute("COMMIT")
    return db


def fill(problem, db):
    sums = ", ".join(f"sum(weight * {c})" for c in COLUMNS)
    db.execute("BEGIN")
    db.execute("DELETE FROM v WHERE node >= ?", (problem.leaves,))
    for level in range(1, problem.levels):
        db.execute(f"INSERT INTO v SELECT parent, {sums} FROM e JOIN v ON node = child "
                   "WHERE parent >= ? AND parent < ? GROUP BY parent",
                   (int(problem.level_begin[level]), int(problem.level_begin[level + 1])))
    db.execute("COMMIT")


def figures(problem, db):
    rows = db.execute(f"SELECT {', '.join(COLUMNS)} FROM v WHERE node >= ? ORDER BY node", (problem.leaves,))
    return np.array(rows.fetchall(), dtype=np.float64)


def roll_up(problem):
    db = connect(problem)

    def check():
        common.check_equal("value", figures(problem, db), problem.load("value")[problem.leaves:])

    return lambda: fill(problem, db), check


def change(problem):
    """A fact of one month, then everything above it in that month; a thousand a run."""
    db = connect(problem)
    db.execute("CREATE INDEX up ON e (child)")
    fill(problem, db)
    draw = random.Random(1)
    updates = [f"UPDATE v SET {c} = (SELECT sum(weight * b.{c}) FROM e JOIN v AS b ON b.node = child "
               "WHERE parent = v.node) WHERE node = ?" for c in COLUMNS]
    calls = 1000

    def once():
        leaf, month = draw.randrange(problem.leaves), draw.randrange(common.MONTHS)
        db.execute(f"UPDATE v SET {COLUMNS[month]} = ? WHERE node = ?", (float(draw.randrange(1000)), leaf))
        above, waiting = set(), [leaf]
        while waiting:
            for (parent,) in db.execute("SELECT parent FROM e WHERE child = ?", (waiting.pop(),)).fetchall():
                if parent not in above:
                    above.add(parent)
                    waiting.append(parent)
        for node in sorted(above):
            db.execute(updates[month], (node,))

    def run():
        db.execute("BEGIN")
        for _ in range(calls):
            once()
        db.execute("COMMIT")

    def check():
        stepwise = figures(problem, db)
        fill(problem, db)
        common.check_equal("value after changes", stepwise, figures(problem, db))
        return f"seconds of {calls} changes"

    return run, check


if __name__ == "__main__":
    common.main("SQLite", sqlite3.sqlite_version, {"J3": roll_up, "J4values": change})

"""DuckDB on two threads: a table of figures a level, twelve columns wide, made from the level below by a join."""

import duckdb
import numpy as np
import pandas as pd

import common

MONTHS = range(common.MONTHS)


def connect(problem, columns, leaf):
    db = duckdb.connect(":memory:", config={"threads": 2, "preserve_insertion_order": False})
    for level in range(1, problem.levels):
        rows = problem.edges_of(level)
        edges = pd.DataFrame({"parent": problem.parent[rows], "child": problem.child[rows],
                              "weight": problem.weight[rows], "driver": problem.driver[rows]})
        db.execute(f"CREATE TABLE e{level} AS SELECT * FROM edges")
    frame = pd.DataFrame(leaf, columns=columns)
    frame.insert(0, "node", np.arange(len(leaf)))
    db.execute("CREATE TABLE v0 AS SELECT node, " + ", ".join(f"CASE WHEN isnan({c}) THEN NULL ELSE {c} END AS {c}"
                                                               for c in columns) + " FROM frame")
    return db


def read(db, names, columns):
    parts = []
    for name in names:
        table = db.execute(f"SELECT {', '.join(columns)} FROM {name} ORDER BY node").fetchnumpy()
        parts.append(np.column_stack([np.ma.filled(table[c].astype(np.float64), np.nan) for c in columns]))
    return np.vstack(parts)


def roll_up(problem):
    columns = [f"m{m}" for m in MONTHS]
    db = connect(problem, columns, problem.leaf_value)
    sums = ", ".join(f"sum(weight * {c}) AS {c}" for c in columns)

    def run():
        for level in range(1, problem.levels):
            db.execute(f"CREATE OR REPLACE TABLE v{level} AS SELECT parent AS node, {sums} "
                       f"FROM e{level} JOIN v{level - 1} ON child = node GROUP BY parent")

    def check():
        names = [f"v{level}" for level in range(1, problem.levels)]
        common.check_equal("value", read(db, names, columns), problem.load("value")[problem.leaves:])

    return run, check


def full(problem):
    """With targets: achievement by H1, its limit, its band, and how many of how many reported."""
    columns = [f"m{m}" for m in MONTHS]
    db = connect(problem, columns, problem.leaf_value)
    target = problem.load("target")
    for level in range(problem.levels):
        begin, end = problem.level_begin[level], problem.level_begin[level + 1]
        frame = pd.DataFrame(target[begin:end], columns=[f"t{m}" for m in MONTHS])
        frame.insert(0, "node", np.arange(begin, end))
        db.execute(f"CREATE TABLE t{level} AS SELECT * FROM frame")

    def judged(m):
        figure = f"CASE WHEN t{m} > 0 AND m{m} IS NOT NULL THEN least(100 * m{m} / t{m}, {common.LIMIT}) END"
        cases = " ".join(f"WHEN round(a{m}, 2) >= {cut} THEN {i}" for i, cut in enumerate(common.CUTS))
        return f"{figure} AS a{m}", f"CASE WHEN a{m} IS NULL THEN -1 {cases} ELSE {len(common.CUTS)} END AS b{m}"

    figures = ", ".join(judged(m)[0] for m in MONTHS)
    bands = ", ".join(judged(m)[1] for m in MONTHS)
    sums = ", ".join(f"sum(weight * m{m}) AS m{m}, CAST(sum(n{m}) AS INTEGER) AS n{m}" for m in MONTHS)
    counted = ", ".join(f"CASE WHEN m{m} IS NULL THEN 0 ELSE 1 END AS n{m}" for m in MONTHS)

    def judge(source, level, kept):
        db.execute(f"CREATE OR REPLACE TABLE f{level} AS SELECT *, {bands} FROM "
                   f"(SELECT {kept}, {figures} FROM ({source}) AS s JOIN t{level} USING (node))")

    kept = "node, units, " + ", ".join(f"m{m}, n{m}" for m in MONTHS)

    def run():
        judge(f"SELECT node, 1 AS units, {', '.join(columns)}, {counted} FROM v0", 0, kept)
        for level in range(1, problem.levels):
            judge(f"SELECT parent AS node, CAST(sum(units) AS INTEGER) AS units, {sums} FROM e{level} "
                  f"JOIN f{level - 1} ON child = node GROUP BY parent", level, kept)

    def check():
        names = [f"f{level}" for level in range(problem.levels)]
        common.check_equal("value", read(db, names[1:], columns), problem.load("value")[problem.leaves:])
        achievement = np.nan_to_num(read(db, names[1:], [f"a{m}" for m in MONTHS]))
        common.check_equal("achievement", achievement, problem.load("achievement"))
        wrong = common.check_bands(problem, read(db, names, [f"b{m}" for m in MONTHS]))
        return f"{wrong} bands on the wrong side of a cut" if wrong else ""

    return run, check


def split(problem):
    columns = [f"m{m}" for m in MONTHS]
    db = duckdb.connect(":memory:", config={"threads": 2, "preserve_insertion_order": False})
    top = problem.levels - 1
    root = problem.load("root_target")
    frame = pd.DataFrame(root, columns=columns)
    frame.insert(0, "node", [problem.nodes - 1])
    db.execute(f"CREATE TABLE v{top} AS SELECT * FROM frame")
    for level in range(top, 0, -1):
        parent, child, share = problem.owned_edges_of(level)
        edges = pd.DataFrame({"parent": parent, "child": child, "share": share})
        db.execute(f"CREATE TABLE e{level} AS SELECT * FROM edges")
    shares = ", ".join(f"{c} * share AS {c}" for c in columns)

    def run():
        for level in range(top, 0, -1):
            db.execute(f"CREATE OR REPLACE TABLE v{level - 1} AS SELECT child AS node, {shares} "
                       f"FROM e{level} JOIN v{level} ON parent = node")

    def check():
        names = [f"v{level}" for level in range(problem.levels)]
        common.check_equal("target", read(db, names, columns), problem.load("target_split"))

    return run, check


def whole(problem):
    """Largest remainder by a window; the first month alone."""
    db = duckdb.connect(":memory:", config={"threads": 2})
    top = problem.levels - 1
    root = pd.DataFrame({"node": [problem.nodes - 1], "target": problem.load("root_target")[:, 0].astype(np.int64)})
    db.execute(f"CREATE TABLE v{top} AS SELECT * FROM root")
    for level in range(top, 0, -1):
        rows = problem.owned_rows_of(level)
        edges = pd.DataFrame({"parent": problem.parent[rows], "child": problem.child[rows],
                              "driver": problem.driver[rows].astype(np.int64), "place": rows})
        db.execute(f"CREATE TABLE e{level} AS SELECT * FROM edges")

    def run():
        for level in range(top, 0, -1):
            db.execute(f"""
                CREATE OR REPLACE TABLE v{level - 1} AS
                WITH shares AS (
                  SELECT *, sum(driver) OVER (PARTITION BY parent) AS total FROM e{level} JOIN v{level} ON parent = node),
                parts AS (
                  SELECT *, target * driver // total AS part, target * driver % total AS rest FROM shares),
                ranked AS (
                  SELECT *, target - sum(part) OVER (PARTITION BY parent) AS missing,
                         row_number() OVER (PARTITION BY parent ORDER BY rest DESC, driver DESC, place) AS rank
                  FROM parts)
                SELECT child AS node, CAST(part + CASE WHEN rank <= missing THEN 1 ELSE 0 END AS BIGINT) AS target
                FROM ranked""")

    def check():
        got = read(db, [f"v{level}" for level in range(problem.levels)], ["target"])[:, 0]
        common.check_equal("target", got, problem.load("target")[:, 0], 0)
        return "one month of twelve"

    return run, check


if __name__ == "__main__":
    common.main("DuckDB", duckdb.__version__, {"J3": roll_up, "J3full": full, "J2": split, "J2whole": whole})

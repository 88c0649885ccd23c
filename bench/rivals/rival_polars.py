"""Polars: a frame of figures a level, twelve columns wide, made from the level below by a join and a group-by."""

import os

os.environ.setdefault("POLARS_MAX_THREADS", "2")

import numpy as np  # noqa: E402
import polars as pl  # noqa: E402

import common  # noqa: E402

COLUMNS = [f"m{m}" for m in range(common.MONTHS)]


def frame_of(array, first, names):
    data = {"node": np.arange(first, first + len(array))}
    data.update({name: array[:, m] for m, name in enumerate(names)})
    return pl.DataFrame(data).with_columns(pl.col(names).fill_nan(None))


def edges_of(problem):
    for level in range(1, problem.levels):
        rows = problem.edges_of(level)
        yield pl.DataFrame({"parent": problem.parent[rows], "node": problem.child[rows],
                            "weight": problem.weight[rows]})


def dense(frames, names):
    parts = [f.sort("node").select(names).with_columns(pl.all().cast(pl.Float64)).to_numpy() for f in frames]
    return np.vstack(parts)


def summed(name):
    return pl.when(pl.col(name).count() > 0).then((pl.col(name) * pl.col("weight")).sum()).alias(name)


def roll_up(problem):
    edges = list(edges_of(problem))
    leaf = frame_of(problem.leaf_value, 0, COLUMNS)
    values = []

    def run():
        values.clear()
        value = leaf
        for tie in edges:
            value = (tie.lazy().join(value.lazy(), on="node").group_by("parent").agg([summed(c) for c in COLUMNS])
                     .rename({"parent": "node"}).collect())
            values.append(value)

    def check():
        common.check_equal("value", dense(values, COLUMNS), problem.load("value")[problem.leaves:])

    return run, check


def full(problem):
    """With targets: achievement by H1, its limit, its band, and how many of how many reported."""
    edges = list(edges_of(problem))
    months = range(common.MONTHS)
    counts, figures, bands = ([f"{letter}{m}" for m in months] for letter in "nab")
    goals = [f"t{m}" for m in months]
    target = problem.load("target")
    targets = [frame_of(target[b:e], b, goals) for b, e in zip(problem.level_begin[:-1], problem.level_begin[1:])]
    leaf = frame_of(problem.leaf_value, 0, COLUMNS).with_columns(
        pl.lit(1, pl.Int32).alias("units"),
        *[pl.col(c).is_not_null().cast(pl.Int32).alias(n) for c, n in zip(COLUMNS, counts)])

    def band(figure):
        rounded = pl.col(figure).round(2)
        choice = pl.when(pl.col(figure).is_null()).then(-1)
        for i, cut in enumerate(common.CUTS):
            choice = choice.when(rounded >= cut).then(i)
        return choice.otherwise(len(common.CUTS)).cast(pl.Int8)

    def judged(values, level):
        return (values.join(targets[level].lazy(), on="node").with_columns(
            [pl.when(pl.col(t) > 0).then((100 * pl.col(c) / pl.col(t)).clip(upper_bound=common.LIMIT)).alias(a)
             for c, t, a in zip(COLUMNS, goals, figures)]).with_columns(
            [band(a).alias(b) for a, b in zip(figures, bands)]).drop(goals).collect())

    done = []

    def run():
        done.clear()
        done.append(judged(leaf.lazy(), 0))
        for level, tie in enumerate(edges, start=1):
            summed_up = (tie.lazy().join(done[-1].lazy().select(["node", "units", *COLUMNS, *counts]), on="node")
                         .group_by("parent").agg([summed(c) for c in COLUMNS] + [pl.col(n).sum() for n in counts]
                                                 + [pl.col("units").sum()])
                         .rename({"parent": "node"}))
            done.append(judged(summed_up, level))

    def check():
        common.check_equal("value", dense(done[1:], COLUMNS), problem.load("value")[problem.leaves:])
        common.check_equal("achievement", np.nan_to_num(dense(done[1:], figures)), problem.load("achievement"))
        wrong = common.check_bands(problem, dense(done, bands))
        return f"{wrong} bands on the wrong side of a cut" if wrong else ""

    return run, check


def split(problem):
    top = problem.levels - 1
    edges = []
    for level in range(top, 0, -1):
        parent, child, share = problem.owned_edges_of(level)
        edges.append(pl.DataFrame({"node": parent, "child": child, "share": share}))
    root = frame_of(problem.load("root_target"), problem.nodes - 1, COLUMNS)
    targets = []

    def run():
        targets.clear()
        target = root
        for tie in edges:
            target = (tie.lazy().join(target.lazy(), on="node")
                      .select([pl.col("child").alias("node")] + [pl.col(c) * pl.col("share") for c in COLUMNS])
                      .collect())
            targets.append(target)

    def check():
        common.check_equal("target", dense([*reversed(targets), root], COLUMNS), problem.load("target_split"))

    return run, check


if __name__ == "__main__":
    common.main("Polars", pl.__version__, {"J3": roll_up, "J3full": full, "J2": split})

"""pandas: edges of a level, the figures of their children times the weights, grouped by parent."""

import numpy as np
import pandas as pd

import common


def roll_up(problem):
    levels = []
    for level in range(1, problem.levels):
        rows = problem.edges_of(level)
        below = problem.level_begin[level - 1]
        levels.append((problem.parent[rows], problem.child[rows] - below, problem.weight[rows][:, None]))
    leaf = pd.DataFrame(problem.leaf_value)
    values = []

    def run():
        values.clear()
        value = leaf
        for parent, child, weight in levels:
            offered = value.take(child) * weight
            value = offered.groupby(parent, sort=True).sum(min_count=1)
            values.append(value)

    def check():
        common.check_equal("value", np.vstack([v.to_numpy() for v in values]), problem.load("value")[problem.leaves:])

    return run, check


if __name__ == "__main__":
    common.main("pandas", pd.__version__, {"J3": roll_up})

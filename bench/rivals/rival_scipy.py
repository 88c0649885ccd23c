"""SciPy: one sparse matrix a level, times the dense figures below it."""

import numpy as np
import scipy
from scipy import sparse

import common


def roll_up(problem):
    matrices = []
    for level in range(1, problem.levels):
        rows = problem.edges_of(level)
        begin, below = problem.level_begin[level], problem.level_begin[level - 1]
        shape = (int(problem.level_begin[level + 1] - begin), int(begin - below))
        matrices.append(sparse.csr_matrix(
            (problem.weight[rows], (problem.parent[rows] - begin, problem.child[rows] - below)), shape=shape))
    known = ~np.isnan(problem.leaf_value)
    leaf = np.where(known, problem.leaf_value, 0.0)
    known = known.astype(np.float64)
    values = []

    def run():
        values.clear()
        value, reported = leaf, known
        for matrix in matrices:
            value = matrix @ value
            reported = np.minimum(matrix @ reported * 1e9, 1.0)
            values.append(np.where(reported > 0, value, np.nan))

    def check():
        common.check_equal("value", np.vstack(values), problem.load("value")[problem.leaves:])

    return run, check


def split(problem):
    matrices = []
    for level in range(problem.levels - 1, 0, -1):
        parent, child, share = problem.owned_edges_of(level)
        begin, below = problem.level_begin[level], problem.level_begin[level - 1]
        shape = (int(begin - below), int(problem.level_begin[level + 1] - begin))
        matrices.append(sparse.csr_matrix((share, (child - below, parent - begin)), shape=shape))
    root = problem.load("root_target")
    targets = []

    def run():
        targets.clear()
        target = root
        for matrix in matrices:
            target = matrix @ target
            targets.append(target)

    def check():
        common.check_equal("target", np.vstack([*reversed(targets), root]), problem.load("target_split"))

    return run, check


if __name__ == "__main__":
    common.main("SciPy", scipy.__version__, {"J3": roll_up, "J2": split})

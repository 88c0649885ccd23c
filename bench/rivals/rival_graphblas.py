"""SuiteSparse:GraphBLAS through python-graphblas: one matrix a level; what nobody reported is no entry."""

import importlib.metadata

import graphblas as gb
import numpy as np

import common


def matrix_of(rows, columns, values, shape):
    return gb.Matrix.from_coo(rows, columns, values, nrows=shape[0], ncols=shape[1], dtype=float)


def roll_up(problem):
    matrices = []
    for level in range(1, problem.levels):
        rows = problem.edges_of(level)
        begin, below = problem.level_begin[level], problem.level_begin[level - 1]
        shape = (int(problem.level_begin[level + 1] - begin), int(begin - below))
        matrices.append(matrix_of(problem.parent[rows] - begin, problem.child[rows] - below, problem.weight[rows],
                                  shape))
    node, month = np.nonzero(~np.isnan(problem.leaf_value))
    leaf = matrix_of(node, month, problem.leaf_value[node, month], (problem.leaves, common.MONTHS))
    values = []

    def run():
        values.clear()
        value = leaf
        for matrix in matrices:
            value = matrix.mxm(value, gb.semiring.plus_times).new()
            value.wait()
            values.append(value)

    def check():
        common.check_equal("value", np.vstack([v.to_dense(np.nan) for v in values]),
                           problem.load("value")[problem.leaves:])

    return run, check


def split(problem):
    matrices = []
    for level in range(problem.levels - 1, 0, -1):
        parent, child, share = problem.owned_edges_of(level)
        begin, below = problem.level_begin[level], problem.level_begin[level - 1]
        shape = (int(begin - below), int(problem.level_begin[level + 1] - begin))
        matrices.append(matrix_of(child - below, parent - begin, share, shape))
    root = gb.Matrix.from_dense(problem.load("root_target"))
    targets = []

    def run():
        targets.clear()
        target = root
        for matrix in matrices:
            target = matrix.mxm(target, gb.semiring.plus_times).new()
            target.wait()
            targets.append(target)

    def check():
        dense = [t.to_dense(np.nan) for t in reversed(targets)]
        common.check_equal("target", np.vstack([*dense, problem.load("root_target")]), problem.load("target_split"))

    return run, check


if __name__ == "__main__":
    common.main("GraphBLAS", importlib.metadata.version("suitesparse-graphblas"), {"J3": roll_up, "J2": split})

"""NetworkX: a directed graph with the figures in its nodes, visited in topological order."""

import networkx as nx
import numpy as np

import common


def roll_up(problem):
    graph = nx.DiGraph()
    graph.add_nodes_from(range(problem.nodes))
    graph.add_weighted_edges_from(zip(problem.child.tolist(), problem.parent.tolist(), problem.weight.tolist()))
    for node in range(problem.leaves):
        graph.nodes[node]["value"] = problem.leaf_value[node]
    order = [node for node in nx.topological_sort(graph) if node >= problem.leaves]
    nothing = np.full(common.MONTHS, np.nan)

    def run():
        for node in order:
            total, reported = np.zeros(common.MONTHS), np.zeros(common.MONTHS, dtype=bool)
            for child, tie in graph.pred[node].items():
                value = graph.nodes[child]["value"]
                known = ~np.isnan(value)
                total += np.where(known, value, 0.0) * tie["weight"]
                reported |= known
            graph.nodes[node]["value"] = np.where(reported, total, nothing)

    def check():
        got = np.array([graph.nodes[node]["value"] for node in range(problem.leaves, problem.nodes)])
        common.check_equal("value", got, problem.load("value")[problem.leaves:])

    return run, check


if __name__ == "__main__":
    common.main("NetworkX", nx.__version__, {"J3": roll_up})

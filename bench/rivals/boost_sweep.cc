#include "rivals/boost_sweep.h"

#include <array>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/topological_sort.hpp>
#include <cmath>
#include <iterator>
#include <vector>

namespace jenjang::bench {

struct BoostSweep::Impl {
  struct Vertex {
    std::array<double, bulk::kMonths> value{};
    std::array<bool, bulk::kMonths> known{};
  };
  struct Tie {
    double weight = 1;
  };
  using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, Vertex, Tie>;
  Graph graph;
  std::vector<Graph::vertex_descriptor> order;  // children first
};

BoostSweep::BoostSweep(const bulk::FlatPlan& plan, const bulk::Figures& figures) : impl_(std::make_unique<Impl>()) {
  Impl::Graph& graph = impl_->graph;
  graph = Impl::Graph(plan.node_count());
  for (std::uint32_t leaf = 0; leaf < plan.leaf_count(); ++leaf) {
    for (std::size_t month = 0; month < bulk::kMonths; ++month) {
      const std::size_t cell = leaf * bulk::kMonths + month;
      graph[leaf].value[month] = figures.value[cell];
      graph[leaf].known[month] = bulk::cell_state(figures.state[cell]) == CellState::value;
    }
  }
  for (auto node = static_cast<std::uint32_t>(plan.leaf_count()); node < plan.node_count(); ++node) {
    const double unit = std::pow(10.0, -plan.measure(node).weight_places);
    for (const bulk::Edge& edge : plan.children(node)) {
      boost::add_edge(node, edge.child(), Impl::Tie{edge.weight * unit}, graph);
    }
  }
  // Depth first along out-edges: a child is finished before its parents.
  boost::topological_sort(graph, std::back_inserter(impl_->order));
}

BoostSweep::~BoostSweep() = default;

void BoostSweep::roll_up() {
  Impl::Graph& graph = impl_->graph;
  for (const auto node : impl_->order) {
    const auto [first, last] = boost::out_edges(node, graph);
    if (first == last) continue;
    Impl::Vertex sum;
    for (auto edge = first; edge != last; ++edge) {
      const Impl::Vertex& child = graph[boost::target(*edge, graph)];
      const double weight = graph[*edge].weight;
      for (std::size_t month = 0; month < bulk::kMonths; ++month) {
        if (!child.known[month]) continue;
        sum.value[month] += child.value[month] * weight;
        sum.known[month] = true;
      }
    }
    graph[node] = sum;
  }
}

double BoostSweep::value(std::uint32_t node, unsigned month) const {
  return impl_->graph[node].value[month];
}

}  // namespace jenjang::bench

#include "engine/graph/detail/boost_graph.h"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/graph/topological_sort.hpp>
#include <cstddef>
#include <iterator>

namespace jenjang::detail {
namespace {

// Vector storage: descriptors are the vertex numbers themselves. No properties: everything else stays in the caller's
// columns by number.
using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;

Graph make_graph(Vertex vertex_count, const EdgeList& edges) {
  return Graph(edges.begin(), edges.end(), vertex_count);
}

}  // namespace

std::optional<std::vector<Vertex>> targets_first_order(Vertex vertex_count, const EdgeList& edges) {
  const Graph graph = make_graph(vertex_count, edges);
  std::vector<Vertex> order;
  order.reserve(vertex_count);
  try {
    // topological_sort emits a vertex when its search is finished, that is after everything it points to. The name
    // suggests the opposite; here that reversed order is the one wanted.
    boost::topological_sort(graph, std::back_inserter(order));
  } catch (const boost::not_a_dag&) {
    return std::nullopt;
  }
  return order;
}

std::vector<Vertex> component_of(Vertex vertex_count, const EdgeList& edges) {
  const Graph graph = make_graph(vertex_count, edges);
  std::vector<Vertex> component(vertex_count);
  boost::strong_components(
      graph, boost::make_iterator_property_map(component.begin(), boost::get(boost::vertex_index, graph)));
  return component;
}

std::vector<bool> reached_from(Vertex vertex_count, const EdgeList& edges, const std::vector<Vertex>& roots) {
  const Graph graph = make_graph(vertex_count, edges);
  std::vector<boost::default_color_type> colour(vertex_count, boost::white_color);
  const auto colours = boost::make_iterator_property_map(colour.begin(), boost::get(boost::vertex_index, graph));
  boost::queue<std::size_t> pending;
  for (const Vertex root : roots) {
    // breadth_first_visit keeps the colours, so each vertex is searched once over all roots.
    if (colour[root] == boost::white_color) {
      boost::breadth_first_visit(graph, std::size_t{root}, pending, boost::default_bfs_visitor(), colours);
    }
  }
  std::vector<bool> reached(vertex_count);
  for (Vertex v = 0; v < vertex_count; ++v) reached[v] = colour[v] != boost::white_color;
  return reached;
}

}  // namespace jenjang::detail

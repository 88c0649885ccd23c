#include "engine/graph/detail/boost_graph.h"

#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/graph/topological_sort.hpp>
#include <cstddef>
#include <cstdint>
#include <iterator>

namespace jenjang::detail {
namespace {

// Compressed rows: descriptors are the vertex numbers themselves, edges of one vertex stay in their order. No
// properties: everything else stays in the caller's columns by number.
using Graph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, boost::no_property,
                                                 boost::no_property, std::uint32_t, std::uint32_t>;

Graph make_graph(Vertex vertex_count, const EdgeList& edges) {
  return Graph(boost::edges_are_unsorted_multi_pass, edges.begin(), edges.end(), vertex_count);
}

}  // namespace

std::optional<std::vector<Vertex>> targets_first_order(Vertex vertex_count, const EdgeList& edges) {
  const Graph graph = make_graph(vertex_count, edges);
  std::vector<Vertex> order;
  order.reserve(vertex_count);
  std::vector<boost::default_color_type> colour(vertex_count, boost::white_color);
  const auto colours = boost::make_iterator_property_map(colour.begin(), boost::get(boost::vertex_index, graph));
  try {
    // topological_sort emits a vertex when its search is finished, that is after everything it points to. The name
    // suggests the opposite; here that reversed order is the one wanted.
    boost::topological_sort(graph, std::back_inserter(order), boost::color_map(colours));
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
  boost::queue<Vertex> pending;
  for (const Vertex root : roots) {
    // breadth_first_visit keeps the colours, so each vertex is searched once over all roots.
    if (colour[root] == boost::white_color) {
      boost::breadth_first_visit(graph, root, pending, boost::default_bfs_visitor(), colours);
    }
  }
  std::vector<bool> reached(vertex_count);
  for (Vertex v = 0; v < vertex_count; ++v) reached[v] = colour[v] != boost::white_color;
  return reached;
}

}  // namespace jenjang::detail

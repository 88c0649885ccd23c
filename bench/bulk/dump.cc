#include "bulk/dump.h"

#include <cmath>
#include <cstdint>
#include <fstream>
#include <limits>
#include <stdexcept>
#include <vector>

namespace jenjang::bench {
namespace {

using bulk::kMonths;

// `columns` 0: one dimension.
template <class T>
void write_array(const std::string& path, const char* type, const T* first, std::size_t rows, std::size_t columns) {
  std::string header = "{'descr': '" + std::string(type) + "', 'fortran_order': False, 'shape': (" +
                       std::to_string(rows) + "," + (columns == 0 ? "" : " " + std::to_string(columns)) + "), }";
  constexpr std::size_t kPreamble = 10, kAlign = 64;
  header.resize((kPreamble + header.size() + 1 + kAlign - 1) / kAlign * kAlign - kPreamble - 1, ' ');
  header += '\n';
  std::ofstream out(path, std::ios::binary);
  out << "\x93NUMPY" << '\x01' << '\x00' << static_cast<char>(header.size() & 0xff)
      << static_cast<char>(header.size() >> 8) << header;
  out.write(reinterpret_cast<const char*>(first),
            static_cast<std::streamsize>(rows * (columns == 0 ? 1 : columns) * sizeof(T)));
  if (!out) throw std::runtime_error("cannot write " + path);
}

}  // namespace

void dump(const Problem& problem, const std::string& folder) {
  const bulk::FlatPlan& plan = problem.plan;
  const bulk::Figures& figures = problem.figures;
  const auto path = [&](const char* name) { return folder + "/" + name + ".npy"; };
  const std::size_t nodes = plan.node_count(), leaves = plan.leaf_count();
  write_array(path("level_begin"), "<u4", plan.level_begin.data(), plan.level_begin.size(), 0);
  std::vector<std::uint32_t> parents, children, drivers;
  std::vector<double> weights;
  for (auto node = static_cast<std::uint32_t>(leaves); node < nodes; ++node) {
    const double unit = std::pow(10.0, plan.measure(node).weight_places);
    for (const bulk::Edge& edge : plan.children(node)) {
      parents.push_back(node);
      children.push_back(edge.child());
      drivers.push_back(edge.driver);
      weights.push_back(edge.weight / unit);
    }
  }
  write_array(path("edge_parent"), "<u4", parents.data(), parents.size(), 0);
  write_array(path("edge_child"), "<u4", children.data(), children.size(), 0);
  write_array(path("edge_driver"), "<u4", drivers.data(), drivers.size(), 0);
  write_array(path("edge_weight"), "<f8", weights.data(), weights.size(), 0);
  write_array(path("owner"), "<u4", plan.owner.data(), nodes, 0);
  std::vector<double> values(figures.value.begin(), figures.value.end());
  for (std::size_t cell = 0; cell < values.size(); ++cell) {
    if (bulk::cell_state(figures.state[cell]) != CellState::value) {
      values[cell] = std::numeric_limits<double>::quiet_NaN();
    }
  }
  write_array(path("leaf_value"), "<f8", values.data(), leaves, kMonths);
  write_array(path("value"), "<f8", values.data(), nodes, kMonths);
  write_array(path("target"), "<f8", figures.target.data(), nodes, kMonths);
  write_array(path("root_target"), "<f8", figures.target.data() + (nodes - 1) * kMonths, 1, kMonths);
  write_array(path("achievement"), "<f8", figures.all.achievement.data(), nodes - leaves, kMonths);
  write_array(path("band"), "|i1", figures.band.data(), nodes, kMonths);
}

void dump_split(const Problem& problem, const std::string& folder) {
  write_array(folder + "/target_split.npy", "<f8", problem.figures.target.data(), problem.plan.node_count(), kMonths);
}

}  // namespace jenjang::bench

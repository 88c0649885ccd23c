#include <algorithm>
#include <map>
#include <tuple>

#include "jenjang/cascade/staff_shares.h"

namespace jenjang {
namespace {

class MatrixMaker {
public:
  MatrixMaker(const Model& model, UnitId leader) : model_(model) { matrix_.leader = leader; }

  RoleResultMatrix make() {
    find_results();
    for (std::uint32_t r = 0; r < matrix_.results.size(); ++r) {
      read_ties(r);
    }
    find_members();
    for (RoleResult& cell : matrix_.cells) {
      cell.member = place_[model_.node_unit[cell.node.index()].value()];
    }
    std::sort(matrix_.cells.begin(), matrix_.cells.end(), [](const RoleResult& a, const RoleResult& b) {
      return std::tie(a.member, a.result, a.node, a.tie) < std::tie(b.member, b.result, b.node, b.tie);
    });
    return std::move(matrix_);
  }

private:
  void find_results() {
    for (std::size_t n = 0; n < model_.node_count(); ++n) {
      const NodeId node = NodeId::from_index(n);
      // Operands and criteria are inputs of a result, not results.
      const ItemKind kind = model_.item(node).kind;
      if (model_.node_unit[n] == matrix_.leader && (is_goal(kind) || kind == ItemKind::indicator)) {
        matrix_.results.push_back(node);
      }
    }
    std::sort(matrix_.results.begin(), matrix_.results.end(), [this](NodeId a, NodeId b) {
      const bool a_measure = model_.item(a).is_measure(), b_measure = model_.item(b).is_measure();
      const ItemId a_item = model_.node_item[a.index()], b_item = model_.node_item[b.index()];
      return std::tie(a_measure, a_item, a) < std::tie(b_measure, b_item, b);
    });
  }

  void read_ties(std::uint32_t result) {
    const NodeId node = matrix_.results[result];
    for (const NodeId child : model_.graph.children(node)) {
      add({0, result, child, EdgeKind::formula, std::nullopt, true});
    }
    for (const NodeId supporter : model_.graph.supporters(node)) {
      add({0, result, supporter, EdgeKind::support, std::nullopt, true});
    }
    const auto shared = model_.graph.crosscut_children(node);
    const std::size_t first = shared.empty() ? 0 : model_.graph.crosscut_first_edge(node).index();
    for (std::size_t i = 0; i < shared.size(); ++i) {
      const CrosscutEdge& edge = model_.crosscut_edges[first + i];
      add({0, result, shared[i], EdgeKind::crosscut, edge.share, edge.accepted});
    }
  }

  // The leader's own measures of his own goals are no work of a member; a ratio's pair of one operand counts once.
  void add(RoleResult cell) {
    if (model_.node_unit[cell.node.index()] == matrix_.leader) {
      return;
    }
    const bool known = !matrix_.cells.empty() && matrix_.cells.back().node == cell.node &&
                       matrix_.cells.back().result == cell.result && matrix_.cells.back().tie == cell.tie;
    if (!known) {
      matrix_.cells.push_back(cell);
    }
  }

  void find_members() {
    std::vector<UnitId> others;
    others.reserve(matrix_.cells.size());
    for (const RoleResult& cell : matrix_.cells) {
      others.push_back(model_.node_unit[cell.node.index()]);
    }
    for (std::size_t u = 0; u < model_.units.size(); ++u) {
      if (model_.units[UnitId::from_index(u)].parent == matrix_.leader) {
        others.push_back(UnitId::from_index(u));
      }
    }
    std::sort(others.begin(), others.end());
    others.erase(std::unique(others.begin(), others.end()), others.end());
    matrix_.members = std::move(others);
    std::stable_partition(matrix_.members.begin(), matrix_.members.end(),
                          [this](UnitId unit) { return model_.units[unit].parent == matrix_.leader; });
    for (std::uint32_t m = 0; m < matrix_.members.size(); ++m) {
      place_[matrix_.members[m].value()] = m;
    }
  }

  const Model& model_;
  RoleResultMatrix matrix_;
  std::map<std::uint32_t, std::uint32_t> place_;  // of a unit among the members
};

}  // namespace

RoleResultMatrix role_result_matrix(const Model& model, UnitId leader) {
  return MatrixMaker(model, leader).make();
}

}  // namespace jenjang

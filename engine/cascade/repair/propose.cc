// Trees of hand-set families, repaired and rounded from the top, as edits of statements.
#include <algorithm>
#include <utility>

#include "engine/cascade/families/effective_statement.h"
#include "engine/cascade/families/refusal.h"
#include "engine/cascade/repair/hand_trees.h"
#include "engine/cascade/repair/step_family.h"
#include "engine/cascade/repair/tree_repair.h"

namespace jenjang {
namespace cascade {
namespace {

constexpr std::size_t kShown = 5;  // names in one sentence; related places carry the rest

// One tree laid out for repair_tree: nodes[0] is the root.
struct HandTree {
  std::vector<RepairNode> nodes;
  std::vector<const HandMember*> members;   // by node; nullptr for the root
  std::vector<const HandFamily*> families;  // by node; nullptr for a figure nobody made from others
};

class Proposer {
public:
  Proposer(const Model& model, const TargetTable& targets, const RepairOptions& options, DiagnosticSink& sink)
      : model_(model), targets_(targets), sink_(sink), families_(find_hand_families(model, targets, options)) {}

  std::vector<RepairProposal> run() {
    settle_locked();
    for (const auto& [key, family] : families_) {
      for (const HandMember& member : family.members) {
        if (!member.locked()) below_.emplace(CellKey{member.node, key.second}, true);
      }
    }
    std::vector<const HandFamily*> roots;
    for (const auto& [key, family] : families_) {
      if (!below_.contains(key)) roots.push_back(&family);
    }
    const auto as_read = [this](const HandFamily* family) {
      return std::tuple(model_.node_item[family->parent.index()], model_.node_unit[family->parent.index()],
                        family->period);
    };
    std::sort(roots.begin(), roots.end(),
              [&](const HandFamily* a, const HandFamily* b) { return as_read(a) < as_read(b); });
    std::vector<RepairProposal> proposals;
    for (const HandFamily* root : roots) {
      const std::optional<Decimal> target = target_of(*root);
      if (!target) continue;
      const HandTree tree = grow(*root);
      if (!needs_repair(tree, *target)) continue;
      if (std::optional<RepairProposal> proposal = repair(tree, *root, *target))
        proposals.push_back(*std::move(proposal));
    }
    return proposals;
  }

private:
  // A parent whose members are all locked follows them: where its own figure agrees it is as good as locked,
  // where not there is only one figure it can have.
  void settle_locked() {
    std::map<CellKey, HandMember*> owner;
    for (auto& [key, family] : families_) {
      for (HandMember& member : family.members) owner.emplace(CellKey{member.node, key.second}, &member);
    }
    for (auto& [key, family] : families_) {  // children have smaller numbers than their parents
      const auto found = owner.find(key);
      if (found == owner.end() || found->second->locked()) continue;
      if (!std::all_of(family.members.begin(), family.members.end(), [](const HandMember& m) { return m.locked(); }))
        continue;
      HandMember& own = *found->second;
      if (!family.adds_up(model_, own.value)) {
        Rational sum;
        for (const HandMember& member : family.members) sum += member.weight * Rational(member.value);
        const Rounding print = family.law(model_, own.value).rounding;
        const std::optional<Decimal> forced =
            print.mode == RoundingMode::exact ? sum.to_decimal() : std::optional(round(sum, print));
        if (!forced || (own.lower && Rational(*forced) < *own.lower) || (own.upper && Rational(*forced) > *own.upper))
          continue;  // a limit stands against it: the tree reports that
        own.value = *forced;
        forced_.emplace(key, *forced);
      }
      own.willingness = Rational();
    }
  }

  [[nodiscard]] std::optional<Decimal> target_of(const HandFamily& family) const {
    if (const auto forced = forced_.find({family.parent, family.period}); forced != forced_.end())
      return forced->second;
    const TargetCell* cell = targets_.find(family.parent, family.period);
    if (cell != nullptr) return cell->target.number() ? std::optional(*cell->target.number()) : std::nullopt;
    const Statement* stated = effective_statement(model_, family.parent, family.period).statement;
    const Decimal* number = stated == nullptr ? nullptr : stated->target.number();
    return number == nullptr ? std::nullopt : std::optional(*number);
  }

  [[nodiscard]] HandTree grow(const HandFamily& root) const {
    HandTree tree;
    tree.nodes.emplace_back();
    tree.members.push_back(nullptr);
    tree.families.push_back(&root);
    for (std::size_t node = 0; node < tree.nodes.size(); ++node) {
      const HandFamily* family = tree.families[node];
      if (family == nullptr) continue;
      for (const HandMember& member : family->members) {
        tree.nodes.push_back(
            {{Rational(member.value), member.willingness, member.weight, member.lower, member.upper}, node, false});
        tree.members.push_back(&member);
        const auto below = families_.find({member.node, root.period});
        tree.families.push_back(member.locked() || below == families_.end() ? nullptr : &below->second);
      }
    }
    return tree;
  }

  [[nodiscard]] bool needs_repair(const HandTree& tree, const Decimal& target) const {
    for (std::size_t node = 0; node < tree.nodes.size(); ++node) {
      if (tree.families[node] == nullptr) continue;
      if (!tree.families[node]->adds_up(model_, node == 0 ? target : tree.members[node]->value)) return true;
      for (const HandMember& member : tree.families[node]->members) {
        if (forced_.contains({member.node, tree.families[node]->period})) return true;
      }
    }
    return false;
  }

  std::optional<RepairProposal> repair(const HandTree& tree, const HandFamily& root, const Decimal& target) {
    // Where everything below is locked and the figures agree after rounding, exact arithmetic has no say.
    const TreeRepair passes(tree.nodes);
    const bool all_stand = root.adds_up(model_, target) && std::all_of(root.members.begin(), root.members.end(),
                                                                       [](const HandMember& m) { return m.locked(); });
    if (const auto conflict = all_stand ? std::nullopt : passes.conflict(Rational(target))) {
      report(tree, root, target, *conflict);
      return std::nullopt;
    }
    RepairProposal proposal;
    proposal.root = root.parent;
    proposal.period = root.period;
    std::vector<Decimal> figures(tree.nodes.size());
    figures[0] = target;
    for (std::size_t node = 0; node < tree.nodes.size(); ++node) {
      if (tree.families[node] == nullptr) continue;
      if (!step(tree, passes, node, figures)) {
        const std::vector<Decimal> steps = member_steps(model_, *tree.families[node], figures[node]);
        sink_.report(make_diagnostic(Code::J1652, place_of(tree.families[node]->parent, root.period))
                         .arg("induk", model_.address(tree.families[node]->parent, root.period))
                         .arg("target", figures[node].to_string())
                         .arg("langkah", std::min_element(steps.begin(), steps.end())->to_string()));
        return std::nullopt;
      }
    }
    for (std::size_t node = 1; node < tree.nodes.size(); ++node) add_edit(*tree.members[node], figures[node], proposal);
    if (proposal.edits.empty()) return std::nullopt;
    return proposal;
  }

  [[nodiscard]] bool step(const HandTree& tree, const TreeRepair& passes, std::size_t node,
                          std::vector<Decimal>& figures) const {
    const HandFamily& family = *tree.families[node];
    const std::vector<std::size_t>& children = passes.children(node);
    StepRequest request{model_, family, figures[node], member_steps(model_, family, figures[node]), {}, {}, {}};
    bool locked = true;
    for (std::size_t k = 0; k < children.size(); ++k) {
      request.lower.push_back(passes.reach(children[k]).least);
      request.upper.push_back(passes.reach(children[k]).most);
      locked = locked && family.members[k].locked();
    }
    request.shares = [&](std::span<const std::optional<Rational>> fixed) {
      return passes.shares(node, Rational(figures[node]), fixed);
    };
    if (locked) return true;  // judged before
    const std::optional<std::vector<Decimal>> cells = step_family(request);
    if (!cells) return false;
    for (std::size_t k = 0; k < children.size(); ++k) figures[children[k]] = (*cells)[k];
    return true;
  }

  void add_edit(const HandMember& member, const Decimal& after, RepairProposal& proposal) const {
    if (member.statement == UINT32_MAX) return;
    const Statement& statement = model_.statements[member.statement];
    const Decimal& before = *statement.target.number();
    // What is locked stands; a figure forced by locked ones below was put into the member itself.
    const Decimal& figure = member.locked() ? member.value : after;
    if (figure == before) return;
    proposal.edits.push_back({member.statement, member.node, before, figure});
    const Rational moved = Rational(figure) - Rational(before);
    proposal.objective += moved * moved / Rational(statement.grounds.willingness);
  }

  [[nodiscard]] SourceSpan place_of(NodeId node, Period period) const {
    const Statement* stated = effective_statement(model_, node, period).statement;
    return stated != nullptr ? stated->span : model_.node_span[node.index()];
  }

  [[nodiscard]] std::string limits_in_words(const HandMember& member) const {
    std::string text = model_.address(member.node) + " (";
    if (member.locked()) return text + member.value.to_string() + ")";
    if (member.lower) text += ">= " + figure(*member.lower);
    if (member.upper) text += (member.lower ? ", <= " : "<= ") + figure(*member.upper);
    return text + ")";
  }

  void report(const HandTree& tree, const HandFamily& root, const Decimal& target, const RepairConflict& conflict) {
    const NodeId parent = tree.families[conflict.parent]->parent;
    const Decimal& due = conflict.parent == 0 ? target : tree.members[conflict.parent]->value;
    std::string blamed;
    for (std::size_t i = 0; i < conflict.cells.size() && i < kShown; ++i)
      blamed += (i == 0 ? "" : ", ") + limits_in_words(*tree.members[conflict.cells[i]]);
    if (conflict.cells.size() > kShown) blamed += " (+" + std::to_string(conflict.cells.size() - kShown) + ")";
    const auto words = [](const std::optional<Rational>& end, const char* none) { return end ? figure(*end) : none; };
    Diagnostic finding;
    if (conflict.only_locked && conflict.least && conflict.most && *conflict.least == *conflict.most) {
      finding = make_diagnostic(Code::J1650, place_of(parent, root.period))
                    .arg("terkunci", blamed)
                    .arg("jumlah", figure(*conflict.least))
                    .arg("selisih", figure((*conflict.least - Rational(due)).absolute()));
    } else {
      finding = make_diagnostic(Code::J1651, place_of(parent, root.period))
                    .arg("batas", blamed)
                    .arg("terendah", words(conflict.least, "-∞"))
                    .arg("tertinggi", words(conflict.most, "∞"));
    }
    finding.args.push_back({"induk", model_.address(parent, root.period)});
    finding.args.push_back({"target", due.to_string()});
    for (const std::size_t cell : conflict.cells) {
      const HandMember& member = *tree.members[cell];
      const SourceSpan span = member.statement == UINT32_MAX ? model_.node_span[member.node.index()]
                                                             : model_.statements[member.statement].span;
      finding.related.push_back({span, (member.locked() ? "terkunci: " : "terbatas: ") + limits_in_words(member),
                                 (member.locked() ? "locked: " : "limited: ") + limits_in_words(member)});
    }
    sink_.report(std::move(finding));
  }

  const Model& model_;
  const TargetTable& targets_;
  DiagnosticSink& sink_;
  std::map<CellKey, HandFamily> families_;
  std::map<CellKey, Decimal> forced_;
  std::map<CellKey, bool> below_;  // cells that a family above may move
};

}  // namespace
}  // namespace cascade

std::vector<RepairProposal> propose_repairs(const Model& model, const TargetTable& targets,
                                            const RepairOptions& options, DiagnosticSink& sink) {
  return cascade::Proposer(model, targets, options, sink).run();
}

}  // namespace jenjang

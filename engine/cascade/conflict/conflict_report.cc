#include "engine/cascade/conflict/conflict_report.h"

#include <algorithm>

#include "engine/cascade/families/refusal.h"

namespace jenjang::cascade {
namespace {

constexpr std::size_t kShown = 5;  // demands in one sentence; related places carry the rest
constexpr std::size_t kWays = 6;

std::string sign_of(const Demand& demand) {
  return demand.is_equality() ? " = " : demand.is_floor() ? " >= " : " <= ";
}

std::string in_short(const Model& model, const Demand& demand) {
  if (demand.rule_of != nullptr) {
    return (demand.is_floor() ? "minimal " : "maksimal ") + figure(demand.value) + " (" +
           std::to_string(demand.rule_of->family->children.size()) + "x)";
  }
  return model.address(demand.node) + sign_of(demand) + figure(demand.value);
}

struct Words {
  std::string_view id, en;
};

Words name_of(DemandKind kind) {
  switch (kind) {
    case DemandKind::target:
      return {"target", "target"};
    case DemandKind::hold:
      return {"tahanan", "hold"};
    case DemandKind::firm:
      return {"ditetapkan pemerintahnya sendiri", "adopted by its own government"};
    case DemandKind::given:
      return {"dibawa dari induknya sendiri", "handed down by its own parent"};
    case DemandKind::floor:
      return {"batas bawah", "floor"};
    case DemandKind::cap:
      return {"batas atas", "cap"};
    case DemandKind::rule_floor:
      return {"batas bawah aturan", "floor of the rule"};
    case DemandKind::rule_cap:
      return {"batas atas aturan", "cap of the rule"};
    case DemandKind::whole:
      return {"bagian dari keseluruhan", "share of a whole"};
  }
  return {"tuntutan", "demand"};
}

// What the sentence cannot hold: grounds, and what would do.
RelatedSpan place_with_words(const Model& model, const Demand& demand, std::span<const Relaxation> ways) {
  const Words name = name_of(demand.kind);
  const std::string text = in_short(model, demand);
  RelatedSpan related{demand.span, std::string(name.id) + " " + text, std::string(name.en) + " " + text};
  const auto add = [&related](const std::string& id, const std::string& en) {
    related.id_label += id;
    related.en_label += en;
  };
  if (demand.grounds != nullptr && !demand.grounds->reason.empty()) {
    add("; alasan: " + demand.grounds->reason, "; reason: " + demand.grounds->reason);
  }
  if (demand.grounds != nullptr && !demand.grounds->citation.empty()) {
    add("; dasar: " + demand.grounds->citation, "; rests on: " + demand.grounds->citation);
  }
  if (demand.owner.valid()) {
    const std::string owner = model.address(demand.owner);
    add("; targetnya dari " + owner, "; its target comes from " + owner);
  }
  for (const Relaxation& way : ways) {
    if (way.demand.node != demand.node || way.demand.span != demand.span || way.demand.kind != demand.kind) {
      continue;
    }
    if (way.to) {
      add("; cukup bila menjadi " + figure(*way.to), "; " + figure(*way.to) + " would do");
    }
    if (way.release) {
      add(way.to ? " atau dilepas" : "; cukup bila dilepas", way.to ? ", or releasing it" : "; releasing it would do");
    }
  }
  return related;
}

std::string listed(const Model& model, std::span<const Demand> demands) {
  std::string text;
  for (std::size_t i = 0; i < demands.size() && i < kShown; ++i) {
    text += (i == 0 ? "" : ", ") + in_short(model, demands[i]);
  }
  if (demands.size() > kShown) {
    text += " (+" + std::to_string(demands.size() - kShown) + ")";
  }
  return text;
}

std::string ways_in_short(const Model& model, std::span<const Relaxation> ways, Period period) {
  std::string text;
  std::size_t shown = 0;
  for (const Relaxation& way : ways) {
    if (!way.to) {
      continue;  // only letting go helps; the place says so
    }
    if (shown++ == kWays) {
      text += "; ...";
      break;
    }
    Demand moved = way.demand;
    moved.value = *way.to;
    const bool whole_rule = moved.rule_of != nullptr;
    text += (text.empty() ? "" : "; ") +
            (whole_rule ? in_short(model, moved)
                        : model.address(moved.node, period) + sign_of(moved) + figure(moved.value));
  }
  return text.empty() ? "-" : text;
}

}  // namespace

Diagnostic conflict_diagnostic(const Model& model, const CellStore& store, const IntervalTree& tree,
                               const Conflict& conflict, std::span<const Relaxation> ways) {
  const std::vector<Demand>& demands = conflict.demands;
  const std::string address = model.address(conflict.node, conflict.period);
  const Demand& against = conflict.against;
  SourceSpan primary = against.span;
  for (const FamilySetup* setup : tree.families_of(conflict.node)) {
    if (setup->aggregation != Aggregation::leaf) {
      primary = setup->family->rule.span;
    }
  }
  const std::string reached = figure(conflict.reached);
  const std::string excess = figure((conflict.reached - against.value).absolute());
  const auto shared = std::find_if(demands.begin(), demands.end(), [](const Demand& d) { return d.owner.valid(); });
  const bool only_figures =
      std::all_of(demands.begin(), demands.end(), [](const Demand& d) { return d.is_equality(); });
  const bool is_target = against.is_equality();
  const std::string limit = (is_target            ? "target "
                             : against.is_floor() ? "minimal "
                                                  : "maksimal ") +
                            figure(against.value);
  Diagnostic finding;
  if (shared != demands.end()) {
    finding = make_diagnostic(Code::J1643, primary)
                  .arg("anak", model.address(shared->node))
                  .arg("pemilik", model.address(shared->owner))
                  .arg("batas", limit)
                  .arg("alamat", address);
  } else if (only_figures && is_target) {
    finding = make_diagnostic(Code::J1608, primary)
                  .arg("induk", address)
                  .arg("target", figure(against.value))
                  .arg("tahanan", listed(model, demands));
  } else {
    finding = make_diagnostic(conflict.too_high ? Code::J1641 : Code::J1642, primary)
                  .arg("alamat", address)
                  .arg("batas", limit);
  }
  finding.args.push_back({"tuntutan", listed(model, demands)});
  finding.args.push_back({"jumlah", reached});
  finding.args.push_back({"selisih", excess});
  finding.args.push_back({"jalan", ways_in_short(model, ways, conflict.period)});
  finding.args.push_back(
      {"galat", std::string(to_string(only_figures ? AllocationError::hold_conflict : AllocationError::bounds))});
  RelatedSpan head = place_with_words(model, against, ways);
  finding.related.push_back(std::move(head));
  for (const Demand& demand : demands) {
    finding.related.push_back(place_with_words(model, demand, ways));
  }
  if (shared != demands.end()) {
    const TargetCell* of_owner = store.find(shared->owner, conflict.period);
    const std::string owner = model.address(shared->owner);
    const std::string value = of_owner == nullptr ? "-" : of_owner->target.to_string();
    finding.related.push_back(
        {of_owner == nullptr ? model.node_span[shared->owner.index()] : place_of(model, *of_owner),
         "induk pemilik " + owner + ": target " + value, "owning parent " + owner + ": target " + value});
  }
  return finding;
}

}  // namespace jenjang::cascade

// Two-way splits: columns that share a start and a row measure, over the same units.
//
// A column is an ordinary family of one measure. What makes the split two-way is the row: at each unit the
// cells of all columns add up to another measure, which sees them crosswise with full credit.
#include <algorithm>
#include <map>
#include <numeric>
#include <string>
#include <utility>

#include "engine/plan/bind/bind_steps.h"
#include "engine/plan/bind/references.h"

namespace jenjang {
namespace {

class TwoWayBinder {
public:
  explicit TwoWayBinder(BindContext& bind) : bind_(bind), refused_(bind.families.size(), false) {}

  void run() {
    for (const auto& [place, columns] : groups()) {
      const bool whole = bind_.broken_crosses.count(place) == 0 && join(place.second, columns);
      for (const std::size_t column : columns) refused_[column] = refused_[column] || !whole;
    }
    drop_refused();
  }

private:
  using Place = std::pair<std::uint32_t, std::string>;  // start unit, row measure

  std::map<Place, std::vector<std::size_t>> groups() const {
    std::map<Place, std::vector<std::size_t>> found;
    for (std::size_t i = 0; i < bind_.families.size(); ++i) {
      const DraftFamily& draft = bind_.families[i];
      if (draft.family.rule.margin.empty()) continue;
      found[{bind_.nodes[draft.parent.index()].unit.value(), draft.family.rule.margin}].push_back(i);
    }
    return found;
  }

  // False, reported, when the columns do not make a table.
  bool join(const std::string& margin, const std::vector<std::size_t>& columns) {
    const bool same = std::all_of(columns.begin() + 1, columns.end(),
                                  [&](std::size_t column) { return order_like(columns.front(), column); });
    DraftCross cross{columns, {}, bind_.families[columns.front()].family.rule.span};
    if (!same || !find_rows(margin, cross)) return false;
    for (const std::size_t column : columns) {
      const DraftFamily& draft = bind_.families[column];
      for (std::size_t i = 0; i < cross.rows.size(); ++i) {
        CrosscutEdge edge;
        edge.accepted = true;
        edge.span = draft.family.rule.span;
        bind_.add_crosscut(cross.rows[i], draft.children[i], edge);
      }
    }
    bind_.crosses.push_back(std::move(cross));
    return true;
  }

  [[nodiscard]] UnitId unit_of(const DraftFamily& draft, std::size_t child) const {
    return bind_.nodes[draft.children[child].index()].unit;
  }

  // Puts the children of a column in the order of the first; false, reported, when the units differ.
  bool order_like(std::size_t first, std::size_t column) {
    const DraftFamily& model = bind_.families[first];
    DraftFamily& draft = bind_.families[column];
    std::map<std::uint32_t, std::size_t> place;
    for (std::size_t i = 0; i < draft.children.size(); ++i) place.emplace(unit_of(draft, i).value(), i);
    std::vector<std::size_t> order;
    std::string differing;
    const auto note = [&](UnitId unit) { differing += (differing.empty() ? "" : ", ") + bind_.model.units[unit].path; };
    for (std::size_t i = 0; i < model.children.size(); ++i) {
      const auto found = place.find(unit_of(model, i).value());
      if (found == place.end()) {
        note(unit_of(model, i));
        continue;
      }
      order.push_back(found->second);
      place.erase(found);
    }
    for (const auto& [unit, at] : place) note(UnitId(unit));
    if (!differing.empty()) {
      bind_.sink.report(make_diagnostic(Code::J1546, draft.family.rule.span)
                            .arg("alamat", bind_.address(model.parent))
                            .arg("alamat_lain", bind_.address(draft.parent))
                            .arg("unit", differing)
                            .related(model.family.rule.span, "kolom pertama", "first column"));
      return false;
    }
    permute(draft, order);
    return true;
  }

  static void permute(DraftFamily& draft, const std::vector<std::size_t>& order) {
    const auto apply = [&](auto& values) {
      if (values.size() != order.size()) return;
      auto before = values;
      for (std::size_t i = 0; i < order.size(); ++i) values[i] = before[order[i]];
    };
    apply(draft.children);
    apply(draft.family.drivers);
    apply(draft.family.driver_spans);
    for (auto& values : draft.family.driver_values) apply(values);
    std::vector<std::uint32_t> now(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) now[order[i]] = static_cast<std::uint32_t>(i);
    for (Family::PlannedDenominator& planned : draft.family.denominators) planned.child = now[planned.child];
  }

  bool find_rows(const std::string& margin, DraftCross& cross) {
    const DraftFamily& first = bind_.families[cross.columns.front()];
    bool complete = true;
    for (std::size_t i = 0; i < first.children.size(); ++i) {
      const UnitId unit = unit_of(first, i);
      const auto row = bind_.find_measure(margin, unit);
      const bool is_cell = row && std::any_of(cross.columns.begin(), cross.columns.end(), [&](std::size_t column) {
                             return bind_.families[column].children[i] == *row;
                           });
      if (row && !is_cell) {
        cross.rows.push_back(*row);
        continue;
      }
      complete = false;
      // A measure cannot be a column and the row of itself.
      bind_.sink.report(make_diagnostic(Code::J1508, first.family.rule.span)
                            .arg("alamat", margin + "@" + bind_.model.units[unit].path)
                            .suggest(is_cell ? std::string() : nearest_address(bind_, margin, unit)));
    }
    return complete;
  }

  void drop_refused() {
    std::vector<std::size_t> now(bind_.families.size());
    std::size_t kept = 0;
    for (std::size_t i = 0; i < bind_.families.size(); ++i) {
      now[i] = kept;
      if (refused_[i]) continue;
      if (kept != i) bind_.families[kept] = std::move(bind_.families[i]);
      ++kept;
    }
    bind_.families.resize(kept);
    for (DraftCross& cross : bind_.crosses) {
      for (std::size_t& column : cross.columns) column = now[column];
    }
  }

  BindContext& bind_;
  std::vector<bool> refused_;
};

}  // namespace

void bind_two_way(BindContext& bind) {
  TwoWayBinder(bind).run();
}

}  // namespace jenjang

#include "engine/plan/bind/selectors.h"

#include <algorithm>
#include <set>
#include <unordered_set>

#include "jenjang/base/text.h"

#include "engine/plan/bind/references.h"

namespace jenjang {
namespace {

bool meets(const OrgUnit& unit, const std::pair<LocatedText, LocatedText>& condition) {
  const std::string& name = condition.first.value;
  const std::string& wanted = condition.second.value;
  if (name == "klaster") return unit.cluster == wanted;
  const UnitAttribute* const attribute = unit.attribute(name);
  const auto number = Decimal::parse(wanted);
  return attribute != nullptr && number && attribute->value == *number;
}

// A rung of every measure asks this at every unit of the rung above: the cost is that of the units found.
std::vector<UnitId> in_tree(const BindContext& bind, UnitId start, std::string_view kind) {
  const UnitTable& units = bind.model.units;
  const BindContext::KindOrder& order = bind.kind_order();
  const auto of_kind = order.kinds.find(kind);
  if (of_kind == order.kinds.end()) return {};
  const auto place = [&](UnitId unit) { return order.place[unit.index()]; };
  const auto first = std::upper_bound(of_kind->second.begin(), of_kind->second.end(), place(start),
                                      [&](std::uint32_t at, UnitId unit) { return at < place(unit); });
  std::vector<UnitId> found;
  for (auto at = first; at != of_kind->second.end() && place(*at) < order.end[start.index()]; ++at) {
    if (units[*at].is_government || units[*at].government == units[start].government) found.push_back(*at);
  }
  std::sort(found.begin(), found.end());
  return found;
}

// Cost without moves: that of the units found; with moves, of the units below `start`.
std::vector<UnitId> by_kind(const BindContext& bind, UnitId start, std::string_view kind) {
  if (bind.former_parents.empty()) return in_tree(bind, start, kind);
  const UnitTable& units = bind.model.units;
  const UnitId government = units[start].government;
  std::vector<UnitId> found;
  std::vector<UnitId> open = bind.unit_children[start.index()];
  // Over time two units may have stood under each other, so a tree with moves is walked once only.
  std::unordered_set<std::uint32_t> seen;
  while (!open.empty()) {
    const UnitId at = open.back();
    open.pop_back();
    if (at == start || !seen.insert(at.value()).second) continue;
    const auto& below = bind.unit_children[at.index()];
    open.insert(open.end(), below.begin(), below.end());
    const bool reachable = units[at].is_government || units[at].government == government;
    if (reachable && units[at].kind == kind) found.push_back(at);
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<UnitId> select_term(const BindContext& bind, const PlanSelectorTerm& term, UnitId start) {
  const UnitTable& units = bind.model.units;
  if (!term.kind) {
    // A path wins over a kind of the same spelling.
    if (const auto unit = find_unit(bind, term.word.value, start)) {
      return units.is_below(*unit, start) || bind.was_below(*unit, start) ? std::vector<UnitId>{*unit}
                                                                          : std::vector<UnitId>{};
    }
    return by_kind(bind, start, term.word.value);
  }
  UnitId base = start;
  if (term.inside) {
    const auto inside = find_unit(bind, term.inside->value, start);
    if (!inside || (*inside != start && !units.is_below(*inside, start) && !bind.was_below(*inside, start))) return {};
    base = *inside;
  }
  std::vector<UnitId> found = by_kind(bind, base, term.kind->value);
  std::erase_if(found, [&](UnitId unit) {
    const bool excepted = std::any_of(term.except.begin(), term.except.end(), [&](const LocatedText& path) {
      return find_unit(bind, path.value, start) == unit;
    });
    return excepted || !std::all_of(term.conditions.begin(), term.conditions.end(),
                                    [&](const auto& condition) { return meets(units[unit], condition); });
  });
  return found;
}

std::set<std::string> kinds_in_use(const UnitTable& units) {
  std::set<std::string> kinds;
  for (std::size_t i = 0; i < units.size(); ++i) kinds.insert(units[UnitId::from_index(i)].kind);
  return kinds;
}

}  // namespace

std::vector<UnitId> select_units(const BindContext& bind, const PlanSelector& selector, UnitId start) {
  // One term names no unit twice.
  if (selector.size() == 1) return select_term(bind, selector.front(), start);
  std::vector<UnitId> selected;
  std::unordered_set<std::uint32_t> seen;
  for (const PlanSelectorTerm& term : selector) {
    for (const UnitId unit : select_term(bind, term, start)) {
      if (seen.insert(unit.value()).second) selected.push_back(unit);
    }
  }
  return selected;
}

void report_empty_selector(BindContext& bind, const PlanSelector& selector, UnitId start) {
  const PlanSelectorTerm& term = selector.front();
  const LocatedText& word = term.kind ? *term.kind : term.word;
  const std::set<std::string> kinds = kinds_in_use(bind.model.units);
  std::vector<std::string> known(kinds.begin(), kinds.end());
  for (std::string& path : bind.model.units.paths()) known.push_back(std::move(path));
  // A word that exists is not a slip of the hand; it only reaches nothing from here.
  const bool exists = std::find(known.begin(), known.end(), word.value) != known.end();
  bind.sink.report(make_diagnostic(Code::J1507, term.word.span.valid() ? term.word.span : term.span)
                       .arg("pemilih", selector_text(selector))
                       .arg("unit", bind.model.units[start].path)
                       .suggest(exists ? std::string() : nearest(word.value, known).value_or("")));
}

std::string selector_text(const PlanSelector& selector) {
  std::string text;
  for (const PlanSelectorTerm& term : selector) {
    if (!text.empty()) text += ", ";
    text += term.kind ? term.kind->value : term.word.value;
    if (term.inside) text += " di " + term.inside->value;
  }
  return text;
}

bool names_units(const BindContext& bind, std::string_view word, UnitId start) {
  if (find_unit(bind, word, start)) return true;
  return !by_kind(bind, start, word).empty();
}

}  // namespace jenjang

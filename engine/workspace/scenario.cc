#include "engine/workspace/scenario.h"

#include <algorithm>
#include <map>
#include <ranges>
#include <set>
#include <span>
#include <tuple>

#include "jenjang/base/text.h"

#include "engine/plan/plan_document.h"

namespace jenjang {
namespace {

// "A, B, C, ... (17)": the first few; a long list helps nobody.
std::string listed(const std::set<std::string>& names) {
  constexpr std::size_t kShown = 8;
  std::string text;
  std::size_t count = 0;
  for (const std::string& name : names) {
    if (++count > kShown) break;
    text += (count == 1 ? "" : ", ") + name;
  }
  if (names.size() > kShown) text += ", ... (" + std::to_string(names.size()) + ")";
  return text.empty() ? "-" : text;
}

std::string nearest_of(std::string_view word, const std::set<std::string>& names) {
  const std::vector<std::string> all(names.begin(), names.end());
  return nearest(word, all).value_or("");
}

class Layer {
public:
  Layer(const Scenario& scenario, Model& model, DiagnosticSink& sink)
      : scenario_(scenario), model_(model), sink_(sink) {}

  bool run() {
    for (const Family& family : model_.families) below_cascade_.insert(family.children.begin(), family.children.end());
    for (const Override& change : scenario_.changes) take(change);
    if (by_node_.empty()) return good_;
    add_document();
    rebuild_statements();
    rebuild_bounds();
    return good_;
  }

private:
  struct Change {
    const Override* what = nullptr;
    DocumentId document;  // of `DOK#`; invalid: above all
  };

  void take(const Override& change) {
    const Address& address = change.address;
    const std::optional<NodeId> node = model_.find(address.code, address.unit);
    if (!node) {
      unknown_address(change);
      return;
    }
    Change entry{&change, {}};
    if (!address.document.empty()) {
      const auto found = std::find_if(model_.documents.begin(), model_.documents.end(),
                                      [&](const Document& document) { return document.code == address.document; });
      if (found == model_.documents.end()) {
        unknown_document(change);
        return;
      }
      entry.document = DocumentId::from_index(static_cast<std::size_t>(found - model_.documents.begin()));
    }
    if (change.kind == Override::Kind::target && !fits(change, *node)) return;
    if (!in_plan_years(change, *node)) return;
    std::vector<Change>& changes = by_node_[*node];
    const bool limits = change.kind == Override::Kind::limits;
    const auto earlier = std::find_if(changes.begin(), changes.end(), [&](const Change& other) {
      return other.what->address.period == address.period && other.document == entry.document &&
             (other.what->kind == Override::Kind::limits) == limits;
    });
    if (earlier != changes.end()) {
      sink_.report(make_diagnostic(Code::J1915, change.span)
                       .arg("alamat", address.to_string())
                       .related(earlier->what->span, "pertama di sini", "first here"));
      changes.erase(earlier);
    }
    changes.push_back(entry);
  }

  void unknown_address(const Override& change) {
    const Address& address = change.address;
    std::set<std::string> near;
    for (std::size_t n = 0; n < model_.node_count(); ++n) {
      const NodeId node = NodeId::from_index(n);
      if (model_.item(node).code == address.code || model_.unit(node).path == address.unit)
        near.insert(model_.address(node));
    }
    if (near.empty()) {
      for (const Item& item : model_.items) near.insert(item.code);
    }
    const std::string wanted = address.code + "@" + address.unit;
    refuse(change, "KODE@UNIT", near, nearest_of(wanted, near));
  }

  void unknown_document(const Override& change) {
    std::set<std::string> codes;
    for (const Document& document : model_.documents) codes.insert(document.code);
    refuse(change, "DOKUMEN", codes, nearest_of(change.address.document, codes));
  }

  void refuse(const Override& change, std::string_view what, const std::set<std::string>& choices,
              const std::string& near) {
    Diagnostic finding = make_diagnostic(Code::J1912, change.span)
                             .arg("alamat", change.address.to_string())
                             .arg("apa", what)
                             .arg("pilihan", listed(choices));
    finding.suggestion = near;
    sink_.report(std::move(finding));
    good_ = false;
  }

  // A figure for a year that no document of the measure covers would be carried by nobody. Limits are of whole years.
  bool in_plan_years(const Override& change, NodeId node) {
    const Period period = change.address.period.value_or(Period());
    if (!period.valid()) return true;
    if (change.kind == Override::Kind::limits && period.granularity() != Granularity::year) {
      sink_.report(make_diagnostic(Code::J1911, change.span)
                       .arg("nilai", change.address.to_string())
                       .arg("diminta", std::to_string(period.year())));
      return good_ = false;
    }
    const DocumentId home = model_.item(node).document;
    const auto covers = [&](DocumentId id) {
      return id.valid() && model_.documents[id.index()].years.contains(period.year());
    };
    bool covered = covers(home);
    for (const Statement& statement : model_.statements_of(node)) covered = covered || covers(statement.document);
    if (covered || !home.valid()) return true;
    sink_.report(make_diagnostic(Code::J1514, change.span)
                     .arg("periode", period.to_string())
                     .arg("tahun", model_.documents[home.index()].years.to_string()));
    return good_ = false;
  }

  // Grades only for measures that have a scale, and only labels of that scale.
  bool fits(const Override& change, NodeId node) {
    const ScaleId scale = model_.item(node).spec.grade_scale;
    const TargetGrade* grade = change.target.grade();
    if (!scale.valid() && grade == nullptr) return true;
    if (scale.valid() && grade != nullptr && model_.scale(scale).find_grade(grade->label)) return true;
    std::string labels;
    if (scale.valid()) {
      for (const GradePoint& point : model_.scale(scale).grades) labels += (labels.empty() ? "" : " | ") + point.label;
    }
    sink_.report(make_diagnostic(Code::J1911, change.span)
                     .arg("nilai", change.target.to_string())
                     .arg("diminta", labels.empty() ? "76.5 | 80..90 | <= 49" : labels));
    good_ = false;
    return false;
  }

  void add_document() {
    Document document;
    document.kind = DocumentKind::reference;
    document.code = scenario_.code;
    document.title = scenario_.title;
    document.illustrative = true;
    document.span = scenario_.span;
    // No unit: what is assumed is neither the word of one government nor of another.
    int first = 0, last = 0;
    for (const auto& [node, changes] : by_node_) {
      for (const Change& change : changes) {
        const int year = change.what->address.period->year();
        first = first == 0 ? year : std::min(first, year);
        last = std::max(last, year);
      }
    }
    document.years = {first, last};
    own_ = DocumentId::from_index(model_.documents.size());
    model_.documents.push_back(std::move(document));
  }

  void rebuild_statements() {
    std::vector<Statement> all;
    std::vector<std::uint32_t> begin;
    all.reserve(model_.statements.size() + scenario_.changes.size());
    for (std::size_t n = 0; n < model_.node_count(); ++n) {
      const NodeId node = NodeId::from_index(n);
      begin.push_back(static_cast<std::uint32_t>(all.size()));
      const auto old = model_.statements_of(node);
      const auto changes = by_node_.find(node);
      if (changes == by_node_.end()) {
        all.insert(all.end(), old.begin(), old.end());
        continue;
      }
      std::vector<Statement> own(old.begin(), old.end());
      for (const Change& change : changes->second) {
        if (change.what->kind == Override::Kind::target) set(node, change, own);
        if (change.what->kind == Override::Kind::release) release(change, own);
      }
      std::stable_sort(own.begin(), own.end(), [](const Statement& a, const Statement& b) {
        return std::tuple(a.period, a.document) < std::tuple(b.period, b.document);
      });
      all.insert(all.end(), own.begin(), own.end());
    }
    begin.push_back(static_cast<std::uint32_t>(all.size()));
    model_.statements = std::move(all);
    model_.statement_begin = std::move(begin);
  }

  static bool concerns(const Change& change, const Statement& statement) {
    return statement.period == *change.what->address.period &&
           (!change.document.valid() || statement.document == change.document);
  }

  // True for a point that a declared path of its document runs through.
  static bool on_path(const Statement& point, const std::vector<Statement>& own) {
    return point.path != PathShape::none || std::any_of(own.begin(), own.end(), [&](const Statement& other) {
             return other.document == point.document && other.period > point.period && other.path != PathShape::none;
           });
  }

  void set(NodeId node, const Change& change, std::vector<Statement>& own) const {
    Statement made;
    made.document = own_;
    made.period = *change.what->address.period;
    made.hold = below_cascade_.contains(node);
    made.grounds = change.what->grounds;
    const auto old =
        std::find_if(own.begin(), own.end(), [&](const Statement& statement) { return concerns(change, statement); });
    if (change.document.valid()) {
      if (old != own.end()) made = *old;
      made.document = change.document;
      if (!change.what->grounds.reason.empty()) made.grounds = change.what->grounds;
    } else if (const auto point = std::find_if(
                   own.begin(), own.end(),
                   [&](const Statement& statement) { return concerns(change, statement) && on_path(statement, own); });
               point != own.end()) {
      made.document = point->document;
      made.path = point->path;
      made.path_shares = point->path_shares;
    }
    made.target = change.what->target;
    made.illustrative = true;
    made.span = change.what->span;
    std::erase_if(own, [&](const Statement& statement) { return concerns(change, statement); });
    own.push_back(std::move(made));
  }

  void release(const Change& change, std::vector<Statement>& own) {
    if (std::erase_if(own, [&](const Statement& statement) { return concerns(change, statement); }) > 0) return;
    sink_.report(make_diagnostic(Code::J1916, change.what->span).arg("alamat", change.what->address.to_string()));
  }

  void rebuild_bounds() {
    std::vector<Bound> all;
    std::vector<std::uint32_t> begin;
    for (std::size_t n = 0; n < model_.node_count(); ++n) {
      const NodeId node = NodeId::from_index(n);
      begin.push_back(static_cast<std::uint32_t>(all.size()));
      const std::size_t first = all.size();
      const auto old = model_.bounds_of(node);
      all.insert(all.end(), old.begin(), old.end());
      const auto changes = by_node_.find(node);
      if (changes == by_node_.end()) continue;
      std::vector<Bound> own(all.begin() + static_cast<std::ptrdiff_t>(first), all.end());
      all.resize(first);
      for (const Change& change : changes->second) {
        if (change.what->kind == Override::Kind::limits) limit(change, own);
      }
      std::stable_sort(own.begin(), own.end(), [](const Bound& a, const Bound& b) {
        return std::tuple(a.period, a.document) < std::tuple(b.period, b.document);
      });
      all.insert(all.end(), own.begin(), own.end());
    }
    begin.push_back(static_cast<std::uint32_t>(all.size()));
    if (all.empty()) return;
    model_.bounds = std::move(all);
    model_.bound_begin = std::move(begin);
  }

  // A new floor replaces the floors there, a new cap the caps.
  void limit(const Change& change, std::vector<Bound>& own) const {
    for (Bound& bound : own) {
      const bool there = bound.period == *change.what->address.period &&
                         (!change.document.valid() || bound.document == change.document);
      if (!there) continue;
      if (change.what->least) bound.least.reset();
      if (change.what->most) bound.most.reset();
    }
    std::erase_if(own, [](const Bound& bound) { return !bound.least && !bound.most; });
    Bound made;
    made.document = change.document.valid() ? change.document : own_;
    made.period = *change.what->address.period;
    made.least = change.what->least;
    made.most = change.what->most;
    made.grounds = change.what->grounds;
    made.illustrative = true;
    made.span = change.what->span;
    own.push_back(std::move(made));
  }

  const Scenario& scenario_;
  Model& model_;
  DiagnosticSink& sink_;
  std::map<NodeId, std::vector<Change>> by_node_;
  std::set<NodeId> below_cascade_;
  DocumentId own_;
  bool good_ = true;
};

}  // namespace

bool apply_scenario(const Scenario& scenario, Model& model, DiagnosticSink& sink) {
  return Layer(scenario, model, sink).run();
}

bool apply_attributes(const Scenario& scenario, ParsedPlan& plan, DiagnosticSink& sink) {
  bool good = true;
  const auto unknown = [&](const SourceSpan& span, std::string_view what, const std::string& name,
                           const std::set<std::string>& known) {
    Diagnostic finding =
        make_diagnostic(Code::J1913, span).arg("apa", what).arg("nama", name).arg("pilihan", listed(known));
    finding.suggestion = nearest_of(name, known);
    sink.report(std::move(finding));
    good = false;
  };
  if (scenario.attributes.empty()) return good;
  std::map<std::string, PlanUnit*> units;
  std::set<std::string> paths, names;
  for (PlanUnit& unit : std::views::join(plan.documents->units)) {
    units.emplace(unit.path.value, &unit);  // of two with one path the first counts, as the binder has it
    paths.insert(unit.path.value);
    for (const UnitAttribute& attribute : unit.attributes) names.insert(attribute.name);
  }
  for (const AttributeOverride& change : scenario.attributes) {
    const auto unit = units.find(change.unit);
    if (unit == units.end()) {
      unknown(change.unit_span, "unit", change.unit, paths);
      continue;
    }
    if (!names.contains(change.attribute)) {
      unknown(change.attribute_span, "atribut", change.attribute, names);
      continue;
    }
    // A new list: a model that was bound before may share the old one.
    std::vector<UnitAttribute> attributes(unit->second->attributes.begin(), unit->second->attributes.end());
    std::erase_if(attributes, [&](const UnitAttribute& old) { return old.name == change.attribute; });
    Arena& kept = plan.documents->kept;
    put_by_name(attributes, UnitAttribute{kept.keep(change.attribute), change.value, change.span});
    unit->second->attributes = kept.keep(std::span<const UnitAttribute>(attributes));
    unit->second->add_labels({.illustrative = true});
  }
  return good;
}

}  // namespace jenjang

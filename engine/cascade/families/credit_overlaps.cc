#include "engine/cascade/families/credit_overlaps.h"

#include <algorithm>
#include <string>
#include <vector>

#include "jenjang/base/rational.h"

#include "engine/cascade/families/refusal.h"

namespace jenjang::cascade {
namespace {

void add_once(std::vector<std::string>& list, std::string one) {
  if (std::find(list.begin(), list.end(), one) == list.end()) {
    list.push_back(std::move(one));
  }
}

std::string joined(const std::vector<std::string>& list) {
  std::string text;
  for (const std::string& one : list) {
    text += (text.empty() ? "" : ", ") + one;
  }
  return text;
}

// True when a family gave a child of the total its target of the period.
bool is_divided(const Model& model, const CellStore& store, const TargetCell& total) {
  const auto children = model.graph.children(total.node);
  return std::any_of(children.begin(), children.end(), [&](NodeId child) {
    const TargetCell* cell = store.find(child, total.period);
    return cell != nullptr && cell->family.valid() && cell->origin == TargetOrigin::cascaded &&
           model.families[cell->family.index()].parent == total.node;
  });
}

}  // namespace

void warn_of_credit_overlaps(const Model& model, const CellStore& store, DiagnosticSink& sink) {
  for (std::size_t first = 0; first < model.overlaps.size();) {
    const NodeId parent = model.overlaps[first].parent;
    const std::span<const Overlap> overlaps = model.overlaps_of(parent);
    first += overlaps.size();
    const MeasureSpec& spec = model.item(parent).spec;
    if (spec.aggregation != Aggregation::sum) {
      continue;
    }
    for (const TargetCell* total : store.of(parent)) {
      const Decimal* wanted = total->target.number();
      if (wanted == nullptr || !is_divided(model, store, *total)) {
        continue;
      }
      Rational twice;
      std::vector<std::string> shared, through;
      auto finding = make_diagnostic(Code::J1577, place_of(model, *total));
      for (const Overlap& overlap : overlaps) {
        const std::optional<Decimal> weight = model.overlap_weight(overlap, total->period);
        const TargetCell* cell = store.find(overlap.shared, total->period);
        const Decimal* number = cell != nullptr ? cell->target.number() : nullptr;
        if (!weight || number == nullptr || number->is_zero()) {
          continue;
        }
        twice += Rational(*weight) * Rational(*number) * Rational(spec.factor);
        add_once(shared, model.address(overlap.shared) + " (" + number->to_string() + ")");
        add_once(through, model.address(overlap.copied.empty() ? parent : overlap.copied.back()));
        finding.related(overlap.span, "kredit penuh dinyatakan di sini", "the full credit is declared here");
      }
      if (twice.is_zero()) {
        continue;
      }
      sink.report(std::move(finding)
                      .arg("induk", model.address(parent, total->period))
                      .arg("target", wanted->to_string())
                      .arg("anak", joined(shared))
                      .arg("jalur", joined(through))
                      .arg("unik", figure(Rational(*wanted) - twice))
                      .arg("selisih", figure(twice)));
    }
  }
}

}  // namespace jenjang::cascade

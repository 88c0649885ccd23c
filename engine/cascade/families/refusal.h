// Refusals in words: which demands cannot hold together, where each stands, by how much.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "jenjang/base/diagnostic.h"

#include "engine/cascade/families/family_solver.h"

namespace jenjang::cascade {

// "12.5" when the value has a finite decimal, else the fraction.
std::string figure(const Rational& value);
// "A, B, C (+17)": the first few addresses.
std::string some_addresses(const Model& model, std::span<const NodeId> nodes);
// Where a target cell was stated, else where its node came to be.
SourceSpan place_of(const Model& model, const TargetCell& cell);

// Reports of one family, in its years: the same reason in several years is one report that lists them.
class RefusalLog {
public:
  explicit RefusalLog(const Model& model) : model_(model) {}
  // `target`: the parent's figure in that period, and where it stands.
  void add(Diagnostic finding, NodeId parent, Period period, SourceSpan target_place, const std::string& target);
  void flush(DiagnosticSink& sink);

private:
  struct Entry {
    Diagnostic finding;
    NodeId parent;
    std::vector<Period> periods;
  };
  const Model& model_;
  std::vector<Entry> entries_;
};

Diagnostic refusal_diagnostic(const Model& model, const FamilySetup& setup, const TargetCell& parent,
                              const FamilyRefusal& refusal);

}  // namespace jenjang::cascade

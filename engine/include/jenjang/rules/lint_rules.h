// Lint rules as data: severity, documents they apply to, basis; and waivers with a reason.
//
// `plan` checks the structural rules, `rollup` the rules about values; both ask this table whether a
// rule applies and report through it. Data: models/lint/aturan.yaml.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "jenjang/base/diagnostic.h"
#include "jenjang/base/file_source.h"
#include "jenjang/measure/kinds.h"
#include "jenjang/source/yaml_reader.h"

namespace jenjang {

struct LintRule {
  std::string id;                         // CAS-TGT-07
  Severity severity = Severity::warning;  // keparahan: galat | peringatan | info
  std::vector<DocumentKind> applies_to;   // berlaku_untuk; empty: every kind
  std::string basis;                      // dasar
  bool enabled = true;                    // aktif
  // oleh: mesin. The engine itself cannot break the rule (a cycle is refused, a missing figure is never
  // zero), so no lint checks it; listed so that the list is whole.
  bool by_construction = false;
  SourceSpan span;
};
// A lint finding that the planner accepts, with a reason.
struct Waiver {
  std::string rule;     // CAS-TGT-07
  std::string address;  // node address; empty: everywhere
  std::string reason;
  SourceSpan span;
};

// Growth and gross rates exceed 100 percent in the ordinary course of things; told by whole words of the title
// and the code ("apk" stands inside "ditetapkan").
bool names_growth(std::string_view text);
// Those, and "peningkatan", which names a growth as often as the betterment of something: such a figure may lie
// beyond 100, but one that stays at 100 is at its ceiling all the same.
bool may_exceed_hundred(std::string_view text);

class LintRules {
public:
  // Reads models/lint/aturan.yaml (or the file itself). Ids not in `known` are J1420 (a warning with a
  // near miss) and left out; an empty `known` takes every id.
  static LintRules load(const std::filesystem::path& models_folder, std::span<const std::string_view> known,
                        SourceMap& sources, DiagnosticSink& sink, const FileSource& files = disk());
  void set_waivers(std::vector<Waiver> waivers) { waivers_ = std::move(waivers); }
  void add(LintRule rule) { rules_.push_back(std::move(rule)); }
  [[nodiscard]] const LintRule* find(std::string_view id) const;
  // True when that kind of document holds goals of that level (`tingkat_dokumen`): an RPD ends at its
  // programmes, so no programme there lacks an activity. Kinds not listed hold every level.
  [[nodiscard]] bool holds(DocumentKind kind, ItemKind level) const;
  // nullptr when the rule is off or does not apply to that kind of document.
  [[nodiscard]] const LintRule* applicable(std::string_view id, DocumentKind kind) const;
  // Reports with the rule's severity, id and basis; a waived finding becomes info J2001 with its reason.
  void report(const LintRule& rule, std::string_view address, Diagnostic finding, DiagnosticSink& sink) const;
  [[nodiscard]] const std::vector<LintRule>& all() const { return rules_; }

private:
  struct Levels {
    DocumentKind kind;
    std::vector<ItemKind> levels;
  };
  std::vector<LintRule> rules_;
  std::vector<Waiver> waivers_;
  std::vector<Levels> levels_;
};

}  // namespace jenjang

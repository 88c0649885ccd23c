// Plan: from a folder (or a file) of YAML and CSV to a Model.
//
// Two steps that never mix. `parse_plan` gives documents as written, with spans, and resolves
// nothing. `bind_plan` resolves: items, nodes, edges, families, statements; expands cascade rules
// over unit selectors; builds the graph; checks it. `lint_plan` runs the CAS rules on the result.
// docs/reference/plan-format.md is the format.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "jenjang/base/diagnostic.h"
#include "jenjang/base/file_source.h"
#include "jenjang/base/result.h"
#include "jenjang/graph/model.h"
#include "jenjang/measure/moment.h"
#include "jenjang/measure/observation.h"
#include "jenjang/measure/practice_card.h"
#include "jenjang/measure/recommendation.h"
#include "jenjang/rules/lint_rules.h"
#include "jenjang/rules/pack.h"
#include "jenjang/source/csv_reader.h"
#include "jenjang/source/yaml_reader.h"

namespace jenjang {

// A plan that names no zone is read in that of the capital; moments are always printed with their offset.
inline constexpr Zone kDefaultZone{7 * 60};

// A feed of realisations or a worksheet, as the manifest declares it; intake reads it.
struct FeedDeclaration {
  std::filesystem::path file;  // resolved against the plan folder
  std::string display_name;    // as written in the manifest
  CsvFormat format;
  RegionAuthority authority = RegionAuthority::kemendagri;
  std::vector<std::string> validated_states;  // statuses that count as validated; empty: all do
  std::string workflow;                       // alur: "PACK/ID" that `status` is a state of; empty: none
  SourceSpan workflow_span;
  std::vector<std::string> taken;  // ambil: extra columns that may be recorded (kept as text)
  std::string source;              // default source of rows
  bool illustrative = false;       // tanda: ilustratif on the whole feed
  bool unverified = false;         // tanda: belum-diverifikasi on the whole feed
  SourceSpan span;
};
struct WorksheetDeclaration {
  FeedDeclaration feed;
  std::string pack_template;  // "sakip-2021/lke"
  std::string mode;           // "M1" | "M2"
  std::string code;           // item code of the total, e.g. LKE-DLH-M2
  std::string unit;           // unit path scored
  Period period;
  std::string title;
  SourceSpan pack_span, mode_span, code_span, unit_span;
};
// peristiwa: events of items under a clock of a pack; `jenjang score --pack PACK/CLOCK` judges them.
struct EventDeclaration {
  FeedDeclaration feed;
  std::string code, title;
  std::string pack_clock;  // "sp4n-lapor/laporan"
  std::string unit;        // whose figure the total is; empty: nobody's
  SourceSpan pack_span, unit_span;
  // fakta: which rate feeds which measures of the plan.
  struct Fact {
    std::string rate;
    std::string code, numerator, denominator;  // the figure, or its two parts; empty: not wanted
    SourceSpan span;
  };
  std::vector<Fact> facts;
};
// lembar_hitung: rows computed by a formula sheet of a pack.
struct FormulaSheetDeclaration {
  FeedDeclaration feed;
  std::string code, title;
  std::string pack_formula;  // "skp-2021/iki"
  SourceSpan pack_span;
};
// sebaran: predicates of staff, as a formula sheet computed them, against those of their units.
struct SpreadDeclaration {
  FeedDeclaration feed;  // predicates of the organisations
  std::string code, title;
  std::string pack_spread;    // "skp-2022/sebaran-pegawai"
  std::string sheet, result;  // code of a lembar_hitung, and the step that holds the predicate
  SourceSpan pack_span, sheet_span;
};
// kunci_pegawai: whose key is whose. Erasable, and never read with the plan: only a report that is asked for names
// opens it, through the disk and not through the source that keeps what was read.
struct KeyTableDeclaration {
  std::filesystem::path file;
  std::string display_name;
  SourceSpan span;
};
// The plan as written. Opaque here: its structs live in engine/plan/plan_document.h.
struct PlanDocumentSet;

class ParsedPlan {
public:
  ParsedPlan();
  ~ParsedPlan();
  ParsedPlan(ParsedPlan&&) noexcept;
  ParsedPlan& operator=(ParsedPlan&&) noexcept;

  std::string code, title;        // rencana, judul of the manifest
  Zone zone = kDefaultZone;       // zona
  std::filesystem::path journal;  // jurnal, resolved against the plan folder; empty: not named
  std::filesystem::path folder;
  bool single_file = false;
  bool unreadable = false;  // no plan at all: no YAML, or no map; then nothing below was read
  std::vector<FeedDeclaration> feeds;
  std::vector<WorksheetDeclaration> worksheets;
  std::vector<EventDeclaration> events;                 // peristiwa
  std::vector<SpreadDeclaration> spreads;               // sebaran
  std::vector<FormulaSheetDeclaration> formula_sheets;  // lembar_hitung
  std::vector<std::filesystem::path> pack_folders;      // extra packs of the plan (`paket:`)
  std::vector<Waiver> waivers;                          // keringanan
  std::vector<Recommendation> recommendations;          // rekomendasi, by file and row
  std::vector<PracticeCard> cards;                      // kartu_praktik, by file
  std::optional<Date> as_of;                            // per_tanggal: the day the data were cut
  std::optional<KeyTableDeclaration> key_table;
  std::unique_ptr<PlanDocumentSet> documents;
};

// Reads the manifest (`jenjang.yaml` in a folder, or a single document file) and every file it
// names. Failure only when there is no plan to read (J1501 no manifest in the folder, J1001..J1004);
// all else is diagnostics, and what could be read is returned. Every file is asked of `files`. Rosters are read by
// `threads`; units and findings and their order are the same for any number. The plan views the bytes in `sources`,
// which must outlive it.
Result<ParsedPlan> parse_plan(const std::filesystem::path& path, const YamlLimits& limits, SourceMap& sources,
                              DiagnosticSink& sink, const FileSource& files = disk(), unsigned threads = 1);

// Resolves. nullopt when the graph cannot be built (a formula cycle). Errors in one item leave that
// item out and go on, so that one run reports all.
std::optional<Model> bind_plan(const ParsedPlan& plan, const PackLibrary& packs, SourceMap& sources,
                               DiagnosticSink& sink, const Watch* watch = nullptr);

// Errors of form and reference (J11xx to J15xx). A plan that has any is not linted: what a broken line leaves
// out would draw findings about things that are there.
std::size_t form_errors(const DiagnosticSink& sink);
// Structural lint: rules that need documents and graph only. Value lint (targets, sums) is in rollup.
void lint_plan(const ParsedPlan& plan, const Model& model, const LintRules& rules, DiagnosticSink& sink);
// The ids that this module checks, in order.
std::vector<std::string_view> structural_lint_rules();

}  // namespace jenjang

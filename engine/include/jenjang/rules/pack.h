// Pack: a regulation as data. Loaded strictly; every value has its article or says it has none.
//
// A pack holds scales (bands, grades), templates (subgraphs with weights and modes), gates,
// formulas by name, validity dates and worked cases. Unknown keys are refused with a near miss;
// bands must tile (cuts strictly falling, open end stated); weights must sum to the declared
// total; every value carries an article or a status (`belum-diverifikasi`). A null value is an
// empty slot: using it is refused with J1412, never guessed.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jenjang/base/diagnostic.h"
#include "jenjang/base/file_source.h"
#include "jenjang/measure/achievement.h"
#include "jenjang/measure/cascade_rule.h"
#include "jenjang/measure/kinds.h"
#include "jenjang/measure/scale.h"
#include "jenjang/measure/share_table.h"
#include "jenjang/rules/clock.h"
#include "jenjang/rules/formula.h"
#include "jenjang/rules/proposal_rule.h"
#include "jenjang/rules/spread.h"
#include "jenjang/rules/workflow.h"

namespace jenjang {

class YamlNode;

// One vertex of a template. The tree is flat: `parent` is an index into Template::nodes.
struct TemplateNode {
  std::string code;  // "1.a.3", "IKA"
  std::string title;
  ItemKind kind = ItemKind::component;
  std::size_t parent = SIZE_MAX;         // SIZE_MAX for the root
  Decimal weight{1};                     // on the edge to the parent; 1 under a sum, whose children carry points
  std::optional<Decimal> stated_weight;  // `bobot` as written: points a component may give, or the weight
  SourceSpan weight_span;                // place of `bobot`; invalid when not written
  Aggregation aggregation = Aggregation::leaf;
  MissingPolicy missing = MissingPolicy::strict;
  Decimal factor{1};                 // value multiplied after aggregation (weight/100 of a sub-component)
  std::string scale;                 // grade scale for leaves, band scale for the root; id inside the pack;
                                     // a worksheet's leaves take ScoringMode::answers instead, unless own_scale
  bool own_scale = false;            // `skala` written at this leaf itself
  std::optional<Rounding> rounding;  // pembulatan_antara: of the points, before they go up
  std::string article;
  bool unverified = false;
  SourceSpan span;
};

// How a worksheet of criteria becomes points (SAKIP modes M1..M4).
struct ScoringMode {
  std::string id;  // "M1"
  std::string title;
  bool available = true;  // an empty slot refuses to score (J1412)
  std::string answers;    // scale of one answer
  std::string rule;       // "syarat-kriteria" (M1: share table) or "rata-rata-nilai" (M2: mean of grades)
  std::string article, note;
  bool unverified = false;
  SourceSpan span;
};

// `kontrol`: an answer at or below `dependent` counts at most what `on` is worth before it becomes points (the answer
// of a leaf, the mean of an inner node). Honoured by the worksheet's own score; a plan's graph cannot hold it (J1430).
struct TemplateControl {
  std::size_t dependent = 0, on = 0;  // indices into PackTemplate::nodes
  std::string article;
  bool unverified = false;
  SourceSpan span;
};

struct PackTemplate {
  std::string id;  // "lke", "provinsi"
  std::string title;
  std::vector<TemplateNode> nodes;  // root first, parents before children
  std::vector<ScoringMode> modes;
  std::vector<ShareTable> share_tables;                            // M1: "keberadaan", "mutu"
  std::map<std::string, std::string, std::less<>> share_table_of;  // sub-component code -> ShareTable::id
  std::vector<TemplateControl> controls;                           // kontrol
  Rounding rounding{RoundingMode::half_up, 2};
  std::optional<Decimal> coherence_tolerance;  // composite target against component targets
  bool has_empty_slot = false;                 // a weight or scale nobody knows: refuses to score (J1412)
  std::vector<std::string> unscaled;           // leaves whose own scale is such a slot
  std::string article, note;
  bool unverified = false;
  SourceSpan span;

  [[nodiscard]] std::size_t find_node(std::string_view code) const;  // SIZE_MAX when unknown
  [[nodiscard]] const ScoringMode* find_mode(std::string_view mode_id) const;
  [[nodiscard]] const ShareTable* share_table_for(std::string_view code) const;  // nullptr when none
};

struct PackGate {
  std::string id, scale, label;  // scale: id inside the pack
  bool government_only = false;  // tingkat: pemda; a gate on a government's predicate says nothing of an agency's
  struct Requirement {
    std::string group, at_least;
    int count = 0;
  };
  std::vector<Requirement> requirements;
  std::string fallback;  // label when the gate fails; empty: undecided
  std::string article;
  bool unverified = false;
  SourceSpan span;
};

// `penyelarasan`: how plans that stand in different years of their own are read in one calendar.
struct PackCalendar {
  std::string id;  // "ssk"
  std::string title;
  ExpiredPolicy on_expired = ExpiredPolicy::propose;  // what a unit whose plan has ended shows
  std::vector<ExpiredPolicy> forbidden;               // policies a plan under this regulation may not choose
  std::string article;
  bool unverified = false;
  SourceSpan span;
};

// A worked case inside the pack, run as a test by `jenjang packs --uji` and by tests/conformance.
struct PackCase {
  std::string id, title, source;
  std::string template_id, mode;  // empty for a band case
  std::string formula;            // rumus
  std::string scale;              // band case
  // Code -> answer or number, as written. The code of an inner node in the file stands for all leaves
  // beneath it and is expanded here; a band case has the one key "nilai".
  std::map<std::string, std::string, std::less<>> inputs;
  std::map<std::string, std::string, std::less<>> expected;  // code or "predikat" -> figure or label
  SourceSpan span;
};

struct Pack {
  std::string id;  // "sakip-2021"
  std::string title;
  std::string instrument;               // "PermenPANRB 88/2021"
  std::string valid_from, valid_until;  // ISO dates; empty: open
  std::string extends;                  // perluas
  std::string status;                   // "terverifikasi" | "belum-diverifikasi" | "sebagian"
  std::vector<Scale> scales;            // ids inside the pack ("predikat"); Scale::id is "pack/scale"
  std::vector<PackTemplate> templates;
  std::vector<PackGate> gates;
  std::vector<PackCalendar> calendars;
  std::vector<Workflow> workflows;
  std::vector<PackFormula> formulas;      // rumus
  std::vector<PackSpread> spreads;        // sebaran
  std::vector<PackClock> clocks;          // jam
  std::vector<HolidayCalendar> holidays;  // hari_libur
  std::vector<ProposalRule> proposals;    // usul
  std::vector<PackCase> cases;
  std::string article, note;  // pasal and catatan of the pack as a whole; may be empty
  std::filesystem::path folder;
  SourceSpan span;

  // nullptr when there is none.
  [[nodiscard]] const Scale* scale(std::string_view id) const;
  [[nodiscard]] const PackTemplate* find_template(std::string_view id) const;
  [[nodiscard]] const PackFormula* formula(std::string_view id) const;
  [[nodiscard]] const PackSpread* spread(std::string_view id) const;
  [[nodiscard]] const PackClock* clock(std::string_view id) const;
  [[nodiscard]] bool valid_in(int year) const;
};

// All packs a run may use. Later folders override earlier ones by pack id (J1403 says so).
class PackLibrary {
public:
  // Reads every `<folder>/*/pack.yaml` in order of name. `perluas` is resolved after all are read, against
  // this folder and those loaded before. A pack with an error is left out. True when no error was reported.
  bool load_folder(const std::filesystem::path& folder, SourceMap& sources, DiagnosticSink& sink,
                   const FileSource& files = disk());
  [[nodiscard]] const Pack* find(std::string_view id) const;
  [[nodiscard]] const std::vector<Pack>& all() const { return packs_; }
  [[nodiscard]] std::vector<std::string> ids() const;
  // "sakip-2021/predikat" -> the scale; "iklh/provinsi" -> the template. nullptr when unknown, and when an
  // empty slot makes it unfit for use (Pack::scale and Pack::find_template still list it).
  [[nodiscard]] const Scale* scale(std::string_view qualified) const;
  [[nodiscard]] const PackTemplate* find_template(std::string_view qualified) const;

  // The same for a use at `span`: an unknown name is reported as J1411 with a near miss, an empty
  // slot as J1412; nullptr then.
  const Scale* require_scale(std::string_view qualified, SourceSpan use, DiagnosticSink& sink) const;
  const PackTemplate* require_template(std::string_view qualified, SourceSpan use, DiagnosticSink& sink) const;
  const PackCalendar* require_calendar(std::string_view qualified, SourceSpan use, DiagnosticSink& sink) const;
  [[nodiscard]] const Workflow* workflow(std::string_view qualified) const;  // "sipsn-jakstranas/sipsn"
  const PackSpread* require_spread(std::string_view qualified, SourceSpan use, DiagnosticSink& sink) const;
  const Workflow* require_workflow(std::string_view qualified, SourceSpan use, DiagnosticSink& sink) const;
  // "skp-2021/iki" -> the formula sheet; an empty slot inside refuses only where it is reached.
  const PackFormula* require_formula(std::string_view qualified, SourceSpan use, DiagnosticSink& sink) const;
  const ScoringMode* require_mode(const PackTemplate& tmpl, std::string_view mode_id, SourceSpan use,
                                  DiagnosticSink& sink) const;

private:
  std::vector<Pack> packs_;
  // The trees the packs were read from, `perluas` already merged in: what a later pack extends.
  std::vector<std::shared_ptr<const YamlNode>> trees_;
};

}  // namespace jenjang

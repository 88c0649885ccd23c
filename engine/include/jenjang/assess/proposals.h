// Proposals: what the plan itself says about the criteria of one unit's worksheet, with proof and counter-evidence.
//
// A closed list of named checks over the evaluated plan. A pack says which check speaks to which criterion (`usul`).
// A proposal is never a decision: it has a share k of n, a sentence with the figures, and places for both sides, and
// the evaluator answers. What the plan cannot see (whether a leader takes part, whether a paper is any good) has no
// check.
//
// A unit's part of the plan is the unit and what stands below it inside the same government. A year's indicators are
// those with a target in that year, and those that a plan document in force for that year declares there. Ceilings
// (PAGU-...) are no performance indicators; indicators without a direction are not judged.
//
//   check                  k of n; `ya` when k = n, unless said otherwise, and no proposal when n = 0
//   dokumen-menengah       a Renstra (of a government RPJMD or RPD) of the unit in force: ya with one, else tidak
//   dokumen-tahunan        a Renja or PK of the unit for the year: ya with one, else tidak
//   rencana-aktivitas      programmes with a kegiatan or sub kegiatan below them
//   rencana-anggaran       programmes, kegiatan and sub kegiatan with a ceiling in the year
//   dokumen-formal         documents of the unit and below that are `ditetapkan`
//   smart-lengkap          indicators with satuan, a target in the year, definition or formula, and source
//   target-menantang       indicators with a target that draw no finding CAS-TGT-02 or CAS-TGT-07
//   selaras-berjenjang     goals that serve one above and, above the lowest level, have one below
//   lintas-unit            crosscuts with other units that are accepted; tidak when none is declared
//   setiap-unit            units (not positions) with a plan document of their own for the year
//   setiap-pegawai         positions held in the year with an SKP or with a target carried down to them
//   anggaran-berkinerja    goals with a ceiling that have an indicator with a target
//   tercapai-atau-jalur    targets met; of an unfinished year, of the latest period reported
//   definisi-operasional   indicators with a definition or, made by the engine, a declared formula
//   berkala                periods reported of those due, of indicators measured within the year; tidak when none is
//   berjenjang-pantau      units and positions below with indicators that reported something in the year
//   anggaran-efisien       goals whose achievement is not below the absorption of their ceiling
//   capaian-lengkap        indicators with a target of the year that have a figure
//   banding-...            indicators with a figure that can be compared with the annual target, the last target of the
//                          plan, the year before; nasional: ya with at least one
//   efisiensi              goals with a ceiling of which both absorption and achievement are known
//   seluruh-unit-dinilai   agencies of the government with a worksheet of that pack for the year
//   tindak-lanjut          recommendations of the year before that were followed up
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "jenjang/explain/explanation.h"
#include "jenjang/plan/plan.h"

namespace jenjang {

enum class ProposedAnswer : std::uint8_t { none, yes, no };

struct Proof {
  std::string address;  // of a measure, a goal, a document or a unit
  std::string note;     // what is right or missing; may be empty
  SourceSpan span;
};

struct Proposal {
  std::string criterion, check;
  ProposedAnswer answer = ProposedAnswer::none;
  std::size_t met = 0, of = 0;
  std::string reason;  // Indonesian, like every result column
  std::vector<Proof> supporting, against;
  std::string note, article;  // of the rule
  bool unverified = false;    // the rule is
  bool illustrative = false;  // an invented figure takes part
};

// Which comparisons a report could print for one indicator of the year. The caller makes it, because comparing is no
// matter of this module (report/comparison.h).
struct MeasureComparisons {
  NodeId node;
  bool has_figure = false;
  std::array<std::string, 4> against;  // tahunan, akhir, tahun-lalu, nasional; empty: nothing to compare with
};

struct ProposalInput {
  const ExplainContext& context;
  const ParsedPlan& plan;
  UnitId unit;
  int year = 0;
  std::span<const Diagnostic> findings;  // of check: the lint
  bool was_linted = true;                // false: errors of form kept the lint rules from running
  std::optional<Date> as_of;
  std::span<const MeasureComparisons> comparisons;  // by node
};

// The year's indicators of the unit and below, by node. O(nodes).
std::vector<NodeId> assessed_measures(const ExplainContext& context, UnitId unit, int year);

// One proposal a rule of the pack for that template, in the order of the template. O(checks x (nodes + edges)).
std::vector<Proposal> propose(const Pack& pack, const PackTemplate& tmpl, const ProposalInput& input);

// What a worksheet column holds: "ya" or "tidak" where a criterion is answered so, else "9/12"; "" without a proposal.
std::string proposed_word(const Proposal& proposal, bool yes_no);

}  // namespace jenjang

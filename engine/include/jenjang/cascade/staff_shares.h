// Targets by person, and who produces what for a leader's result.
//
// Unit paths end in positions; persons hold positions by dates (Model::holdings). What a position
// carries goes to who holds it, month by month:
//   hitungan, kumulatif  divided. A month goes whole to one holder by Model::transfer_rule, or to all by
//       the days of the month (daily). A quarter, semester or year is the sum of its finer targets where
//       these add up to it; else it is divided by months served (daily: by days) with the measure's step
//       and largest remainders, ties to the earlier holder. A running total is divided by its rises.
//   posisi, rata-rata, puncak, rilis, and texts  not divided: every holder of some month of the period
//       has the position's figure.
// Months without a holder are rows of nobody, so that the parts of a divided target add up to it
// exactly whatever the dates. Years in which no holding of the whole plan lies have no rows.
// A position is a unit that somebody held at some time, or one of kind `jabatan`.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "jenjang/base/diagnostic.h"
#include "jenjang/graph/target_table.h"

namespace jenjang {

// How a row came to its target.
enum class StaffOrigin : std::uint8_t {
  whole,   // the only one to have it: the position's own target
  figure,  // angka jabatan: not divided, every holder has it
  summed,  // the sum of his finer targets
  months,  // by months served
  days,    // by days served
};
std::string_view to_string(StaffOrigin origin);  // "target jabatan", "angka jabatan", "jumlah bagian" ...

struct StaffShare {
  std::string_view person;  // key, held by the model; empty: nobody (kosong)
  UnitId position;          // not valid in a total over positions
  NodeId node;              // the measure at the position; not valid in a total
  ItemId item;
  Period period;
  Target target;   // of a running total: its rise within the period
  int months = 0;  // of the period that count as his by the transfer rule; daily: with a day of his
  int days = 0;    // of the period on which he held the position
  StaffOrigin origin = StaffOrigin::whole;
  StatementState state = StatementState::adopted;
  bool illustrative = false;
};

struct StaffTargets {
  std::vector<StaffShare> rows;    // by person (nobody last), position, measure, period
  std::vector<StaffShare> totals;  // divided targets of one measure that one person has at several positions
};

// Reports J1655 once for every position and year with a target and months without a holder. Empty
// when the plan has no holdings. O(cells of positions).
StaffTargets staff_shares(const Model& model, const TargetTable& targets, DiagnosticSink& sink);

// Role-result matrix of a leader (PermenPANRB 6/2022: matriks peran hasil): for every result of the
// leader's unit what each member produces for it.
struct RoleResult {
  std::uint32_t member = 0, result = 0;  // places in RoleResultMatrix
  NodeId node;                           // what the member produces
  EdgeKind tie = EdgeKind::support;      // rumus: direct, a part of the figure; pendukung: indirect
  std::optional<Decimal> share;          // lintas: of the shared result; empty: full credit
  bool accepted = true;                  // lintas: whether its owner accepted
  [[nodiscard]] bool direct() const { return tie == EdgeKind::formula; }
};
struct RoleResultMatrix {
  UnitId leader;
  std::vector<NodeId> results;    // columns: goals, then measures of the leader's unit, by declaration
  std::vector<UnitId> members;    // rows: the units directly below, then others with a part, by unit table
  std::vector<RoleResult> cells;  // by member, result, node
};
RoleResultMatrix role_result_matrix(const Model& model, UnitId leader);

}  // namespace jenjang

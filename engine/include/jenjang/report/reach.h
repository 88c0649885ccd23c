// Rows of `reach`: where it stands, what is wanted, the plans of least effort, the proof, gates, what is lost first.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "jenjang/assess/reach_measure.h"
#include "jenjang/assess/reach_sheet.h"
#include "jenjang/assess/reach_validation.h"
#include "jenjang/report/table.h"

namespace jenjang {

// jenis,rencana,urutan,kode,uraian,dari,ke,biaya,nilai,predikat,keterangan
//   kini | diminta | terbaik | rencana | langkah | subkomponen | bukti | gerbang | kelonggaran | rawan
struct ReachRow {
  std::string kind, plan, order, code, title, from, to, cost, value, predicate, note;
};

std::vector<ReachRow> reach_rows(const PackTemplate& tmpl, const SheetReach& reach, const std::vector<ReachGate>& gates,
                                 Language language);
// Over figures: `langkah` is one figure (kode: its address; biaya: whole units), `terpenuhi` a child brought over its
// threshold, `bukti` what is left with one unit less, `harga` the cost of a point at the margin (carried achievements,
// where biaya is a cost and not a count of units).
std::vector<ReachRow> reach_rows(const Model& model, NodeId node, Period period, const MeasureReach& reach,
                                 Language language);
// By validation: `langkah` is one unit (kode: its path; keterangan: its figures), `pilihan` another set of as few
// units, `terbaik` the nearest there is when none suffices.
std::vector<ReachRow> reach_rows(const Model& model, NodeId node, Period period, const ValidationReach& reach,
                                 Language language);
std::string write_rows(std::span<const ReachRow> rows, const WriteOptions& options);

// Points as the template prints them.
std::string print_points(const PackTemplate& tmpl, const Rational& points);
// A cost as people write it: "3", "2.50".
std::string print_cost(const Rational& cost);
// "dipenuhi", "gagal", "belum diputuskan"; and what its groups lack: "klaster_utama 1 dari 3 (A), dilaporkan 2".
std::string describe_verdict(GateVerdict verdict, Language language);
std::string describe_groups(const ReachGate& gate, Language language);

}  // namespace jenjang

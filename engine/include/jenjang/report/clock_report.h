// Tables about clocks: rates, limits by unit, items, what must be raised, and figures for the plan.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "jenjang/assess/clock.h"
#include "jenjang/plan/plan.h"
#include "jenjang/report/table.h"

namespace jenjang {

struct ClockReport {
  const PackClock& clock;
  const ClockResult& result;
  std::string labels;  // tanda of the events: "ilustratif"
};

// kode,uraian,unit,periode,penyebut,dipakai,pembilang,pembagi,nilai,satuan,pasal,tanda. `dipakai` says which of several
// denominators counts here; `pembilang` and `pembagi` are exact, `nilai` is rounded as the pack prints it.
Table rate_table(const ClockReport& report, std::span<const RateFigure> figures);
// batas,uraian,hari_kerja,unit,tepat,terlambat,berjalan,lewat,berhenti,gugur,tidak_terhitung,pasal,tanda: the total of
// each limit, then by unit.
Table limit_table(const ClockReport& report, const RateGrouping& grouping);
// nomor,kelas,unit,batas,hari_kerja,mulai,tenggat,berhenti,terpakai,lewat,keadaan,keadaan_laporan,tanda
Table item_table(const ClockReport& report, const RateGrouping& grouping);
// The items whose limit has passed while they are open, longest first; `dinaikkan` says whether they were raised.
Table escalation_table(const ClockReport& report, const RateGrouping& grouping);

// One row of a realisation file. `fact` feeds the measure `code` at the unit and period of the figure.
struct ClockFact {
  std::string code, unit, period, value;
};
// Figures and their parts for the measures that `facts` names, where the model has the address, each in the periods of
// its own frequency. The total stands at `total_unit`. Figures beside the counted denominator are left out.
std::vector<ClockFact> clock_facts(const ClockReport& report, std::span<const RateFigure> figures,
                                   std::span<const EventDeclaration::Fact> facts, const std::string& total_unit,
                                   const Model& model);
// kode,unit,periode,nilai,tanda
Table fact_table(std::span<const ClockFact> facts, const std::string& labels);

}  // namespace jenjang

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include "jenjang/report/clock_report.h"

namespace jenjang {

namespace {

constexpr std::size_t kStates = 7;

std::string labels_of(const std::string& given, bool unverified) {
  if (!unverified || given.find("belum-diverifikasi") != std::string::npos) return given;
  return given.empty() ? "belum-diverifikasi" : given + " belum-diverifikasi";
}

std::string print(const Rational& value, const Rounding& rounding) {
  return round(value, rounding).to_string();
}

// Sums of counts and of decimals are finite.
std::string print_exact(const Rational& value) {
  const std::optional<Decimal> exact = value.to_decimal();
  return exact ? exact->normalised().to_string() : value.to_string();
}

std::string print_day(const std::optional<DayNumber>& day) {
  return day ? date_of(*day).to_string() : "";
}

std::string print_count(const std::optional<std::int32_t>& count) {
  return count ? std::to_string(*count) : "";
}

bool is_asked(const ClockReport& report, const RateGrouping& grouping, std::size_t item) {
  if (!grouping.only) return true;
  const Date received = date_of(report.result.items[item].events.front().day);
  return grouping.only->contains(Period(received.year, Granularity::month, received.month));
}

std::vector<std::string> item_row(const ClockReport& report, const LimitOutcome& outcome) {
  const ItemHistory& item = report.result.items[outcome.item];
  const ClockLimit& limit = report.clock.limits[outcome.limit];
  return {item.number,
          item.item_class,
          outcome.unit,
          limit.code,
          std::to_string(limit.working_days),
          print_day(outcome.start),
          print_day(outcome.deadline),
          print_day(outcome.stop),
          print_count(outcome.elapsed),
          print_count(outcome.beyond),
          std::string(to_string(outcome.state)),
          item.events.back().state,
          labels_of(report.labels, outcome.unverified)};
}

std::vector<TableColumn> item_columns() {
  return {{"nomor", ColumnKind::code},   {"kelas", ColumnKind::text},       {"unit", ColumnKind::code},
          {"batas", ColumnKind::code},   {"hari_kerja", ColumnKind::count}, {"mulai", ColumnKind::code},
          {"tenggat", ColumnKind::code}, {"berhenti", ColumnKind::code},    {"terpakai", ColumnKind::figure},
          {"lewat", ColumnKind::figure}, {"keadaan", ColumnKind::text},     {"keadaan_laporan", ColumnKind::text},
          {"tanda", ColumnKind::text}};
}

}  // namespace

Table rate_table(const ClockReport& report, std::span<const RateFigure> figures) {
  Table table;
  table.kind = "tingkat";
  table.columns = {{"kode", ColumnKind::code},        {"uraian", ColumnKind::text},       {"unit", ColumnKind::code},
                   {"periode", ColumnKind::code},     {"penyebut", ColumnKind::text},     {"dipakai", ColumnKind::text},
                   {"pembilang", ColumnKind::figure}, {"pembagi", ColumnKind::figure},    {"nilai", ColumnKind::figure},
                   {"satuan", ColumnKind::text},      {"pasal", ColumnKind::text, false}, {"tanda", ColumnKind::text}};
  for (const RateFigure& figure : figures) {
    const ClockRate& rate = report.clock.rates[figure.rate];
    table.rows.push_back({rate.code, rate.title, figure.unit, figure.period.valid() ? figure.period.to_string() : "",
                          figure.denominator, figure.stated ? "ya" : "ragam", print_exact(figure.over),
                          figure.all ? print_exact(*figure.all) : "",
                          figure.value ? print(*figure.value, rate.print) : "", rate.unit_name, rate.article,
                          labels_of(report.labels, figure.unverified)});
  }
  return table;
}

Table limit_table(const ClockReport& report, const RateGrouping& grouping) {
  struct Line {
    std::array<std::size_t, kStates> count{};
    bool unverified = false;
  };
  std::vector<std::map<std::string, Line>> lines(report.clock.limits.size());
  for (const LimitOutcome& outcome : report.result.outcomes) {
    if (!is_asked(report, grouping, outcome.item)) continue;
    const auto add = [&](const std::string& unit) {
      Line& line = lines[outcome.limit][unit];
      ++line.count[static_cast<std::size_t>(outcome.state)];
      line.unverified = line.unverified || outcome.unverified;
    };
    add({});  // the total; no unit has an empty path, and it sorts first
    if (grouping.by_unit) add(outcome.unit);
  }
  Table table;
  table.kind = "batas";
  table.columns = {
      {"batas", ColumnKind::code},     {"uraian", ColumnKind::text},           {"hari_kerja", ColumnKind::count},
      {"unit", ColumnKind::code},      {"tepat", ColumnKind::count},           {"terlambat", ColumnKind::count},
      {"berjalan", ColumnKind::count}, {"lewat", ColumnKind::count},           {"berhenti", ColumnKind::count},
      {"gugur", ColumnKind::count},    {"tidak_terhitung", ColumnKind::count}, {"pasal", ColumnKind::text, false},
      {"tanda", ColumnKind::text}};
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const ClockLimit& limit = report.clock.limits[i];
    for (const auto& [unit, line] : lines[i]) {
      std::vector<std::string> row{limit.code, limit.title, std::to_string(limit.working_days), unit};
      for (const std::size_t count : line.count) row.push_back(std::to_string(count));
      row.push_back(limit.article);
      row.push_back(labels_of(report.labels, line.unverified));
      table.rows.push_back(std::move(row));
    }
  }
  return table;
}

Table item_table(const ClockReport& report, const RateGrouping& grouping) {
  Table table;
  table.kind = "laporan";
  table.columns = item_columns();
  for (const LimitOutcome& outcome : report.result.outcomes) {
    if (is_asked(report, grouping, outcome.item)) table.rows.push_back(item_row(report, outcome));
  }
  return table;
}

Table escalation_table(const ClockReport& report, const RateGrouping& grouping) {
  std::vector<const LimitOutcome*> overdue;
  for (const LimitOutcome& outcome : report.result.outcomes) {
    if (outcome.state == LimitState::overdue && is_asked(report, grouping, outcome.item)) overdue.push_back(&outcome);
  }
  // Longest first; a span that cannot be counted, because its year has no list, comes before all that can.
  const auto rank = [](const LimitOutcome& outcome) { return outcome.beyond ? -*outcome.beyond : INT32_MIN; };
  std::stable_sort(overdue.begin(), overdue.end(),
                   [&](const LimitOutcome* a, const LimitOutcome* b) { return rank(*a) < rank(*b); });
  Table table;
  table.kind = "eskalasi";
  table.columns = item_columns();
  table.columns.insert(table.columns.end() - 1, {"dinaikkan", ColumnKind::text});
  for (const LimitOutcome* outcome : overdue) {
    std::vector<std::string> row = item_row(report, *outcome);
    const bool raised =
        !report.clock.escalation.empty() && report.result.last(outcome->item).state == report.clock.escalation;
    row.insert(row.end() - 1, raised ? "ya" : "belum");
    table.rows.push_back(std::move(row));
  }
  return table;
}

std::vector<ClockFact> clock_facts(const ClockReport& report, std::span<const RateFigure> figures,
                                   std::span<const EventDeclaration::Fact> facts, const std::string& total_unit,
                                   const Model& model) {
  std::vector<ClockFact> rows;
  std::set<std::tuple<std::string, std::string, std::string>> written;
  for (const EventDeclaration::Fact& fact : facts) {
    for (const RateFigure& figure : figures) {
      const ClockRate& rate = report.clock.rates[figure.rate];
      if (rate.code != fact.rate || !figure.period.valid() || !figure.stated) continue;
      const std::string& unit = figure.unit.empty() ? total_unit : figure.unit;
      const std::string period = figure.period.to_string();
      const auto add = [&](const std::string& code, const std::optional<std::string>& value) {
        if (code.empty() || unit.empty() || !value) return;
        const std::optional<NodeId> node = model.find(code, unit);
        if (!node || model.item(*node).spec.frequency != figure.period.granularity()) return;
        // A unit that is also that of the total has one figure there: the total, which comes first.
        if (written.emplace(code, unit, period).second) rows.push_back({code, unit, period, *value});
      };
      if (figure.value) add(fact.code, print(*figure.value, rate.print));
      add(fact.numerator, print_exact(figure.over));
      if (figure.all) add(fact.denominator, print_exact(*figure.all));
    }
  }
  return rows;
}

Table fact_table(std::span<const ClockFact> facts, const std::string& labels) {
  Table table;
  table.kind = "fakta";
  table.columns = {{"kode", ColumnKind::code},
                   {"unit", ColumnKind::code},
                   {"periode", ColumnKind::code},
                   {"nilai", ColumnKind::figure},
                   {"tanda", ColumnKind::text}};
  for (const ClockFact& fact : facts) table.rows.push_back({fact.code, fact.unit, fact.period, fact.value, labels});
  return table;
}

}  // namespace jenjang

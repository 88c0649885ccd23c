// `score --pack PACK --batch`: every declared worksheet of the pack, ranked, with the distribution of predicates.
#include <algorithm>
#include <map>

#include "jenjang/report/score.h"

#include "command.h"
#include "output.h"
#include "score_sheets.h"

namespace jenjang::cli {
namespace {

struct Scored {
  SheetInput input;
  SheetScore score;
  std::string value, predicate, gate, state, marks;  // of the total, as `score` prints them
};

// How the ranking is made, printed with it: no place depends on a rounding or on the order of files. Ways of filling in
// a worksheet and years do not compare, so a unit that has worksheets of both stands once in each.
constexpr std::string_view kRankRule =
    "per mode dan tahun; nilai tepat dari atas ke bawah; nilai sama berbagi peringkat; tanpa nilai tanpa peringkat";

bool same_group(const Scored& a, const Scored& b) {
  return a.input.mode == b.input.mode && a.input.period == b.input.period;
}

void take_total(const ScoreRequest& request, Scored& one) {
  for (const ScoredWorksheet& sheet : request.workspace.worksheets()) {
    if (sheet.code != one.input.name || sheet.mode != one.input.mode->id || sheet.period != one.input.period) continue;
    const auto rows =
        score_rows(request.workspace.context(), sheet, ScoreDetail::components, request.options.say.language);
    const std::string address = one.input.name + "@" + one.input.unit;
    if (rows.empty() || rows.front().address.rfind(address, 0) != 0) continue;
    one.value = rows.front().value;
    one.predicate = rows.front().predicate;
    one.gate = rows.front().gate;
    one.state = rows.front().state;
    one.marks = rows.front().labels;
    return;
  }
}

bool better(const Scored& a, const Scored& b) {
  if (!same_group(a, b)) {
    return std::tie(a.input.mode->id, a.input.period) < std::tie(b.input.mode->id, b.input.period);
  }
  const auto& x = a.score.total();
  const auto& y = b.score.total();
  if (x && y && *x != *y) return *y < *x;
  if (x.has_value() != y.has_value()) return x.has_value();
  return std::tie(a.input.unit, a.input.name) < std::tie(b.input.unit, b.input.name);
}

std::string period_of(const Scored& one) {
  return one.input.period ? one.input.period->to_string() : std::string();
}

Table ranking(const std::vector<Scored>& all, const Model& model) {
  Table table;
  table.kind = "score_batch";
  table.columns = {{"bagian", ColumnKind::text},        {"peringkat", ColumnKind::count},
                   {"unit", ColumnKind::code},          {"nama", ColumnKind::text},
                   {"lembar_kerja", ColumnKind::code},  {"mode", ColumnKind::code},
                   {"nilai", ColumnKind::figure},       {"predikat", ColumnKind::text},
                   {"gerbang", ColumnKind::text},       {"status", ColumnKind::text},
                   {"jumlah", ColumnKind::count},       {"bagian_persen", ColumnKind::figure},
                   {"tanda", ColumnKind::text},         {"nilai_tepat", ColumnKind::figure, false},
                   {"aturan", ColumnKind::text, false}, {"periode", ColumnKind::code, false}};
  std::size_t rank = 0, first = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Scored& one = all[i];
    const std::optional<Rational>& total = one.score.total();
    if (i > 0 && !same_group(all[i - 1], one)) first = i;
    const bool tie = i > first && total && all[i - 1].score.total() && *total == *all[i - 1].score.total();
    if (!tie) rank = i - first + 1;
    const auto unit = model.units.find(one.input.unit);
    const auto decimal = total ? total->to_decimal() : std::nullopt;
    table.rows.push_back({"peringkat", total ? std::to_string(rank) : "", one.input.unit,
                          unit ? model.units[*unit].name : "", one.input.name, one.input.mode->id, one.value,
                          one.predicate, one.gate, one.state, "", "", one.marks,
                          !total    ? ""
                          : decimal ? decimal->to_string()
                                    : total->to_string(),
                          std::string(kRankRule), period_of(one)});
  }
  return table;
}

// How many of one group hold each predicate, best first, and how many have none.
void add_distribution(Table& table, std::span<const Scored> all, const Pack& pack, const PackTemplate& tmpl) {
  std::vector<std::string> labels;
  if (const Scale* scale = pack.scale(tmpl.nodes.front().scale)) {
    for (const Band& band : scale->bands) labels.push_back(band.label);
  }
  std::map<std::string, std::size_t> counts;
  for (const Scored& one : all) {
    ++counts[one.predicate];
    if (std::ranges::find(labels, one.predicate) == labels.end() && !one.predicate.empty()) {
      labels.push_back(one.predicate);
    }
  }
  labels.emplace_back();
  for (const std::string& label : labels) {
    const std::size_t count = counts[label];
    if (label.empty() && count == 0) continue;
    const Rational share = Rational(static_cast<std::int64_t>(100 * count)) /
                           Rational(static_cast<std::int64_t>(std::max<std::size_t>(1, all.size())));
    table.rows.push_back({"sebaran", "", "", label.empty() ? "tanpa predikat" : "", "", all.front().input.mode->id, "",
                          label, "", "", std::to_string(count), round(share, {RoundingMode::half_up, 2}).to_string(),
                          "", "", std::string(kRankRule), period_of(all.front())});
  }
}

}  // namespace

int score_batch(const ScoreRequest& request) {
  const std::size_t said = request.workspace.sink().all().size();
  if (!request.has_plan) {
    complain(request.options, make_diagnostic(Code::J1904, {}).arg("apa", "PLAN"));
    return kCouldNotRun;
  }
  auto inputs = sheet_inputs(request, request.pack, request.element, {});
  if (!inputs) {
    (void)finish_score(request, {}, said);
    return kCouldNotRun;
  }
  std::vector<Scored> all;
  for (SheetInput& input : *inputs) {
    look(request.options.watch, Stage::scoring, all.size(), inputs->size());
    Scored one{std::move(input), {}, {}, {}, {}, {}, {}};
    one.score =
        score_sheet(*one.input.pack, *one.input.tmpl, one.input.mode, one.input.sheet.effective(ReviewLane::assessor));
    take_total(request, one);
    all.push_back(std::move(one));
  }
  std::ranges::stable_sort(all, better);
  Table table = ranking(all, request.workspace.model());
  for (std::size_t first = 0, end = 0; first < all.size(); first = end) {
    while (end < all.size() && same_group(all[first], all[end])) ++end;
    add_distribution(table, std::span(all).subspan(first, end - first), request.pack, *all.front().input.tmpl);
  }
  return finish_score(request, write_table(table, request.options.write), said);
}

}  // namespace jenjang::cli

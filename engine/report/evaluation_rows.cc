#include "jenjang/report/evaluation_rows.h"

#include <set>

#include "engine/report/evaluation_figures.h"
#include "engine/report/evaluation_outline.h"

namespace jenjang {
namespace {

using evaluation::Entry;
using evaluation::Figures;
using evaluation::Level;
using evaluation::Side;

constexpr Rounding kMeanRounding{RoundingMode::half_up, 2};

// What a program and a unit gather from the rows below them.
struct Gathered {
  std::set<NodeId> seen;
  std::vector<Rational> achievements;
  std::size_t expected = 0;  // with a formula of achievement
  std::size_t lacking = 0;   // of those with a figure: made of a part of what should be there
  bool illustrative = false, unverified = false, unofficial = false;

  void add(NodeId node, const Side& side) {
    if (!side.has_formula || !seen.insert(node).second) return;
    ++expected;
    illustrative = illustrative || side.illustrative;
    unverified = unverified || side.unverified;
    unofficial = unofficial || side.unofficial;
    if (!side.achievement) return;
    achievements.push_back(*side.achievement);
    if (side.lacking) ++lacking;
  }
};

// Ceilings and spending of the outermost goals that have one; those inside are parts of them.
struct Money {
  std::string unit_name;
  Rational ceiling, spent;
  std::size_t ceilings = 0, spendings = 0, goals = 0;
  bool mixed = false;  // several units of money do not add up
  std::optional<Level> within;

  void enter(Level level) {
    if (within && level <= *within) within.reset();
  }
  void add(Level level, const Side& side) {
    if (within) return;
    within = level;
    mixed = mixed || (goals > 0 && side.printed.unit_name != unit_name);
    unit_name = side.printed.unit_name;
    ++goals;
    if (side.target) {
      ceiling += *side.target;
      ++ceilings;
    }
    if (side.done) {
      spent += *side.done;
      ++spendings;
    }
  }
};

std::string part_of(std::size_t n, std::size_t all, std::string_view what) {
  return std::to_string(n) + " dari " + std::to_string(all) + " " + std::string(what);
}

std::string labels_of(bool illustrative, bool unverified, bool proposed, bool unofficial) {
  std::vector<std::string> words;
  if (illustrative) words.emplace_back("ilustratif");
  if (unverified) words.emplace_back("belum-diverifikasi");
  if (proposed) words.emplace_back("usulan");
  if (unofficial) words.emplace_back(kUnofficialLabel);
  return join(words, " ");
}

class EvaluationMaker {
public:
  EvaluationMaker(const ExplainContext& context, const EvaluationFilter& filter)
      : model_(context.model), filter_(filter), figures_(context, *filter.scale, filter.year) {}

  std::vector<EvaluationRow> make() {
    for (const Entry& entry : evaluation::outline(model_, filter_.unit, filter_.year)) {
      if (entry.level <= Level::programme) close_programme();
      if (entry.level == Level::unit) {
        close_unit();
        open_unit_ = entry.unit;
      }
      if (entry.level == Level::programme) programme_ = entry.goal;
      add_entry(entry);
    }
    close_programme();
    close_unit();
    return std::move(rows_);
  }

private:
  EvaluationRow& append(std::string kind, std::string code, std::string title, UnitId unit) {
    EvaluationRow row;
    row.kind = std::move(kind);
    row.code = std::move(code);
    row.title = std::move(title);
    row.unit = model_.units[unit].path;
    rows_.push_back(std::move(row));
    return rows_.back();
  }

  void add_entry(const Entry& entry) {
    const bool structural = !entry.goal.valid();
    std::string title;
    if (entry.level == Level::unit) title = model_.units[entry.unit].name;
    if (!structural) title = model_.item(entry.goal).title;
    EvaluationRow& row = append(std::string(to_string(entry.level)), entry.code, std::move(title), entry.unit);
    if (!entry.from.empty()) row.basis = "kode " + entry.from;
    if (structural) return;
    row.address = model_.address(entry.goal, Period::year(filter_.year));
    const Item& goal = model_.item(entry.goal);
    if (goal.document.valid()) row.document = model_.documents[goal.document.index()].code;
    row.labels = labels_of(goal.illustrative, goal.unverified, false, false);
    money_.enter(entry.level);
    // The program and the levels below it without an indicator of their own hold no figure of performance.
    if (const std::optional<NodeId> budget = evaluation::budget_of(model_, entry.goal)) {
      const Side side = figures_.of_budget(*budget);
      row.money = side.printed;
      if (!side.document.empty()) row.document = side.document;
      row.labels =
          labels_of(goal.illustrative || side.illustrative,
                    goal.unverified || side.unverified || filter_.scale->unverified, side.proposed, side.unofficial);
      money_.add(entry.level, side);
    }
    for (const NodeId indicator : evaluation::indicators_of(model_, entry.goal)) add_indicator(indicator, entry);
  }

  void add_indicator(NodeId node, const Entry& entry) {
    const Item& item = model_.item(node);
    const Side side = figures_.of(node);
    EvaluationRow& row = append("indikator", item.code, item.title, model_.node_unit[node.index()]);
    row.address = model_.address(node, Period::year(filter_.year));
    row.performance = side.printed;
    row.document = side.document;
    row.labels = labels_of(side.illustrative, side.unverified || (side.has_formula && filter_.scale->unverified),
                           side.proposed, side.unofficial);
    of_unit_.add(node, side);
    if (entry.level >= Level::programme && programme_.valid()) of_programme_.add(node, side);
  }

  EvaluationRow& add_mean(const Gathered& from, std::string code, std::string_view of, UnitId unit) {
    EvaluationRow& row = append("rata-rata", std::move(code), "Rata-rata capaian kinerja " + std::string(of), unit);
    row.performance.unit_name = "persen";
    row.basis = "skala " + filter_.scale->id;
    row.labels = labels_of(from.illustrative, from.unverified || filter_.scale->unverified, false, from.unofficial);
    row.performance.state = part_of(from.achievements.size(), from.expected, "indikator");
    if (from.lacking > 0) row.performance.state += " (" + std::to_string(from.lacking) + " sebagian)";
    if (from.achievements.empty()) {
      row.performance.achievement = to_string(CellState::empty);
      row.performance.predicate = row.performance.achievement;
      return row;
    }
    Rational sum;
    for (const Rational& one : from.achievements) sum += one;
    const Rational mean = sum / Rational(static_cast<std::int64_t>(from.achievements.size()));
    row.performance.achievement = round(mean, kMeanRounding).to_string();
    row.performance.predicate = figures_.predicate(mean);
    return row;
  }

  void close_programme() {
    if (programme_.valid()) {
      add_mean(of_programme_, model_.item(programme_).code, "program", model_.node_unit[programme_.index()]);
    }
    programme_ = NodeId();
    of_programme_ = {};
  }

  void close_unit() {
    if (open_unit_) {
      EvaluationRow& row = add_mean(of_unit_, model_.units[*open_unit_].path, "unit", *open_unit_);
      add_money(row);
    }
    open_unit_.reset();
    of_unit_ = {};
    money_ = {};
  }

  // The unit's ceilings and what of them is spent. A sum that lacks a part is no sum, and is not shown as one.
  void add_money(EvaluationRow& row) {
    if (money_.goals == 0) return;
    EvaluationSide& out = row.money;
    if (money_.mixed) {
      out.state = "beberapa satuan anggaran";
      return;
    }
    out.unit_name = money_.unit_name;
    out.state = part_of(money_.spendings, money_.goals, "pagu");
    const std::string missing(to_string(CellState::empty));
    const bool whole = money_.spendings == money_.goals;
    out.target = money_.ceilings == money_.goals ? print(money_.ceiling) : missing;
    out.done = whole ? print(money_.spent) : missing;
    if (!whole || money_.ceilings != money_.goals || money_.ceiling.is_zero()) {
      out.achievement = money_.ceiling.is_zero() && whole ? std::string(to_string(CellState::not_applicable)) : missing;
      out.predicate = out.achievement;
      return;
    }
    const Rational absorbed = Rational(100) * money_.spent / money_.ceiling;
    out.achievement = round(absorbed, kMeanRounding).to_string();
    out.predicate = figures_.predicate(absorbed);
  }

  static std::string print(const Rational& value) { return round(value, kMeanRounding).normalised().to_string(); }

  const Model& model_;
  const EvaluationFilter& filter_;
  Figures figures_;
  std::vector<EvaluationRow> rows_;
  NodeId programme_;
  std::optional<UnitId> open_unit_;
  Gathered of_programme_, of_unit_;
  Money money_;
};

void add_columns(std::vector<TableColumn>& columns, bool money) {
  const auto name = [&](const char* performance, const char* spending) { return money ? spending : performance; };
  columns.push_back({name("satuan", "satuan_anggaran"), ColumnKind::text, false});
  columns.push_back({name("target_akhir", "pagu_akhir"), ColumnKind::figure, false});
  columns.push_back({name("realisasi_lalu", "serapan_lalu"), ColumnKind::figure, false});
  columns.push_back({name("target", "pagu"), ColumnKind::figure});
  columns.push_back({name("tw1", "serapan_tw1"), ColumnKind::figure, false});
  columns.push_back({name("tw2", "serapan_tw2"), ColumnKind::figure, false});
  columns.push_back({name("tw3", "serapan_tw3"), ColumnKind::figure, false});
  columns.push_back({name("tw4", "serapan_tw4"), ColumnKind::figure, false});
  columns.push_back({name("realisasi", "serapan"), ColumnKind::figure});
  columns.push_back({name("capaian_mentah", "tingkat_serapan_mentah"), ColumnKind::figure, false});
  columns.push_back({name("capaian", "tingkat_serapan"), ColumnKind::figure});
  columns.push_back({name("predikat", "predikat_serapan"), ColumnKind::text});
  columns.push_back({name("realisasi_sd", "serapan_sd"), ColumnKind::figure, false});
  columns.push_back({name("capaian_akhir", "tingkat_serapan_akhir"), ColumnKind::figure, !money});
  columns.push_back({name("status", "status_anggaran"), ColumnKind::text, !money});
}

void add_cells(std::vector<std::string>& cells, const EvaluationSide& side) {
  for (const std::string* text :
       {&side.unit_name, &side.target_end, &side.done_before, &side.target, &side.quarter_1, &side.quarter_2,
        &side.quarter_3, &side.quarter_4, &side.done, &side.achievement_raw, &side.achievement, &side.predicate,
        &side.done_total, &side.achievement_end, &side.state}) {
    cells.push_back(*text);
  }
}

}  // namespace

std::vector<EvaluationRow> evaluation_rows(const ExplainContext& context, const EvaluationFilter& filter) {
  if (filter.scale == nullptr) return {};
  return EvaluationMaker(context, filter).make();
}

std::string write_rows(std::span<const EvaluationRow> rows, const WriteOptions& options) {
  Table table;
  table.kind = "evaluation";
  table.columns = {{"jenis", ColumnKind::text},
                   {"kode", ColumnKind::code},
                   {"uraian", ColumnKind::text},
                   {"unit", ColumnKind::code, false},
                   {"alamat", ColumnKind::code, false}};
  add_columns(table.columns, false);
  add_columns(table.columns, true);
  table.columns.push_back({"dokumen", ColumnKind::code, false});
  table.columns.push_back({"dasar", ColumnKind::text, false});
  table.columns.push_back({"tanda", ColumnKind::text});
  table.rows.reserve(rows.size());
  for (const EvaluationRow& row : rows) {
    std::vector<std::string> cells{row.kind, row.code, row.title, row.unit, row.address};
    add_cells(cells, row.performance);
    add_cells(cells, row.money);
    cells.insert(cells.end(), {row.document, row.basis, row.labels});
    table.rows.push_back(std::move(cells));
  }
  return write_table(table, options);
}

}  // namespace jenjang

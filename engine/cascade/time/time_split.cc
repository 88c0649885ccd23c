#include "engine/cascade/time/time_split.h"

#include <algorithm>
#include <map>
#include <set>

#include "engine/cascade/families/refusal.h"
#include "engine/cascade/rounding/rounding.h"
#include "engine/cascade/time/series_pattern.h"
#include "engine/cascade/time/time_blocks.h"
#include "engine/cascade/time/time_families.h"
#include "engine/cascade/time/time_parts.h"
#include "engine/cascade/time/time_sums.h"
#include "engine/cascade/time/unit_life.h"

namespace jenjang::cascade {
namespace {

class NodeSplit {
public:
  NodeSplit(const Model& model, CellStore& store, DiagnosticSink& sink, NodeId node, std::vector<Decimal> pattern,
            const TimeFamilies& families)
      : model_(model),
        store_(store),
        sink_(sink),
        node_(node),
        spec_(model.item(node).spec),
        pattern_(std::move(pattern)) {
    std::map<int, Decimal> years;
    for (const TargetCell* cell : store.of(node)) {
      // Finer than the frequency: stated against the plan's own word, lint says so.
      if (cell->period.granularity() <= spec_.frequency && !families.decided(node, cell->period.year())) {
        given_.push_back(*cell);
      }
      if (cell->period.granularity() == Granularity::year && cell->target.number() != nullptr) {
        years.emplace(cell->period.year(), *cell->target.number());
      }
    }
    if (!spec_.profile_series.empty()) {
      read_series(years);
    }
  }

  // Years with a target that the series of the measure does not serve.
  [[nodiscard]] std::span<const int> years_without_series() const { return unserved_; }

  void run() {
    const bool by_points =
        spec_.accumulation == Accumulation::cumulative || spec_.accumulation == Accumulation::position;
    for (std::size_t i = 0; i < given_.size(); ++i) {
      if (given_[i].target.number() == nullptr) {
        repeat_text(given_[i]);
      } else if (!by_points) {
        split(given_[i]);
      }
    }
    if (by_points) {
      for (std::size_t first = 0; first < given_.size();) {
        std::size_t last = first;
        while (last < given_.size() && given_[last].period.year() == given_[first].period.year()) {
          ++last;
        }
        split_year(std::span<const TargetCell>(given_).subspan(first, last - first));
        first = last;
      }
    }
  }

private:
  void read_series(const std::map<int, Decimal>& years) {
    if (spec_.accumulation != Accumulation::position) {
      SeriesPatterns patterns = series_patterns(spec_, years);
      by_year_ = std::move(patterns.weights);
      unserved_ = std::move(patterns.unusable);
      return;
    }
    series_ = series_at_frequency(spec_);
    for (const auto& [year, target] : years) {
      if (!series_of_year(series_, spec_.frequency, year)) {
        unserved_.push_back(year);
      }
    }
  }

  // Weights of the year's places, cut to the months in which the unit lives.
  [[nodiscard]] std::vector<Decimal> pattern_of(int year) const {
    const auto it = by_year_.find(year);
    return living_pattern(model_, node_, year, it == by_year_.end() ? pattern_ : it->second);
  }
  // The periods inside that the unit lives in.
  [[nodiscard]] std::vector<Period> living(Period whole) const {
    std::vector<Period> fine = whole.split(spec_.frequency);
    std::erase_if(fine, [this](Period part) { return !model_.unit(node_).exists_in(part); });
    return fine;
  }
  // Whether the profile gives a flow nothing in these places, though it gives the year something.
  [[nodiscard]] bool without_room(const TargetCell& whole, std::span<const Decimal> pattern) const {
    const auto is_zero = [](const Decimal& weight) { return weight.is_zero(); };
    return lives_in_part(model_.unit(node_), whole.period) && !whole.target.number()->is_zero() &&
           std::all_of(pattern.begin(), pattern.end(), is_zero) && !has_room(model_, node_, whole.period);
  }
  [[nodiscard]] bool has_profile(int year) const { return !spec_.profile.empty() || by_year_.contains(year); }

  [[nodiscard]] std::size_t place(Period fine) const { return static_cast<std::size_t>(fine.index() - 1); }

  // Given cells strictly inside `whole`, the widest of each place.
  [[nodiscard]] std::vector<const TargetCell*> inside(const TargetCell& whole) const {
    std::vector<const TargetCell*> cells;
    for (const TargetCell& cell : given_) {
      const bool within = cell.period != whole.period && whole.period.contains(cell.period);
      const bool nested = std::any_of(cells.begin(), cells.end(),
                                      [&cell](const TargetCell* wide) { return wide->period.contains(cell.period); });
      if (within && !nested) {
        cells.push_back(&cell);
      }
    }
    return cells;
  }

  // Step of the rule that gave the target, else of the measure, else the digits written.
  [[nodiscard]] Decimal step_for(const TargetCell& cell, int digits) const {
    return declared_part_step(model_, cell).value_or(unit_step(digits));
  }

  void add(const TargetCell& whole, Period fine, Target target) {
    TargetCell cell;
    cell.node = node_;
    cell.period = fine;
    cell.target = std::move(target);
    cell.origin = TargetOrigin::time_split;
    cell.state = whole.state;
    cell.from_period = whole.period;
    cell.illustrative = whole.illustrative;
    store_.add(std::move(cell));
  }

  void repeat_text(const TargetCell& whole) {
    if (whole.period.granularity() == spec_.frequency) {
      return;
    }
    const std::vector<Period> fine = living(whole.period);
    if (spec_.accumulation == Accumulation::increments || spec_.accumulation == Accumulation::cumulative) {
      sink_.report(make_diagnostic(Code::J1619, place_of(model_, whole))
                       .arg("target", whole.target.to_string())
                       .arg("alamat", model_.address(node_, whole.period))
                       .arg("periode", to_string(spec_.frequency)));
      return;
    }
    const std::vector<const TargetCell*> stated = inside(whole);
    for (const Period period : fine) {
      const bool taken = std::any_of(stated.begin(), stated.end(),
                                     [period](const TargetCell* cell) { return cell->period.contains(period); });
      if (!taken) {
        add(whole, period, whole.target);
      }
    }
  }

  // hitungan, rata-rata, puncak: parts inside one given cell; wider given parts split themselves.
  void split(const TargetCell& whole) {
    const std::vector<Period> fine = living(whole.period);
    if (whole.period.granularity() == spec_.frequency || fine.empty()) {
      return;
    }
    const std::size_t offset = place(fine.front());
    std::vector<StatedPart> stated;
    const std::vector<const TargetCell*> parts_given = inside(whole);
    int digits = whole.target.number()->scale();
    for (const TargetCell* cell : parts_given) {
      const std::vector<Period> covered = living(cell->period);
      if (covered.empty()) {
        continue;  // J1570 says so
      }
      if (const Decimal* number = cell->target.number()) {
        stated.push_back({place(covered.front()) - offset, place(covered.back()) + 1 - offset, *number});
        digits = std::max(digits, number->normalised().scale());
      } else {
        return;  // a part that is no number leaves nothing to reckon with
      }
    }
    const bool profiled = has_profile(whole.period.year());
    // A level that a profile moves gets at least the digits that are printed.
    if (profiled && spec_.accumulation != Accumulation::increments && spec_.rounding.mode != RoundingMode::exact) {
      digits = std::max(digits, spec_.rounding.places);
    }
    const Decimal step = step_for(whole, digits);
    const Decimal& number = *whole.target.number();
    const std::vector<Decimal> year = pattern_of(whole.period.year());
    const std::span<const Decimal> pattern = std::span<const Decimal>(year).subspan(offset, fine.size());
    if (is_flow(spec_) && stated.empty() && without_room(whole, pattern)) {
      report_no_room(model_, sink_, node_, whole.period, place_of(model_, whole));
      return;
    }
    Parts parts;
    if (spec_.accumulation == Accumulation::increments) {
      parts = split_increments(number, pattern, stated, step);
    } else if (spec_.accumulation == Accumulation::peak) {
      parts = split_peak(number, pattern, stated, step);
    } else if (profiled && stated.empty()) {
      parts = average(whole, pattern, step);
    } else {
      parts = split_average(number, pattern, stated, step);
    }
    if (const PartsConflict* conflict = std::get_if<PartsConflict>(&parts)) {
      report_conflict(whole, parts_given, *conflict);
      return;
    }
    const auto& figures = std::get<std::vector<std::optional<Decimal>>>(parts);
    for (std::size_t i = 0; i < fine.size(); ++i) {
      if (figures[i]) {
        add(whole, fine[i], *figures[i]);
      }
    }
  }

  Parts average(const TargetCell& whole, std::span<const Decimal> pattern, const Decimal& step) {
    const Decimal& number = *whole.target.number();
    const std::optional<std::vector<Decimal>> figures = average_by_pattern(number, pattern, step, spec_.rounding);
    if (!figures) {
      sink_.report(make_diagnostic(Code::J1638, place_of(model_, whole))
                       .arg("alamat", model_.address(node_, whole.period))
                       .arg("langkah", step.to_string())
                       .arg("target", number.to_string()));
      return std::vector<std::optional<Decimal>>(pattern.size(), number);
    }
    return std::vector<std::optional<Decimal>>(figures->begin(), figures->end());
  }

  // kumulatif, posisi: the given cells of one year are points on one path.
  void split_year(std::span<const TargetCell> cells) {
    std::vector<std::pair<KnownPoint, const TargetCell*>> points;
    const TargetCell* widest = nullptr;
    int digits = 0;
    for (const TargetCell& cell : cells) {
      const Decimal* number = cell.target.number();
      if (number == nullptr) {
        continue;
      }
      widest = widest == nullptr ? &cell : widest;
      digits = std::max(digits, number->scale());
      // The end of a period, or the last that the unit lives to see of it.
      const std::vector<Period> lived = living(cell.period);
      if (lived.empty()) {
        continue;
      }
      points.push_back({{place(lived.back()), *number}, &cell});
    }
    if (widest == nullptr || widest->period.granularity() == spec_.frequency) {
      return;
    }
    std::stable_sort(points.begin(), points.end(),
                     [](const auto& a, const auto& b) { return a.first.place < b.first.place; });
    std::vector<KnownPoint> known;
    std::vector<const TargetCell*> origins;
    for (const auto& [point, cell] : points) {
      if (!known.empty() && known.back().place == point.place) {
        if (known.back().value != point.value) {
          report_conflict(*widest, others(points, widest),
                          {(Rational(known.back().value) - Rational(point.value)).absolute()});
          return;
        }
        continue;
      }
      known.push_back(point);
      origins.push_back(cell);
    }
    Parts parts;
    if (spec_.accumulation == Accumulation::cumulative) {
      const std::vector<Decimal> pattern = pattern_of(widest->period.year());
      if (known.size() == 1 && without_room(*widest, pattern)) {
        report_no_room(model_, sink_, node_, widest->period, place_of(model_, *widest));
        return;
      }
      parts = path_cumulative(known, pattern, step_for(*widest, digits));
    } else {
      const std::optional<Decimal> start = year_end_before(widest->period.year());
      digits = std::max(digits, start ? start->scale() : 0);
      parts = position(known, widest->period.year(), start, step_for(*widest, digits));
    }
    if (const PartsConflict* conflict = std::get_if<PartsConflict>(&parts)) {
      report_conflict(*widest, others(points, widest), *conflict);
      return;
    }
    const auto& path = std::get<std::vector<std::optional<Decimal>>>(parts);
    std::size_t segment = 0;
    for (std::size_t i = 0; i < path.size(); ++i) {
      while (segment < known.size() && known[segment].place < i) {
        ++segment;
      }
      const Period fine(widest->period.year(), spec_.frequency, static_cast<int>(i + 1));
      if (path[i] && segment < origins.size() && model_.unit(node_).exists_in(fine) &&
          store_.find(node_, fine) == nullptr) {
        add(*origins[segment], fine, *path[i]);
      }
    }
  }

  [[nodiscard]] std::vector<std::optional<Decimal>> position(std::span<const KnownPoint> known, int year,
                                                             const std::optional<Decimal>& start,
                                                             const Decimal& step) const {
    const std::optional<std::vector<Decimal>> indicator = series_of_year(series_, spec_.frequency, year);
    if (!indicator) {
      return path_position(known, pattern_.size(), start, step);
    }
    std::optional<Rational> start_ratio;
    const auto before = series_.find(Period(year, spec_.frequency, 1).previous());
    if (start && before != series_.end() && !before->second.is_zero()) {
      start_ratio = Rational(*start) / Rational(before->second);
    }
    return path_position_along(known, *indicator, start_ratio, step);
  }

  [[nodiscard]] std::optional<Decimal> year_end_before(int year) const {
    const Period before = Period::year(year - 1);
    if (const TargetCell* cell = store_.find(node_, before); cell != nullptr && cell->target.number() != nullptr) {
      return *cell->target.number();
    }
    const Baseline* baseline = model_.baseline_before(node_, before);
    return baseline != nullptr && baseline->period.year() == year - 1 ? std::optional(baseline->value) : std::nullopt;
  }

  static std::vector<const TargetCell*> others(const std::vector<std::pair<KnownPoint, const TargetCell*>>& points,
                                               const TargetCell* whole) {
    std::vector<const TargetCell*> cells;
    for (const auto& [point, cell] : points) {
      if (cell != whole) {
        cells.push_back(cell);
      }
    }
    return cells;
  }

  void report_conflict(const TargetCell& whole, const std::vector<const TargetCell*>& stated,
                       const PartsConflict& conflict) {
    std::string parts;
    for (const TargetCell* cell : stated) {
      parts += (parts.empty() ? "" : ", ") + cell->period.to_string() + " (" + cell->target.to_string() + ")";
    }
    Diagnostic finding = make_diagnostic(Code::J1617, place_of(model_, whole))
                             .arg("alamat", model_.address(node_, whole.period))
                             .arg("target", whole.target.to_string())
                             .arg("tahanan", parts.empty() ? "-" : parts)
                             .arg("selisih", figure(conflict.off));
    for (const TargetCell* cell : stated) {
      const std::string label = cell->period.to_string() + ": " + cell->target.to_string();
      finding.related.push_back({place_of(model_, *cell), label, label});
    }
    sink_.report(std::move(finding));
  }

  const Model& model_;
  CellStore& store_;
  DiagnosticSink& sink_;
  NodeId node_;
  const MeasureSpec& spec_;
  std::vector<Decimal> pattern_;
  std::vector<TargetCell> given_;                // copies: the store grows meanwhile
  std::map<int, std::vector<Decimal>> by_year_;  // from the series; other years follow pattern_
  std::map<Period, Decimal> series_;             // of a position
  std::vector<int> unserved_;
};

}  // namespace

// Families that have a table of both margins come first. Children have smaller node ids than their parents, so
// what is left can be summed from below.
void split_in_time(const Model& model, CellStore& store, DiagnosticSink& sink, const Watch* watch) {
  TimeFamilies families(model, store, watch);
  families.run();
  std::set<std::uint32_t> reported_items, reported_series;
  const std::size_t nodes = model.node_count();
  for (std::size_t n = 0; n < nodes; ++n) {
    look_now_and_then(watch, Stage::cascade, nodes + n, 2 * nodes);
    const NodeId node = NodeId::from_index(n);
    const Item& item = model.item(node);
    if (item.spec.frequency == Granularity::year || item.spec.accumulation == Accumulation::release) {
      continue;
    }
    std::optional<std::vector<Decimal>> pattern = year_pattern(item.spec);
    if (!pattern) {
      if (reported_items.insert(model.node_item[n].value()).second) {
        const int due = periods_per_year(item.spec.frequency);
        sink.report(make_diagnostic(Code::J1618, item.span)
                        .arg("indikator", item.code)
                        .arg("ditemukan", std::to_string(item.spec.profile.size()))
                        .arg("diminta", std::to_string(due)));
      }
      continue;
    }
    if (sum_children(model, store, node, [&](int year) { return families.decided(node, year); })) {
      continue;
    }
    NodeSplit split(model, store, sink, node, *std::move(pattern), families);
    if (const std::span<const int> years = split.years_without_series();
        !years.empty() && reported_series.insert(model.node_item[n].value()).second) {
      std::string text;
      for (const int year : years) {
        text += (text.empty() ? "" : ", ") + std::to_string(year);
      }
      sink.report(make_diagnostic(Code::J1633, item.span).arg("indikator", item.code).arg("tahun", text));
    }
    split.run();
  }
}

}  // namespace jenjang::cascade

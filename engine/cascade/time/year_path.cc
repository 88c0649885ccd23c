#include "engine/cascade/time/year_path.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "engine/cascade/families/effective_statement.h"
#include "engine/cascade/rounding/rounding.h"

namespace jenjang::cascade {
namespace {

Rational power(const Rational& base, int exponent) {
  Rational result(1);
  for (int i = 0; i < exponent; ++i) {
    result *= base;
  }
  return result;
}

Decimal way_between(const Decimal& start, const Decimal& end, const Rational& way, const Decimal& step) {
  const Rational value = Rational(start) + (Rational(end) - Rational(start)) * way;
  return nearest_step(value, step).value_or(end);
}

// k steps for the n-th root of `product`, to the nearest step, half up. Requires product > 0.
std::optional<Int128> nearest_root(const Rational& product, double guess, int n, const Rational& step) {
  const auto at_least = [&](Int128 count) {  // root >= (count - 1/2) steps
    const Rational cut = (Rational(Decimal::from_parts(count, 0)) - Rational(1, 2)) * step;
    return cut.sign() <= 0 || product >= power(cut, n);
  };
  const double in_steps = guess / step.to_double();
  if (!(in_steps < 1e30)) {
    return std::nullopt;
  }
  auto count = static_cast<Int128>(std::floor(in_steps + 0.5));
  // The guess is off by its relative error only: doubling strides find the right count from anywhere.
  Int128 stride = 1;
  while (!at_least(count)) {
    count -= stride;
    stride *= 2;
  }
  Int128 low = count;
  Int128 high = count + 1;
  for (stride = 1; at_least(high); stride *= 2) {
    low = high;
    high += stride;
  }
  while (high - low > 1) {
    const Int128 middle = low + (high - low) / 2;
    (at_least(middle) ? low : high) = middle;
  }
  return low;
}

}  // namespace

std::vector<Decimal> linear_path(const Decimal& start, const Decimal& end, int years, const Decimal& step) {
  std::vector<Decimal> path;
  for (int t = 1; t < years; ++t) {
    path.push_back(way_between(start, end, Rational(t, years), step));
  }
  return path;
}

std::optional<std::vector<Decimal>> compound_path(const Decimal& start, const Decimal& end, int years,
                                                  const Decimal& step) {
  if (start.sign() * end.sign() <= 0) {
    return std::nullopt;
  }
  const Rational from = Rational(start).absolute();
  const Rational to = Rational(end).absolute();
  const double ratio = to.to_double() / from.to_double();
  std::vector<Decimal> path;
  for (int t = 1; t < years; ++t) {
    const double guess = from.to_double() * std::pow(ratio, static_cast<double>(t) / years);
    const std::optional<Int128> count =
        nearest_root(power(from, years - t) * power(to, t), guess, years, Rational(step));
    if (!count) {
      return std::nullopt;
    }
    path.push_back(steps_to_decimal(start.is_negative() ? -*count : *count, step));
  }
  return path;
}

std::vector<Decimal> given_path(const Decimal& start, const Decimal& end, std::span<const Decimal> fractions,
                                const Decimal& step) {
  std::vector<Decimal> path;
  for (std::size_t t = 0; t + 1 < fractions.size(); ++t) {
    path.push_back(way_between(start, end, Rational(fractions[t]), step));
  }
  return path;
}

bool fractions_are_good(std::span<const Decimal> fractions) {
  return !fractions.empty() && !fractions.front().is_negative() && fractions.back() == Decimal(1) &&
         std::is_sorted(fractions.begin(), fractions.end());
}

Decimal path_step(const MeasureSpec& spec, int digits) {
  if (spec.step.sign() > 0) {
    return spec.step;
  }
  const bool adds = spec.aggregation == Aggregation::sum || spec.accumulation == Accumulation::increments ||
                    spec.accumulation == Accumulation::cumulative;
  const bool printed = !adds && spec.rounding.mode != RoundingMode::exact;
  return unit_step(printed ? std::max(digits, spec.rounding.places) : digits);
}

namespace {

// A known figure that a path starts from.
struct Start {
  int year = 0;
  Decimal value;
  bool illustrative = false;
};

class NodePaths {
public:
  NodePaths(const Model& model, CellStore& store, DiagnosticSink& sink, NodeId node)
      : model_(model), store_(store), sink_(sink), node_(node), spec_(model.item(node).spec) {}

  void run() {
    for (const Statement& statement : model_.statements_of(node_)) {
      if (statement.path != PathShape::none && statement.period.granularity() == Granularity::year &&
          statement.target.number() != nullptr) {
        draw(statement);
      }
    }
    for (auto& [year, candidate] : best_) {
      store_.add(std::move(candidate.cell));
    }
  }

private:
  struct Candidate {
    TargetCell cell;
    std::tuple<StatementState, DocumentKind> rank;  // smaller is better
    std::string valid_from;
  };

  [[nodiscard]] std::optional<Start> start_of(const Statement& statement) const {
    std::optional<Start> start;
    const auto later = [&start](int year) { return !start || year > start->year; };
    const int end = statement.period.year();
    for (const Statement& other : model_.statements_of(node_)) {
      const Decimal* number = other.target.number();
      if (other.document == statement.document && other.period.granularity() == Granularity::year &&
          other.period.year() < end && number != nullptr && later(other.period.year())) {
        start = Start{other.period.year(), *number, other.illustrative};
      }
    }
    for (const Baseline& baseline : model_.baselines_of(node_)) {
      if (baseline.document == statement.document && baseline.period.year() < end && later(baseline.period.year())) {
        start = Start{baseline.period.year(), baseline.value, baseline.illustrative};
      }
    }
    if (!start) {
      if (const Baseline* any = model_.baseline_before(node_, Period::year(end - 1))) {
        start = Start{any->period.year(), any->value, any->illustrative};
      }
    }
    return start;
  }

  // The first year that the statement's document may speak of.
  [[nodiscard]] int first_year_of(const Statement& statement) const {
    return statement.document.valid() ? model_.documents[statement.document.index()].years.first_year : 0;
  }

  void draw(const Statement& statement) {
    const int end = statement.period.year();
    const std::optional<Start> start = start_of(statement);
    if (!start) {
      // A document whose first year is stated has nothing before it to fill.
      if (first_year_of(statement) < end) {
        sink_.report(make_diagnostic(Code::J1630, statement.span)
                         .arg("alamat", model_.address(node_, statement.period))
                         .arg("tahun", std::to_string(end)));
      }
      return;
    }
    const int first = std::max(start->year + 1, first_year_of(statement));
    if (first >= end) {
      return;
    }
    const std::vector<Decimal> figures = figures_between(statement, *start, first);
    // The last figures are those of the last years: a baseline may lie years before the document.
    for (int year = end - 1; year >= first; --year) {
      const auto back = static_cast<std::size_t>(end - year);
      if (back <= figures.size()) {
        offer(statement, *start, year, figures[figures.size() - back]);
      }
    }
  }

  [[nodiscard]] std::vector<Decimal> figures_between(const Statement& statement, const Start& start, int first) {
    const Decimal& target = *statement.target.number();
    const int end = statement.period.year();
    const int years = end - start.year;
    const Decimal step = path_step(spec_, std::max(start.value.scale(), target.scale()));
    const std::string address = model_.address(node_, statement.period);
    if (statement.path == PathShape::linear) {
      return linear_path(start.value, target, years, step);
    }
    if (statement.path == PathShape::compound) {
      std::optional<std::vector<Decimal>> path = compound_path(start.value, target, years, step);
      if (!path) {
        sink_.report(make_diagnostic(Code::J1631, statement.span)
                         .arg("alamat", address)
                         .arg("awal", start.value.to_string())
                         .arg("akhir", target.to_string()));
        return {};
      }
      return *std::move(path);
    }
    // One fraction for every year since the point before, or for every year of the document's own.
    const std::vector<Decimal>& fractions = statement.path_shares;
    const auto count = static_cast<int>(fractions.size());
    const int own = end - first + 1;
    if ((count != years && count != own) || !fractions_are_good(fractions)) {
      sink_.report(make_diagnostic(Code::J1632, statement.span)
                       .arg("alamat", address)
                       .arg("ditemukan", text_of(fractions))
                       .arg("diminta", std::to_string(own)));
      return {};
    }
    return given_path(start.value, target, fractions, step);
  }

  static std::string text_of(std::span<const Decimal> fractions) {
    std::string text;
    for (const Decimal& fraction : fractions) {
      text += (text.empty() ? "" : ", ") + fraction.to_string();
    }
    return "[" + text + "]";
  }

  void offer(const Statement& statement, const Start& start, int year, const Decimal& figure) {
    const Period period = Period::year(year);
    if (store_.find(node_, period) != nullptr || model_.is_replaced(statement.document, year)) {
      return;
    }
    Candidate candidate;
    candidate.cell.node = node_;
    candidate.cell.period = period;
    candidate.cell.target = figure;
    candidate.cell.origin = TargetOrigin::path;
    candidate.cell.state = firmness_at(model_, node_, statement);
    candidate.cell.from_period = statement.period;
    candidate.cell.statement = static_cast<std::uint32_t>(&statement - model_.statements.data());
    candidate.cell.illustrative = statement.illustrative || start.illustrative;
    DocumentKind kind = DocumentKind::reference;
    if (statement.document.valid()) {
      kind = model_.documents[statement.document.index()].kind;
      candidate.valid_from = model_.documents[statement.document.index()].valid_from;
    }
    candidate.rank = {candidate.cell.state, kind};
    const auto it = best_.find(year);
    if (it == best_.end()) {
      best_.emplace(year, std::move(candidate));
      return;
    }
    // Among equals the path that ends first is the nearer one: statements come by period.
    const bool better = candidate.rank != it->second.rank ? candidate.rank < it->second.rank
                                                          : candidate.valid_from > it->second.valid_from;
    if (better) {
      it->second = std::move(candidate);
    }
  }

  const Model& model_;
  CellStore& store_;
  DiagnosticSink& sink_;
  NodeId node_;
  const MeasureSpec& spec_;
  std::map<int, Candidate> best_;  // by year
};

}  // namespace

void fill_paths(const Model& model, CellStore& store, DiagnosticSink& sink) {
  // Few statements carry a path, and a nation has many nodes: one pass over the column finds them.
  for (std::size_t n = 0; n < model.node_count(); ++n) {
    const NodeId node = NodeId::from_index(n);
    const std::span<const Statement> statements = model.statements_of(node);
    if (std::any_of(statements.begin(), statements.end(),
                    [](const Statement& statement) { return statement.path != PathShape::none; })) {
      NodePaths(model, store, sink, node).run();
    }
  }
}

}  // namespace jenjang::cascade

// A template's rules as steps over whole numbers, with the proof that they stay within 64 bits.
#include <algorithm>
#include <numeric>

#include "engine/assess/bulk_program.h"

namespace jenjang {
namespace {

// Factors of a mean of as many as are there; with more the program takes means of all alone.
constexpr std::int64_t kMostCommon = std::int64_t{1} << 40;
constexpr std::size_t kMostRows = std::size_t{1} << 16;

struct Refused {
  BulkLimit limit;
};

template <class T>
T checked(std::optional<T> value) {
  if (!value) throw Refused{BulkLimit::too_large};
  return *value;
}

ReducedFraction fraction(const Decimal& value) {
  return checked(ReducedFraction::of(value));
}

// value / unit, which is whole.
Int128 whole(const ReducedFraction& value, const ReducedFraction& unit) {
  return checked(ReducedFraction::quotient(value, unit)).num;
}

Int128 absolute(Int128 value) {
  return value < 0 ? -value : value;
}

std::int64_t within(Int128 value) {
  if (absolute(value) > kMostBulkSum) throw Refused{BulkLimit::too_large};
  return static_cast<std::int64_t>(value);
}

// One child of a step before its unit is known.
struct Child {
  std::size_t question = SIZE_MAX;  // a leaf
  std::size_t inner = SIZE_MAX;
  ReducedFraction weight;
};

class StepCompiler {
public:
  explicit StepCompiler(BulkProgramParts& parts) : parts_(parts), tmpl_(*parts.tmpl) {
    parts_.stride = 4;
    for (const BulkQuestion& question : parts_.form.questions) {
      while (parts_.stride <= question.labels.size()) parts_.stride *= 2;
    }
    parts_.entries.assign(parts_.form.questions.size() * parts_.stride, 0);
    parts_.units.assign(parts_.inner.size(), ReducedFraction{1, 1});
    most_.assign(parts_.inner.size(), 0);
    may_not_apply_.assign(parts_.inner.size(), false);
  }

  void compile() {
    if (parts_.inner.size() == 1 && tmpl_.nodes.size() == 1) throw Refused{BulkLimit::rule};
    if (!tmpl_.controls.empty()) throw Refused{BulkLimit::control};
    for (std::size_t inner = parts_.inner.size(); inner-- > 0;) {
      const TemplateNode& node = tmpl_.nodes[parts_.inner[inner]];
      if (node.rounding) throw Refused{BulkLimit::rounding};
      const ShareTable* const table = bulk_share_table(tmpl_, node, parts_.mode);
      parts_.steps.push_back(table != nullptr ? table_step(inner, *table) : sum_step(inner));
    }
    if (const BulkLimit limit = cut_total(parts_); limit != BulkLimit::none) throw Refused{limit};
  }

private:
  [[nodiscard]] std::vector<Child> children_of(std::size_t node) const {
    std::vector<Child> children;
    for (std::size_t i = node + 1; i < tmpl_.nodes.size(); ++i) {
      if (tmpl_.nodes[i].parent != node) continue;
      Child child;
      child.weight = fraction(tmpl_.nodes[i].weight);
      if (child.weight.num <= 0) throw Refused{BulkLimit::rule};
      child.inner = parts_.inner_of[i];
      if (child.inner == SIZE_MAX) child.question = parts_.form.by_code.at(tmpl_.nodes[i].code);
      children.push_back(child);
    }
    if (children.size() > kMostChildren) throw Refused{BulkLimit::too_large};
    return children;
  }

  BulkStep step_at(std::size_t inner, const std::vector<Child>& children) const {
    BulkStep step;
    step.inner = inner;
    step.children = children.size();
    const MissingPolicy missing = tmpl_.nodes[parts_.inner[inner]].missing;
    step.strict = missing == MissingPolicy::strict;
    step.zero = missing == MissingPolicy::zero;
    for (const Child& child : children) {
      if (child.inner != SIZE_MAX) continue;
      if (!step.runs.empty() && step.runs.back().first + step.runs.back().count == child.question) {
        ++step.runs.back().count;
      } else {
        step.runs.push_back({child.question, 1});
      }
    }
    return step;
  }

  [[nodiscard]] std::int64_t* entries(std::size_t question) { return &parts_.entries[question * parts_.stride]; }

  static bool is_ungraded(const Scale& scale, std::string_view label) {
    return std::ranges::find(scale.ungraded, label) != scale.ungraded.end();
  }
  static Decimal points_of(const Scale& scale, std::size_t grade) {
    return scale.grades[grade].points.value_or(Decimal(scale.rank(grade)));
  }

  // What the answers of a question say beside points.
  void fill_gaps(std::size_t question, const BulkStep& step) {
    std::int64_t* const entry = entries(question);
    entry[kBulkUnanswered] = step.zero ? 0 : kOneMissing;
    const Scale* const scale = parts_.scales[question];
    if (scale == nullptr) return;
    const std::vector<std::string>& labels = parts_.form.questions[question].labels;
    for (std::size_t i = 0; i < labels.size(); ++i) {
      if (is_ungraded(*scale, labels[i])) entry[i + 1] = kOneExcluded;
    }
  }

  BulkStep sum_step(std::size_t inner) {
    const TemplateNode& node = tmpl_.nodes[parts_.inner[inner]];
    std::vector<Child> children = children_of(parts_.inner[inner]);
    BulkStep step = step_at(inner, children);
    step.kind = kind_of(node.aggregation);
    if (step.kind == BulkStep::Kind::least || step.kind == BulkStep::Kind::most) {
      for (Child& child : children) child.weight = {1, 1};  // the least is the least, whatever its weight
    }
    const ReducedFraction unit = unit_of_terms(children);
    const Int128 most = fill_terms(step, children, unit);
    ReducedFraction result = unit;
    Int128 times = 1;
    if (step.kind == BulkStep::Kind::mean) times = mean_of(step, children, result);
    most_[inner] = within(checked(checked_product(most, times)));
    const ReducedFraction factor = fraction(node.factor);
    if (factor.num <= 0) throw Refused{BulkLimit::rule};
    parts_.units[inner] = checked(ReducedFraction::product(result, factor));
    may_not_apply_[inner] = std::ranges::all_of(children, [&](const Child& child) { return may_not_apply(child); });
    return step;
  }

  static BulkStep::Kind kind_of(Aggregation aggregation) {
    switch (aggregation) {
      case Aggregation::sum:
        return BulkStep::Kind::sum;
      case Aggregation::weighted_mean:
        return BulkStep::Kind::mean;
      case Aggregation::minimum:
        return BulkStep::Kind::least;
      case Aggregation::maximum:
        return BulkStep::Kind::most;
      default:
        throw Refused{BulkLimit::rule};
    }
  }

  // The largest fraction of which every term that a child may add is a whole multiple.
  ReducedFraction unit_of_terms(const std::vector<Child>& children) const {
    ReducedFraction unit{0, 1};
    for (const Child& child : children) {
      const auto take = [&](const ReducedFraction& term) {
        unit = checked(ReducedFraction::common(unit, checked(ReducedFraction::product(term, child.weight))));
      };
      if (child.inner != SIZE_MAX) {
        take(parts_.units[child.inner]);
      } else if (const Scale* const scale = parts_.scales[child.question]) {
        for (std::size_t i = 0; i < scale->grades.size(); ++i) take(fraction(points_of(*scale, i)));
      } else {
        take(fraction(Decimal::from_parts(1, kBulkPlaces)));
      }
    }
    return unit.num == 0 ? ReducedFraction{1, 1} : unit;
  }

  // Look-ups and multipliers in that unit; how far from nought the sum can be.
  Int128 fill_terms(BulkStep& step, const std::vector<Child>& children, const ReducedFraction& unit) {
    Int128 most = 0, most_points = 0;
    for (const Child& child : children) {
      if (child.inner != SIZE_MAX) {
        const Int128 times = whole(checked(ReducedFraction::product(parts_.units[child.inner], child.weight)), unit);
        step.inners.push_back({child.inner, within(times), SIZE_MAX});
        most += within(checked(checked_product(times, most_[child.inner])));
        continue;
      }
      fill_gaps(child.question, step);
      if (const Scale* const scale = parts_.scales[child.question]) {
        Int128 farthest = 0;
        for (std::size_t i = 0; i < scale->grades.size(); ++i) {
          if (is_ungraded(*scale, scale->grades[i].label)) continue;
          const ReducedFraction term = checked(ReducedFraction::product(fraction(points_of(*scale, i)), child.weight));
          const Int128 points = whole(term, unit);
          entries(child.question)[i + 1] = within(points);
          farthest = std::max(farthest, absolute(points));
        }
        most_points += farthest;
      } else {
        const ReducedFraction one = fraction(Decimal::from_parts(1, kBulkPlaces));
        const Int128 times = whole(checked(ReducedFraction::product(one, child.weight)), unit);
        step.numbers.push_back({parts_.form.questions[child.question].column, within(times), child.question});
        most += within(checked(checked_product(times, kBulkMostUnits)));
      }
      if (most > kMostBulkSum || most_points >= kPointHalf) throw Refused{BulkLimit::too_large};
    }
    return within(most + most_points);
  }

  [[nodiscard]] bool may_not_apply(const Child& child) const {
    if (child.inner != SIZE_MAX) return may_not_apply_[child.inner];
    const Scale* const scale = parts_.scales[child.question];
    return scale != nullptr && !scale->ungraded.empty();
  }

  // Divides `unit` by the weights of what is there; what the sum may be multiplied by at most.
  Int128 mean_of(BulkStep& step, const std::vector<Child>& children, ReducedFraction& unit) const {
    const bool varies = (!step.strict && !step.zero) ||
                        std::ranges::any_of(children, [&](const Child& child) { return may_not_apply(child); });
    const ReducedFraction& first = children.front().weight;
    const bool alike = std::ranges::all_of(
        children, [&](const Child& child) { return child.weight.num == first.num && child.weight.den == first.den; });
    std::int64_t common = 1;
    for (std::size_t n = 2; n <= children.size() && common <= kMostCommon; ++n) {
      common = std::lcm(common, static_cast<std::int64_t>(n));
    }
    if (varies && alike && common <= kMostCommon) {
      step.by_present.push_back(0);
      for (std::size_t n = 1; n <= children.size(); ++n) {
        step.by_present.push_back(common / static_cast<std::int64_t>(n));
      }
      const ReducedFraction all = checked(ReducedFraction::product(first, ReducedFraction{common, 1}));
      unit = checked(ReducedFraction::quotient(unit, all));
      return common;
    }
    ReducedFraction sum{0, 1};
    for (const Child& child : children) sum = checked(add(sum, child.weight));
    unit = checked(ReducedFraction::quotient(unit, sum));
    return 1;
  }

  static std::optional<ReducedFraction> add(const ReducedFraction& a, const ReducedFraction& b) {
    const auto left = checked_product(a.num, b.den), right = checked_product(b.num, a.den);
    const auto den = checked_product(a.den, b.den);
    Int128 sum = 0;
    if (!left || !right || !den || __builtin_add_overflow(*left, *right, &sum)) return std::nullopt;
    return ReducedFraction::of(sum, *den);
  }

  BulkStep table_step(std::size_t inner, const ShareTable& table) {
    const std::size_t index = parts_.inner[inner];
    const std::vector<Child> children = children_of(index);
    BulkStep step = step_at(inner, children);
    step.kind = BulkStep::Kind::table;
    for (const Child& child : children) {
      if (child.inner != SIZE_MAX || parts_.scales[child.question] == nullptr) throw Refused{BulkLimit::share_table};
      fill_gaps(child.question, step);
      fill_yes(child.question, parts_.scales[child.question]);
    }
    const std::vector<std::string> keys = take_judgements(step, index);
    fill_rows(step, table, keys);
    const ReducedFraction factor = fraction(tmpl_.nodes[index].factor);
    if (factor.num <= 0) throw Refused{BulkLimit::rule};
    ReducedFraction unit{0, 1};
    for (const ShareRow& row : table.rows) unit = checked(ReducedFraction::common(unit, fraction(row.points)));
    if (unit.num == 0) unit = {1, 1};
    step.row_units.push_back(0);
    Int128 most = 0;
    for (const ShareRow& row : table.rows) {
      const Int128 points = whole(fraction(row.points), unit);
      step.row_units.push_back(within(points));
      most = std::max(most, absolute(points));
    }
    most_[inner] = most;
    parts_.units[inner] = checked(ReducedFraction::product(unit, factor));
    return step;
  }

  // Grades that count as met, as score_sheet has it: the better half of a scale without points, else above nought.
  void fill_yes(std::size_t question, const Scale* scale) {
    const bool by_half = !scale->grades.empty() && !scale->grades.front().points;
    for (std::size_t i = 0; i < scale->grades.size(); ++i) {
      if (is_ungraded(*scale, scale->grades[i].label)) continue;
      const bool yes = by_half ? 2 * i < scale->grades.size() : points_of(*scale, i).sign() > 0;
      entries(question)[i + 1] = yes ? 1 : 0;
    }
  }

  // The part's judgements, which stand side by side behind its criteria.
  std::vector<std::string> take_judgements(BulkStep& step, std::size_t node) {
    std::vector<std::string> keys;
    for (std::size_t i = 0; i < parts_.form.questions.size(); ++i) {
      if (!parts_.form.questions[i].judgement || parts_.nodes[i] != node) continue;
      if (keys.empty()) step.first_judgement = i;
      if (parts_.scales[i] == nullptr || i != step.first_judgement + keys.size()) throw Refused{BulkLimit::share_table};
      fill_yes(i, parts_.scales[i]);
      keys.push_back(parts_.form.questions[i].code.substr(parts_.form.questions[i].code.rfind('/') + 1));
    }
    step.judgements = keys.size();
    return keys;
  }

  // Every set of judgements, number of criteria that count and number of those met, asked of the table once.
  void fill_rows(BulkStep& step, const ShareTable& table, const std::vector<std::string>& keys) {
    const std::size_t side = step.children + 1;
    if (keys.size() > 10 || (side * side) << keys.size() > kMostRows || table.rows.size() >= kNoBand) {
      throw Refused{BulkLimit::share_table};
    }
    step.rows.assign((side * side) << keys.size(), 0);
    for (std::size_t set = 0; set < std::size_t{1} << keys.size(); ++set) {
      std::vector<std::string> given;
      for (std::size_t i = 0; i < keys.size(); ++i) {
        if ((set >> i & 1) != 0) given.push_back(keys[i]);
      }
      for (std::size_t of = 1; of < side; ++of) {
        for (std::size_t met = 0; met <= of; ++met) {
          const int row = table.find(static_cast<std::int64_t>(met), static_cast<std::int64_t>(of), given);
          step.rows[(set * side + of) * side + met] = static_cast<std::uint8_t>(row + 1);
          if (row < 0) may_not_apply_[step.inner] = true;
        }
      }
    }
    // All criteria may be out of account, too.
    for (const BulkStep::Run& run : step.runs) {
      for (std::size_t i = run.first; i < run.first + run.count; ++i) {
        if (!parts_.scales[i]->ungraded.empty()) may_not_apply_[step.inner] = true;
      }
    }
  }

  BulkProgramParts& parts_;
  const PackTemplate& tmpl_;
  std::vector<Int128> most_;  // by inner node, in its units
  std::vector<bool> may_not_apply_;
};

}  // namespace

BulkLimit compile_steps(BulkProgramParts& parts) {
  try {
    StepCompiler(parts).compile();
  } catch (const Refused& refused) {
    return refused.limit;
  }
  return BulkLimit::none;
}

}  // namespace jenjang

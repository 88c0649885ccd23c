// The order of contributors: by doubles where they are surely apart, else by exact numbers.
#include "jenjang/bulk/contributors.h"

#include <algorithm>

#include "engine/bulk/contributor_walk.h"
#include "engine/bulk/ways_exact.h"

namespace jenjang::bulk {
namespace {

bool lower_node(const RankedContributor& a, const RankedContributor& b) {
  return a.node != b.node ? a.node < b.node : a.achievement < b.achievement;
}

// 128 bits where they reach, so that the order is one and the same relation for all.
bool is_larger(const Fraction128& a, const Fraction128& b) {
  if (const auto sign = Fraction128::compare(a, b)) return *sign > 0;
  const auto wide = [](const Fraction128& number) {
    return Rational(Decimal::from_parts(number.numerator(), 0)) /
           Rational(Decimal::from_parts(number.denominator(), 0));
  };
  return wide(b) < wide(a);
}
bool is_larger(const Rational& a, const Rational& b) {
  return b < a;
}

template <class Number>
class Settler {
public:
  Settler(const WaysDown& ways, const WaysFollowed& followed, const ExactSide& side, bool validated)
      : exact_(ways, followed, side, validated) {}

  // Puts candidates in their exact order; those whose coefficient is nought go, for ways that cancel out are none.
  // False when this kind of number does not reach.
  bool settle(std::vector<Candidate>& group) {
    using Found = typename ExactWays<Number>::Found;
    std::vector<std::pair<Found, Candidate>> found;
    found.reserve(group.size());
    for (const Candidate& each : group) {
      auto exact = exact_.contribution(each.is);
      if (!exact) return false;
      if (!exact->coefficient.is_zero()) found.emplace_back(std::move(*exact), each);
    }
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
      if (is_larger(a.first.contribution, b.first.contribution)) return true;
      if (is_larger(b.first.contribution, a.first.contribution)) return false;
      return lower_node(a.second.is, b.second.is);
    });
    group.clear();
    for (auto& [exact, each] : found) group.push_back(each);
    return true;
  }

private:
  ExactWays<Number> exact_;
};

}  // namespace

struct ContributorSearch::Impl {
  Impl(const FlatPlan& plan, const Figures& figures) : tables(plan, figures) {}

  std::optional<ContributorRanking> ask(const ContributorQuestion& question, double total, bool turned);
  ContributorTables tables;
};

std::optional<ContributorRanking> ContributorSearch::Impl::ask(const ContributorQuestion& question, double total,
                                                               bool turned) {
  std::optional<ContributorWalk> first;
  first.emplace(tables, question, turned, false);
  if (!first->run()) return std::nullopt;
  const bool unbounded = first->is_mixed();
  if (unbounded) {
    // Rare: negative factors, or denominators below nought, over shared measures. Each walk leaves the tables clean.
    first.reset();
    first.emplace(tables, question, turned, true);
    if (!first->run()) return std::nullopt;
  }
  ContributorWalk& walk = *first;
  ContributorRanking ranking;
  ranking.total = total;
  for (const BestKept& part : walk.parts) {
    ranking.contributors += part.seen;
    ranking.untargeted += part.untargeted;
    ranking.opened += part.opened;
  }
  std::vector<Candidate> all = BestKept::merge(walk.parts, question.count);
  std::sort(all.begin(), all.end(), [](const Candidate& a, const Candidate& b) {
    return a.is.contribution != b.is.contribution ? a.is.contribution > b.is.contribution : lower_node(a.is, b.is);
  });
  // The best that any of those from here on may be.
  std::vector<double> best_after(all.size() + 1, -std::numeric_limits<double>::infinity());
  for (std::size_t i = all.size(); i-- > 0;) best_after[i] = std::max(best_after[i + 1], all[i].most());
  const WaysFollowed followed{question.node, tables.worth.data(), turned};
  Settler<Fraction128> quick(walk.ways(), followed, tables.side, question.validated);
  Settler<Rational> slow(walk.ways(), followed, tables.side, question.validated);
  for (std::size_t i = 0; i < all.size() && ranking.top.size() < question.count;) {
    // Everything that one of these may have to change places with.
    double least = all[i].least();
    std::size_t end = i + 1;
    while (end < all.size() && !(best_after[end] < least)) least = std::min(least, all[end++].least());
    std::vector<Candidate> group(all.begin() + static_cast<std::ptrdiff_t>(i),
                                 all.begin() + static_cast<std::ptrdiff_t>(end));
    if (group.size() > 1 || unbounded) {
      ranking.exact_decisions += group.size();
      if (!quick.settle(group)) slow.settle(group);
      ranking.contributors -= end - i - group.size();
    }
    for (const Candidate& each : group) {
      if (ranking.top.size() < question.count) ranking.top.push_back(each.is);
    }
    i = end;
  }
  return ranking;
}

ContributorSearch::ContributorSearch(const FlatPlan& plan, const Figures& figures)
    : impl_(std::make_unique<Impl>(plan, figures)) {}
ContributorSearch::~ContributorSearch() = default;

std::optional<ContributorRanking> ContributorSearch::rank(const ContributorQuestion& question) {
  const FlatPlan& plan = impl_->tables.plan;
  const LaneView view(plan, impl_->tables.figures, question.validated);
  if (question.node >= plan.node_count() || question.slot >= kMonths || question.count == 0) return std::nullopt;
  if (!view.present(question.node, question.slot)) return std::nullopt;
  const double value = view.value(question.node, question.slot);
  if (question.by == RankBy::value) return impl_->ask(question, value, false);
  const MeasureClass& measure = plan.measure(question.node);
  double target = view.target(question.node, question.slot);
  if (std::isnan(target) && measure.goal) target = 100;
  if (std::isnan(target)) return std::nullopt;
  // A measure that is to stay where it is may lack on either side; which one, a rounding must not say.
  bool turned = measure.polarity == Polarity::lower;
  if (measure.polarity == Polarity::stabilise) {
    turned = target < value;
    if (std::abs(target - value) <= 1e-9 * (std::abs(target) + std::abs(value))) {
      const auto wanted = whole_steps(target, measure.places);
      const Rational exact = impl_->tables.side.value(question.node, question.validated ? 1 : 0, question.slot);
      turned = (wanted ? Rational(*wanted) : Rational::from_double(target)) < exact;
    }
  }
  return impl_->ask(question, turned ? value - target : target - value, turned);
}

}  // namespace jenjang::bulk

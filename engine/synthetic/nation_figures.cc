#include "engine/synthetic/nation_figures.h"

#include <algorithm>
#include <limits>

#include "engine/synthetic/counter_random.h"
#include "engine/synthetic/ranges.h"

namespace jenjang::synthetic {
namespace {

using bulk::kMonths;

// What a work's figures look like, in steps of its places. All invented.
struct Habit {
  std::int64_t base = 0;  // target: base + 0..spread, or base a piece of work
  std::uint32_t spread = 0;
  bool by_pieces = false;
  bool running = false;                  // grows month by month
  std::uint32_t low = 600, width = 650;  // fact: per thousand of the target
  std::int64_t most = std::numeric_limits<std::int64_t>::max();
  // Its target is known before a cascade: its own, or that of everybody in the pyramid.
  bool known = true;
};

Habit habit(Work work) {
  constexpr auto kNoLimit = std::numeric_limits<std::int64_t>::max();
  switch (work) {
    case Work::count:
      return {4, 0, true, false, 600, 650, kNoLimit, false};
    case Work::cost:
      return {4'000'000, 0, true, true, 800, 500, kNoLimit, false};
    case Work::tally:
      return {60'000, 0, true, false, 600, 550, kNoLimit, true};
    case Work::index:
      return {80'000, 0, false, false, 700, 500, 100'000, true};
    case Work::average:
      return {50'000, 45'000, false, false, 900, 250, 100'000, false};
    case Work::numerator:
      return {1'000, 9'000, false, false, 700, 400, kNoLimit, false};
    case Work::denominator:
      return {1'500, 12'000, false, false, 900, 200, kNoLimit, false};
    case Work::lowest:
      return {700, 0, false, false, 850, 550, 1'000, true};
    case Work::waiting:
      return {45, 0, false, false, 500, 800, kNoLimit, true};
    case Work::standard:
      return {7'000, 2'500, false, false, 900, 250, 10'000, true};
    case Work::pieces:
      return {5, 55, false, false, 500, 800, kNoLimit, true};
    case Work::delay:
      return {10, 190, false, false, 500, 1000, kNoLimit, true};
    case Work::duration:
      return {200, 2'800, false, false, 600, 800, kNoLimit, true};
    case Work::incidents:
      return {0, 6, false, false, 500, 1500, kNoLimit, true};
    case Work::released:
      return {5'000, 4'500, false, false, 850, 250, kNoLimit, true};
    case Work::peak:
      return {20, 380, false, false, 600, 700, kNoLimit, true};
    case Work::budget:
      return {1'000'000'000, 65'000, false, true, 700, 350, kNoLimit, true};
    case Work::none:
      break;
  }
  return {};
}

// Target of a measure above the leaves, where no parent hands one down; in steps of its places.
struct Wish {
  std::int64_t base = 0;
  std::uint32_t spread = 0;  // steps of `step` by node
  std::int64_t step = 0;
  std::int64_t held_step = 0;  // below a held section: up to ten such steps off what the others have
};

Wish wish(Strand strand) {
  switch (strand) {
    case Strand::graded:
      return {9'000, 0, 0, 0};
    case Strand::mean_same:
      return {80'000, 0, 0, -500};
    case Strand::mean_gap:
      return {88'000, 0, 0, -500};
    case Strand::ratio:
      return {8'500, 0, 0, -100};
    case Strand::rate:
      return {70'000, 50, 200, 0};
    case Strand::least:
      return {700, 0, 0, -10};
    case Strand::most:
      return {45, 0, 0, 1};
    case Strand::meeting:
      return {5'000, 5, 1'000, 0};
    case Strand::goal:
    case Strand::total_whole:
    case Strand::total_relative:
    case Strand::total_own:
      break;
  }
  return {};
}

class FigureMaker {
public:
  FigureMaker(const NationSpec& spec, const ClassBook& book, const bulk::FlatPlan& plan, bulk::Figures& figures)
      : spec_(spec),
        book_(book),
        plan_(plan),
        figures_(figures),
        key_(scramble(spec.seed)),
        empty_(threshold(spec.empty)),
        not_applicable_(empty_ + threshold(spec.not_applicable)),
        awaiting_(not_applicable_ + threshold(spec.awaiting_release)),
        unvalidated_(threshold(spec.unvalidated)) {
    for (std::size_t w = 0; w < kWorks; ++w) habits_[w] = habit(static_cast<Work>(w));
  }

  void fill(unsigned threads) {
    figures_.baseline = bulk::Column<double>(plan_.node_count());  // nought where no gap is closed
    on_target_ = threshold(spec_.on_target / known_share());
    const auto persons = plan_.level_begin[1], above = plan_.level_count() > 2 ? plan_.level_begin[2] : persons;
    for_ranges(persons, above, threads, [this](std::uint64_t begin, std::uint64_t end) {
      for (auto node = static_cast<std::uint32_t>(begin); node < end; ++node) fill_results(node);
    });
    for_ranges(persons, plan_.node_count(), threads, [this](std::uint64_t begin, std::uint64_t end) {
      for (auto node = static_cast<std::uint32_t>(begin); node < end; ++node) {
        fill_target(node);
        if (plan_.measure(node).descent == bulk::Descent::gap) fill_baselines(node);
      }
    });
  }

private:
  [[nodiscard]] const Habit& habit_of(std::uint32_t leaf) const {
    return habits_[static_cast<std::size_t>(book_.notes[plan_.class_of[leaf]].work)];
  }

  double known_share() const {
    std::size_t known = 0;
    for (std::uint32_t leaf = 0; leaf < plan_.leaf_count(); ++leaf) known += habit_of(leaf).known ? 1 : 0;
    return known == 0 ? 1.0 : static_cast<double>(known) / static_cast<double>(plan_.leaf_count());
  }

  // Whether a parent leaves the target of this node to the node.
  [[nodiscard]] bool is_own(std::uint32_t node) const {
    const std::uint32_t owner = plan_.owner[node];
    return owner == bulk::kNoNode || plan_.measure(owner).descent == bulk::Descent::none;
  }

  // Target of an inner node of a strand without pieces, as if it were its own.
  [[nodiscard]] std::int64_t wished(std::uint32_t node, Strand strand) const {
    const Wish wanted = wish(strand);
    const std::uint64_t drawn = draw(key_, node);
    std::int64_t steps = wanted.base;
    if (wanted.spread > 0) steps += wanted.step * static_cast<std::int64_t>(part(drawn, 0) % wanted.spread);
    // Persons have one of their own only below a held section.
    const bool person = plan_.level_count() > 2 && node < plan_.level_begin[2];
    if (person && is_own(node)) steps += wanted.held_step * static_cast<std::int64_t>(1 + part(drawn, 1) % 10);
    return steps;
  }

  void fill_target(std::uint32_t node) {
    const ClassNote& note = book_.notes[plan_.class_of[node]];
    if (!note.targeted || !is_own(node)) return;
    const int places = plan_.measure(node).places;
    const bool whole = note.strand == Strand::total_whole, costs = note.strand == Strand::total_relative;
    std::int64_t steps = 0;
    if (whole || costs || note.strand == Strand::total_own) {
      const Work work = whole ? Work::count : costs ? Work::cost : Work::tally;
      for (const bulk::Edge& edge : plan_.children(node)) steps += edge.driver;
      steps *= habits_[static_cast<std::size_t>(work)].base;
    } else {
      steps = wished(node, note.strand);
    }
    double* const row = figures_.target.data() + std::size_t{node} * kMonths;
    for (std::size_t m = 0; m < kMonths; ++m) {
      row[m] = from_steps(costs ? steps * static_cast<std::int64_t>(m + 1) : steps, places);
    }
  }

  void fill_baselines(std::uint32_t node) {
    for (const bulk::Edge& edge : plan_.children(node)) {
      if (plan_.owner[edge.child()] != node) continue;
      const std::int64_t steps = 40'000 + part(draw(key_, edge.child()), 3) % 30'000;
      figures_.baseline[edge.child()] = from_steps(steps, plan_.measure(edge.child()).places);
    }
  }

  // The results that a person owns; a shared result has one owner.
  void fill_results(std::uint32_t person) {
    const bool own = plan_.measure(person).descent == bulk::Descent::none;
    const Strand strand = book_.notes[plan_.class_of[person]].strand;
    for (const bulk::Edge& edge : plan_.children(person)) {
      if (plan_.owner[edge.child()] != person) continue;
      const Habit& way = habit_of(edge.child());
      const std::uint64_t key = draw(key_, edge.child());
      std::int64_t base = way.base;
      if (way.by_pieces) base *= edge.driver;
      if (way.spread > 0) {
        // Large figures in the steps of large figures.
        const std::int64_t unit = way.running ? 1'000'000 : 1;
        base += unit * static_cast<std::int64_t>(part(key, 0) % (way.spread + 1));
      }
      if (!own && way.known) base = wished(person, strand);  // one target for all of the pyramid
      fill_row(edge.child(), way, key, base, own && book_.notes[plan_.class_of[edge.child()]].targeted);
    }
  }

  void fill_row(std::uint32_t leaf, const Habit& way, std::uint64_t key, std::int64_t base, bool own) {
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    const int places = plan_.measure(leaf).places;
    const bool released = plan_.measure(leaf).accumulation == Accumulation::release;
    const std::size_t first = std::size_t{leaf} * kMonths;
    for (std::size_t m = 0; m < kMonths; ++m) {
      const std::uint64_t drawn = draw(key, m);
      const std::int64_t target = way.running ? base * static_cast<std::int64_t>(m + 1) : base;
      figures_.target[first + m] = own ? from_steps(target, places) : kNone;
      const CellState state = state_of(part(drawn, 2), released, m);
      figures_.state[first + m] = bulk::state_byte(state);
      if (state != CellState::value) {
        figures_.value[first + m] = 0;
        continue;
      }
      if (part(drawn, 3) < unvalidated_) figures_.state[first + m] = bulk::unvalidated_byte();
      figures_.value[first + m] = from_steps(fact(way, target, drawn), places);
    }
  }

  [[nodiscard]] std::int64_t fact(const Habit& way, std::int64_t target, std::uint64_t drawn) const {
    if (way.known && part(drawn, 1) < on_target_) return target;
    const std::int64_t share = std::int64_t{way.low} + part(drawn, 0) % way.width;
    const std::int64_t steps = std::min((target * share + 500) / 1000, way.most);
    return way.known && steps == target ? steps + 1 : steps;  // on target by chance is not what was asked for
  }

  [[nodiscard]] CellState state_of(std::uint32_t drawn, bool released, std::size_t month) const {
    if (static_cast<int>(month) >= spec_.as_of_month) return CellState::not_due;
    if (drawn < empty_) return CellState::empty;
    if (drawn < not_applicable_) return CellState::not_applicable;
    return released && drawn < awaiting_ ? CellState::awaiting_release : CellState::value;
  }

  const NationSpec& spec_;
  const ClassBook& book_;
  const bulk::FlatPlan& plan_;
  bulk::Figures& figures_;
  std::uint64_t key_;
  std::uint32_t empty_, not_applicable_, awaiting_, unvalidated_;
  std::uint32_t on_target_ = 0;
  std::array<Habit, kWorks> habits_;
};

}  // namespace

double from_steps(std::int64_t steps, int places) {
  constexpr std::array<double, 7> kPower{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
  return static_cast<double>(steps) / kPower[static_cast<std::size_t>(places)];
}

void fill_figures(const NationSpec& spec, const ClassBook& book, const bulk::FlatPlan& plan, bulk::Figures& figures,
                  unsigned threads) {
  FigureMaker(spec, book, plan, figures).fill(threads);
}

}  // namespace jenjang::synthetic

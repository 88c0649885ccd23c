#include "bulk/contest.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>

#include "jenjang/bulk/sweep.h"
#include "jenjang/synthetic/nation.h"

#include "bulk/checks.h"
#include "bulk/dump.h"
#include "bulk/oracle.h"
#include "rivals/boost_sweep.h"

namespace jenjang::bench {
namespace {

using bulk::kMonths;

// Shorter calls are timed several at once.
constexpr double kLeastSample = 2e-3;
constexpr std::uint32_t kLargestForBoost = 10'000'000;
constexpr int kChangesOfRound = 2000;
constexpr double kLongestRound = 2;  // seconds: a slow change must not hold up the run, it shows in the median

[[noreturn]] void refuse(const std::string& what) {
  std::fprintf(stderr, "WRONG: %s\n", what.c_str());
  std::exit(1);
}

class Duel {
public:
  Duel(Contest& contest, int rounds) : contest_(contest), rounds_(rounds) {}
  void add(const std::string& name, unsigned threads, std::function<void()> call) {
    contest_.contenders.push_back({name, threads, {}, 0});
    calls_.push_back(std::move(call));
  }
  // By turns, so that whatever else the machine does meets all alike; the order turns round every time.
  void run() {
    std::vector<int> repeats;
    for (const auto& call : calls_) {
      call();
      const double start = now_in_seconds();
      call();
      const double once = now_in_seconds() - start;
      repeats.push_back(std::max(1, static_cast<int>(kLeastSample / std::max(once, 1e-7))));
    }
    for (int round = 0; round < rounds_; ++round) {
      for (std::size_t k = 0; k < calls_.size(); ++k) {
        const std::size_t i = round % 2 == 0 ? k : calls_.size() - 1 - k;
        const double start = now_in_seconds();
        for (int r = 0; r < repeats[i]; ++r) calls_[i]();
        contest_.contenders[i].seconds.push_back((now_in_seconds() - start) / repeats[i]);
      }
    }
  }

private:
  Contest& contest_;
  int rounds_;
  std::vector<std::function<void()>> calls_;
};

bulk::SweepOptions sweep_options(unsigned threads, bool full) {
  bulk::SweepOptions options;
  options.threads = threads;
  options.depth = full ? bulk::Depth::full : bulk::Depth::values;
  return options;
}

// Bytes that have to cross the memory bus when no cache helps: leaves once, inner rows written and read again, the
// structure once.
double bytes_to_move(const Case& on, bool full) {
  const bulk::FlatPlan& plan = on.problem.plan;
  const auto leaves = static_cast<double>(plan.leaf_count()), inner = static_cast<double>(plan.inner_count());
  const auto structure = static_cast<double>(plan.edges.bytes() + plan.edge_begin.bytes() + plan.class_of.bytes());
  const bool two_lanes = on.problem.figures.has_validated_lane();
  const double leaf_cell = 8 + 1 + (full ? 8 + 1 : 0);
  double inner_cell = 2 * (8 + 1);
  if (full) {
    const double lane = 2 * (8 + 1 + 4 + 4 + 8 + 8);
    inner_cell = 8 + 2 * (8 + 1) + 1 + lane + (two_lanes ? 2 * (8 + 1) + 1 + lane : 0);
  }
  return structure + static_cast<double>(kMonths) * (leaves * leaf_cell + inner * inner_cell);
}

double bytes_to_split(const Case& on) {
  const bulk::FlatPlan& plan = on.problem.plan;
  const auto nodes = static_cast<double>(plan.node_count()), inner = static_cast<double>(plan.inner_count());
  return static_cast<double>(plan.edges.bytes() + plan.edge_begin.bytes() + plan.owner.bytes()) +
         static_cast<double>(kMonths) * 8 * (nodes + inner);
}

void check_against_oracle(Case& on, bool full, Contest& contest, std::uint64_t seed) {
  const bulk::FlatPlan& plan = on.problem.plan;
  Verdict verdict = check_samples(plan, on.problem.figures, full, 24, 1500, seed);
  // Hard cells low enough that the oracle can afford what is below them.
  std::size_t asked = 0;
  for (const Case::Cell& cell : on.near_cut) {
    if (!full || asked >= 400) break;
    if (cell.node >= plan.leaf_count() && cell.node >= plan.level_begin[std::min<std::size_t>(4, plan.level_count())]) {
      break;
    }
    ++asked;
    verdict += check_cell(plan, on.problem.figures, cell.node, cell.month, full);
  }
  if (verdict.wrong > 0) {
    refuse(contest.job + " on " + on.name + ": " + std::to_string(verdict.wrong) + " of " +
           std::to_string(verdict.cells) + " cells differ from the oracle; first: " + verdict.first_wrong);
  }
  contest.checked_cells = static_cast<double>(verdict.cells);
}

void check_roll_up(Case& on, bool full, Contest& contest, const Settings& settings) {
  bulk::FlatPlan& plan = on.problem.plan;
  bulk::Figures& figures = on.problem.figures;
  contest.exact_decisions = static_cast<double>(roll_up(plan, figures, sweep_options(1, full)).exact_decisions);
  const std::uint64_t alone = digest(plan, figures, settings.threads);
  roll_up(plan, figures, sweep_options(settings.threads, full));
  if (digest(plan, figures, settings.threads) != alone) refuse(contest.job + ": other bits on more threads");
  check_against_oracle(on, full, contest, settings.seed);
  const RowSample sample(plan, figures, full);
  on.limit->roll_up(figures, full);
  const RowSample::Difference found = sample.compare(plan, figures);
  contest.limit_differs = static_cast<double>(found.differing + found.near_cut);
  // A judgement of the limit that a rounding error turned moves the figures above it too.
  const double allowed = contest.exact_decisions > 0 ? 1e-2 * static_cast<double>(found.rows) : 0;
  if (static_cast<double>(found.differing) > allowed) {
    refuse(contest.job + " on " + on.name + ": " + std::to_string(found.differing) + " of " +
           std::to_string(found.rows) + " rows of the hand-written sweep differ; first: " + found.first);
  }
}

void hold_roll_up(Case& on, bool full, Contest& contest, const Settings& settings) {
  bulk::FlatPlan& plan = on.problem.plan;
  bulk::Figures& figures = on.problem.figures;
  check_roll_up(on, full, contest, settings);
  contest.bytes = bytes_to_move(on, full);
  std::unique_ptr<BoostSweep> boost;
  const std::vector<std::string> names = contenders_of(contest.job, on.name, on.size);
  Duel duel(contest, settings.rounds);
  const bulk::SweepOptions all = sweep_options(settings.threads, full), one = sweep_options(1, full);
  duel.add("engine", settings.threads, [&] { roll_up(plan, figures, all); });
  duel.add("limit", settings.threads, [&] { on.limit->roll_up(figures, full); });
  duel.add("engine_1", 1, [&] { roll_up(plan, figures, one); });
  duel.add("limit_1", 1, [&] { on.limit_alone->roll_up(figures, full); });
  if (std::find(names.begin(), names.end(), "boost_graph") != names.end()) {
    boost = std::make_unique<BoostSweep>(plan, figures);
    boost->roll_up();
    for (auto node = static_cast<std::uint32_t>(plan.leaf_count()); node < plan.node_count(); ++node) {
      const double wanted = figures.value[node * kMonths];
      if (std::abs(boost->value(node, 0) - wanted) > 1e-9 * std::max(1.0, std::abs(wanted))) {
        refuse("Boost.Graph differs at node " + std::to_string(node));
      }
    }
    duel.add("boost_graph", 1, [&] { boost->roll_up(); });
  }
  duel.run();
}

void set_descent(Case& on, bulk::Descent descent) {
  for (bulk::MeasureClass& measure : on.problem.plan.classes) {
    if (measure.aggregation != Aggregation::leaf) measure.descent = descent;
  }
  on.limit->read_classes();
  on.limit_alone->read_classes();
}

void hold_split(Case& on, bool whole, Contest& contest, const Settings& settings) {
  bulk::FlatPlan& plan = on.problem.plan;
  bulk::Figures& figures = on.problem.figures;
  set_descent(on, whole ? bulk::Descent::whole : bulk::Descent::proportional);
  bulk::CascadeOptions all, one;
  all.threads = settings.threads;
  cascade(plan, figures, one);
  const std::uint64_t alone = digest(plan, figures, settings.threads);
  cascade(plan, figures, all);
  if (digest(plan, figures, settings.threads) != alone) refuse(contest.job + ": other bits on more threads");
  std::string wrong = check_split(plan, figures, whole, 2000, settings.seed);
  if (!wrong.empty()) refuse(contest.job + ": " + wrong);
  if (!whole && !settings.dump_folder.empty()) dump_split(on.problem, settings.dump_folder);
  const auto split = [&](Limits& limit) { whole ? limit.split_whole(figures) : limit.split(figures); };
  const std::vector<double> before(
      figures.target.begin(),
      figures.target.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(figures.target.size(), 1U << 25)));
  split(*on.limit);
  for (std::size_t cell = 0; cell < before.size(); ++cell) {
    const double now = figures.target[cell];
    if (std::abs(now - before[cell]) > (whole ? 0 : 1e-9 * std::abs(now))) {
      refuse(contest.job + ": target of the hand-written split differs at node " + std::to_string(cell / kMonths));
    }
  }
  contest.bytes = bytes_to_split(on);
  Duel duel(contest, settings.rounds);
  duel.add("engine", settings.threads, [&] { cascade(plan, figures, all); });
  duel.add("limit", settings.threads, [&] { split(*on.limit); });
  duel.add("engine_1", 1, [&] { cascade(plan, figures, one); });
  duel.add("limit_1", 1, [&] { split(*on.limit_alone); });
  duel.run();
}

// A figure is judged against the target as printed, at its measure's step: what a cascade hands down unrounded is not
// printed yet.
void print_targets(bulk::FlatPlan& plan, bulk::Figures& figures) {
  std::vector<double> steps;
  for (const bulk::MeasureClass& measure : plan.classes) steps.push_back(std::pow(10.0, measure.places));
  for (std::uint32_t node = 0; node < plan.node_count(); ++node) {
    const double step = steps[plan.class_of[node]];
    for (std::size_t cell = node * kMonths; cell < (node + 1) * kMonths; ++cell) {
      figures.target[cell] = std::floor(figures.target[cell] * step + 0.5) / step;
    }
  }
}

// The cascade as the nation declares it: every method, with targets that stand by themselves. No hand-written rival.
void hold_own_cascade(Case& on, Contest& contest, const Settings& settings) {
  bulk::FlatPlan& plan = on.problem.plan;
  bulk::Figures& figures = on.problem.figures;
  bulk::CascadeOptions all, one;
  all.threads = settings.threads;
  cascade(plan, figures, one);
  const std::uint64_t alone = digest(plan, figures, settings.threads);
  cascade(plan, figures, all);
  if (digest(plan, figures, settings.threads) != alone) refuse(contest.job + ": other bits on more threads");
  contest.bytes = bytes_to_split(on);
  Duel duel(contest, settings.rounds);
  duel.add("engine", settings.threads, [&] { cascade(plan, figures, all); });
  duel.add("engine_1", 1, [&] { cascade(plan, figures, one); });
  duel.run();
}

// Facts at random places become other whole numbers.
class Changes {
public:
  Changes(Case& on, std::uint64_t seed) : on_(on), state_(seed) {}
  struct Change {
    std::uint32_t leaf;
    unsigned month;
    double value;
  };
  Change next() {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    const auto random = static_cast<std::uint32_t>(state_ >> 33);
    return {static_cast<std::uint32_t>(random % on_.problem.plan.leaf_count()),
            static_cast<unsigned>((state_ >> 20) % kMonths), static_cast<double>((state_ >> 40) % 1000)};
  }

private:
  Case& on_;
  std::uint64_t state_;
};

void hold_changes(Case& on, bool full, Contest& contest, const Settings& settings) {
  bulk::FlatPlan& plan = on.problem.plan;
  bulk::Figures& figures = on.problem.figures;
  const bulk::Depth depth = full ? bulk::Depth::full : bulk::Depth::values;
  constexpr bulk::StateByte kReported = bulk::state_byte(CellState::value);
  roll_up(plan, figures, sweep_options(settings.threads, full));
  Changes changes(on, settings.seed);
  bulk::LiveFigures live(plan, figures, depth);
  const auto by_engine = [&](const Changes::Change& c) { live.change(c.leaf, c.month, c.value, kReported); };
  const auto by_limit = [&](const Changes::Change& c) {
    on.limit_alone->change(figures, c.leaf, c.month, c.value, kReported, full);
  };
  const double began = now_in_seconds();
  for (int i = 0; i < 500 && now_in_seconds() - began < kLongestRound; ++i) by_engine(changes.next());
  const std::uint64_t stepwise = digest(plan, figures, settings.threads);
  roll_up(plan, figures, sweep_options(settings.threads, full));
  if (digest(plan, figures, settings.threads) != stepwise) {
    refuse(contest.job + " on " + on.name + ": changed facts one by one give other bits than everything anew");
  }
  for (int i = 0; i < 500; ++i) by_limit(changes.next());
  const RowSample sample(plan, figures, full);
  roll_up(plan, figures, sweep_options(settings.threads, full));
  const RowSample::Difference found = sample.compare(plan, figures);
  if (static_cast<double>(found.differing) > (on.name == "plain" ? 0 : 1e-2) * static_cast<double>(found.rows)) {
    refuse(contest.job + ": hand-written changes differ; first: " + found.first);
  }
  contest.contenders = {{"engine", 1, {}, 0}, {"limit", 1, {}, 0}};
  std::vector<double> singles[2];
  for (int round = 0; round < settings.rounds; ++round) {
    for (int k = 0; k < 2; ++k) {
      const int side = (round + k) % 2;
      std::vector<double> times;
      const double round_began = now_in_seconds();
      for (int i = 0; i < kChangesOfRound && now_in_seconds() - round_began < kLongestRound; ++i) {
        const Changes::Change change = changes.next();
        const double start = now_in_seconds();
        side == 0 ? by_engine(change) : by_limit(change);
        times.push_back(now_in_seconds() - start);
      }
      contest.contenders[static_cast<std::size_t>(side)].seconds.push_back(median_of(times));
      singles[side].insert(singles[side].end(), times.begin(), times.end());
    }
  }
  for (std::size_t side = 0; side < 2; ++side) contest.contenders[side].p99 = percentile_of(singles[side], 0.99);
}

}  // namespace

const Contender* Contest::find(const std::string& name) const {
  for (const Contender& contender : contenders) {
    if (contender.name == name) return &contender;
  }
  return nullptr;
}

bool has_job(const std::string& problem, const std::string& job) {
  const bool plain = problem == "plain";
  if (job == "J2" || job == "J2whole") return plain;
  if (job == "J2own" || job == "J4") return problem == "nation";
  if (job == "J4values") return plain;
  return job == "J3full" || (job == "J3" && problem != "hard");
}

std::vector<std::string> contenders_of(const std::string& job, const std::string& problem, std::uint32_t size) {
  if (job == "J4" || job == "J4values") return {"engine", "limit"};
  if (job == "J2own") return {"engine", "engine_1"};
  if (job == "J3" && problem == "plain" && size <= kLargestForBoost) {
    return {"engine", "limit", "engine_1", "limit_1", "boost_graph"};
  }
  return {"engine", "limit", "engine_1", "limit_1"};
}

std::unique_ptr<Case> make_case(const std::string& name, std::uint32_t size, const Settings& settings) {
  auto made = std::make_unique<Case>();
  made->name = name;
  made->size = size;
  reset_peak();
  const double start = now_in_seconds();
  if (name == "plain") {
    made->problem = make_plain(size, settings.seed);
  } else {
    NationSpec spec = NationSpec::sized(size);
    spec.seed = settings.seed;
    if (name == "hard") {
      spec.near_cut = std::min<std::uint64_t>(100'000, size / 10);
    } else {
      spec.on_target = 0;
    }
    FlatNation nation = make_nation(spec, settings.threads);
    made->problem.plan = std::move(nation.plan);
    made->problem.figures = std::move(nation.figures);
    for (const NearCut& cell : nation.near_cut) made->near_cut.push_back({cell.node, cell.month});
  }
  made->seconds_to_make = now_in_seconds() - start;
  made->limit = std::make_unique<Limits>(made->problem.plan, settings.threads);
  made->limit_alone = std::make_unique<Limits>(made->problem.plan, 1);
  if (name != "plain") {
    bulk::CascadeOptions options;
    options.threads = settings.threads;
    cascade(made->problem.plan, made->problem.figures, options);
  }
  return made;
}

Contest hold_contest(const std::string& job, Case& on, const Settings& settings) {
  Contest contest;
  contest.job = job;
  contest.problem = on.name;
  contest.size = on.size;
  contest.nodes = static_cast<double>(on.problem.plan.node_count());
  contest.figures_bytes =
      static_cast<double>(bulk::Figures::bytes(on.problem.plan, on.problem.figures.has_validated_lane()) +
                          on.problem.plan.structure_bytes());
  if (job == "J2" || job == "J2whole") {
    hold_split(on, job == "J2whole", contest, settings);
  } else if (job == "J2own") {
    hold_own_cascade(on, contest, settings);
  } else if (job == "J4" || job == "J4values") {
    print_targets(on.problem.plan, on.problem.figures);
    hold_changes(on, job == "J4", contest, settings);
  } else {
    if (job == "J3full" && on.name == "plain") {  // targets in whole numbers
      set_descent(on, bulk::Descent::whole);
      cascade(on.problem.plan, on.problem.figures, {});
    }
    print_targets(on.problem.plan, on.problem.figures);
    hold_roll_up(on, job == "J3full", contest, settings);
    if (job == "J3full" && on.name == "plain" && !settings.dump_folder.empty()) {
      roll_up(on.problem.plan, on.problem.figures, sweep_options(settings.threads, true));
      dump(on.problem, settings.dump_folder);
    }
  }
  contest.peak = peak_mebibytes();
  return contest;
}

}  // namespace jenjang::bench

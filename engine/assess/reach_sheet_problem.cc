#include "engine/assess/reach_sheet_problem.h"

#include <algorithm>

#include "engine/assess/reach_whole.h"

namespace jenjang {
namespace {

// Costs are written with two decimals at most (reach_costs.cc).
constexpr int kCostPlaces = 2;
class ProblemMaker {
public:
  ProblemMaker(const Pack& pack, const PackTemplate& tmpl, const ScoringMode* mode, const LinearForm& form,
               const SheetAnswers& answers, const std::vector<ReachCost>& costs, SourceSpan use, DiagnosticSink& sink)
      : pack_(pack), tmpl_(tmpl), mode_(mode), form_(form), answers_(answers), costs_(costs), use_(use), sink_(sink) {}

  std::optional<SheetProblem> make(const HalfLine& least) {
    add_leaves();
    for (const LinearTable& table : form_.tables) add_table(table);
    add_needs();
    drop_impossible();
    if (!no_ring()) return std::nullopt;
    if (!scale_gains(least) || !scale_costs()) return std::nullopt;
    return std::move(made_);
  }

private:
  std::nullopt_t refuse(std::string_view code, std::string_view cause) {
    sink_.report(make_diagnostic(Code::J3125, use_).arg("kode", code).arg("sebab", cause));
    return std::nullopt;
  }

  [[nodiscard]] const ReachCost* cost_row(std::string_view code, std::string_view answer) const {
    const auto found =
        std::ranges::find_if(costs_, [&](const ReachCost& row) { return row.code == code && row.answer == answer; });
    return found == costs_.end() ? nullptr : &*found;
  }

  // Levels of one criterion: the present answer, then better ones. A level without a cost of its own costs one step
  // more than the level before it.
  std::size_t add_item(std::string code, const Scale& scale, std::size_t present,
                       const std::vector<std::size_t>& better) {
    const std::size_t index = made_.items.size();
    by_code_[code] = index;
    SheetItem item{std::move(code), &scale, present, {present}};
    std::vector<Rational>& costs = costs_of_.emplace_back();
    costs.emplace_back();
    const ReachCost* any = cost_row(item.code, "");
    for (const std::size_t grade : better) {
      const ReachCost* row = cost_row(item.code, scale.grades[grade].label);
      if (row != nullptr && row->cost) {
        costs.emplace_back(*row->cost);
      } else {
        const bool priced = any != nullptr && any->cost.has_value();
        made_.default_costs = made_.default_costs || !priced;
        costs.push_back(costs.back() + (priced ? Rational(*any->cost) : Rational(1)));
      }
      item.grades.push_back(grade);
    }
    gains_of_.emplace_back(item.grades.size());
    made_.problem.items.emplace_back().levels.resize(item.grades.size());
    made_.items.push_back(std::move(item));
    return index;
  }

  void add_leaves() {
    std::vector<bool> in_table(form_.leaves.size(), false);
    for (const LinearTable& table : form_.tables) {
      for (const std::size_t leaf : table.leaves) in_table[leaf] = true;
    }
    for (std::size_t i = 0; i < form_.leaves.size(); ++i) {
      const LinearLeaf& leaf = form_.leaves[i];
      const std::string& code = tmpl_.nodes[leaf.node].code;
      const std::size_t present = *leaf.scale->find_grade(answers_.find(code)->second);
      std::vector<std::size_t> better;
      if (in_table[i]) {
        // Only whether it is met matters: the least answer that counts as met.
        if (!grade_is_met(*leaf.scale, present)) {
          for (std::size_t grade = present; grade-- > 0 && better.empty();) {
            if (grade_is_met(*leaf.scale, grade)) better.push_back(grade);
          }
        }
      } else {
        // Grades that are worth no more than one below them are passed over.
        Rational reached = grade_value(*leaf.scale, present);
        for (std::size_t grade = present; grade-- > 0;) {
          const Rational value = grade_value(*leaf.scale, grade);
          if (value <= reached) continue;
          better.push_back(grade);
          reached = value;
        }
      }
      const std::size_t item = add_item(code, *leaf.scale, present, better);
      made_.base += grade_value(*leaf.scale, present) * leaf.per_point;
      for (std::size_t level = 1; level < made_.items[item].grades.size(); ++level) {
        gains_of_[item][level] =
            (grade_value(*leaf.scale, made_.items[item].grades[level]) - grade_value(*leaf.scale, present)) *
            leaf.per_point;
      }
    }
  }

  [[nodiscard]] bool is_given(std::string_view code, const Scale* scale) const {
    const auto answer = answers_.find(code);
    if (answer == answers_.end() || scale == nullptr) return false;
    const std::optional<std::size_t> grade = scale->find_grade(answer->second);
    return grade && grade_is_met(*scale, *grade);
  }

  void add_table(const LinearTable& table) {
    const TemplateNode& node = tmpl_.nodes[table.node];
    ReachSet set;
    std::int64_t met = 0;
    for (const std::size_t leaf : table.leaves) {
      const std::size_t item = by_code_.find(tmpl_.nodes[form_.leaves[leaf].node].code)->second;
      if (made_.items[item].grades.size() > 1) {
        set.members.push_back(item);
      } else if (grade_is_met(*made_.items[item].scale, made_.items[item].present)) {
        ++met;
      }
    }
    const Scale* scale = answer_scale_of(pack_, mode_, node);
    std::vector<std::string> given, keys;
    for (const std::string& key : table.judgements) {
      const std::string code = node.code + "/" + key;
      if (is_given(code, scale)) {
        given.push_back(key);
        continue;
      }
      const bool priced = std::ranges::any_of(costs_, [&](const ReachCost& row) { return row.code == code; });
      if (!priced || scale == nullptr) {
        made_.unpriced.push_back(code);
        continue;
      }
      std::size_t yes = scale->grades.size();
      while (yes > 0 && !grade_is_met(*scale, yes - 1)) --yes;
      const auto answer = answers_.find(code);
      const std::optional<std::size_t> now =
          answer == answers_.end() ? std::nullopt : scale->find_grade(answer->second);
      set.judgements.push_back(add_item(code, *scale, now.value_or(scale->grades.size() - 1), {yes - 1}));
      keys.push_back(key);
    }
    const auto n = static_cast<std::int64_t>(table.leaves.size());
    std::vector<std::vector<Rational>>& gains = set_gains_.emplace_back();
    for (std::size_t raised = 0; raised <= set.members.size(); ++raised) {
      std::vector<Rational>& row = gains.emplace_back();
      for (std::size_t mask = 0; mask < std::size_t{1} << keys.size(); ++mask) {
        std::vector<std::string> with = given;
        for (std::size_t j = 0; j < keys.size(); ++j) {
          if ((mask >> j & 1U) != 0) with.push_back(keys[j]);
        }
        const int at = table.table->find(met + static_cast<std::int64_t>(raised), n, with);
        if (at < 0) gap_ = node.code;
        row.push_back(at < 0 ? Rational()
                             : Rational(table.table->rows[static_cast<std::size_t>(at)].points) * table.per_point);
      }
    }
    const Rational now = gains[0][0];
    made_.base += now;
    for (auto& row : gains) {
      for (Rational& gain : row) gain -= now;
    }
    made_.problem.sets.push_back(std::move(set));
  }

  // The prerequisites of each level, those of the levels below it included.
  void add_needs() {
    for (std::size_t i = 0; i < made_.items.size(); ++i) {
      const SheetItem& item = made_.items[i];
      std::vector<ReachNeed> needs;
      for (std::size_t level = 1; level < item.grades.size(); ++level) {
        for (const std::string& answer : {std::string(), item.scale->grades[item.grades[level]].label}) {
          const ReachCost* row = cost_row(item.code, answer);
          if (row == nullptr) continue;
          for (const ReachPrerequisite& wanted : row->needs) add_need(item, level, wanted, needs);
        }
        made_.problem.items[i].levels[level].needs = needs;
      }
    }
  }

  void add_need(const SheetItem& item, std::size_t level, const ReachPrerequisite& wanted,
                std::vector<ReachNeed>& needs) {
    const auto found = by_code_.find(wanted.code);
    if (found == by_code_.end()) {
      // Given already, or left out as not assessed: nothing to wait for. A judgement without a cost never comes.
      if (std::ranges::find(made_.unpriced, wanted.code) == made_.unpriced.end()) return;
      needs.push_back({SIZE_MAX, 0});
      return;
    }
    const SheetItem& other = made_.items[found->second];
    std::string label = wanted.answer;
    if (label.empty()) label = item.scale->grades[item.grades[level]].label;
    const std::size_t grade = other.scale->find_grade(label).value_or(0);
    if (other.present <= grade) return;
    const auto at = std::ranges::find_if(other.grades, [&](std::size_t reached) { return reached <= grade; });
    if (at == other.grades.end()) {
      needs.push_back({SIZE_MAX, 0});
    } else {
      needs.push_back({found->second, static_cast<int>(at - other.grades.begin())});
    }
  }

  // Levels whose prerequisite never comes are no levels; that may take away what others wait for.
  void drop_impossible() {
    for (bool changed = true; changed;) {
      changed = false;
      for (std::size_t i = 0; i < made_.items.size(); ++i) {
        std::vector<ReachLevel>& levels = made_.problem.items[i].levels;
        const auto bad = std::ranges::find_if(levels, [&](const ReachLevel& level) {
          return std::ranges::any_of(level.needs, [&](const ReachNeed& need) {
            return need.item == SIZE_MAX ||
                   need.level >= static_cast<int>(made_.problem.items[need.item].levels.size());
          });
        });
        if (bad == levels.end()) continue;
        levels.erase(bad, levels.end());
        made_.items[i].grades.resize(levels.size());
        gains_of_[i].resize(levels.size());
        costs_of_[i].resize(levels.size());
        changed = true;
      }
    }
  }

  bool no_ring() {
    const std::vector<std::size_t> ring = find_reach_ring(made_.problem);
    if (ring.empty()) return true;
    std::string path;
    for (const std::size_t item : ring) path += (path.empty() ? "" : " -> ") + made_.items[item].code;
    SourceSpan at = use_;
    for (const ReachCost& row : costs_) {
      if (row.code == made_.items[ring.front()].code && !row.needs.empty()) at = row.needs_span;
    }
    sink_.report(make_diagnostic(Code::J3121, at).arg("jalur", path));
    return false;
  }

  // One common denominator for every gain; the need is the least whole number that meets the cut.
  bool scale_gains(const HalfLine& least) {
    const auto too_fine = [&] { return refuse(tmpl_.nodes.front().code, "penyebut"), false; };
    if (!gap_.empty()) return refuse(gap_, "tabel_bagian"), false;
    std::vector<Rational> all;
    for (const auto& gains : gains_of_) all.insert(all.end(), gains.begin(), gains.end());
    for (const auto& table : set_gains_) {
      for (const auto& row : table) all.insert(all.end(), row.begin(), row.end());
    }
    const std::optional<std::int64_t> scale = common_denominator(all);
    if (!scale) return too_fine();
    Int128 sum = 0;
    for (std::size_t i = 0; i < gains_of_.size(); ++i) {
      for (std::size_t level = 0; level < gains_of_[i].size(); ++level) {
        const std::optional<std::int64_t> gain = whole_of(gains_of_[i][level], *scale);
        if (!gain) return too_fine();
        made_.problem.items[i].levels[level].gain = *gain;
      }
      sum += made_.problem.items[i].levels.back().gain;
    }
    for (std::size_t s = 0; s < set_gains_.size(); ++s) {
      ReachSet& set = made_.problem.sets[s];
      for (const auto& row : set_gains_[s]) {
        std::vector<std::int64_t>& gains = set.gain.emplace_back();
        for (const Rational& value : row) {
          const std::optional<std::int64_t> gain = whole_of(value, *scale);
          if (!gain) return too_fine();
          gains.push_back(*gain);
        }
      }
      if (!rises(set)) return refuse(tmpl_.nodes[form_.tables[s].node].code, "tabel_bagian"), false;
      sum += set.gain.back().back();
    }
    const std::optional<std::int64_t> need = least_whole(least.bound - made_.base, least.inclusive, *scale);
    if (sum >= kLargestWhole || !need) return too_fine();
    made_.problem.need = *need;
    made_.gain_scale = Rational(1, *scale);
    return true;
  }

  // More met, or one judgement more, must never be worth less: reach rests on it.
  [[nodiscard]] static bool rises(const ReachSet& set) {
    for (std::size_t k = 0; k < set.gain.size(); ++k) {
      for (std::size_t m = 0; m < set.gain[k].size(); ++m) {
        if (k > 0 && set.gain[k][m] < set.gain[k - 1][m]) return false;
        for (std::size_t j = 0; j < set.judgements.size(); ++j) {
          if ((m >> j & 1U) != 0 && set.gain[k][m] < set.gain[k][m ^ (std::size_t{1} << j)]) return false;
        }
      }
    }
    return true;
  }

  // Whole hundredths, times more than there can be free steps; a free step counts 1, so that of two plans of one cost
  // the one with fewer needless free steps is taken, and nothing is raised for no reason.
  bool scale_costs() {
    const auto free_steps = static_cast<std::int64_t>(made_.items.size()) + 1;
    std::int64_t hundredths = 1;
    for (int i = 0; i < kCostPlaces; ++i) hundredths *= 10;
    Int128 sum = 0;
    for (std::size_t i = 0; i < costs_of_.size(); ++i) {
      Int128 most = 0;
      for (std::size_t level = 1; level < costs_of_[i].size(); ++level) {
        const std::int64_t whole = whole_of(costs_of_[i][level], hundredths * free_steps).value_or(-1);
        if (whole < 0) return refuse(made_.items[i].code, "biaya"), false;
        made_.problem.items[i].levels[level].cost = whole == 0 ? 1 : whole;
        most = std::max(most, static_cast<Int128>(whole));
      }
      sum += most;
      if (sum >= kLargestWhole) return refuse(made_.items[i].code, "biaya"), false;
    }
    made_.cost_scale = Rational(1, hundredths * free_steps);
    return true;
  }

  const Pack& pack_;
  const PackTemplate& tmpl_;
  const ScoringMode* mode_;
  const LinearForm& form_;
  const SheetAnswers& answers_;
  const std::vector<ReachCost>& costs_;
  SourceSpan use_;
  DiagnosticSink& sink_;
  SheetProblem made_;
  std::map<std::string, std::size_t, std::less<>> by_code_;
  std::vector<std::vector<Rational>> gains_of_, costs_of_;     // by item, level
  std::vector<std::vector<std::vector<Rational>>> set_gains_;  // by set, members raised, mask
  std::string gap_;                                            // a sub-component for which its table has no row
};

}  // namespace

std::optional<SheetProblem> make_sheet_problem(const Pack& pack, const PackTemplate& tmpl, const ScoringMode* mode,
                                               const LinearForm& form, const SheetAnswers& answers,
                                               const HalfLine& least, const std::vector<ReachCost>& costs,
                                               SourceSpan use, DiagnosticSink& sink) {
  return ProblemMaker(pack, tmpl, mode, form, answers, costs, use, sink).make(least);
}

}  // namespace jenjang

// Rows of `reach` by validation.
#include <set>

#include "jenjang/report/reach.h"

namespace jenjang {
namespace {

class ValidationRowMaker {
public:
  ValidationRowMaker(const Model& model, NodeId node, Period period, const ValidationReach& reach, Language language)
      : model_(model), node_(node), period_(period), reach_(reach), language_(language) {}

  std::vector<ReachRow> make() {
    ReachRow& now = add("kini");
    now.code = model_.address(node_, period_);
    now.title = model_.item(node_).title;
    now.value = figure(reach_.now);
    now.predicate = reach_.label_now;
    now.note = say("jalur tervalidasi; ", "validated lane; ") + std::to_string(reach_.waiting.size()) +
               say(" unit menunggu validasi", " units wait for validation");
    ReachRow& wanted = add("diminta");
    wanted.value = reach_.wanted;
    if (!reach_.wanted.ends_with(" " + reach_.predicate)) wanted.predicate = reach_.predicate;
    wanted.note = reach_.target_met       ? say("target", "target")
                  : reach_.of_achievement ? say("capaian", "achievement")
                                          : say("nilai", "value");
    reach_.reached ? add_plan() : add_best();
    return std::move(rows_);
  }

private:
  using Set = std::vector<std::size_t>;

  [[nodiscard]] std::string say(const char* id, const char* en) const {
    return language_ == Language::indonesian ? id : en;
  }
  ReachRow& add(const char* kind) {
    rows_.emplace_back().kind = kind;
    return rows_.back();
  }
  [[nodiscard]] std::string figure(const std::optional<Rational>& value) const {
    if (!value) return {};
    const MeasureSpec& spec = model_.item(node_).spec;
    const Rounding rounding = reach_.of_achievement ? spec.achievement.rounding : spec.rounding;
    if (rounding.mode != RoundingMode::exact) return round(*value, rounding).to_string();
    const std::optional<Decimal> decimal = value->to_decimal();
    return decimal ? decimal->to_string() : value->to_string();
  }
  [[nodiscard]] std::string goal() const {
    return reach_.target_met ? say("targetnya", "its target") : reach_.predicate;
  }
  [[nodiscard]] std::string paths(const Set& set) const {
    std::string text;
    for (const std::size_t w : set) text += (text.empty() ? "" : ", ") + model_.units[reach_.waiting[w].unit].path;
    return text;
  }
  // "1 kabkota", "3 unit".
  [[nodiscard]] std::string how_many(const Set& set) const {
    std::set<std::string> kinds;
    for (const std::size_t w : set) kinds.insert(model_.units[reach_.waiting[w].unit].kind);
    const std::string kind = kinds.size() == 1 ? *kinds.begin() : say("unit", "units");
    return std::to_string(set.size()) + " " + kind;
  }
  void add_units(const Set& set) {
    std::size_t number = 0;
    for (const std::size_t w : set) {
      const WaitingUnit& waiting = reach_.waiting[w];
      ReachRow& row = add("langkah");
      row.plan = "1";
      row.order = std::to_string(++number);
      row.code = model_.units[waiting.unit].path;
      row.title = model_.units[waiting.unit].name;
      row.cost = "1";
      for (const auto& [node, period] : waiting.figures) {
        row.note += (row.note.empty() ? "" : ", ") + model_.address(node, period);
      }
    }
  }

  void add_plan() {
    const Set& first = reach_.choices.front();
    const std::string address = model_.address(node_, period_);
    ReachRow& plan = add("rencana");
    plan.plan = "1";
    plan.cost = std::to_string(first.size());
    plan.value = figure(reach_.after);
    plan.predicate = reach_.label_after;
    if (first.empty()) {
      plan.note = address + say(" sudah mencapainya", " has reached it already");
      return;
    }
    plan.note = how_many(first) + say(" tervalidasi lagi (", " more validated (") + paths(first) +
                say(") membawa ", first.size() == 1 ? ") brings " : ") bring ") + address + say(" ke ", " to ") +
                goal();
    add_units(first);
    for (std::size_t c = 1; c < reach_.choices.size(); ++c) {
      ReachRow& row = add("pilihan");
      row.plan = std::to_string(c + 1);
      row.code = paths(reach_.choices[c]);
      row.cost = std::to_string(first.size());
      row.note = say("sama sedikitnya", "just as few");
    }
    ReachRow& proof = add("bukti");
    proof.plan = "1";
    proof.cost = std::to_string(first.size());
    proof.value = figure(reach_.one_less);
    proof.note = reach_.by_gains ? say("menurut sumbangan setiap unit, yang terbesar didahulukan",
                                       "by what each unit gains, the largest first")
                                 : say("setiap himpunan unit dicoba, yang terkecil dahulu",
                                       "every set of units was tried, the smallest first");
    proof.note += (reach_.count_is_least ? say("; sekurang-kurangnya ", "; at least ") : std::string("; ")) +
                  std::to_string(reach_.choice_count) +
                  say(" pilihan", reach_.choice_count == 1 ? " choice" : " choices");
    proof.note +=
        say("; digulung ulang, dan kurang satu unit tidak cukup", "; rolled up again, and one unit less is not enough");
  }

  void add_best() {
    ReachRow& best = add("terbaik");
    best.value = figure(reach_.best);
    best.predicate = reach_.label_after;
    best.cost = std::to_string(reach_.best_units.size());
    if (reach_.waiting.empty()) {
      best.note = say("tidak ada angka yang menunggu validasi", "no figure waits for validation");
      return;
    }
    best.note = say("validasi saja tidak membawa ke ", "validation alone does not lead to ") + goal();
    if (!reach_.best_units.empty()) {
      best.note += say("; terdekat dengan memvalidasi ", "; nearest by validating ") + paths(reach_.best_units);
    }
  }

  const Model& model_;
  NodeId node_;
  Period period_;
  const ValidationReach& reach_;
  Language language_;
  std::vector<ReachRow> rows_;
};

}  // namespace

std::vector<ReachRow> reach_rows(const Model& model, NodeId node, Period period, const ValidationReach& reach,
                                 Language language) {
  return ValidationRowMaker(model, node, period, reach, language).make();
}

}  // namespace jenjang

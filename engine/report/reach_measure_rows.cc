// Rows of `reach` over figures in their own whole units.
#include <set>

#include "jenjang/report/reach.h"

namespace jenjang {
namespace {

class MeasureRowMaker {
public:
  MeasureRowMaker(const Model& model, NodeId node, Period period, const MeasureReach& reach, Language language)
      : model_(model), node_(node), period_(period), reach_(reach), language_(language) {}

  std::vector<ReachRow> make() {
    ReachRow& now = add("kini");
    now.code = model_.address(node_, period_);
    now.title = model_.item(node_).title;
    now.value = figure(reach_.now);
    now.predicate = reach_.label_now;
    if (reach_.without_figure > 0) {
      now.note = std::to_string(reach_.without_figure) + say(" ukuran di bawahnya belum berangka dan dibiarkan",
                                                             " measures below have no figure and stand still");
    }
    ReachRow& wanted = add("diminta");
    wanted.value = reach_.wanted;
    if (!reach_.wanted.ends_with(" " + reach_.predicate)) wanted.predicate = reach_.predicate;
    wanted.note = reach_.target_met       ? say("target", "target")
                  : reach_.of_achievement ? say("capaian", "achievement")
                                          : say("nilai", "value");
    ReachRow& plan = add("rencana");
    plan.plan = "1";
    plan.cost = reach_.cost ? print_cost(*reach_.cost) : std::to_string(reach_.units);
    plan.value = figure(reach_.after);
    plan.predicate = reach_.label_after;
    plan.note = sentence();
    std::size_t number = 0;
    for (const MeasureStep& step : reach_.steps) {
      ReachRow& row = add("langkah");
      row.plan = "1";
      row.order = std::to_string(++number);
      row.code = model_.address(step.node, step.period);
      row.title = model_.item(step.node).title;
      row.from = step.from.to_string();
      row.to = step.to.to_string();
      row.cost = step.cost ? print_cost(*step.cost) : std::to_string(step.units);
      row.note = std::to_string(step.units) + " x " + step.step.normalised().to_string() + " " +
                 model_.item(step.node).spec.unit_name;
    }
    for (const NodeId child : reach_.newly_met) {
      ReachRow& row = add("terpenuhi");
      row.plan = "1";
      row.code = model_.address(child, period_);
      row.title = model_.unit(child).name;
    }
    if (reach_.method != MeasureReach::Method::already) add_proof();
    if (reach_.method == MeasureReach::Method::carried) add_price();
    return std::move(rows_);
  }

private:
  [[nodiscard]] std::string say(const char* id, const char* en) const {
    return language_ == Language::indonesian ? id : en;
  }
  ReachRow& add(const char* kind) {
    rows_.emplace_back().kind = kind;
    return rows_.back();
  }
  [[nodiscard]] std::string figure(const Rational& value) const {
    const MeasureSpec& spec = model_.item(node_).spec;
    const Rounding rounding = reach_.of_achievement ? spec.achievement.rounding : spec.rounding;
    if (rounding.mode != RoundingMode::exact) return round(value, rounding).to_string();
    const std::optional<Decimal> decimal = value.to_decimal();
    return decimal ? decimal->to_string() : value.to_string();
  }

  // "1 kabkota lagi membawa SANITASI@64:2025 ke A": what kind of thing has to move, and how many.
  [[nodiscard]] std::string sentence() const {
    const std::string goal = reach_.target_met ? say("targetnya", "its target") : reach_.predicate;
    const std::string address = model_.address(node_, period_);
    if (reach_.method == MeasureReach::Method::already) {
      return address + say(" sudah mencapainya", " has reached it already");
    }
    std::set<std::string> kinds;
    if (reach_.method == MeasureReach::Method::counting) {
      for (const NodeId child : reach_.newly_met) kinds.insert(model_.unit(child).kind);
    } else {
      for (const MeasureStep& step : reach_.steps) kinds.insert(model_.item(step.node).spec.unit_name);
    }
    const std::size_t count = reach_.method == MeasureReach::Method::counting ? reach_.newly_met.size()
                                                                              : static_cast<std::size_t>(reach_.units);
    std::string what = kinds.size() == 1 ? *kinds.begin() : std::string();
    const bool whole = reach_.method == MeasureReach::Method::counting || reach_.steps.front().step == Decimal(1);
    if (what.empty() || !whole) what = say("langkah", "steps");
    return std::to_string(count) + " " + what + say(" lagi membawa ", " more bring ") + address + say(" ke ", " to ") +
           goal;
  }

  void add_proof() {
    ReachRow& row = add("bukti");
    row.plan = "1";
    row.cost = reach_.cost ? print_cost(*reach_.cost) : std::to_string(reach_.units);
    if (reach_.one_less) row.value = figure(*reach_.one_less);
    switch (reach_.method) {
      case MeasureReach::Method::even:
        row.note = say("setiap langkah menggeser hasil sama besar, jadi yang paling curam didahulukan",
                       "every step moves the result evenly, so the steepest come first");
        break;
      case MeasureReach::Method::counting:
        row.note = say("yang terdekat dengan ambangnya, dengan ransel penutup yang diperiksa ulang",
                       "the nearest to their thresholds, by a covering knapsack that was checked again");
        break;
      case MeasureReach::Method::carried:
        row.note = say("capaian berbatas dijumlahkan, dengan ransel penutup yang diperiksa ulang",
                       "capped achievements are added, by a covering knapsack that was checked again");
        break;
      case MeasureReach::Method::single:
      case MeasureReach::Method::already:
        row.note = say("satu angka, dicari batasnya", "one figure, its threshold searched for");
        break;
    }
    row.note += say("; digulung ulang, dan kurang satu langkah tidak cukup",
                    "; rolled up again, and one step less is not enough");
  }

  // What one point more costs where it is bought, if figures could be moved by any amount.
  void add_price() {
    ReachRow& row = add("harga");
    row.plan = "1";
    row.cost = print_cost(reach_.price);
    row.note = say("biaya satu poin pada batasnya; tanpa langkah utuh seluruhnya ",
                   "cost of one point at the margin; without whole steps all of it ") +
               print_cost(reach_.even_cost);
    row.note += reach_.default_costs
                    ? say("; biaya bawaan: 1 setiap poin capaian", "; default cost: 1 for each point of achievement")
                    : say("; biaya menurut berkas biaya", "; costs as in the file of costs");
  }

  const Model& model_;
  NodeId node_;
  Period period_;
  const MeasureReach& reach_;
  Language language_;
  std::vector<ReachRow> rows_;
};

}  // namespace

std::vector<ReachRow> reach_rows(const Model& model, NodeId node, Period period, const MeasureReach& reach,
                                 Language language) {
  return MeasureRowMaker(model, node, period, reach, language).make();
}

}  // namespace jenjang

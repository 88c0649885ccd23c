// Operands of ratio measures. Every lowest unit of a ratio has its numerators and denominators under
// their own codes, where they are reported; above, a ratio adds the pairs of its children.
#include <string>
#include <unordered_map>
#include <utility>

#include "engine/plan/bind/bind_steps.h"

namespace jenjang {
namespace {

class RatioBinder {
public:
  explicit RatioBinder(BindContext& bind) : bind_(bind) {}

  void add_operands(VertexId ratio) {
    const MeasureEntry* declared = bind_.declaration[bind_.nodes[ratio.index()].item.index()];
    if (declared == nullptr || !declared->indicator->aggregation) return;
    const PlanAggregation& aggregation = *declared->indicator->aggregation;
    for (const LocatedText& code : aggregation.numerators) add(ratio, *declared, code, EdgeRole::numerator);
    for (const LocatedText& code : aggregation.denominators) add(ratio, *declared, code, EdgeRole::denominator);
  }

private:
  void add(VertexId ratio, const MeasureEntry& declared, const LocatedText& code, EdgeRole role) {
    const UnitId unit = bind_.nodes[ratio.index()].unit;
    auto operand = bind_.find_measure(code.value, unit);
    if (!operand) operand = bind_.add_node(item_for(ratio, declared, code), unit, code.span);
    check_once(*operand, bind_.nodes[ratio.index()].item, declared, code.value);
    FormulaEdge edge;
    edge.role = role;
    edge.span = code.span;
    bind_.add_formula(ratio, *operand, edge);
  }

  static const PlanOperand* written_for(const MeasureEntry& declared, const std::string& code) {
    for (const PlanOperand& operand : declared.indicator->aggregation->operands) {
      if (operand.code.value == code) return &operand;
    }
    return nullptr;
  }

  // One item per code in all ratios: the tonnes of one unit are counted once, whoever divides them.
  ItemId item_for(VertexId ratio, const MeasureEntry& declared, const LocatedText& code) {
    if (const auto known = items_.find(code.value); known != items_.end()) return known->second;
    const PlanOperand* written = written_for(declared, code.value);
    const Item& parent = bind_.item_of(ratio);
    Item item;
    item.code = code.value;
    item.kind = ItemKind::operand;
    item.title = code.value;
    item.document = parent.document;
    item.source = parent.source;
    item.owner = parent.owner;
    item.span = written != nullptr ? written->code.span : code.span;
    item.spec.accumulation = Accumulation::increments;
    item.spec.frequency = parent.spec.frequency;
    item.spec.missing_time = parent.spec.missing_time;
    item.spec.carry_months = parent.spec.carry_months;
    // What is reported are the operands; the states of the ratio are theirs.
    item.spec.workflow = parent.spec.workflow;
    if (written != nullptr) {
      if (written->accumulation) item.spec.accumulation = written->accumulation->value;
      if (written->frequency) item.spec.frequency = written->frequency->value;
      if (written->unit_name) item.spec.unit_name = written->unit_name->value;
    }
    return items_.emplace(code.value, bind_.add_item(std::move(item))).first->second;
  }

  // What a ratio says about an operand must fit what another ratio, or an indicator, said first.
  void check_once(VertexId operand, ItemId ratio, const MeasureEntry& declared, const std::string& code) {
    const PlanOperand* written = written_for(declared, code);
    if (written == nullptr || !checked_.insert({code, ratio.value()}).second) return;
    check(bind_.nodes[operand.index()].item, *written);
  }

  void check(ItemId item, const PlanOperand& written) {
    MeasureSpec& spec = bind_.model.items[item.index()].spec;
    if (spec.unit_name.empty() && written.unit_name) spec.unit_name = written.unit_name->value;
    if (written.accumulation && written.accumulation->value != spec.accumulation) {
      differ(item, "akumulasi", to_string(spec.accumulation), to_string(written.accumulation->value),
             written.accumulation->span);
    } else if (written.frequency && written.frequency->value != spec.frequency) {
      differ(item, "frekuensi", to_string(spec.frequency), to_string(written.frequency->value),
             written.frequency->span);
    } else if (written.unit_name && written.unit_name->value != spec.unit_name) {
      differ(item, "satuan", spec.unit_name, written.unit_name->value, written.unit_name->span);
    }
  }

  void differ(ItemId item, std::string_view key, std::string_view first, std::string_view second, SourceSpan place) {
    const Item& known = bind_.model.items[item.index()];
    bind_.sink.report(make_diagnostic(Code::J1512, place)
                          .arg("alamat", known.code)
                          .arg("kunci", key)
                          .arg("nilai_pertama", first)
                          .arg("nilai_kedua", second)
                          .related(known.span, "pertama di sini", "first here"));
  }

  struct Checked {
    std::string code;
    std::uint32_t ratio;
    friend bool operator==(const Checked&, const Checked&) = default;
  };
  struct CheckedHash {
    std::size_t operator()(const Checked& x) const noexcept { return std::hash<std::string>{}(x.code) * 31 + x.ratio; }
  };

  BindContext& bind_;
  std::unordered_map<std::string, ItemId> items_;
  std::unordered_set<Checked, CheckedHash> checked_;
};

}  // namespace

void bind_ratios(BindContext& bind) {
  RatioBinder ratios(bind);
  const std::size_t count = bind.nodes.size();
  for (std::size_t i = 0; i < count; ++i) {
    const auto vertex = VertexId::from_index(i);
    const Item& item = bind.item_of(vertex);
    if (!item.is_measure() || item.spec.aggregation != Aggregation::ratio) continue;
    if (bind.formula_children(vertex).empty()) ratios.add_operands(vertex);
  }
}

}  // namespace jenjang

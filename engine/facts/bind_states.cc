// States of rows under a workflow: which count, which wait, which are as if never reported.
#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "jenjang/base/text.h"
#include "jenjang/facts/facts.h"

#include "engine/base/repeated_texts.h"

namespace jenjang {
namespace {

// How an unsaid status is named in messages.
constexpr std::string_view kUnsaid = "-";

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

class StateBinder {
public:
  StateBinder(const Model& model, const StateReader& states, DiagnosticSink& sink)
      : model_(model), states_(states), sink_(sink) {}

  // False when the row leaves the list.
  bool bind(Observation& row) {
    const std::string* demanded = workflow_of(row.code);
    if (row.workflow.empty() && demanded != nullptr) row.workflow = workflows_.of(*demanded);
    if (row.workflow.empty()) return true;
    if (demanded != nullptr && *demanded != row.workflow) {
      sink_.report(make_diagnostic(Code::J3074, row.places.address())
                       .arg("alamat", address_of(row))
                       .arg("umpan", row.workflow)
                       .arg("indikator", *demanded));
      return false;
    }
    const Workflow* flow = states_.workflow(row.workflow);
    // Its name was reported where it is written.
    if (flow == nullptr) return true;
    if (row.status.empty()) {
      row.validated = false;
      count(unsaid_, *flow, row);
      return true;
    }
    const WorkflowState* state = flow->find(row.status);
    if (state == nullptr) {
      count(unknown_, *flow, row);
      return false;
    }
    const StateKind kind = states_.kind(*flow, *state);
    if (kind == StateKind::void_) {
      sink_.report(make_diagnostic(Code::J3071, row.places.number())
                       .arg("alamat", address_of(row))
                       .arg("status", row.status)
                       .arg("alur", row.workflow));
      return false;
    }
    row.validated = kind == StateKind::valid;
    return true;
  }

  // One slip repeats over many rows, so it is told once, where it first stands.
  void report_counted() {
    for (const auto& [key, seen] : unknown_) {
      const std::vector<std::string> known = seen.flow->state_codes();
      Diagnostic finding = make_diagnostic(Code::J3070, seen.span)
                               .arg("status", key.second)
                               .arg("alur", key.first)
                               .arg("jumlah", std::to_string(seen.rows))
                               .arg("pilihan", listed(known));
      finding.suggestion = nearest(key.second, known).value_or("");
      sink_.report(std::move(finding));
    }
    for (const auto& [key, seen] : unsaid_) {
      sink_.report(make_diagnostic(Code::J3072, seen.span)
                       .arg("jumlah", std::to_string(seen.rows))
                       .arg("alur", key.first)
                       .arg("pilihan", listed(seen.flow->state_codes())));
    }
  }

private:
  struct Seen {
    const Workflow* flow = nullptr;
    SourceSpan span;
    std::size_t rows = 0;
  };
  using Counted = std::map<std::pair<SharedText, SharedText>, Seen>;

  static void count(Counted& counted, const Workflow& flow, const Observation& row) {
    Seen& seen = counted[{row.workflow, row.status.empty() ? SharedText(kUnsaid) : row.status}];
    if (seen.rows++ == 0) {
      seen.flow = &flow;
      seen.span = row.places.number();
    }
  }

  // Of the indicator with that code; nullptr when it names none, or there is no such indicator.
  const std::string* workflow_of(std::string_view code) {
    const std::optional<ItemId> item = model_.find_item(code);
    if (!item) return nullptr;
    const std::string& workflow = model_.items[item->index()].spec.workflow;
    return workflow.empty() ? nullptr : &workflow;
  }

  static std::string address_of(const Observation& row) {
    return row.code + "@" + row.unit + ":" + row.period.to_string();
  }

  const Model& model_;
  const StateReader& states_;
  DiagnosticSink& sink_;
  Counted unknown_, unsaid_;
  RepeatedTexts workflows_;
};

}  // namespace

void bind_states(const Model& model, const StateReader& states, std::vector<Observation>& observations,
                 DiagnosticSink& sink) {
  const bool demanded =
      std::any_of(model.items.begin(), model.items.end(), [](const Item& item) { return !item.spec.workflow.empty(); });
  const bool stated = std::any_of(observations.begin(), observations.end(),
                                  [](const Observation& row) { return !row.workflow.empty(); });
  if (!demanded && !stated) return;
  StateBinder binder(model, states, sink);
  std::erase_if(observations, [&](Observation& row) { return !binder.bind(row); });
  binder.report_counted();
}

}  // namespace jenjang

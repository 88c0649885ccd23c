// Two cascades compared, cell by cell and refusal by refusal.
#include <algorithm>
#include <map>
#include <set>

#include "jenjang/report/cascade_report.h"

#include "engine/report/rows.h"

namespace jenjang {
namespace {

constexpr int kFirstCascadeCode = 1600, kLastCascadeCode = 1699;

const TargetCell* find(const TargetTable& targets, std::optional<NodeId> node, Period period) {
  return node ? targets.find(*node, period) : nullptr;
}

std::optional<NodeId> counterpart(const Model& from, const Model& to, NodeId node) {
  return to.find(from.item(node).code, from.unit(node).path);
}

std::string minus(const TargetCell* after, const TargetCell* before) {
  const Decimal* a = after == nullptr ? nullptr : after->target.number();
  const Decimal* b = before == nullptr ? nullptr : before->target.number();
  return a == nullptr || b == nullptr ? std::string() : print_figure(Rational(*a) - Rational(*b));
}

class Comparer {
public:
  Comparer(const CascadeOutcome& before, const CascadeOutcome& after, const RowFilter& filter, Language language)
      : before_(before), after_(after), filter_(filter), language_(language) {}

  std::vector<TargetDifferenceRow> run() {
    for (const NodeId node : reading_order(after_.model)) {
      if (!matches(after_.model, filter_, node)) continue;
      const std::optional<NodeId> old = counterpart(after_.model, before_.model, node);
      std::set<Period> periods;
      for (const TargetCell& cell : after_.targets.of(node)) periods.insert(cell.period);
      if (old) {
        for (const TargetCell& cell : before_.targets.of(*old)) periods.insert(cell.period);
      }
      for (const Period period : periods) add(old, node, period);
    }
    for (const NodeId node : reading_order(before_.model)) {
      if (!matches(before_.model, filter_, node) || counterpart(before_.model, after_.model, node)) continue;
      for (const TargetCell& cell : before_.targets.of(node)) add(node, std::nullopt, cell.period);
    }
    add_refusals();
    return std::move(rows_);
  }

private:
  void add(std::optional<NodeId> old, std::optional<NodeId> node, Period period) {
    if (!matches(filter_, period)) return;
    const TargetCell* before = find(before_.targets, old, period);
    const TargetCell* after = find(after_.targets, node, period);
    if (before == nullptr && after == nullptr) return;
    if (before != nullptr && after != nullptr && before->target == after->target) return;
    TargetDifferenceRow row;
    row.address = node ? after_.model.address(*node, period) : before_.model.address(*old, period);
    row.period = period.to_string();
    if (before != nullptr) row.before = before->target.to_string();
    if (after != nullptr) row.after = after->target.to_string();
    row.difference = minus(after, before);
    row.origin = origin_word(after != nullptr ? after->origin : before->origin);
    rows_.push_back(std::move(row));
  }

  // Refusals by what they say: places move with the plan, the sentence does not.
  using Sentence = std::pair<Code, std::string>;
  static std::map<Sentence, std::vector<const Diagnostic*>> refusals(std::span<const Diagnostic> findings) {
    std::map<Sentence, std::vector<const Diagnostic*>> found;
    for (const Diagnostic& finding : findings) {
      const int code = static_cast<int>(finding.code);
      if (finding.severity != Severity::error || code < kFirstCascadeCode || code > kLastCascadeCode) continue;
      found[{finding.code, message_text(finding, Language::indonesian)}].push_back(&finding);
    }
    return found;
  }

  void add_refusals() {
    const auto before = refusals(before_.findings), after = refusals(after_.findings);
    for (const auto& [sentence, findings] : before) {
      if (!after.contains(sentence)) add_refusal(*findings.front(), true);
    }
    for (const auto& [sentence, findings] : after) {
      if (!before.contains(sentence)) add_refusal(*findings.front(), false);
    }
  }

  void add_refusal(const Diagnostic& finding, bool vanished) {
    TargetDifferenceRow row;
    for (const char* name : {"induk", "alamat", "anak"}) {
      for (const DiagnosticArg& arg : finding.args) {
        if (row.address.empty() && arg.name == name) row.address = arg.value;
      }
    }
    const std::optional<Address> address = Address::parse(row.address);
    if (address && address->period) {
      row.period = address->period->to_string();
      if (!matches(filter_, *address->period)) return;
    }
    if (address && (!filter_.code.empty() || !filter_.unit.empty())) {
      const std::optional<NodeId> node = after_.model.find(address->code, address->unit);
      if (!node || !matches(after_.model, filter_, *node)) return;
    }
    (vanished ? row.before : row.after) = to_string(finding.code);
    row.origin = vanished ? "penolakan hilang" : "penolakan baru";
    row.message = message_text(finding, language_);
    rows_.push_back(std::move(row));
  }

  const CascadeOutcome& before_;
  const CascadeOutcome& after_;
  const RowFilter& filter_;
  Language language_;
  std::vector<TargetDifferenceRow> rows_;
};

}  // namespace

std::vector<TargetDifferenceRow> target_differences(const CascadeOutcome& before, const CascadeOutcome& after,
                                                    const RowFilter& filter, Language language) {
  return Comparer(before, after, filter, language).run();
}

std::string write_rows(std::span<const TargetDifferenceRow> rows, const WriteOptions& options) {
  Table table;
  table.kind = "beda";
  table.columns = {{"alamat", ColumnKind::code},    {"periode", ColumnKind::code, false},
                   {"sebelum", ColumnKind::figure}, {"sesudah", ColumnKind::figure},
                   {"selisih", ColumnKind::figure}, {"asal", ColumnKind::text},
                   {"pesan", ColumnKind::text}};
  for (const TargetDifferenceRow& r : rows)
    table.rows.push_back({r.address, r.period, r.before, r.after, r.difference, r.origin, r.message});
  return write_table(table, options);
}

}  // namespace jenjang

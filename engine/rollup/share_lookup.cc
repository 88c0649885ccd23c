#include "engine/rollup/share_lookup.h"

#include <algorithm>
#include <cctype>

namespace jenjang::rollup {
namespace {

// A judgement is a measure of its own: its code is the key, or ends with it after a mark
// ("1.a/dipertahankan-1-tahun").
bool names(const std::string& code, const std::string& key) {
  if (!code.ends_with(key)) return false;
  if (code.size() == key.size()) return true;
  return std::isalnum(static_cast<unsigned char>(code[code.size() - key.size() - 1])) == 0;
}

}  // namespace

template <class Number>
bool answers_yes(const Model& model, NodeId node, const Number& value) {
  const ScaleId id = model.item(node).spec.grade_scale;
  if (id.valid()) {
    const Scale& scale = model.scale(id);
    const bool has_points = !scale.grades.empty() && scale.grades.front().points.has_value();
    if (!has_points) {
      const int index = grade_index<Number>(scale, value);
      return index >= 0 && 2 * index < static_cast<int>(scale.grades.size());
    }
  }
  return sign_of(value) > 0;
}
template bool answers_yes<double>(const Model&, NodeId, const double&);
template bool answers_yes<Rational>(const Model&, NodeId, const Rational&);

void ShareCount::add(const Model& model, const Tie& tie, CellState state, bool yes, MissingPolicy policy) {
  if (tie.role == EdgeRole::judgement) {
    // A judgement nobody made is not given; it never makes the grade missing.
    if (state == CellState::value && yes) judgements_.push_back(model.item(tie.child).code);
    return;
  }
  switch (presence_of(state, policy)) {
    case Presence::present:
      ++all_;
      if (yes) ++met_;
      break;
    case Presence::zero:
      ++all_;
      ++zeroed_;
      break;
    case Presence::absent:
      ++absent_;
      reason_ = more_urgent(reason_, state);
      break;
    case Presence::excluded:
      break;
  }
}

SharePoints ShareCount::finish(const Model& model, const Item& item, MissingPolicy policy) const {
  SharePoints result;
  result.partial = absent_ + zeroed_ > 0;
  result.state = reason_;
  const bool refused = policy == MissingPolicy::strict && absent_ > 0;
  if (all_ == 0 || refused) return result;
  result.state = CellState::not_applicable;
  if (item.spec.share_table >= model.share_tables.size()) return result;
  const ShareTable& table = model.share_tables[item.spec.share_table];
  std::vector<std::string> given;
  for (const ShareRow& row : table.rows) {
    for (const std::string& key : row.judgements) {
      const auto named = [&key](const std::string& code) { return names(code, key); };
      if (std::any_of(judgements_.begin(), judgements_.end(), named)) given.push_back(key);
    }
  }
  const int row = table.find(met_, all_, given);
  if (row < 0) return result;
  result.points = table.rows[static_cast<std::size_t>(row)].points;
  result.state = CellState::value;
  return result;
}

}  // namespace jenjang::rollup

// Event rows to histories. Whatever could point to a person is refused before it is read.
#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>

#include "jenjang/assess/clock.h"
#include "jenjang/base/text.h"

#include "engine/assess/person_digits.h"

namespace jenjang {

namespace {

constexpr std::array<std::string_view, 5> kRequired{"nomor", "kelas", "keadaan", "waktu", "unit"};
constexpr std::array<std::string_view, 2> kOptional{"wilayah", "nilai"};

template <class List>
std::string joined(const List& list) {
  std::string text;
  for (const auto& word : list) {
    if (!text.empty()) text += ", ";
    text += word;
  }
  return text.empty() ? "-" : text;
}

class EventReader {
public:
  EventReader(const CsvTable& table, const CsvFormat& format, const PackClock& clock, const Workflow& flow, Zone zone,
              DiagnosticSink& sink)
      : table_(table), format_(format), clock_(clock), flow_(flow), zone_(zone), sink_(sink) {
    for (std::size_t i = 0; i < kRequired.size(); ++i) column_[i] = table.column(kRequired[i]);
    for (std::size_t i = 0; i < kOptional.size(); ++i) column_[kRequired.size() + i] = table.column(kOptional[i]);
  }

  std::vector<ItemHistory> read() {
    for (std::size_t row = 0; row < table_.row_count(); ++row) read_row(row);
    std::vector<ItemHistory> sound;
    for (std::size_t i = 0; i < items_.size(); ++i) {
      if (!broken_.contains(i)) sound.push_back(std::move(items_[i]));
    }
    return sound;
  }

private:
  enum Key : std::size_t { number, item_class, state, at, unit, region, figure };

  [[nodiscard]] const CsvCell* cell(std::size_t row, Key key) const {
    return column_[key] ? &table_.cell(row, *column_[key]) : nullptr;
  }
  [[nodiscard]] std::string_view text(std::size_t row, Key key) const {
    const CsvCell* found = cell(row, key);
    return found == nullptr ? std::string_view{} : trim(found->text);
  }

  bool holds_no_person(std::size_t row) {
    for (std::size_t i = 0; i < table_.column_count(); ++i) {
      const CsvCell& one = table_.cell(row, i);
      const std::size_t digits = person_digits(one.text);
      if (digits == 0) continue;
      sink_.report(make_diagnostic(Code::J3162, one.span)
                       .arg("kolom", table_.header()[i].text)
                       .arg("banyak", std::to_string(digits)));
      return false;
    }
    return true;
  }

  void report_blank(std::size_t row, Key key) {
    sink_.report(make_diagnostic(Code::J1801, cell(row, key)->span).arg("kolom", kRequired[key]));
  }

  void read_row(std::size_t row) {
    const bool clean = holds_no_person(row);
    const std::string_view name = text(row, number);
    if (name.empty()) {
      report_blank(row, number);
      return;
    }
    const auto [place, fresh] = index_.try_emplace(std::string(name), items_.size());
    if (fresh) items_.push_back({std::string(name), {}, {}});
    const std::size_t at_item = place->second;
    // What follows a refused row would be refused for it too; one message is enough.
    if (broken_.contains(at_item)) return;
    if (!clean || !add_event(row, items_[at_item])) broken_.insert(at_item);
  }

  bool add_event(std::size_t row, ItemHistory& item) {
    if (!read_class(row, item)) return false;
    ItemEvent event;
    event.span = cell(row, state)->span;
    event.state = text(row, state);
    event.region = text(row, region);
    event.unit = text(row, unit);
    event.unit_span = cell(row, unit)->span;
    if (event.unit.empty() && !item.events.empty()) event.unit = item.events.back().unit;
    if (event.unit.empty()) {
      report_blank(row, unit);
      return false;
    }
    const auto moment = Moment::parse(text(row, at), zone_);
    if (!moment) {
      sink_.report(make_diagnostic(Code::J1413, cell(row, at)->span)
                       .arg("apa", "waktu")
                       .arg("nilai", text(row, at))
                       .arg("boleh", "2024-10-07, 2024-10-07T09:30, 2024-10-07T09:30+08:00"));
      return false;
    }
    event.at = *moment;
    event.day = day_number(moment->date_in(zone_));
    if (!text(row, figure).empty()) {
      event.figure = read_decimal(*cell(row, figure), format_, sink_);
      if (!event.figure) return false;
    }
    if (!check_order(row, item, event) || !check_move(item, event)) return false;
    item.events.push_back(std::move(event));
    return true;
  }

  bool read_class(std::size_t row, ItemHistory& item) {
    const std::string_view word = text(row, item_class);
    if (word.empty()) {
      if (item.item_class.empty()) report_blank(row, item_class);
      return !item.item_class.empty();
    }
    const auto& known = clock_.classes;
    if (std::find(known.begin(), known.end(), word) == known.end()) {
      sink_.report(make_diagnostic(Code::J1411, cell(row, item_class)->span)
                       .arg("apa", "kelas")
                       .arg("nama", word)
                       .arg("daftar", joined(known))
                       .suggest(nearest(word, std::span<const std::string>(known)).value_or("")));
      return false;
    }
    if (!item.item_class.empty() && item.item_class != word) {
      sink_.report(make_diagnostic(Code::J3166, cell(row, item_class)->span)
                       .arg("nomor", item.number)
                       .arg("lama", item.item_class)
                       .arg("baru", word));
      return false;
    }
    item.item_class = word;
    return true;
  }

  bool check_order(std::size_t row, const ItemHistory& item, const ItemEvent& event) {
    const std::string_view when = text(row, at);
    for (const ItemEvent& old : item.events) {
      if (old.at != event.at || old.state != event.state) continue;
      sink_.report(make_diagnostic(Code::J3165, event.span)
                       .arg("nomor", item.number)
                       .arg("keadaan", event.state)
                       .arg("waktu", when)
                       .related(old.span, "yang pertama", "the first"));
      return false;
    }
    if (!item.events.empty() && event.at < item.events.back().at) {
      sink_.report(make_diagnostic(Code::J3164, cell(row, at)->span)
                       .arg("nomor", item.number)
                       .arg("waktu", when)
                       .related(item.events.back().span, "peristiwa sebelumnya", "the event above"));
      return false;
    }
    return true;
  }

  // Who moved it and with which evidence is the portal's matter; here only whether one may go that way at all.
  bool check_move(const ItemHistory& item, const ItemEvent& event) {
    const std::string from = item.events.empty() ? std::string{} : item.events.back().state;
    const StepOutcome outcome = check_step(flow_, from, event.state, {}, true, true);
    if (outcome.problem == StepProblem::unknown_state) {
      sink_.report(make_diagnostic(Code::J1411, event.span)
                       .arg("apa", "keadaan")
                       .arg("nama", event.state)
                       .arg("daftar", joined(outcome.choices))
                       .suggest(outcome.near));
      return false;
    }
    if (outcome.problem != StepProblem::no_such_step) return true;
    sink_.report(make_diagnostic(Code::J3163, event.span)
                     .arg("nomor", item.number)
                     .arg("dari", from.empty() ? "(awal)" : from)
                     .arg("ke", event.state)
                     .arg("alur", flow_.qualified())
                     .arg("boleh", joined(outcome.choices)));
    return false;
  }

  const CsvTable& table_;
  const CsvFormat& format_;
  const PackClock& clock_;
  const Workflow& flow_;
  Zone zone_;
  DiagnosticSink& sink_;
  std::array<std::optional<std::size_t>, kRequired.size() + kOptional.size()> column_;
  std::vector<ItemHistory> items_;
  std::set<std::size_t> broken_;
  std::unordered_map<std::string, std::size_t> index_;  // looked up only; the order is that of the file
};

}  // namespace

void check_event_units(std::vector<ItemHistory>& items, const UnitTable& units, DiagnosticSink& sink) {
  std::vector<std::string> known;
  std::set<std::string, std::less<>> told;
  for (const ItemHistory& item : items) {
    for (const ItemEvent& event : item.events) {
      if (units.find(event.unit) || !told.insert(event.unit).second) continue;
      if (known.empty()) {
        for (std::size_t i = 0; i < units.size(); ++i)
          known.push_back(units[UnitId(static_cast<std::uint32_t>(i))].path);
      }
      sink.report(make_diagnostic(Code::J1411, event.unit_span)
                      .arg("apa", "unit")
                      .arg("nama", event.unit)
                      .arg("daftar", std::to_string(known.size()) + " unit")
                      .suggest(nearest(event.unit, std::span<const std::string>(known)).value_or("")));
    }
  }
  std::erase_if(items, [&](const ItemHistory& item) {
    return std::ranges::any_of(item.events, [&](const ItemEvent& event) { return !units.find(event.unit); });
  });
}

std::vector<ItemHistory> read_item_events(FileId file, const SourceMap& sources, const CsvFormat& format,
                                          const PackClock& clock, const Workflow& workflow, Zone zone,
                                          DiagnosticSink& sink) {
  const std::optional<CsvTable> table = parse_csv(file, sources, format, sink);
  if (!table) return {};
  bool known = true;
  std::vector<std::string_view> read(kRequired.begin(), kRequired.end());
  read.insert(read.end(), kOptional.begin(), kOptional.end());
  for (const CsvCell& head : table->header()) {
    if (std::find(read.begin(), read.end(), trim(head.text)) != read.end()) continue;
    sink.report(make_diagnostic(Code::J3160, head.span)
                    .arg("kolom", head.text)
                    .arg("boleh", joined(read))
                    .suggest(nearest(head.text, std::span<const std::string_view>(read)).value_or("")));
    known = false;
  }
  if (!known || !table->expect_columns(kRequired, kOptional, sink)) return {};
  return EventReader(*table, format, clock, workflow, zone, sink).read();
}

}  // namespace jenjang

#include "jenjang/assess/bulk_reader.h"

#include <algorithm>
#include <set>

#include "jenjang/base/text.h"

#include "engine/assess/bulk_keys.h"
#include "engine/assess/bulk_rows.h"
#include "engine/assess/person_digits.h"

namespace jenjang {
namespace {

constexpr BulkCode kSeenBlank = 255;  // while answers are gathered: a row stood there, and said nothing

// A row that could not be read, by what it says of its place.
struct LostRow {
  std::string key;               // empty: none can be read
  std::optional<Period> period;  // nullopt: there is none, or it cannot be read
  SourceSpan span;
};

// Joins what the stretches of a file came to.
class Gathering {
public:
  Gathering(FileId file, const SourceMap& sources, const BulkForm& form, BulkRowReader& reader,
            const BulkReading& reading)
      : file_(file), sources_(sources), form_(form), reader_(reader), reading_(reading), sheets_(form) {}

  // `said` holds what was found while the file was read.
  BulkSheets run(const DiagnosticSink& said, DiagnosticSink& sink) {
    std::map<Code, std::size_t> named;
    for (const Diagnostic& one : said.all()) {
      if (one.severity != Severity::error || ++named[one.code] <= kMostOfACode) sink.report(one);
    }
    mistakes_ = named;
    for (const BulkPart& part : reader_.parts()) {
      for (const auto& [code, count] : part.mistakes) {
        // Named or not, a mistake of a row is counted by its stretch.
        mistakes_[code] = counted_before_.insert(code).second ? count : mistakes_[code] + count;
      }
      // Each stretch has kept its first ones, so that these are the first of the file however it was cut.
      const std::size_t more = std::min(part.refusals.size(), kMostOfACode - refusals_.size());
      refusals_.insert(refusals_.end(), part.refusals.begin(),
                       part.refusals.begin() + static_cast<std::ptrdiff_t>(more));
    }
    if (reader_.by_answer()) {
      std::vector<LostRow> lost = broken_rows(said);
      for (const BulkPart& part : reader_.parts()) {
        for (const std::string_view key : part.lost) lost.push_back({std::string(key), {}, {}});
      }
      gather_answers(sink);
      take_out_lost_answers(std::move(lost));
    } else {
      gather_sheets();
      const std::vector<LostRow> broken = broken_rows(said);
      take_out_double_keys(broken, sink);
      for (std::size_t sheet = 0; sheet < sheets_.keys.size(); ++sheet) count(sheet);
      for (const LostRow& row : broken) count_lost(row.key);
    }
    tell(said, sink);
    return std::move(sheets_);
  }

private:
  // A sheet a row: the rows as they stand.
  void gather_sheets() {
    std::size_t count = 0;
    for (const BulkPart& part : reader_.parts()) count += part.keys.size();
    sheets_.keys.reserve(count);
    for (BulkPart& part : reader_.parts()) {
      take_places(part);
      sheets_.left_out.insert(sheets_.left_out.end(), part.left_out.begin(), part.left_out.end());
      sheets_.answers.append(std::move(part.answers));
      sheets_.refused += part.keyless;
      sheets_.read += part.keyless + part.keys.size();
      sheets_.kept.push_back(std::move(part.kept));
      part.keys = {};
    }
  }

  void take_places(const BulkPart& part) {
    sheets_.keys.insert(sheets_.keys.end(), part.keys.begin(), part.keys.end());
    sheets_.units.insert(sheets_.units.end(), part.units.begin(), part.units.end());
    sheets_.periods.insert(sheets_.periods.end(), part.periods.begin(), part.periods.end());
  }

  [[nodiscard]] Period period_of(std::size_t sheet) const {
    return sheets_.periods.empty() ? Period() : sheets_.periods[sheet];
  }

  // A row that names a key and period which another names, too: nobody can tell which of them is meant, so none is
  // taken. A row whose form is broken names its key all the same.
  void take_out_double_keys(const std::vector<LostRow>& broken, DiagnosticSink& sink) {
    std::vector<bool> said(sheets_.keys.size());
    for (const auto& [sheet, first] :
         find_double_keys(sheets_.keys, sheets_.periods, sheets_.left_out, reading_.threads, reading_.watch)) {
      sheets_.left_out[sheet] = sheets_.left_out[first] = 1;
      if (!said[first]) say_double(sheet, place_of(sheets_.keys[first]), sink);
      said[first] = said[sheet] = true;
    }
    if (broken.empty()) return;
    for (std::uint32_t sheet = 0; sheet < sheets_.keys.size(); ++sheet) {
      const auto same = std::ranges::equal_range(broken, sheets_.keys[sheet], {}, &LostRow::key);
      const auto found = std::ranges::find_if(
          same, [&](const LostRow& row) { return !row.period || *row.period == period_of(sheet); });
      if (found == same.end()) continue;
      sheets_.left_out[sheet] = 1;
      if (!said[sheet]) say_double(sheet, found->span, sink);
    }
  }

  void say_double(std::uint32_t sheet, SourceSpan other, DiagnosticSink& sink) {
    const std::string_view key = sheets_.keys[sheet];
    // What may not stand there has been said, and is not said again.
    if (person_digits(key) > 0 || ++mistakes_[Code::J3173] > kMostOfACode) return;
    const Period period = period_of(sheet);
    const std::string in_period = period.valid() ? " (" + period.to_string() + ")" : std::string();
    sink.report(make_diagnostic(Code::J3173, place_of(key))
                    .arg("kunci", std::string(key) + in_period)
                    .related(other, "baris lain dengan kunci itu", "another row with that key"));
  }

  // An answer a row: sheets of several stretches are one.
  void gather_answers(DiagnosticSink& sink) {
    std::unordered_map<std::string_view, std::vector<std::uint32_t>> known;
    std::vector<BulkPart>& parts = reader_.parts();
    std::vector<std::vector<std::uint32_t>> place(parts.size());
    for (std::size_t p = 0; p < parts.size(); ++p) {
      const BulkPart& part = parts[p];
      for (std::size_t i = 0; i < part.keys.size(); ++i) {
        std::vector<std::uint32_t>& same_key = known[part.keys[i]];
        const auto found = std::ranges::find_if(same_key, [&](std::uint32_t sheet) {
          return !reader_.has_periods() || sheets_.periods[sheet] == part.periods[i];
        });
        if (found != same_key.end()) {
          place[p].push_back(*found);
          sheets_.left_out[*found] |= part.left_out[i];
          continue;
        }
        place[p].push_back(static_cast<std::uint32_t>(sheets_.keys.size()));
        same_key.push_back(place[p].back());
        sheets_.keys.push_back(part.keys[i]);
        if (reader_.has_units()) sheets_.units.push_back(part.units[i]);
        if (reader_.has_periods()) sheets_.periods.push_back(part.periods[i]);
        sheets_.left_out.push_back(part.left_out[i]);
      }
    }
    sheets_.read = sheets_.keys.size();
    sheets_.answers.resize(sheets_.read);
    for (std::size_t p = 0; p < parts.size(); ++p) {
      look(reading_.watch, Stage::facts, p, parts.size());
      for (const BulkEvent& event : parts[p].events) put(event, parts[p], place[p][event.sheet], sink);
      sheets_.kept.push_back(std::move(parts[p].kept));
      parts[p] = BulkPart(form_, {});
    }
    close_answers(sink);
  }

  void put(const BulkEvent& event, const BulkPart& part, std::uint32_t sheet, DiagnosticSink& sink) {
    BulkCode& code = sheets_.answers.codes(sheet)[event.question];
    if (code != kBulkUnanswered) {
      sheets_.left_out[sheet] = 1;
      if (++mistakes_[Code::J1810] <= kMostOfACode) {
        sink.report(make_diagnostic(Code::J1810, event.span).arg("kode", form_.questions[event.question].code));
      }
      return;
    }
    if (event.code == kBulkUnanswered) {
      code = kSeenBlank;
    } else if (form_.questions[event.question].kind == BulkQuestion::Kind::label) {
      code = event.code;
    } else if (form_.questions[event.question].kind == BulkQuestion::Kind::number) {
      sheets_.answers.set_number(sheet, event.question, part.numbers[event.beside]);
    } else {
      sheets_.answers.set_text(sheet, event.question, part.texts[event.beside]);
    }
  }

  // Rows without an answer are no answer; inputs that may not be missing are asked for.
  void close_answers(DiagnosticSink& sink) {
    for (std::size_t sheet = 0; sheet < sheets_.keys.size(); ++sheet) {
      const std::span<BulkCode> codes = sheets_.answers.codes(sheet);
      for (std::size_t i = 0; i < codes.size(); ++i) {
        if (codes[i] == kSeenBlank) {
          codes[i] = kBulkUnanswered;  // if it is required, its row has said so
        } else if (codes[i] == kBulkUnanswered && form_.questions[i].required) {
          sheets_.left_out[sheet] = 1;
          if (++mistakes_[Code::J3170] > kMostOfACode) continue;
          sink.report(make_diagnostic(Code::J3170, place_of(sheets_.keys[sheet]))
                          .arg("kunci", sheets_.keys[sheet])
                          .arg("masukan", form_.questions[i].code));
        }
      }
    }
  }

  // Rows whose form is broken never came to the reader; by key, as they stand within one.
  [[nodiscard]] std::vector<LostRow> broken_rows(const DiagnosticSink& said) const {
    std::vector<LostRow> rows;
    std::uint32_t latest = 0;
    for (const Diagnostic& one : said.all()) {
      if (one.severity != Severity::error || counted_before_.contains(one.code)) continue;
      if (one.primary.line <= reader_.header_line() || one.primary.line == latest) continue;
      latest = one.primary.line;
      const std::string_view line = sources_.line(file_, latest);
      rows.push_back({reader_.key_in(line), reader_.period_in(line), one.primary});
    }
    std::ranges::stable_sort(rows, {}, &LostRow::key);
    return rows;
  }

  // With a row an answer, the sheet whose key a lost row names has lost an answer that nobody can tell. A key that
  // stands on lost rows alone is a sheet all the same, and rows without a key are one together.
  void take_out_lost_answers(std::vector<LostRow> lost) {
    std::ranges::sort(lost, {}, &LostRow::key);
    const auto rest = std::ranges::unique(lost, {}, &LostRow::key);
    lost.erase(rest.begin(), rest.end());
    std::vector<bool> has_sheet(lost.size());
    for (std::size_t sheet = 0; sheet < sheets_.keys.size(); ++sheet) {
      const auto found = std::ranges::lower_bound(lost, sheets_.keys[sheet], {}, &LostRow::key);
      if (found != lost.end() && found->key == sheets_.keys[sheet]) {
        sheets_.left_out[sheet] = 1;
        has_sheet[static_cast<std::size_t>(found - lost.begin())] = true;
      }
      count(sheet);
    }
    for (std::size_t i = 0; i < lost.size(); ++i) {
      if (!has_sheet[i]) count_lost(lost[i].key);
    }
  }

  void count(std::size_t sheet) {
    if (sheets_.left_out[sheet] == 0) return;
    ++sheets_.refused;
    name(sheets_.keys[sheet]);
  }
  void count_lost(std::string_view key) {
    ++sheets_.refused;
    ++sheets_.read;
    name(key);
  }
  // Once a key. Neither the number of a person nor what cannot be printed is said again.
  void name(std::string_view key) {
    if (std::ranges::find(named_, key) == named_.end()) {
      if (named_.size() == kKeysNamed || key.empty() || person_digits(key) > 0 || !is_valid_utf8(key)) return;
      named_.emplace_back(key);
    }
    ++sheets_named_;
  }

  [[nodiscard]] SourceSpan place_of(std::string_view key) const {
    const std::string_view text = sources_.text(file_);
    const std::less<const char*> before;
    if (before(key.data(), text.data()) || !before(key.data(), text.data() + text.size())) return {};
    return sources_.span_at(file_, static_cast<std::size_t>(key.data() - text.data()), key.size());
  }

  // What the first refused labels were meant for, when most of the file is refused, and for labels.
  [[nodiscard]] std::string meant() const {
    if (!reading_.meant || 2 * sheets_.refused <= sheets_.read || refusals_.empty()) return {};
    if (2 * mistakes_.at(Code::J3171) <= sheets_.read) return {};
    return reading_.meant(refusals_);
  }

  void tell(const DiagnosticSink& said, DiagnosticSink& sink) const {
    if (sheets_.read == 0 && !said.has_errors()) {
      sink.report(make_diagnostic(Code::J3114, {}).arg("berkas", sources_.name(file_)));
    }
    const bool counted = std::ranges::any_of(mistakes_, [](const auto& one) { return one.second > kMostOfACode; });
    if (sheets_.refused == 0 && !counted) return;
    std::string names, causes;
    for (const std::string& key : named_) names += (names.empty() ? "" : ", ") + key;
    if (sheets_.refused > sheets_named_) names += names.empty() ? "..." : ", ...";
    for (const auto& [code, count] : mistakes_) {
      if (code_info(code).severity != Severity::error) continue;
      causes += (causes.empty() ? "" : ", ") + to_string(code) + " x" + std::to_string(count);
    }
    sink.report(make_diagnostic(Code::J3112, {})
                    .arg("tinggal", std::to_string(sheets_.refused))
                    .arg("semua", std::to_string(sheets_.read))
                    .arg("berkas", sources_.name(file_))
                    .arg("lembar", names.empty() ? "-" : names)
                    .arg("sebab", causes)
                    .suggest(meant()));
  }

  FileId file_;
  const SourceMap& sources_;
  const BulkForm& form_;
  BulkRowReader& reader_;
  const BulkReading& reading_;
  BulkSheets sheets_;
  std::map<Code, std::size_t> mistakes_;
  std::set<Code> counted_before_;  // codes that stretches have counted
  std::vector<BulkRefusal> refusals_;
  std::vector<std::string> named_;
  std::size_t sheets_named_ = 0;  // those left out whose key is among them
};

}  // namespace

std::optional<BulkSheets> read_bulk_sheets(FileId file, const SourceMap& sources, const CsvFormat& format,
                                           const BulkForm& form, const BulkReading& reading, DiagnosticSink& sink) {
  BulkRowReader reader(sources.text(file), format, form, reading.form_name);
  CsvThreads threads{reading.threads};
  threads.least_stretch = reading.least_stretch;
  threads.watch = reading.watch;
  threads.stage = Stage::facts;
  DiagnosticSink said;
  const bool read = read_csv_rows(file, sources, format, threads, reader, said);
  if (!read || !reader.usable()) {
    for (const Diagnostic& one : said.all()) sink.report(one);
    return std::nullopt;
  }
  return Gathering(file, sources, form, reader, reading).run(said, sink);
}

std::uint64_t bulk_reading_bytes(const BulkForm& form, std::string_view text, std::uint64_t lines) {
  // Key, unit and period of a row, its answers twice while the stretches are joined, its hash and place among keys.
  const std::uint64_t row = 2 * (sizeof(std::string_view) * 2 + sizeof(Period) + form.bytes_per_sheet()) + 16;
  // The header stands within the first lines, behind comments.
  constexpr std::size_t kHead = 4096;
  const bool by_answer = text.substr(0, kHead).find(kBulkAnswer) != std::string_view::npos;
  if (!by_answer) return lines * row;
  return lines * (sizeof(BulkEvent) + sizeof(Decimal)) + (lines / std::max<std::size_t>(form.criteria, 1) + 1) * row;
}

}  // namespace jenjang

#include "jenjang/assess/bulk_reader.h"

#include <algorithm>
#include <bit>
#include <set>

#include "engine/assess/bulk_rows.h"
#include "engine/assess/person_digits.h"
#include "engine/base/side_by_side.h"

namespace jenjang {
namespace {

// Keys are told apart in so many groups, each small enough for a near cache.
constexpr std::size_t kGroups = 64;
constexpr BulkCode kSeenBlank = 255;  // while answers are gathered: a row stood there, and said nothing

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
    }
    if (reader_.by_answer()) {
      gather_answers(sink);
      take_out_broken_rows(said);
    } else {
      gather_sheets();
      find_double_keys(sink);
      count_broken_rows(said);
    }
    tell(sink);
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
      sheets_.refused += part.refused;
      sheets_.read += part.refused + part.keys.size();
      for (const std::string& key : part.refused_keys) name(key);
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

  // A key stands once in a period: the first row stays. Keys of one group are compared by one thread, in order.
  void find_double_keys(DiagnosticSink& sink) {
    const std::size_t count = sheets_.keys.size();
    std::vector<std::uint64_t> hashes(count);
    const std::size_t share = count / kGroups + 1;
    side_by_side(reading_.threads, kGroups, [&] {
      return [&](std::size_t part) {
        for (std::size_t i = part * share; i < std::min(count, (part + 1) * share); ++i) {
          hashes[i] = std::hash<std::string_view>()(sheets_.keys[i]);
        }
      };
    });
    const auto group_of = [&](std::size_t sheet) { return hashes[sheet] >> 58; };
    std::vector<std::size_t> starts(kGroups + 1, 0);
    for (std::size_t i = 0; i < count; ++i) ++starts[group_of(i) + 1];
    for (std::size_t g = 0; g < kGroups; ++g) starts[g + 1] += starts[g];
    std::vector<std::uint32_t> ordered(count);
    std::vector<std::size_t> at(starts.begin(), starts.end() - 1);
    for (std::size_t i = 0; i < count; ++i) ordered[at[group_of(i)]++] = static_cast<std::uint32_t>(i);
    std::vector<std::vector<std::uint32_t>> doubles(kGroups);
    side_by_side(reading_.threads, kGroups, [&] {
      return [&, slots = std::vector<std::uint32_t>()](std::size_t group) mutable {
        look(reading_.watch, Stage::facts, group, kGroups);
        const std::span<const std::uint32_t> members(ordered.data() + starts[group], starts[group + 1] - starts[group]);
        find_in_group(members, hashes, slots, doubles[group]);
      };
    });
    std::vector<std::uint32_t> all;
    for (const auto& found : doubles) all.insert(all.end(), found.begin(), found.end());
    std::ranges::sort(all);
    for (const std::uint32_t sheet : all) {
      leave_out(sheet);
      if (++mistakes_[Code::J3173] > kMostOfACode) continue;
      sink.report(make_diagnostic(Code::J3173, place_of(sheets_.keys[sheet]))
                      .arg("kunci", sheets_.keys[sheet])
                      .arg("periode", period_of(sheet).valid() ? period_of(sheet).to_string() : "-"));
    }
  }

  // Open addressing; a slot holds a sheet counted from 1.
  void find_in_group(std::span<const std::uint32_t> members, const std::vector<std::uint64_t>& hashes,
                     std::vector<std::uint32_t>& slots, std::vector<std::uint32_t>& doubles) const {
    const std::size_t size = std::bit_ceil(2 * members.size() + 1);
    slots.assign(size, 0);
    for (const std::uint32_t sheet : members) {
      std::size_t slot = hashes[sheet] & (size - 1);
      while (slots[slot] != 0 && !same(slots[slot] - 1, sheet, hashes)) slot = (slot + 1) & (size - 1);
      if (slots[slot] != 0) {
        doubles.push_back(sheet);
      } else {
        slots[slot] = sheet + 1;
      }
    }
  }
  [[nodiscard]] bool same(std::uint32_t a, std::uint32_t b, const std::vector<std::uint64_t>& hashes) const {
    return hashes[a] == hashes[b] && sheets_.keys[a] == sheets_.keys[b] && period_of(a) == period_of(b);
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
      if (sheets_.left_out[sheet] == 0) continue;
      ++sheets_.refused;
      name(std::string(sheets_.keys[sheet]));
    }
  }

  // Rows whose form is broken never came to the reader. With a row a sheet each of them is one; with a row an answer
  // the sheet whose key it names has lost an answer nobody can tell.
  void count_broken_rows(const DiagnosticSink& said) {
    each_broken_row(said, [&](std::string_view line) {
      ++sheets_.refused;
      ++sheets_.read;
      name(reader_.key_in(line));
    });
  }
  void take_out_broken_rows(const DiagnosticSink& said) {
    std::vector<std::string> broken;
    each_broken_row(said, [&](std::string_view line) { broken.push_back(reader_.key_in(line)); });
    std::ranges::sort(broken);
    if (broken.empty()) return;
    for (std::size_t sheet = 0; sheet < sheets_.keys.size(); ++sheet) {
      if (!std::ranges::binary_search(broken, std::string(sheets_.keys[sheet]))) continue;
      if (sheets_.left_out[sheet] == 0) leave_out(sheet);
    }
  }
  template <class Visit>
  void each_broken_row(const DiagnosticSink& said, const Visit& visit) {
    std::uint32_t latest = 0;
    for (const Diagnostic& one : said.all()) {
      if (one.severity != Severity::error || counted_before_.contains(one.code)) continue;
      if (one.primary.line <= reader_.header_line() || one.primary.line == latest) continue;
      latest = one.primary.line;
      visit(sources_.line(file_, latest));
    }
  }

  void leave_out(std::size_t sheet) {
    sheets_.left_out[sheet] = 1;
    ++sheets_.refused;
    name(std::string(sheets_.keys[sheet]));
  }
  void name(std::string key) {
    if (named_.size() < kKeysNamed && !key.empty() && person_digits(key) == 0) named_.push_back(std::move(key));
  }

  [[nodiscard]] SourceSpan place_of(std::string_view key) const {
    const std::string_view text = sources_.text(file_);
    const std::less<const char*> before;
    if (before(key.data(), text.data()) || !before(key.data(), text.data() + text.size())) return {};
    return sources_.span_at(file_, static_cast<std::size_t>(key.data() - text.data()), key.size());
  }

  void tell(DiagnosticSink& sink) const {
    const bool counted = std::ranges::any_of(mistakes_, [](const auto& one) { return one.second > kMostOfACode; });
    if (sheets_.refused == 0 && !counted) return;
    std::string names, causes;
    for (const std::string& key : named_) names += (names.empty() ? "" : ", ") + key;
    if (sheets_.refused > named_.size()) names += names.empty() ? "..." : ", ...";
    for (const auto& [code, count] : mistakes_) {
      if (code_info(code).severity != Severity::error) continue;
      causes += (causes.empty() ? "" : ", ") + to_string(code) + " x" + std::to_string(count);
    }
    sink.report(make_diagnostic(Code::J3112, {})
                    .arg("tinggal", std::to_string(sheets_.refused))
                    .arg("semua", std::to_string(sheets_.read))
                    .arg("berkas", sources_.name(file_))
                    .arg("lembar", names.empty() ? "-" : names)
                    .arg("sebab", causes));
  }

  FileId file_;
  const SourceMap& sources_;
  const BulkForm& form_;
  BulkRowReader& reader_;
  const BulkReading& reading_;
  BulkSheets sheets_;
  std::map<Code, std::size_t> mistakes_;
  std::set<Code> counted_before_;  // codes that stretches have counted
  std::vector<std::string> named_;
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

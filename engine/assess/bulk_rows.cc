#include "engine/assess/bulk_rows.h"

#include <algorithm>
#include <array>
#include <functional>

#include "jenjang/base/text.h"
#include "jenjang/intake/intake.h"
#include "jenjang/measure/reading.h"

#include "engine/assess/person_digits.h"

namespace jenjang {
namespace {

constexpr std::array<std::string_view, 3> kReadOver{"catatan", "bukti", "tanda"};

std::string listed(const std::vector<std::string>& labels) {
  std::string text;
  for (const std::string& label : labels) text += (text.empty() ? "" : ", ") + label;
  return text;
}

bool is_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Trimmed, spreadsheet guards taken off; nearly every cell has neither.
std::string_view bare(std::string_view text) {
  if (text.empty() || (is_alphanumeric(text.front()) && is_alphanumeric(text.back()))) return text;
  return trim(spreadsheet_text(trim(text)));
}

std::string range_text(const BulkQuestion& question) {
  if (question.low && question.high) return question.low->to_string() + " .. " + question.high->to_string();
  return question.low ? ">= " + question.low->to_string() : "<= " + question.high->to_string();
}

}  // namespace

bool BulkRowReader::begin(const CsvTable& header, std::size_t stretches, DiagnosticSink& sink) {
  const auto is_ours = [&](std::string_view name) { return form_.find(name).has_value(); };
  by_answer_ =
      (header.column(kBulkCode) && !is_ours(kBulkCode)) || (header.column(kBulkAnswer) && !is_ours(kBulkAnswer));
  std::vector<std::string_view> required{kBulkKey}, optional{kBulkUnit, kBulkPeriod};
  if (by_answer_) {
    required.insert(required.end(), {kBulkCode, kBulkAnswer});
    optional.insert(optional.end(), kReadOver.begin(), kReadOver.end());
  } else {
    for (const BulkQuestion& question : form_.questions) {
      (question.required ? required : optional).push_back(question.code);
    }
  }
  if (!header.expect_columns(required, optional, sink)) return false;
  header_line_ = header.header().front().span.line;
  key_ = header.column(kBulkKey);
  unit_ = header.column(kBulkUnit);
  period_ = header.column(kBulkPeriod);
  if (by_answer_) {
    code_ = header.column(kBulkCode);
    answer_ = header.column(kBulkAnswer);
  }
  bool asks = by_answer_;
  for (const BulkQuestion& question : form_.questions) {
    columns_.push_back(by_answer_ ? std::nullopt : header.column(question.code));
    asks = asks || columns_.back().has_value();
  }
  if (!asks && !form_.questions.empty()) {
    sink.report(make_diagnostic(Code::J1134, header.header().front().span).arg("kolom", form_.questions.front().code));
    return false;
  }
  parts_.assign(stretches, BulkPart(form_, format_));
  usable_ = true;
  return true;
}

void BulkRowReader::again(std::size_t stretch) {
  parts_[stretch] = BulkPart(form_, format_);
}

void BulkRowReader::end(DiagnosticSink& sink) {
  for (std::size_t i = 0; i <= form_.questions.size(); ++i) {
    for (std::size_t part = 1; part < parts_.size(); ++part) parts_.front().doubt[i].add(parts_[part].doubt[i]);
    const bool is_answer = i == form_.questions.size();
    parts_.front().doubt[i].report(is_answer ? kBulkAnswer : std::string_view(form_.questions[i].code), sink);
  }
}

void BulkRowReader::rows(std::size_t stretch, const CsvTable& rows, DiagnosticSink& sink) {
  BulkPart& part = parts_[stretch];
  const std::size_t before = part.answers.sheets();
  if (!by_answer_) part.answers.resize(before + rows.row_count());
  for (std::size_t number = 0; number < rows.row_count(); ++number) {
    Row row{rows, number, part, sink, {}};
    row.key = text(row, key_);
    if (row.key.empty()) {
      if (mistake(row, Code::J3170)) {
        sink.report(
            make_diagnostic(Code::J3170, rows.cell(number, *key_).span).arg("kunci", "-").arg("masukan", kBulkKey));
      }
      if (by_answer_) {
        lose(part, row.key);
      } else {
        ++part.keyless;
      }
      continue;
    }
    if (by_answer_) {
      read_event(row);
    } else {
      read_sheet(row);
    }
  }
  // Rows without a key have left their place to the next one.
  if (!by_answer_) part.answers.resize(part.keys.size());
}

std::string_view BulkRowReader::text(const Row& row, const std::optional<std::size_t>& column) const {
  return column ? bare(row.table.cell(row.number, *column).text) : std::string_view();
}

std::optional<Period> BulkRowReader::period_in(std::string_view line) const {
  return period_ ? Period::parse(cell_in(line, *period_)) : std::nullopt;
}

std::string BulkRowReader::cell_in(std::string_view line, std::size_t wanted) const {
  std::string cell;
  std::size_t column = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '"') {
      // Two of them within quotes are one; any other begins or ends a quoted stretch.
      if (quoted && i + 1 < line.size() && line[i + 1] == '"') {
        cell += line[++i];
      } else {
        quoted = !quoted;
      }
    } else if (c == format_.separator && !quoted) {
      if (column == wanted) return std::string(bare(cell));
      cell.clear();
      ++column;
    } else {
      cell += c;
    }
  }
  return column == wanted ? std::string(bare(cell)) : std::string();
}

// Rows of one key mostly stand together.
void BulkRowReader::lose(BulkPart& part, std::string_view key) const {
  if (part.lost.empty() || part.lost.back() != key) part.lost.push_back(keep(part, key));
}

bool BulkRowReader::mistake(Row& row, Code code) {
  row.good = false;
  return ++row.part.mistakes[code] <= kMostOfACode;
}

// A view that lasts: of the file itself, where the text stands in it as it is.
std::string_view BulkRowReader::keep(BulkPart& part, std::string_view text) const {
  const std::less<const char*> before;
  if (text.empty() || (!before(text.data(), source_.data()) && before(text.data(), source_.data() + source_.size()))) {
    return text;
  }
  return part.kept.emplace_back(text);
}

// Key, unit and period of a row; false when one of them is refused.
bool BulkRowReader::read_place(Row& row, std::string_view& unit, Period& period) {
  if (const std::size_t digits = person_digits(row.key); digits > 0 && mistake(row, Code::J3162)) {
    row.sink.report(make_diagnostic(Code::J3162, row.table.cell(row.number, *key_).span)
                        .arg("kolom", kBulkKey)
                        .arg("banyak", std::to_string(digits)));
  }
  unit = text(row, unit_);
  const std::string_view written = text(row, period_);
  if (written.empty()) return row.good;
  if (const std::optional<Period> read = Period::parse(written)) {
    period = *read;
  } else if (mistake(row, Code::J1201)) {
    (void)read_period(written, row.table.cell(row.number, *period_).span, row.sink);
  }
  return row.good;
}

template <class Take>
BulkCode BulkRowReader::read_answer(Row& row, std::size_t number, const CsvCell& cell, const Take& take) {
  const BulkQuestion& question = form_.questions[number];
  const std::string_view written = bare(cell.text);
  if (written.empty()) {
    if (!question.required) return kBulkUnanswered;
    if (mistake(row, Code::J3170)) {
      row.sink.report(make_diagnostic(Code::J3170, cell.span).arg("kunci", row.key).arg("masukan", question.code));
    }
    return kBulkUnanswered;
  }
  switch (question.kind) {
    case BulkQuestion::Kind::label:
      for (std::size_t i = 0; i < question.labels.size(); ++i) {
        if (question.labels[i] == written) return static_cast<BulkCode>(i + 1);
      }
      refuse_label(row, number, cell, written);
      return kBulkUnanswered;
    case BulkQuestion::Kind::number: {
      DoubtfulFigures& doubt = row.part.doubt[by_answer_ ? form_.questions.size() : number];
      if (doubt.looks()) doubt.add(cell);
      const std::optional<Decimal> figure = Decimal::parse(written, format_.decimal_point);
      if (!figure) {
        // Which of two messages it is, the reader of numbers knows.
        DiagnosticSink found;
        (void)read_decimal(cell, format_, found);
        for (const Diagnostic& one : found.all()) {
          if (mistake(row, one.code)) row.sink.report(one);
        }
        row.good = false;
        return kBulkUnanswered;
      }
      if ((question.low && *figure < *question.low) || (question.high && *figure > *question.high)) {
        if (mistake(row, Code::J3172)) {
          row.sink.report(make_diagnostic(Code::J3172, cell.span)
                              .arg("masukan", question.code)
                              .arg("kunci", row.key)
                              .arg("nilai", written)
                              .arg("boleh", range_text(question)));
        }
        return kBulkUnanswered;
      }
      take.number(*figure);
      return kBulkNumber;
    }
    case BulkQuestion::Kind::text:
      break;
  }
  if (const std::size_t digits = person_digits(written); digits > 0) {
    if (mistake(row, Code::J3162)) {
      row.sink.report(
          make_diagnostic(Code::J3162, cell.span).arg("kolom", question.code).arg("banyak", std::to_string(digits)));
    }
    return kBulkUnanswered;
  }
  take.text(written);
  return kBulkBeside;
}

void BulkRowReader::refuse_label(Row& row, std::size_t number, const CsvCell& cell, std::string_view written) {
  if (!mistake(row, Code::J3171)) return;
  const BulkQuestion& question = form_.questions[number];
  row.part.refusals.push_back({question.code, std::string(written)});
  row.sink.report(make_diagnostic(Code::J3171, cell.span)
                      .arg("masukan", question.code)
                      .arg("kunci", row.key)
                      .arg("nilai", written)
                      .arg("daftar", listed(question.labels))
                      .suggest(nearest(written, std::span<const std::string>(question.labels)).value_or("")));
}

void BulkRowReader::read_sheet(Row& row) {
  BulkPart& part = row.part;
  const std::size_t sheet = part.keys.size();
  std::string_view unit;
  Period period;
  (void)read_place(row, unit, period);
  struct Take {
    BulkAnswers& answers;
    std::size_t sheet, question;
    void number(const Decimal& figure) const { answers.set_number(sheet, question, figure); }
    void text(std::string_view written) const { answers.set_text(sheet, question, std::string(written)); }
  };
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (!columns_[i]) continue;
    const CsvCell& cell = row.table.cell(row.number, *columns_[i]);
    const BulkCode code = read_answer(row, i, cell, Take{part.answers, sheet, i});
    // A number or a text has put its own code, which may be that of the other.
    if (form_.questions[i].kind == BulkQuestion::Kind::label) part.answers.codes(sheet)[i] = code;
  }
  // A row with a mistake keeps its key: another row with it is no clearer for that.
  if (!row.good) part.answers.clear(sheet);
  part.keys.push_back(keep(part, row.key));
  if (unit_) part.units.push_back(keep(part, unit));
  if (period_) part.periods.push_back(period);
  const bool unread = !period.valid() && !text(row, period_).empty();
  part.left_out.push_back(unread ? kPeriodUnread : row.good ? 0 : 1);
}

std::optional<std::size_t> BulkRowReader::question_of(Row& row) {
  const CsvCell& cell = row.table.cell(row.number, *code_);
  const std::string_view code = bare(cell.text);
  if (code.empty()) {
    if (mistake(row, Code::J3170)) {
      row.sink.report(make_diagnostic(Code::J3170, cell.span).arg("kunci", row.key).arg("masukan", kBulkCode));
    }
    return std::nullopt;
  }
  // Nearly always the question behind that of the row before.
  const std::size_t next = row.part.events.empty() ? 0 : row.part.events.back().question + std::size_t{1};
  if (next < form_.questions.size() && form_.questions[next].code == code) return next;
  if (const auto found = form_.find(code)) return found;
  if (mistake(row, Code::J3100)) {
    const std::vector<std::string> codes = texts_of(form_.questions, &BulkQuestion::code);
    row.sink.report(make_diagnostic(Code::J3100, cell.span)
                        .arg("kode", code)
                        .arg("templat", form_name_)
                        .suggest(nearest(code, std::span<const std::string>(codes)).value_or("")));
  }
  return std::nullopt;
}

std::uint32_t BulkRowReader::sheet_of(Row& row, std::string_view unit, Period period) {
  BulkPart& part = row.part;
  const auto is_of = [&](std::uint32_t sheet) { return !period_ || part.periods[sheet] == period; };
  if (!part.keys.empty() && part.keys[part.latest] == row.key && is_of(part.latest)) return part.latest;
  auto found = part.sheets.find(row.key);
  if (found == part.sheets.end()) found = part.sheets.emplace(keep(part, row.key), std::vector<std::uint32_t>()).first;
  const auto same = std::ranges::find_if(found->second, is_of);
  if (same != found->second.end()) return part.latest = *same;
  part.latest = static_cast<std::uint32_t>(part.keys.size());
  found->second.push_back(part.latest);
  part.keys.push_back(found->first);
  if (unit_) part.units.push_back(keep(part, unit));
  if (period_) part.periods.push_back(period);
  part.left_out.push_back(0);
  return part.latest;
}

void BulkRowReader::read_event(Row& row) {
  BulkPart& part = row.part;
  std::string_view unit;
  Period period;
  // A key that may not stand here names no sheet, nor does one in a period that nobody can tell.
  if (!read_place(row, unit, period)) {
    lose(part, row.key);
    return;
  }
  BulkEvent event;
  event.sheet = sheet_of(row, unit, period);
  const std::optional<std::size_t> question = question_of(row);
  if (question) {
    struct Take {
      BulkPart& part;
      BulkEvent& event;
      void number(const Decimal& figure) const {
        event.beside = static_cast<std::uint32_t>(part.numbers.size());
        part.numbers.push_back(figure);
      }
      void text(std::string_view written) const {
        event.beside = static_cast<std::uint32_t>(part.texts.size());
        part.texts.emplace_back(written);
      }
    };
    const CsvCell& cell = row.table.cell(row.number, *answer_);
    event.question = static_cast<std::uint16_t>(*question);
    event.span = row.table.cell(row.number, *code_).span;
    event.code = read_answer(row, *question, cell, Take{part, event});
  }
  if (!row.good) part.left_out[event.sheet] = 1;
  if (question) part.events.push_back(event);
}

}  // namespace jenjang

#include <algorithm>
#include <array>
#include <optional>

#include "jenjang/base/text.h"
#include "jenjang/intake/record_rows.h"

#include "engine/intake/realisation_row.h"

namespace jenjang {
namespace {

using Words = std::vector<std::string_view>;

constexpr std::array<std::string_view, 5> kCommon{"alasan", "catatan", "bukti", "letak", "sidik"};
constexpr std::array<std::string_view, 2> kAdoptionStates{"usulan", "ditetapkan"};

intake::FeedColumns columns_of(RecordForm form, const CsvTable& table, const FeedFormat& format) {
  intake::FeedColumns columns;
  switch (form) {
    case RecordForm::figure:
      return intake::feed_columns(table, format);
    case RecordForm::validation:
      columns = {{"kode", "unit", "periode", "status"}, {"nilai_terverifikasi", "sumber"}};
      break;
    case RecordForm::dispute:
      columns = {{"kode", "unit", "periode", "alasan"}, {"status", "sumber"}};
      break;
    case RecordForm::evidence:
      columns = {{"kode", "unit", "periode", "bukti"}, {"sumber"}};
      break;
    case RecordForm::note:
      columns = {{"catatan"}, {"kode", "unit", "periode", "sumber"}};
      // An address is whole or absent.
      if (table.column("kode") || table.column("unit") || table.column("periode"))
        columns = {{"catatan", "kode", "unit", "periode"}, {"sumber"}};
      break;
    case RecordForm::adoption:
      columns = {{"dokumen", "keadaan", "surat"}, {"alamat"}};
      break;
    case RecordForm::signature:
      columns = {{"dokumen"}, {"berkas", "surat"}};
      break;
  }
  for (const std::string_view name : kCommon) {
    if (std::ranges::find(columns.required, name) == columns.required.end()) columns.optional.push_back(name);
  }
  columns.optional.insert(columns.optional.end(), format.taken.begin(), format.taken.end());
  return columns;
}

class RecordReader {
public:
  RecordReader(const CsvTable& table, const FeedFormat& format, RecordForm form, std::string_view kind,
               DiagnosticSink& sink)
      : table_(table), format_(format), form_(form), kind_(kind), sink_(sink), rows_(table, format, words_, sink) {}

  // Every column is one of ours, one that was asked for, or refused.
  bool check_header() {
    intake::FeedColumns columns = columns_of(form_, table_, format_);
    Words absent;
    for (const Words* names : {&columns.required, &columns.optional}) {
      for (const std::string_view name : *names) {
        if (!table_.column(name)) absent.push_back(name);
      }
    }
    bool good = true;
    for (const CsvCell& cell : table_.header()) {
      if (names_person(cell.text)) {
        sink_.report(make_diagnostic(Code::J3022, cell.span).arg("kolom", cell.text));
        good = false;
      } else if (std::ranges::find(columns.required, cell.text) == columns.required.end() &&
                 std::ranges::find(columns.optional, cell.text) == columns.optional.end()) {
        sink_.report(make_diagnostic(Code::J3021, cell.span)
                         .arg("kolom", cell.text)
                         .arg("jenis", kind_)
                         .suggest(nearest(cell.text, std::span<const std::string_view>(absent)).value_or("")));
        good = false;
      } else {
        continue;
      }
      // Said already; what is left for the general check are doubles and absent columns.
      columns.optional.push_back(cell.text);
    }
    return table_.expect_columns(columns.required, columns.optional, sink_) && good;
  }

  std::optional<RecordRow> read(std::size_t row) {
    RecordRow out;
    out.row = static_cast<std::uint32_t>(row + 1);
    out.span = table_.cell(row, 0).span;
    bool good = read_subject(row, out);
    good = keeps_no_person(row) && good;
    read_common(row, out);
    if (!good) return std::nullopt;
    return out;
  }

private:
  bool read_subject(std::size_t row, RecordRow& out) {
    switch (form_) {
      case RecordForm::figure:
        return rows_.read(row, out.figure);
      case RecordForm::validation: {
        bool good = rows_.read_address(row, out.figure);
        rows_.read_origin(row, out.figure);
        good = present(row, "status", out.figure.status) && good;
        return read_verified(row, out.figure) && good;
      }
      case RecordForm::dispute:
      case RecordForm::evidence: {
        const bool good = rows_.read_address(row, out.figure);
        rows_.read_origin(row, out.figure);
        const std::string_view needed = form_ == RecordForm::dispute ? "alasan" : "bukti";
        return present(row, needed, Column(table_, needed).text(table_, row)) && good;
      }
      case RecordForm::note: {
        const bool good = !table_.column("kode") || blank_address(row) || rows_.read_address(row, out.figure);
        return present(row, "catatan", Column(table_, "catatan").text(table_, row)) && good;
      }
      case RecordForm::adoption:
        return read_adoption(row, out);
      case RecordForm::signature:
        out.document = text(row, "dokumen", out.document_span);
        out.file = text(row, "berkas", out.file_span);
        out.letter = Column(table_, "surat").text(table_, row);
        return present(row, "dokumen", out.document);
    }
    return false;
  }

  bool read_adoption(std::size_t row, RecordRow& out) {
    out.document = text(row, "dokumen", out.document_span);
    out.statement = text(row, "alamat", out.statement_span);
    out.letter = Column(table_, "surat").text(table_, row);
    SourceSpan state;
    out.figure.status = text(row, "keadaan", state);
    bool good = present(row, "dokumen", out.document);
    good = present(row, "surat", out.letter) && good;
    if (std::ranges::find(kAdoptionStates, out.figure.status.view()) == kAdoptionStates.end()) {
      sink_.report(make_diagnostic(Code::J1803, state)
                       .arg("teks", out.figure.status)
                       .arg("pilihan", join_words(kAdoptionStates))
                       .suggest(nearest(out.figure.status, kAdoptionStates).value_or("")));
      return false;
    }
    return good;
  }

  // A number where it starts like one, else a grade; which of the two is due is for the binding to say.
  bool read_verified(std::size_t row, Observation& figure) {
    const Column column(table_, "nilai_terverifikasi");
    const std::string_view value = column.text(table_, row);
    if (value.empty()) return true;
    const std::size_t at = value.find_first_not_of("+-.,");
    if (at == std::string_view::npos || value[at] < '0' || value[at] > '9') {
      figure.verified.change().grade = value;
      return true;
    }
    CsvCell bare = *column.cell(table_, row);
    bare.text = value;
    const std::optional<Decimal> number = read_decimal(bare, format_.csv, sink_);
    if (number) figure.verified.change().number = number;
    return number.has_value();
  }

  bool blank_address(std::size_t row) {
    for (const std::string_view name : {"kode", "unit", "periode"}) {
      if (!Column(table_, name).text(table_, row).empty()) return false;
    }
    return true;
  }

  bool present(std::size_t row, std::string_view name, std::string_view value) {
    if (!value.empty()) return true;
    const CsvCell* const cell = Column(table_, name).cell(table_, row);
    sink_.report(
        make_diagnostic(Code::J1801, cell != nullptr ? cell->span : table_.cell(row, 0).span).arg("kolom", name));
    return false;
  }

  std::string text(std::size_t row, std::string_view name, SourceSpan& span) {
    const Column column(table_, name);
    const CsvCell* const cell = column.cell(table_, row);
    span = cell != nullptr ? cell->span : table_.cell(row, 0).span;
    return std::string(column.text(table_, row));
  }

  void read_common(std::size_t row, RecordRow& out) {
    SourceSpan ignored;
    (void)text(row, "status", out.status_span);
    out.reason = text(row, "alasan", out.reason_span);
    out.remark = text(row, "catatan", ignored);
    out.evidence = text(row, "bukti", out.evidence_span);
    out.place = text(row, "letak", ignored);
    out.digest = text(row, "sidik", out.digest_span);
    for (const std::string& name : format_.taken) {
      const std::string value = text(row, name, ignored);
      if (value.empty()) continue;
      if (!out.remark.empty()) out.remark += "; ";
      out.remark.append(name).append("=").append(value);
    }
  }

  bool keeps_no_person(std::size_t row) {
    bool good = true;
    for (std::size_t i = 0; i < table_.column_count(); ++i) {
      const std::string_view name = table_.header()[i].text;
      const CsvCell& cell = table_.cell(row, i);
      // A figure may well have eighteen digits: rupiah do.
      if (cell.text.size() < 16 || name == "nilai" || name == "nilai_terverifikasi" || name == "sidik") continue;
      if (!holds_person_number(cell.text)) continue;
      sink_.report(make_diagnostic(Code::J3022, cell.span).arg("kolom", name));
      good = false;
    }
    return good;
  }

  const CsvTable& table_;
  const FeedFormat& format_;
  RecordForm form_;
  std::string_view kind_;
  DiagnosticSink& sink_;
  intake::FeedWords words_;
  intake::RealisationRows rows_;
};

}  // namespace

std::vector<RecordRow> read_record_rows(FileId file, const SourceMap& sources, const FeedFormat& format,
                                        RecordForm form, std::string_view kind, DiagnosticSink& sink) {
  std::vector<RecordRow> rows;
  const std::optional<CsvTable> table = parse_csv(file, sources, format.csv, sink);
  if (!table) return rows;
  RecordReader reader(*table, format, form, kind, sink);
  if (!reader.check_header()) return rows;
  for (const std::string_view name : {"nilai", "nilai_terverifikasi"}) {
    report_doubtful_figures(*table, name, format.csv, sink);
  }
  rows.reserve(table->row_count());
  for (std::size_t row = 0; row < table->row_count(); ++row) {
    if (std::optional<RecordRow> read = reader.read(row)) rows.push_back(*std::move(read));
  }
  return rows;
}

}  // namespace jenjang

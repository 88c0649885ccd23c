#include "engine/journal/row_writer.h"

#include <cassert>
#include <charconv>

#include "engine/journal/row.h"

namespace jenjang::journal {
namespace {

// All but `seq`, for the numbers run on: SQLite gives a row without one the next behind the last. It then need not look
// for the place of each row, nor whether it is taken. A row that fails ends the transaction (Journal::append), so
// nothing is kept for taking back half a statement.
constexpr int kFirst = kSeq + 1;
std::string insert_sql(std::size_t rows, int columns) {
  std::string row = "(?";
  for (int k = kFirst + 1; k < columns; ++k) row += ",?";
  row += ')';
  std::string sql = "INSERT OR FAIL INTO entry (" + row_columns(kFirst, columns) + ") VALUES " + row;
  for (std::size_t k = 1; k < rows; ++k) sql += ',' + row;
  return sql;
}

// As Decimal::to_string, quicker for the figures that nearly all are. At most 42 bytes.
void write_decimal(const Decimal& value, std::string& text) {
  const Int128 mantissa = value.mantissa();
  if (mantissa > INT64_MAX || mantissa < -INT64_MAX) {
    text = value.to_string();
    return;
  }
  std::array<char, 24> digits{};
  const auto whole = static_cast<std::int64_t>(mantissa);
  const char* const end = std::to_chars(digits.begin(), digits.end(), whole < 0 ? -whole : whole).ptr;
  const auto count = static_cast<std::size_t>(end - digits.begin()), scale = static_cast<std::size_t>(value.scale());
  text.clear();
  if (whole < 0) text += '-';
  if (count <= scale) {
    text += "0.";
    text.append(scale - count, '0');
    text.append(digits.data(), count);
    return;
  }
  text.append(digits.data(), count - scale);
  if (scale > 0) text += '.';
  text.append(digits.data() + (count - scale), scale);
}

char* add_natural(char* to, std::uint32_t value) {
  for (; value >= 0x80U; value >>= 7U) *to++ = static_cast<char>(value | 0x80U);
  *to++ = static_cast<char>(value);
  return to;
}

bool has_place(const Origin::Place& place) {
  return place.line != 0 || place.column != 0 || place.length != 0;
}

}  // namespace

bool is_common(const Entry& entry) {
  const Observation& figure = entry.figure;
  return entry.role.empty() && entry.refers == 0 && figure.authority == RegionAuthority{} && !figure.released.valid() &&
         figure.state == CellState::value && figure.grade.empty() && !figure.verified->stated() &&
         figure.definition_version == 0 && entry.text.empty() && entry.evidence.path.empty() &&
         entry.evidence.place.empty() && !entry.evidence.digest && !entry.content;
}

// Columns that an entry does not use are NULL and take one byte.
class RowWriter::Row {
public:
  Row(Bindings& bindings, std::size_t before, Words& words, LastWords& last)
      : bindings_(bindings), before_(before), words_(words), last_(last) {}
  void number(Column column, std::int64_t value) { bindings_.number(at(column), value); }
  void some(Column column, std::int64_t value) { value != 0 ? number(column, value) : null(column); }
  void null(Column column) { bindings_.null(at(column)); }
  void text(Column column, const std::string& value) {
    value.empty() ? null(column) : bindings_.text(at(column), value);
  }
  void digest(Column column, const Digest& value) { bindings_.blob(at(column), value.data(), value.size()); }
  void digest(Column column, const std::optional<Digest>& value) { value ? digest(column, *value) : null(column); }
  void bytes(Column column, const char* from, const char* end) {
    bindings_.blob(at(column), from, static_cast<std::size_t>(end - from));
  }
  std::int64_t word(Column column, std::string_view value) {
    auto& same = last_.of_column[column];
    if (same.word != value) {
      same.number = words_.number(value);
      same.word = value;
    }
    return same.number;
  }
  void some_word(Column column, std::string_view value) { some(column, word(column, value)); }

private:
  [[nodiscard]] std::size_t at(Column column) const { return before_ + static_cast<std::size_t>(column - kFirst); }

  Bindings& bindings_;
  std::size_t before_;
  Words& words_;
  LastWords& last_;
};

RowWriter::RowWriter(SQLite::Database& db, std::size_t rows, int columns)
    : db_(db),
      only_common_(columns == kCommonColumns),
      parameters_(static_cast<std::size_t>(columns - kFirst)),
      bindings_(db, insert_sql(rows, columns), rows * parameters_),
      bytes_(rows) {
  constexpr std::size_t kLongest = 42;
  for (RowBytes& bytes : bytes_)
    for (std::string* text : {&bytes.number, &bytes.verified}) text->reserve(kLongest);
}

void RowWriter::insert(std::span<const Entry> entries, Words& words, Files& files, LastWords& last,
                       std::vector<CellRow>& cells) {
  assert(entries.size() == bytes_.size());
  std::size_t at = 0;
  for (const Entry& entry : entries) {
    const Observation& figure = entry.figure;
    Row row(bindings_, at * parameters_, words, last);
    RowBytes& bytes = bytes_[at++];
    const std::int64_t actor = row.word(kActor, entry.actor);
    const CellRow cell{row.word(kCode, figure.code), row.word(kUnit, figure.unit), number_of(figure.period),
                       static_cast<std::int64_t>(entry.seq)};
    cells.push_back(cell);
    row.digest(kHash, entry.hash);
    row.number(kKind, static_cast<int>(entry.kind));
    row.number(kRecorded, entry.recorded.seconds);
    row.number(kActor, actor);
    row.number(kCode, cell.code);
    row.number(kUnit, cell.unit);
    row.number(kPeriod, cell.period);
    if (figure.state == CellState::value || !figure.number.is_zero() || figure.number.scale() != 0) {
      write_decimal(figure.number, bytes.number);
      row.text(kNumber, bytes.number);
    } else {
      row.null(kNumber);
    }
    row.some_word(kStatus, figure.status);
    row.number(kFlags, (figure.validated ? kValidated : 0) | (figure.illustrative ? kIllustrative : 0) |
                           (figure.unverified ? kUnverified : 0));
    row.some(kOrigin, files.number(entry.origin.digest, entry.origin.file));
    row.some(kRow, entry.origin.row);
    const std::array<const Origin::Place*, 4> places{&entry.origin.number, &entry.origin.address, &entry.origin.unit,
                                                     &entry.origin.period};
    if (has_place(*places[0]) || has_place(*places[1]) || has_place(*places[2]) || has_place(*places[3])) {
      char* end = bytes.places.data();
      for (const Origin::Place* place : places)
        end = add_natural(add_natural(add_natural(end, place->line), place->column), place->length);
      row.bytes(kPlaces, bytes.places.data(), end);
    } else {
      row.null(kPlaces);
    }
    row.some_word(kSource, figure.source);
    row.some_word(kWorkflow, figure.workflow);
    if (only_common_) continue;
    row.some_word(kRole, entry.role);
    row.some(kRefers, static_cast<std::int64_t>(entry.refers));
    row.some(kAuthority, static_cast<int>(figure.authority));
    row.some(kReleased, number_of(figure.released));
    row.some(kState, static_cast<int>(figure.state));
    row.some_word(kGrade, figure.grade);
    const VerifiedFigure& verified = *figure.verified;
    if (verified.number) write_decimal(*verified.number, bytes.verified);
    verified.number ? row.text(kVerified, bytes.verified) : row.null(kVerified);
    row.some_word(kVerifiedGrade, verified.grade);
    row.some(kDefinition, figure.definition_version);
    row.text(kText, entry.text);
    row.text(kEvidencePath, entry.evidence.path);
    row.text(kEvidencePlace, entry.evidence.place);
    row.digest(kEvidenceDigest, entry.evidence.digest);
    row.digest(kContent, entry.content);
  }
  bindings_.run();
  if (db_.getLastInsertRowid() != cells.back().seq) throw Damage("seq");
}

}  // namespace jenjang::journal

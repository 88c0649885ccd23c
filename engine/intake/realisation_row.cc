#include "engine/intake/realisation_row.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>

#include "jenjang/base/text.h"

namespace jenjang::intake {
namespace {

constexpr std::array<std::string_view, 12> kOptional{"predikat", "status",  "rilis",  "definisi", "sumber", "tanda",
                                                     "keadaan",  "catatan", "alasan", "bukti",    "letak",  "sidik"};
constexpr std::array<std::string_view, 5> kStateWords{"kosong", "belum-jatuh-tempo", "menunggu-rilis",
                                                      "didefinisi-ulang", "tidak-berlaku"};

// A cell that starts like a number is meant as one: "1.234,5" is a bad number, "Sangat Baik" a grade.
bool starts_like_number(std::string_view text) {
  const std::size_t at = text.find_first_not_of("+-.,");
  return at != std::string_view::npos && text[at] >= '0' && text[at] <= '9';
}

}  // namespace

FeedColumns feed_columns(const CsvTable& table, const FeedFormat& format) {
  FeedColumns columns{{"kode", "unit", "periode"}, {kOptional.begin(), kOptional.end()}};
  // The figure stands in nilai, or in predikat for a feed of grades: one of the two columns is enough.
  (table.column("predikat") ? columns.optional : columns.required).push_back("nilai");
  columns.optional.insert(columns.optional.end(), format.taken.begin(), format.taken.end());
  return columns;
}

bool RealisationRows::read(std::size_t row, Observation& fact) {
  Places places;
  bool good = read_address(row, fact, places);
  good = read_figure(row, fact, places.number) && good;
  fact.places = RowPlaces(places.number, places.address, places.unit, places.period);
  good = read_definition(row, fact) && good;
  read_origin(row, fact);
  return good;
}

bool RealisationRows::read_address(std::size_t row, Observation& fact) {
  Places places;
  const bool good = read_address(row, fact, places);
  fact.places = RowPlaces({}, places.address, places.unit, places.period);
  return good;
}

bool RealisationRows::read_address(std::size_t row, Observation& fact, Places& places) {
  bool good = true;
  const auto required = [&](const Column& column, std::string_view name, SourceSpan& span) {
    span = column.cell(table_, row)->span;
    const std::string_view text = column.text(table_, row);
    if (text.empty()) {
      sink_.report(make_diagnostic(Code::J1801, span).arg("kolom", name));
      good = false;
    }
    return text;
  };
  fact.code = words_.code.of(required(code_, "kode", places.address));
  fact.unit = words_.unit.of(required(unit_, "unit", places.unit));
  const std::string_view period = required(period_, "periode", places.period);
  if (!period.empty()) {
    const std::optional<Period> parsed = read_period(period, "periode", places.period);
    if (parsed) fact.period = *parsed;
    good = good && parsed.has_value();
  }
  const std::string_view released = released_.text(table_, row);
  if (!released.empty()) {
    const std::optional<Period> parsed = read_period(released, "rilis", released_.cell(table_, row)->span);
    if (parsed) fact.released = *parsed;
    good = good && parsed.has_value();
  }
  fact.authority = format_.authority;
  return good;
}

std::optional<Period> RealisationRows::read_period(std::string_view text, std::string_view column,
                                                   const SourceSpan& span) {
  const std::optional<Period> period = Period::parse(text);
  if (!period) sink_.report(make_diagnostic(Code::J1802, span).arg("kolom", column).arg("teks", text));
  return period;
}

bool RealisationRows::read_figure(std::size_t row, Observation& fact, SourceSpan& place) {
  // A feed of grades alone has no column nilai; then the grade is what is missing.
  const CsvCell* found = value_.cell(table_, row);
  if (found == nullptr) found = grade_.cell(table_, row);
  assert(found != nullptr);  // feed_columns() asks for one of the two
  const CsvCell& value_cell = *found;
  const std::string_view value = value_.text(table_, row);
  const std::string_view grade = grade_.text(table_, row);
  const std::string_view state = state_.text(table_, row);
  place = value_cell.span;
  if (!value.empty() && !grade.empty()) return both(value_cell.span, "nilai", "predikat");
  if (!value.empty() && !state.empty()) return both(value_cell.span, "nilai", "keadaan");
  if (!grade.empty() && !state.empty()) return both(grade_.cell(table_, row)->span, "predikat", "keadaan");
  if (!state.empty()) {
    place = state_.cell(table_, row)->span;
    return read_state(state, place, fact);
  }
  if (!grade.empty()) {
    place = grade_.cell(table_, row)->span;
    fact.grade = words_.grade.of(grade);
    return true;
  }
  if (value.empty()) {
    sink_.report(make_diagnostic(Code::J1805, value_cell.span));
    return false;
  }
  if (starts_like_number(value)) {
    CsvCell bare = value_cell;
    bare.text = value;
    const std::optional<Decimal> number = read_decimal(bare, format_.csv, sink_);
    if (number) fact.number = *number;
    return number.has_value();
  }
  if (std::ranges::find(kStateWords, value) != kStateWords.end()) {
    sink_.report(make_diagnostic(Code::J1806, value_cell.span).arg("teks", value));
    return false;
  }
  fact.grade = words_.grade.of(value);
  return true;
}

bool RealisationRows::both(const SourceSpan& span, std::string_view first, std::string_view second) {
  sink_.report(make_diagnostic(Code::J1804, span).arg("pertama", first).arg("kedua", second));
  return false;
}

bool RealisationRows::read_state(std::string_view word, const SourceSpan& place, Observation& fact) {
  const std::optional<CellState> state = parse_cell_state(word);
  if (state && *state != CellState::value) {
    fact.state = *state;
    return true;
  }
  sink_.report(make_diagnostic(Code::J1803, place)
                   .arg("teks", word)
                   .arg("pilihan", join_words(kStateWords))
                   .suggest(nearest(word, kStateWords).value_or("")));
  return false;
}

bool RealisationRows::read_definition(std::size_t row, Observation& fact) {
  const std::string_view text = definition_.text(table_, row);
  if (text.empty()) return true;
  int version = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), version);
  if (error == std::errc{} && end == text.data() + text.size() && version >= 1) {
    fact.definition_version = version;
    return true;
  }
  sink_.report(make_diagnostic(Code::J1807, definition_.cell(table_, row)->span).arg("teks", text));
  return false;
}

void RealisationRows::read_origin(std::size_t row, Observation& fact) {
  const std::string_view status = status_.text(table_, row);
  fact.status = words_.status.of(status);
  // A feed that lists its validated states trusts only those: a blank status is not one of them.
  fact.validated = format_.validated_states.empty() ||
                   std::ranges::find(format_.validated_states, status) != format_.validated_states.end();
  const std::string_view source = source_.text(table_, row);
  fact.source = words_.source.of(source.empty() ? format_.default_source : source);
  Marks marks;
  if (const CsvCell* cell = marks_.cell(table_, row)) marks = read_marks(marks_.text(table_, row), cell->span, sink_);
  fact.illustrative = marks.illustrative || format_.illustrative;
  fact.unverified = marks.unverified || format_.unverified;
}

}  // namespace jenjang::intake

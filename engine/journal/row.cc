#include "engine/journal/row.h"

#include <array>
#include <limits>
#include <string_view>

#include "engine/journal/columns.h"

namespace jenjang::journal {
namespace {

constexpr std::array<std::string_view, kColumns> kNames{"seq",
                                                        "hash",
                                                        "kind",
                                                        "recorded",
                                                        "actor",
                                                        "code",
                                                        "unit",
                                                        "period",
                                                        "number",
                                                        "status",
                                                        "flags",
                                                        "origin",
                                                        "row",
                                                        "places",
                                                        "source",
                                                        "workflow",
                                                        "role",
                                                        "refers",
                                                        "authority",
                                                        "released",
                                                        "state",
                                                        "grade",
                                                        "verified",
                                                        "verified_grade",
                                                        "definition",
                                                        "text",
                                                        "evidence_path",
                                                        "evidence_place",
                                                        "evidence_digest",
                                                        "content"};

Period period_from(std::int64_t number) {
  if (number == 0) return {};
  const std::int64_t year = number / 1000, granularity = number / 100 % 10, index = number % 100;
  if (number < 0 || year < 1900 || year > 2199 || granularity > 3) throw Damage("period");
  const auto kind = static_cast<Granularity>(granularity);
  if (index < 1 || index > periods_per_year(kind)) throw Damage("period");
  return {static_cast<int>(year), kind, static_cast<int>(index)};
}

// As Decimal::to_string writes it, of any length that 128 bits hold (parse reads 36 digits only).
Decimal decimal_from(std::string_view text) {
  constexpr Int128 kMost = std::numeric_limits<Int128>::max();
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  Int128 mantissa = 0;
  int scale = -1;
  for (const char c : text) {
    if (c == '.' && scale < 0) {
      scale = 0;
      continue;
    }
    const int digit = c - '0';
    if (digit < 0 || digit > 9 || mantissa > (kMost - digit) / 10 || scale >= Decimal::kMaxScale)
      throw Damage("number");
    mantissa = 10 * mantissa + digit;
    if (scale >= 0) ++scale;
  }
  if (text.empty()) throw Damage("number");
  return Decimal::from_parts(negative ? -mantissa : mantissa, scale < 0 ? 0 : scale);
}

std::uint32_t take_natural(std::string_view& bytes) {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 35 && !bytes.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
    if (byte < 0x80U) {
      if (value > std::numeric_limits<std::uint32_t>::max()) break;
      return static_cast<std::uint32_t>(value);
    }
  }
  throw Damage("places");
}

std::string_view bytes_of(const SQLite::Column& column) {
  const void* bytes = column.getBlob();
  return bytes == nullptr
             ? std::string_view()
             : std::string_view(static_cast<const char*>(bytes), static_cast<std::size_t>(column.getBytes()));
}

template <class Enum>
Enum word_of(std::int64_t number, std::int64_t count, const char* what) {
  if (number < 0 || number >= count) throw Damage(what);
  return static_cast<Enum>(number);
}

}  // namespace

std::int64_t number_of(const Period& period) {
  if (!period.valid()) return 0;
  return period.year() * 1000 + static_cast<int>(period.granularity()) * 100 + period.index();
}

std::string row_columns(int first, int end) {
  std::string list;
  for (int column = first; column < end; ++column)
    list += (list.empty() ? "" : ", ") + std::string(kNames[static_cast<std::size_t>(column)]);
  return list;
}

Entry entry_from(SQLite::Statement& row, Words& words, Files& files) {
  const auto number = [&](Column column) { return row.getColumn(column).getInt64(); };
  const auto word = [&](Column column) -> const SharedText& { return words.word(number(column)); };
  const auto text = [&](Column column) { return std::string(bytes_of(row.getColumn(column))); };
  Entry entry;
  Observation& figure = entry.figure;
  entry.seq = static_cast<std::uint64_t>(number(kSeq));
  entry.hash = digest_from(row.getColumn(kHash));
  entry.kind = word_of<EntryKind>(number(kKind), static_cast<std::int64_t>(entry_kind_words().size()), "kind");
  entry.recorded.seconds = number(kRecorded);
  entry.actor = word(kActor).str();
  entry.role = word(kRole).str();
  figure.code = word(kCode);
  figure.unit = word(kUnit);
  figure.authority = word_of<RegionAuthority>(number(kAuthority), 2, "authority");
  figure.period = period_from(number(kPeriod));
  figure.released = period_from(number(kReleased));
  figure.state = word_of<CellState>(number(kState), 6, "state");
  if (const auto column = row.getColumn(kNumber); !column.isNull()) figure.number = decimal_from(bytes_of(column));
  figure.grade = word(kGrade);
  figure.status = word(kStatus);
  const std::int64_t flags = number(kFlags);
  if (flags < 0 || flags > 7) throw Damage("flags");
  figure.validated = (flags & kValidated) != 0;
  figure.illustrative = (flags & kIllustrative) != 0;
  figure.unverified = (flags & kUnverified) != 0;
  figure.workflow = word(kWorkflow);
  if (const auto column = row.getColumn(kVerified); !column.isNull()) {
    figure.verified.change().number = decimal_from(bytes_of(column));
  }
  if (const SharedText& grade = word(kVerifiedGrade); !grade.empty()) figure.verified.change().grade = grade;
  figure.definition_version = row.getColumn(kDefinition).getInt();
  figure.source = word(kSource);
  entry.refers = static_cast<std::uint64_t>(number(kRefers));
  entry.text = text(kText);
  entry.evidence.path = text(kEvidencePath);
  entry.evidence.place = text(kEvidencePlace);
  if (const auto column = row.getColumn(kEvidenceDigest); !column.isNull()) entry.evidence.digest = digest_from(column);
  const Files::File& file = files.file(number(kOrigin));
  entry.origin.file = file.name;
  entry.origin.digest = file.digest;
  entry.origin.row = static_cast<std::uint32_t>(number(kRow));
  if (const auto column = row.getColumn(kPlaces); !column.isNull()) {
    std::string_view bytes = bytes_of(column);
    for (Origin::Place* place :
         {&entry.origin.number, &entry.origin.address, &entry.origin.unit, &entry.origin.period}) {
      place->line = take_natural(bytes);
      place->column = take_natural(bytes);
      place->length = take_natural(bytes);
    }
  }
  if (const auto column = row.getColumn(kContent); !column.isNull()) entry.content = digest_from(column);
  return entry;
}

}  // namespace jenjang::journal

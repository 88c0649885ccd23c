#include "engine/journal/encoding.h"

#include <algorithm>
#include <cstring>
#include <tuple>

namespace jenjang::journal {
namespace {

// Version of this layout. A later layout gets another first byte and so cannot collide with this one.
constexpr char kLayout = 1;

// Writes into room that is large enough: see `room_for`.
class Writer {
public:
  explicit Writer(char* to) : to_(to) {}
  [[nodiscard]] char* end() const { return to_; }
  void byte(std::uint8_t value) { *to_++ = static_cast<char>(value); }
  // Seven bits a byte, low ones first; the high bit says that more follow.
  void natural(std::uint64_t value) {
    for (; value >= 0x80U; value >>= 7U) byte(static_cast<std::uint8_t>(value | 0x80U));
    byte(static_cast<std::uint8_t>(value));
  }
  void little_endian(std::uint64_t value) {
    for (unsigned k = 0; k < 8; ++k) byte(static_cast<std::uint8_t>(value >> (8 * k)));
  }
  void text(std::string_view value) {
    natural(value.size());
    to_ = std::copy(value.begin(), value.end(), to_);
  }
  void digest(const Digest& value) {
    std::memcpy(to_, value.data(), value.size());
    to_ += value.size();
  }
  void digest(const std::optional<Digest>& value) {
    byte(value ? 1 : 0);
    if (value) digest(*value);
  }
  void decimal(const Decimal& value) {
    byte(static_cast<std::uint8_t>(value.scale()));
    __extension__ using Unsigned128 = unsigned __int128;
    const auto mantissa = static_cast<Unsigned128>(value.mantissa());
    little_endian(static_cast<std::uint64_t>(mantissa));
    little_endian(static_cast<std::uint64_t>(mantissa >> 64U));
  }
  void period(const Period& value) {
    if (!value.valid()) return byte(0);
    byte(static_cast<std::uint8_t>(1 + static_cast<int>(value.granularity())));
    natural(static_cast<std::uint64_t>(value.year()));
    byte(static_cast<std::uint8_t>(value.index()));
  }
  void place(const Origin::Place& value) {
    natural(value.line);
    natural(value.column);
    natural(value.length);
  }

private:
  char* to_;
};

}  // namespace

// Texts, four digests, and less than 512 bytes for everything of fixed length (a natural takes at most 10).
std::size_t room_for(const Entry& entry) {
  const Observation& figure = entry.figure;
  std::size_t room = 512 + 4 * std::tuple_size_v<Digest>;
  for (const std::string_view text :
       {std::string_view(entry.actor), std::string_view(entry.role), figure.code.view(), figure.unit.view(),
        figure.grade.view(), figure.status.view(), figure.workflow.view(), figure.verified->grade.view(),
        figure.source.view(), std::string_view(entry.text), std::string_view(entry.evidence.path),
        std::string_view(entry.evidence.place), std::string_view(entry.origin.file)})
    room += text.size() + 10;
  return room;
}

std::string_view encode(const Entry& entry, const Digest& previous, std::string& bytes) {
  // Never made smaller: what is added anew is filled with zeros first.
  if (const std::size_t room = room_for(entry); bytes.size() < room) bytes.resize(room);
  Writer out(bytes.data());
  const Observation& figure = entry.figure;
  out.byte(static_cast<std::uint8_t>(kLayout));
  out.digest(previous);
  out.natural(entry.seq);
  out.byte(static_cast<std::uint8_t>(entry.kind));
  out.little_endian(static_cast<std::uint64_t>(entry.recorded.seconds));
  out.text(entry.actor);
  out.text(entry.role);
  out.text(figure.code);
  out.text(figure.unit);
  out.byte(static_cast<std::uint8_t>(figure.authority));
  out.period(figure.period);
  out.period(figure.released);
  out.byte(static_cast<std::uint8_t>(figure.state));
  out.decimal(figure.number);
  out.text(figure.grade);
  out.text(figure.status);
  out.byte(figure.validated ? 1 : 0);
  out.text(figure.workflow);
  const VerifiedFigure& verified = *figure.verified;
  out.byte(verified.number ? 1 : 0);
  if (verified.number) out.decimal(*verified.number);
  out.text(verified.grade);
  out.little_endian(static_cast<std::uint64_t>(figure.definition_version));
  out.text(figure.source);
  out.byte(figure.illustrative ? 1 : 0);
  out.byte(figure.unverified ? 1 : 0);
  out.natural(entry.refers);
  out.text(entry.text);
  out.text(entry.evidence.path);
  out.text(entry.evidence.place);
  out.digest(entry.evidence.digest);
  out.text(entry.origin.file);
  out.digest(entry.origin.digest);
  out.natural(entry.origin.row);
  out.place(entry.origin.number);
  out.place(entry.origin.address);
  out.place(entry.origin.unit);
  out.place(entry.origin.period);
  out.digest(entry.content);
  return {bytes.data(), static_cast<std::size_t>(out.end() - bytes.data())};
}

Digest Chain::hash(const Entry& entry, const Digest& previous) {
  return sha_(encode(entry, previous, bytes_));
}

}  // namespace jenjang::journal

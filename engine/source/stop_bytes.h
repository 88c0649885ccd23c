// Where a plain CSV cell may end or is wrong: separator, quote, line ends, control bytes. Sixty-four bytes a look.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace jenjang {

class StopBytes {
public:
  StopBytes(std::string_view text, char separator);

  // The first stop at or behind `at`; the size of the text when there is none. Cheapest when asked in order.
  std::size_t next(std::size_t at) {
    while (at < text_.size()) {
      if (at - block_ >= kBlock) look(at / kBlock * kBlock);
      const std::uint64_t rest = stops_ >> (at - block_);
      if (rest != 0) return at + static_cast<std::size_t>(std::countr_zero(rest));
      at = block_ + kBlock;
    }
    return text_.size();
  }
  // False only when every byte from `from` to where `next` has come to is ASCII, provided that `next` has gone over all
  // of them.
  [[nodiscard]] bool beyond_ascii_since(std::size_t from) const { return beyond_ascii_end_ > from; }

private:
  static constexpr std::size_t kBlock = 64;  // bytes of a look, bits of its mask

  void look(std::size_t block);

  std::string_view text_;
  char separator_;
  std::array<bool, 256> is_stop_{};
  std::size_t block_ = SIZE_MAX - kBlock + 1;  // no place of a text is within a block from here
  std::uint64_t stops_ = 0;
  std::size_t beyond_ascii_end_ = 0;  // end of the last block with a byte beyond ASCII
};

}  // namespace jenjang

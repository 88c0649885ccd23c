#include "jenjang/base/shared_text.h"

#include <cassert>
#include <cstring>
#include <limits>
#include <new>

namespace jenjang {

SharedText::Held* SharedText::made(std::string_view text) {
  if (text.empty()) return nullptr;
  assert(text.size() <= std::numeric_limits<std::uint32_t>::max());
  void* const room = ::operator new(sizeof(Held) + text.size());
  Held* const held = new (room) Held{{1}, static_cast<std::uint32_t>(text.size())};
  std::memcpy(static_cast<std::byte*>(room) + sizeof(Held), text.data(), text.size());
  return held;
}

void SharedText::give_back(Held* held) noexcept {
  held->~Held();
  ::operator delete(held);
}

}  // namespace jenjang

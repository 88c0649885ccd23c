// Container: named columns in one file, mapped into memory, each page of the file with a checksum.
//
// Opening looks at the header and the table of contents only, whatever the size of the file. Pages are checked when
// somebody asks, once each, from any number of threads: a sweep asks for what it is about to read. The format is
// docs/reference/snapshot-format.md. No byte string makes it fail otherwise than by a diagnostic; a file that another
// program cuts short while it is open is beyond any reader of mapped files.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "jenjang/base/result.h"
#include "jenjang/bulk/column.h"

namespace jenjang::snapshot {

inline constexpr std::uint32_t kFormatVersion = 5;
inline constexpr std::size_t kPageBytes = std::size_t{1} << 20;   // with one checksum
inline constexpr std::size_t kLargeBytes = std::size_t{1} << 21;  // sections from this size on begin on such a place
inline constexpr std::size_t kSmallBytes = std::size_t{1} << 12;  // the others on such a one
inline constexpr std::size_t kMaxNameBytes = 24;                  // of a section
inline constexpr std::size_t kMaxSections = 4096;

struct Section {
  std::string name;
  std::uint32_t element_bytes = 1;
  std::uint64_t offset = 0, bytes = 0;
  [[nodiscard]] std::uint64_t count() const { return bytes / element_bytes; }
};

// What is to be written. Names are new, not longer than kMaxNameBytes, sizes multiples of element_bytes.
struct SectionData {
  std::string name;
  std::uint32_t element_bytes = 1;
  std::span<const std::byte> bytes;
};
template <class T>
SectionData section_of(std::string name, std::span<const T> elements) {
  return {std::move(name), sizeof(T), std::as_bytes(elements)};
}
// Under another name in the same folder, to the disk, then renamed: nobody ever sees half a file, and after a failure
// (J3212) what stood there before still does.
std::optional<Diagnostic> write_container(const std::filesystem::path& path, std::span<const SectionData> sections);

class Container {
public:
  // J3201 no such file format, J3202 another version or byte order, J3203 cut short or damaged, J3207 not readable.
  static Result<Container> open(const std::filesystem::path& path);
  Container(Container&&) noexcept;
  Container& operator=(Container&&) noexcept;
  ~Container();

  [[nodiscard]] const std::string& name() const;  // of the file, for messages
  [[nodiscard]] std::uint64_t bytes() const;
  [[nodiscard]] std::span<const Section> sections() const;  // by place
  [[nodiscard]] const Section* find(std::string_view name) const;

  // The bytes as they are in the file, checked or not.
  [[nodiscard]] std::span<const std::byte> view(const Section& section) const;
  // A column over the mapping, to be read only; section.element_bytes is sizeof(T).
  template <class T>
  [[nodiscard]] bulk::Column<T> column(const Section& section) const {
    // Columns hand out writable pointers; the memory behind this one refuses to be written.
    auto* const first = const_cast<std::byte*>(view(section).data());
    return {reinterpret_cast<T*>(first), section.count(), keeper()};
  }
  // A column of `count` elements that begins with those of the section and may be written: pages are copied at the
  // first write, the file never changes. What is behind the section's elements is nought.
  template <class T>
  [[nodiscard]] bulk::Column<T> writable(const Section& section, std::size_t count) const {
    std::shared_ptr<std::byte> memory = writable_bytes(section, count * sizeof(T));
    auto* const first = reinterpret_cast<T*>(memory.get());
    return {first, count, std::move(memory)};
  }

  // J3203 when a page that holds some of these bytes of the section is not what was written. Every page is looked at
  // once; safe from many threads, also while columns of `writable` are written to.
  [[nodiscard]] std::optional<Diagnostic> verify(const Section& section, std::uint64_t first,
                                                 std::uint64_t bytes) const;
  // Every page that was not looked at before.
  [[nodiscard]] std::optional<Diagnostic> verify_all(unsigned threads = 1) const;
  [[nodiscard]] std::size_t page_count() const;
  [[nodiscard]] std::size_t pages_verified() const;

private:
  struct State;
  explicit Container(std::shared_ptr<State> state);
  [[nodiscard]] std::shared_ptr<const void> keeper() const;
  [[nodiscard]] std::shared_ptr<std::byte> writable_bytes(const Section& section, std::size_t bytes) const;
  std::shared_ptr<State> state_;
};

}  // namespace jenjang::snapshot

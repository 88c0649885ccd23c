#include "jenjang/snapshot/container.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <set>
#include <thread>

#include "engine/snapshot/checksum.h"
#include "engine/snapshot/layout.h"
#include "engine/snapshot/mapping.h"

namespace jenjang::snapshot {

struct Container::State {
  std::string name;
  std::shared_ptr<const Mapping> mapping;
  std::vector<Section> sections;
  Pages pages;
  std::span<const std::byte> sums;  // of pages, in the table of contents
  std::vector<std::atomic<bool>> verified;
  std::atomic<std::size_t> verified_count{0};

  [[nodiscard]] Diagnostic damaged(std::uint64_t first, std::uint64_t last) const {
    return make_diagnostic(Code::J3203, {})
        .arg("berkas", name)
        .arg("bagian", "byte " + std::to_string(first) + ".." + std::to_string(last));
  }
  [[nodiscard]] bool verify_page(std::uint64_t index) {
    if (verified[index].load(std::memory_order_relaxed)) return true;
    const std::uint64_t begin = pages.begin_of(index);
    const std::uint64_t sum =
        checksum(mapping->bytes().subspan(begin, pages.end_of(index) - begin), pages.first() + index);
    if (sum != read_little<std::uint64_t>(sums, index * 8)) return false;
    if (!verified[index].exchange(true, std::memory_order_relaxed)) ++verified_count;
    return true;
  }
  [[nodiscard]] Diagnostic damaged_page(std::uint64_t index) const {
    return damaged(pages.begin_of(index), pages.end_of(index) - 1);
  }
  std::optional<Diagnostic> read_header(std::span<const std::byte> bytes);
  std::optional<Diagnostic> read_contents(std::span<const std::byte> bytes);
};

// The order of the questions decides which answer a user gets: what it is, for whom, whole, and only then sound.
std::optional<Diagnostic> Container::State::read_header(std::span<const std::byte> bytes) {
  const bool ours = bytes.size() >= kMagic.size() &&
                    std::equal(kMagic.begin(), kMagic.end(), bytes.begin(),
                               [](std::uint8_t a, std::byte b) { return a == std::to_integer<std::uint8_t>(b); });
  if (!ours) return make_diagnostic(Code::J3201, {}).arg("berkas", name);
  if (bytes.size() < kHeaderBytes) return damaged(bytes.size(), kHeaderBytes - 1);
  const std::uint64_t sum = checksum(bytes.first(header::kChecksum), 0);
  const bool sound = sum == read_little<std::uint64_t>(bytes, header::kChecksum);
  std::uint32_t mark = 0;
  std::copy_n(bytes.begin() + header::kByteOrder, sizeof mark, std::as_writable_bytes(std::span(&mark, 1)).begin());
  const auto version = read_little<std::uint32_t>(bytes, header::kVersion);
  const auto other = [this](const std::string& found, const std::string& wanted) {
    return make_diagnostic(Code::J3202, {}).arg("berkas", name).arg("ditemukan", found).arg("diharapkan", wanted);
  };
  // Of another version everything but the first sixteen bytes may be different, its checksum included.
  if (sound && mark != kByteOrderMark) return other("big-endian", "little-endian");
  if (mark == kByteOrderMark && version != kFormatVersion) {
    return other(std::to_string(version), std::to_string(kFormatVersion));
  }
  if (!sound) return damaged(0, kHeaderBytes - 1);
  if (std::endian::native != std::endian::little) return other("little-endian", "big-endian");
  if (read_little<std::uint64_t>(bytes, header::kFlags) != 0 ||
      read_little<std::uint32_t>(bytes, header::kPage) != kPageBytes) {
    return other(std::to_string(version) + "+", std::to_string(kFormatVersion));
  }
  const auto size = read_little<std::uint64_t>(bytes, header::kFileBytes);
  if (size != bytes.size())
    return damaged(std::min<std::uint64_t>(size, bytes.size()), std::max<std::uint64_t>(size, bytes.size()) - 1);
  return std::nullopt;
}

// Everything is looked at again although the checksum holds: whoever made the file may have been wrong too.
std::optional<Diagnostic> Container::State::read_contents(std::span<const std::byte> bytes) {
  const auto toc_bytes = read_little<std::uint64_t>(bytes, header::kTocBytes);
  const auto count = read_little<std::uint32_t>(bytes, header::kSectionCount);
  const auto bad = [&](std::uint64_t last) { return damaged(kTocOffset, last); };
  if (toc_bytes == 0 || toc_bytes % kSmallBytes != 0 || toc_bytes > bytes.size() - kTocOffset || count > kMaxSections) {
    return damaged(0, kHeaderBytes - 1);
  }
  const std::span<const std::byte> toc = bytes.subspan(kTocOffset, toc_bytes);
  const std::uint64_t end_of_toc = kTocOffset + toc_bytes;
  if (checksum(toc, 0) != read_little<std::uint64_t>(bytes, header::kTocChecksum)) return bad(end_of_toc - 1);
  pages = {end_of_toc, bytes.size()};
  if (count * kTocEntryBytes + pages.count() * 8 > toc_bytes) return bad(end_of_toc - 1);
  std::set<std::string_view> names;
  std::uint64_t end = end_of_toc;
  sections.reserve(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::span<const std::byte> entry = toc.subspan(i * kTocEntryBytes, kTocEntryBytes);
    Section section;
    for (std::size_t at = 0; at < kMaxNameBytes && std::to_integer<char>(entry[at]) != 0; ++at) {
      section.name += std::to_integer<char>(entry[at]);
    }
    section.element_bytes = read_little<std::uint32_t>(entry, toc_entry::kElementBytes);
    section.offset = read_little<std::uint64_t>(entry, toc_entry::kOffset);
    section.bytes = read_little<std::uint64_t>(entry, toc_entry::kBytes);
    const bool good = !section.name.empty() && section.element_bytes != 0 && section.offset % kSmallBytes == 0 &&
                      section.offset >= end && section.offset <= bytes.size() &&
                      section.bytes <= bytes.size() - section.offset &&
                      bytes.size() - section.offset - section.bytes >= bulk::kColumnSlack &&
                      section.bytes % section.element_bytes == 0;
    if (!good) return bad(end_of_toc - 1);
    end = section.offset + section.bytes + bulk::kColumnSlack;
    sections.push_back(std::move(section));
    if (!names.insert(sections.back().name).second) return bad(end_of_toc - 1);
  }
  sums = toc.subspan(count * kTocEntryBytes, pages.count() * 8);
  verified = std::vector<std::atomic<bool>>(pages.count());
  return std::nullopt;
}

Container::Container(std::shared_ptr<State> state) : state_(std::move(state)) {}
Container::Container(Container&&) noexcept = default;
Container& Container::operator=(Container&&) noexcept = default;
Container::~Container() = default;

Result<Container> Container::open(const std::filesystem::path& path) {
  auto state = std::make_shared<State>();
  state->name = path.generic_string();
  std::string failure;
  state->mapping = Mapping::of(path, failure);
  if (!failure.empty()) return make_diagnostic(Code::J3207, {}).arg("berkas", state->name).arg("sebab", failure);
  const std::span<const std::byte> bytes = state->mapping->bytes();
  if (auto wrong = state->read_header(bytes)) return *std::move(wrong);
  if (auto wrong = state->read_contents(bytes)) return *std::move(wrong);
  return Container(std::move(state));
}

const std::string& Container::name() const {
  return state_->name;
}
std::uint64_t Container::bytes() const {
  return state_->pages.file_bytes;
}
std::span<const Section> Container::sections() const {
  return state_->sections;
}

const Section* Container::find(std::string_view name) const {
  const auto found = std::find_if(state_->sections.begin(), state_->sections.end(),
                                  [name](const Section& section) { return section.name == name; });
  return found == state_->sections.end() ? nullptr : &*found;
}

std::span<const std::byte> Container::view(const Section& section) const {
  return state_->mapping->bytes().subspan(section.offset, section.bytes);
}

std::shared_ptr<const void> Container::keeper() const {
  return state_->mapping;
}

std::shared_ptr<std::byte> Container::writable_bytes(const Section& section, std::size_t bytes) const {
  const std::uint64_t end = section.offset + section.bytes;
  std::uint64_t next = state_->pages.file_bytes;
  for (const Section& other : state_->sections) {
    if (other.offset >= end && other.offset != section.offset) next = std::min(next, other.offset);
  }
  return state_->mapping->writable(section.offset, std::min<std::size_t>(section.bytes, bytes), next - end,
                                   bytes + bulk::kColumnSlack);
}

std::optional<Diagnostic> Container::verify(const Section& section, std::uint64_t first, std::uint64_t bytes) const {
  State& state = *state_;
  const std::uint64_t from = std::min(first, section.bytes);
  const std::uint64_t length = std::min(bytes, section.bytes - from);
  if (length == 0) return std::nullopt;
  const std::uint64_t last = (section.offset + from + length - 1) / kPageBytes - state.pages.first();
  for (std::uint64_t page = (section.offset + from) / kPageBytes - state.pages.first(); page <= last; ++page) {
    if (!state.verify_page(page)) return state.damaged_page(page);
  }
  return std::nullopt;
}

std::optional<Diagnostic> Container::verify_all(unsigned threads) const {
  State& state = *state_;
  const std::uint64_t count = state.pages.count();
  std::atomic<std::uint64_t> next{0}, first_bad{count};
  const auto work = [&] {
    for (std::uint64_t page = next++; page < count; page = next++) {
      if (state.verify_page(page)) continue;
      // The lowest of all, so that the message does not depend on the threads.
      std::uint64_t seen = first_bad.load();
      while (page < seen && !first_bad.compare_exchange_weak(seen, page)) {
      }
    }
  };
  std::vector<std::thread> others;
  for (unsigned thread = 1; thread < threads; ++thread) others.emplace_back(work);
  work();
  for (std::thread& other : others) other.join();
  if (first_bad.load() == count) return std::nullopt;
  return state.damaged_page(first_bad.load());
}

std::size_t Container::page_count() const {
  return state_->pages.count();
}
std::size_t Container::pages_verified() const {
  return state_->verified_count.load();
}

}  // namespace jenjang::snapshot

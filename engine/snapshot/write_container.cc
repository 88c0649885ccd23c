#include <set>
#include <stdexcept>

#include "jenjang/snapshot/container.h"

#include "engine/snapshot/checksum.h"
#include "engine/snapshot/file_writer.h"
#include "engine/snapshot/layout.h"

namespace jenjang::snapshot {
namespace {

void check(std::span<const SectionData> sections) {
  std::set<std::string_view> names;
  for (const SectionData& section : sections) {
    const bool good = !section.name.empty() && section.name.size() <= kMaxNameBytes && section.element_bytes != 0 &&
                      section.bytes.size() % section.element_bytes == 0 && names.insert(section.name).second;
    if (!good) throw std::invalid_argument("section " + section.name);
  }
  if (sections.size() > kMaxSections) throw std::invalid_argument("too many sections");
}

struct Plan {
  std::vector<std::uint64_t> offsets;  // by section
  Pages pages;
};

// The length of the table of contents depends on the number of pages, which depends on where the data begin.
Plan lay_out(std::span<const SectionData> sections) {
  Plan plan;
  std::uint64_t toc = 0;
  for (;;) {
    plan.offsets.clear();
    plan.pages.data_begin = kTocOffset + round_up(std::max<std::uint64_t>(toc, 1), kSmallBytes);
    std::uint64_t end = plan.pages.data_begin;
    for (const SectionData& section : sections) {
      const std::uint64_t begin = round_up(end, section.bytes.size() >= kLargeBytes ? kLargeBytes : kSmallBytes);
      plan.offsets.push_back(begin);
      // Kernels may read a vector's length beyond the last element.
      end = begin + section.bytes.size() + bulk::kColumnSlack;
    }
    plan.pages.file_bytes = round_up(end, kSmallBytes);
    const std::uint64_t needed = sections.size() * kTocEntryBytes + plan.pages.count() * 8;
    if (needed <= toc) return plan;
    toc = needed;
  }
}

// Checksums of pages while their bytes go by, holes included.
class PageSums {
public:
  explicit PageSums(const Pages& pages) : pages_(pages), at_(pages.data_begin) {
    if (pages_.count() > 0) running_.begin(pages_.first());
  }
  void add(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
      const auto part =
          static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), pages_.end_of(sums_.size()) - at_));
      running_.add(bytes.first(part));
      bytes = bytes.subspan(part);
      at_ += part;
      if (at_ < pages_.end_of(sums_.size())) continue;
      sums_.push_back(running_.value());
      running_.begin(pages_.first() + sums_.size());
    }
  }
  void zeros_up_to(std::uint64_t end) {
    static constexpr std::array<std::byte, 4096> kZeros{};
    while (at_ < end) add(std::span(kZeros).first(std::min<std::uint64_t>(kZeros.size(), end - at_)));
  }
  [[nodiscard]] const std::vector<std::uint64_t>& sums() const { return sums_; }

private:
  Pages pages_;
  std::uint64_t at_;
  RunningChecksum running_;
  std::vector<std::uint64_t> sums_;
};

std::vector<std::byte> make_toc(std::span<const SectionData> sections, const Plan& plan,
                                const std::vector<std::uint64_t>& sums) {
  std::vector<std::byte> toc(plan.pages.data_begin - kTocOffset);
  std::size_t at = 0;
  for (std::size_t i = 0; i < sections.size(); ++i, at += kTocEntryBytes) {
    const SectionData& section = sections[i];
    std::transform(section.name.begin(), section.name.end(), toc.begin() + static_cast<std::ptrdiff_t>(at),
                   [](char c) { return static_cast<std::byte>(c); });
    write_little<std::uint32_t>(toc, at + toc_entry::kElementBytes, section.element_bytes);
    write_little<std::uint64_t>(toc, at + toc_entry::kOffset, plan.offsets[i]);
    write_little<std::uint64_t>(toc, at + toc_entry::kBytes, section.bytes.size());
  }
  for (const std::uint64_t sum : sums) {
    write_little<std::uint64_t>(toc, at, sum);
    at += 8;
  }
  return toc;
}

std::vector<std::byte> make_header(std::span<const std::byte> toc, const Plan& plan, std::size_t sections) {
  std::vector<std::byte> bytes(kHeaderBytes);
  std::transform(kMagic.begin(), kMagic.end(), bytes.begin(), [](std::uint8_t c) { return static_cast<std::byte>(c); });
  const auto mark = std::as_bytes(std::span(&kByteOrderMark, 1));
  std::copy(mark.begin(), mark.end(), bytes.begin() + header::kByteOrder);
  write_little<std::uint32_t>(bytes, header::kVersion, kFormatVersion);
  write_little<std::uint64_t>(bytes, header::kFileBytes, plan.pages.file_bytes);
  write_little<std::uint64_t>(bytes, header::kTocBytes, toc.size());
  write_little<std::uint64_t>(bytes, header::kTocChecksum, checksum(toc, 0));
  write_little<std::uint32_t>(bytes, header::kSectionCount, static_cast<std::uint32_t>(sections));
  write_little<std::uint32_t>(bytes, header::kPage, static_cast<std::uint32_t>(kPageBytes));
  write_little<std::uint64_t>(bytes, header::kChecksum, checksum(std::span(bytes).first(header::kChecksum), 0));
  return bytes;
}

}  // namespace

std::optional<Diagnostic> write_container(const std::filesystem::path& path, std::span<const SectionData> sections) {
  check(sections);
  const Plan plan = lay_out(sections);
  FileWriter file(path, plan.pages.file_bytes);
  PageSums sums(plan.pages);
  for (std::size_t i = 0; i < sections.size() && file.ok(); ++i) {
    sums.zeros_up_to(plan.offsets[i]);
    // By pages, so that the checksum finds them in the cache.
    std::span<const std::byte> left = sections[i].bytes;
    for (std::uint64_t offset = plan.offsets[i]; !left.empty() && file.ok();) {
      const auto part = left.first(std::min(left.size(), kPageBytes));
      sums.add(part);
      file.write(offset, part);
      offset += part.size();
      left = left.subspan(part.size());
    }
  }
  if (file.ok()) {
    sums.zeros_up_to(plan.pages.file_bytes);
    const std::vector<std::byte> toc = make_toc(sections, plan, sums.sums());
    file.write(kTocOffset, toc);
    file.write(0, make_header(toc, plan, sections.size()));
  }
  if (file.finish()) return std::nullopt;
  return make_diagnostic(Code::J3212, {}).arg("berkas", path.generic_string()).arg("sebab", file.failure());
}

}  // namespace jenjang::snapshot

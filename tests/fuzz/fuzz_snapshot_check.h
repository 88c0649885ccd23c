// What must hold for snapshots on any bytes.
//
// A snapshot is too large to be found by chance, so the input is a recipe: its first byte says whether the rest is a
// file (0), changes to a sound file (1), or such changes with every checksum put right again (2), which is how a wrong
// program or a deceiver would write. A change is four bytes of place, low byte first, and one to be laid over by
// exclusive or.
#pragma once

#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <unistd.h>

#include "jenjang/snapshot/snapshot.h"

#include "engine/snapshot/checksum.h"
#include "engine/snapshot/layout.h"
#include "tests/unit/snapshot/sample.h"

namespace jenjang::fuzz {

// Puts the checksums of pages, table of contents and header right, as far as there are any.
inline void reseal(std::string& file) {
  using namespace snapshot;
  const std::span<std::byte> bytes = std::as_writable_bytes(std::span(file));
  if (bytes.size() < kHeaderBytes) return;
  const auto toc_bytes = read_little<std::uint64_t>(bytes, header::kTocBytes);
  const std::uint64_t sections = read_little<std::uint32_t>(bytes, header::kSectionCount);
  if (toc_bytes <= bytes.size() - kTocOffset) {
    const Pages pages{kTocOffset + toc_bytes, bytes.size()};
    const std::uint64_t sums = sections * kTocEntryBytes;
    for (std::uint64_t page = 0; page < pages.count() && sums + page * 8 + 8 <= toc_bytes; ++page) {
      const auto content = bytes.subspan(pages.begin_of(page), pages.end_of(page) - pages.begin_of(page));
      write_little<std::uint64_t>(bytes, kTocOffset + sums + page * 8, checksum(content, pages.first() + page));
    }
    write_little<std::uint64_t>(bytes, header::kTocChecksum, checksum(bytes.subspan(kTocOffset, toc_bytes), 0));
  }
  write_little<std::uint64_t>(bytes, header::kChecksum, checksum(bytes.first(header::kChecksum), 0));
}

inline std::filesystem::path scratch_file(const std::string& name) {
  return std::filesystem::temp_directory_path() / ("jenjang-fuzz-" + std::to_string(::getpid()) + name);
}

inline const std::string& sound_snapshot() {
  static const std::string kBytes = [] {
    const std::filesystem::path path = scratch_file("-sound");
    if (test::sample(1, true).write(path, false)) return std::string();
    std::ifstream in(path, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(in), {}};
    std::filesystem::remove(path);
    return bytes;
  }();
  return kBytes;
}

inline std::string file_of_recipe(std::string_view recipe) {
  if (recipe.empty() || recipe[0] == 0) return std::string(recipe.substr(recipe.empty() ? 0 : 1));
  std::string file = sound_snapshot();
  for (std::string_view changes = recipe.substr(1); changes.size() >= 5; changes.remove_prefix(5)) {
    std::uint32_t place = 0;
    std::memcpy(&place, changes.data(), sizeof place);
    place %= static_cast<std::uint32_t>(file.size());
    file[place] = static_cast<char>(file[place] ^ changes[4]);
  }
  if (recipe[0] == 2) reseal(file);
  return file;
}

// Goes wherever a reader of results would go.
inline std::uint64_t walk(const snapshot::Snapshot& loaded) {
  const bulk::FlatPlan& plan = loaded.plan();
  std::uint64_t sum = 0;
  for (std::uint32_t node = 0; node < plan.node_count(); ++node) {
    sum += static_cast<std::uint64_t>(plan.measure(node).places) + loaded.names().address(node).size() +
           loaded.names().document(node).size() + loaded.names().unit_word(node).size() +
           static_cast<std::uint64_t>(loaded.names().rounding(node).places);
    for (std::size_t month = 0; month < bulk::kMonths; ++month) {
      const std::size_t cell = node * bulk::kMonths + month;
      sum += loaded.figures().state[cell] + (loaded.figures().value[cell] > loaded.figures().target[cell] ? 1U : 0U);
    }
    if (node < plan.leaf_count()) continue;
    for (const bulk::Edge& edge : plan.children(node)) {
      sum += plan.class_of[edge.child()] + static_cast<std::uint64_t>(edge.weight);
    }
  }
  return sum;
}

inline std::string check_snapshot(std::string_view recipe) {
  const std::string bytes = file_of_recipe(recipe);
  const std::filesystem::path path = scratch_file("");
  std::ofstream(path, std::ios::binary) << bytes;
  std::string wrong;
  {
    Result<snapshot::Snapshot> loaded = snapshot::Snapshot::open(path);
    if (!loaded.ok()) {
      if (message_text(loaded.failure(), Language::english).empty()) wrong = "no message";
      if (bytes == sound_snapshot()) wrong = "a sound file is refused";
    } else {
      const auto harm = loaded.value().verify_all();
      // Without new checksums nothing but the file itself may pass.
      if (!harm && bytes != sound_snapshot() && !recipe.empty() && recipe[0] != 2) wrong = "a changed file passes";
      if (!loaded.value().verify_plan() && !harm && walk(loaded.value()) == 0) wrong = "a plan of nothing";
    }
  }
  std::filesystem::remove(path);
  return wrong;
}

}  // namespace jenjang::fuzz

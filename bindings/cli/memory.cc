#include "memory.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "output.h"

namespace jenjang::cli {
namespace fs = std::filesystem;
namespace {

std::optional<std::uint64_t> number_in(const fs::path& file) {
  std::ifstream in(file);
  std::uint64_t number = 0;
  return in >> number ? std::optional(number) : std::nullopt;  // "max" is no number: no limit
}

// The number behind a word, in whatever unit the file has: "MemAvailable:   22085528 kB".
std::optional<std::uint64_t> number_behind(const fs::path& file, std::string_view word) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    std::istringstream parts(line);
    std::string key;
    std::uint64_t number = 0;
    if (parts >> key >> number && key == word) return number;
  }
  return std::nullopt;
}

// What a control group leaves: its limit less what it uses, of which files kept in memory give way.
std::optional<std::uint64_t> left_in(const fs::path& group, const char* limit, const char* usage, const char* inactive,
                                     const char* active) {
  const std::optional<std::uint64_t> most = number_in(group / limit), used = number_in(group / usage);
  if (!most || !used) return std::nullopt;
  const fs::path statistics = group / "memory.stat";
  const std::uint64_t files =
      number_behind(statistics, inactive).value_or(0) + number_behind(statistics, active).value_or(0);
  const std::uint64_t held = *used - std::min(*used, files);
  return *most - std::min(*most, held);
}

// Of every group on the way to the top: any of them may be the narrow one. Both generations of the interface.
std::optional<std::uint64_t> left_in_groups() {
  std::optional<std::uint64_t> least;
  const auto look_at = [&least](const fs::path& root, const std::string& group, const auto&... names) {
    fs::path place = fs::path(group).relative_path();
    for (;;) {
      if (const auto left = left_in(root / place, names...)) least = std::min(least.value_or(*left), *left);
      if (place.empty()) return;
      place = place.parent_path();
    }
  };
  std::ifstream in("/proc/self/cgroup");
  for (std::string line; std::getline(in, line);) {
    // "4:memory:/path" of the first generation, "0::/path" of the second.
    const std::size_t first = line.find(':'), second = line.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos) continue;
    const std::string kinds = line.substr(first + 1, second - first - 1), group = line.substr(second + 1);
    if (kinds.empty()) {
      look_at("/sys/fs/cgroup", group, "memory.max", "memory.current", "inactive_file", "active_file");
    } else if (kinds == "memory") {
      look_at("/sys/fs/cgroup/memory", group, "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file",
              "total_active_file");
    }
  }
  return least;
}

}  // namespace

std::optional<std::uint64_t> available_memory() {
  std::optional<std::uint64_t> available = number_behind("/proc/meminfo", "MemAvailable:");
  if (available) *available <<= 10;
  if (const auto group = left_in_groups()) available = std::min(available.value_or(*group), *group);
  return available;
}

std::string memory_text(std::uint64_t bytes) {
  constexpr const char* kUnits[] = {"B", "KiB", "MiB", "GiB", "TiB"};
  std::size_t unit = 0;
  std::uint64_t scale = 1;
  while (unit + 1 < std::size(kUnits) && bytes / scale >= 1024) {
    scale <<= 10;
    ++unit;
  }
  // Tenths, rounded up: it is a need. Below ten only.
  const std::uint64_t whole = bytes / scale;
  if (unit == 0 || whole >= 10) return std::to_string(whole) + " " + kUnits[unit];
  const std::uint64_t tenths = (bytes % scale * 10 + scale - 1) / scale;
  return std::to_string(whole + tenths / 10) + "." + std::to_string(tenths % 10) + " " + kUnits[unit];
}

bool fits_in_memory(const Options& options, std::uint64_t bytes, const std::string& what,
                    const std::function<std::string(std::uint64_t)>& fitting, std::uint64_t held) {
  std::optional<std::uint64_t> available;
  if (options.memory) {
    available = options.memory;
  } else if (available = available_memory(); available) {
    *available += held;
  }
  if (!available || bytes <= *available) return true;
  complain(options, make_diagnostic(Code::J1921, {})
                        .arg("apa", what)
                        .arg("perlu", memory_text(bytes))
                        .arg("ada", memory_text(*available))
                        .arg("muat", fitting(*available)));
  return false;
}

bool need_fits_in_memory(const Options& options, const MemoryNeed& need) {
  return fits_in_memory(
      options, need.total(),
      options.say("menghitung rencana dengan ", "computing a plan of ") + std::to_string(need.measures) +
          options.say(" ukuran", " measures"),
      [&](std::uint64_t available) {
        return options.say("rencana dengan paling banyak sekitar ", "a plan of at most about ") +
               std::to_string(need.measures_within(available)) + options.say(" ukuran", " measures");
      },
      need.held);
}

bool rows_fit_in_memory(const Options& options, const std::string& file) {
  // Measured on a synthetic province: 2.9 KB a row of 100,000 realisations, 2.6 KB a row of 800,000.
  constexpr std::uint64_t kBytesOfRow = 3000;
  std::ifstream in(file, std::ios::binary);
  std::uint64_t rows = 0;
  std::vector<char> block(std::size_t{1} << 18);
  while (in) {
    in.read(block.data(), static_cast<std::streamsize>(block.size()));
    rows += static_cast<std::uint64_t>(std::count(block.data(), block.data() + in.gcount(), '\n'));
  }
  return fits_in_memory(
      options, rows * kBytesOfRow,
      options.say("mencatat ", "recording ") + std::to_string(rows) + options.say(" baris ", " lines of ") + file,
      [&](std::uint64_t available) {
        return options.say("berkas dengan paling banyak sekitar ", "a file of at most about ") +
               std::to_string(available / kBytesOfRow) + options.say(" baris; bagi berkasnya", " lines; split it");
      });
}

bool plan_fits_in_memory(const Options& options, const Workspace& workspace, Listing listing) {
  return need_fits_in_memory(options, workspace.memory_need(listing, options.write.format == OutputFormat::json));
}

}  // namespace jenjang::cli

#include "engine/journal/file_system.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

#if defined(__linux__)
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#endif

#include "jenjang/base/text.h"

namespace jenjang::journal {
namespace {

struct Known {
  std::uint64_t magic;
  std::string_view name;
};
// statfs(2), and the headers of the file systems that it leaves out.
constexpr std::array<Known, 15> kNetwork{{{0x6969, "NFS"},
                                          {0x517B, "SMB"},
                                          {0xFE534D42, "SMB2"},
                                          {0xFF534D42, "CIFS"},
                                          {0x564C, "NCP"},
                                          {0x5346414F, "AFS"},
                                          {0x6B414653, "AFS"},
                                          {0x73757245, "Coda"},
                                          {0x00C36400, "Ceph"},
                                          {0x0BD00BD0, "Lustre"},
                                          {0x47504653, "GPFS"},
                                          {0x01021997, "9P"},
                                          {0x01161970, "GFS2"},
                                          {0x7461636F, "OCFS2"},
                                          {0x786F4256, "vboxsf"}}};
constexpr std::uint64_t kFuse = 0x65735546;

// Programs behind FUSE that serve files of this machine. Any other is taken for a network one: a wrong refusal costs
// an option, a wrong consent costs the journal.
constexpr std::array<std::string_view, 12> kLocalFuse{
    "fuse",          "fuseblk",    "fuse.ntfs-3g",   "fuse.ntfs",  "fuse.exfat",  "fuse.fuse-overlayfs",
    "fuse.mergerfs", "fuse.encfs", "fuse.gocryptfs", "fuse.cryfs", "fuse.bindfs", "fuse.ext4"};

}  // namespace

std::string_view network_file_system(std::uint64_t magic, std::string_view mount_type) {
  if (magic == kFuse) {
    if (mount_type.empty()) return {};
    const bool local = std::find(kLocalFuse.begin(), kLocalFuse.end(), mount_type) != kLocalFuse.end();
    return local ? std::string_view() : mount_type;
  }
  const auto* const known =
      std::find_if(kNetwork.begin(), kNetwork.end(), [&](const Known& x) { return x.magic == magic; });
  return known == kNetwork.end() ? std::string_view() : known->name;
}

std::string_view mount_type_in(std::string_view mountinfo, unsigned major, unsigned minor) {
  // 36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue
  const std::string device = std::to_string(major) + ":" + std::to_string(minor);
  for (const std::string_view line : split(mountinfo, '\n')) {
    const auto words = split(line, ' ');
    if (words.size() < 3 || words[2] != device) continue;
    const auto dash = std::find(words.begin(), words.end(), "-");
    if (dash != words.end() && std::next(dash) != words.end()) return *std::next(dash);
  }
  return {};
}

std::string network_file_system_of(const std::filesystem::path& path) {
#if defined(__linux__)
  std::error_code ignored;
  std::filesystem::path place = path;
  if (!std::filesystem::exists(place, ignored)) place = place.has_parent_path() ? place.parent_path() : ".";
  struct statfs info{};
  if (statfs(place.c_str(), &info) != 0) return {};
  // f_type is signed on some platforms: only its 32 bits mean something.
  const std::uint64_t magic = static_cast<std::uint64_t>(info.f_type) & 0xFFFFFFFFU;
  std::string mounts;
  if (magic == kFuse) {
    std::ifstream in("/proc/self/mountinfo");
    mounts.assign(std::istreambuf_iterator<char>(in), {});
  }
  struct stat file{};
  if (stat(place.c_str(), &file) != 0) return {};
  return std::string(network_file_system(magic, mount_type_in(mounts, major(file.st_dev), minor(file.st_dev))));
#else
  static_cast<void>(path);
  return {};
#endif
}

}  // namespace jenjang::journal

// Which file systems a journal may live on.
//
// SQLite's write-ahead log needs shared memory and locks between processes, and an fsync that reaches the disk. File
// systems that are served by another machine keep neither reliably.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace jenjang::journal {

// `magic`: f_type of statfs(2). `mount_type`: the type as mountinfo writes it ("fuse.sshfs"), asked only where the
// number does not tell (FUSE); may be empty. The name for messages when it is a network file system; else empty.
std::string_view network_file_system(std::uint64_t magic, std::string_view mount_type);

// Type of the mount of device major:minor in text with the layout of /proc/self/mountinfo; empty when not there.
std::string_view mount_type_in(std::string_view mountinfo, unsigned major, unsigned minor);

// The same for a path, or for its folder when it does not exist yet; empty also where the system does not say.
std::string network_file_system_of(const std::filesystem::path& path);

}  // namespace jenjang::journal

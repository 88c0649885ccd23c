#include "inputs_read.h"

#include <filesystem>
#include <mutex>
#include <set>
#include <sys/stat.h>
#include <utility>

#include "jenjang/base/inputs_read.h"

namespace jenjang::cli {
namespace {

using FileIdentity = std::pair<dev_t, ino_t>;

struct Remembered {
  std::mutex lock;
  std::set<FileIdentity> files;
};
Remembered& remembered() {
  static Remembered all;
  return all;
}

// Through links, so that every name of a file is it. A pipe or a device can be read and written at once.
bool identify(const char* name, FileIdentity& identity) {
  struct stat about{};
  if (::stat(name, &about) != 0 || !S_ISREG(about.st_mode)) return false;
  identity = {about.st_dev, about.st_ino};
  return true;
}

void remember(const std::filesystem::path& file) {
  FileIdentity identity;
  if (!identify(file.c_str(), identity)) return;
  const std::scoped_lock hold(remembered().lock);
  remembered().files.insert(identity);
}

}  // namespace

void remember_inputs() {
  observe_inputs(remember);
}

bool was_read(const std::string& file) {
  FileIdentity identity;
  if (!identify(file.c_str(), identity)) return false;
  const std::scoped_lock hold(remembered().lock);
  return remembered().files.contains(identity);
}

}  // namespace jenjang::cli

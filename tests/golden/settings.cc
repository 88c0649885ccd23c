#include "settings.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <stdexcept>
#include <vector>

namespace golden {
namespace {

namespace fs = std::filesystem;

bool has(const std::string& text, const char* pattern) {
  return std::regex_search(text, std::regex(pattern));
}

// A command that rolls up a plan with facts: other commands do not know the settings.
bool evaluates(const CaseFile& c) {
  if (!has(c.run, "jenjang (rollup|run|explain|score|cascade|check)")) return false;
  if (c.run.find("${SRC}/plans/") != std::string::npos) return true;
  return std::any_of(c.files.begin(), c.files.end(),
                     [](const auto& file) { return has(file.second, "(^|\n)(realisasi|lembar_kerja):"); });
}

class Plain final : public Setting {
public:
  [[nodiscard]] bool concerns(const CaseFile&) const override { return true; }
  [[nodiscard]] Surroundings surroundings(const CaseFile&) override { return {}; }
};

class Exported final : public Setting {
public:
  explicit Exported(std::string words) : words_(std::move(words)) {}
  [[nodiscard]] bool concerns(const CaseFile& c) const override { return evaluates(c); }
  [[nodiscard]] Surroundings surroundings(const CaseFile&) override { return {words_, {}, {}}; }
  [[nodiscard]] int least_cases() const override { return 20; }

private:
  std::string words_;
};

std::string without_lines(const std::string& text, const char* pattern) {
  const std::regex unwanted(pattern);
  std::string kept;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (!std::regex_match(line, unwanted)) kept += line + "\n";
  }
  return kept;
}

std::string slurp(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

// The files that a manifest declares under `realisasi:`.
std::vector<std::string> feeds_of(const fs::path& plan) {
  std::vector<std::string> found;
  bool inside = false;
  std::istringstream manifest(slurp(plan / "jenjang.yaml"));
  const std::regex file("berkas: *\"?([^,}\"\\s]+)");
  for (std::string line; std::getline(manifest, line);) {
    if (line.starts_with("realisasi:")) {
      inside = true;
    } else if (!line.empty() && std::isalpha(static_cast<unsigned char>(line.front())) != 0) {
      inside = false;
    }
    std::smatch name;
    if (inside && std::regex_search(line, name, file)) found.push_back(name[1]);
  }
  return found;
}

std::string quoted(const fs::path& path) {
  return "'" + path.string() + "'";
}

// Facts come from a journal that another process wrote. Left out are cases
// - without a plan folder with feeds, or that bring a journal of their own: nothing to compare;
// - of `check` alone: what it says about single rows (twice the same, a void state) is said when they are recorded;
// - whose script writes files or cuts a result by lines: what is recorded before it runs would not be what it reads,
//   and the head of the journal is a line of its own;
// - with a feed that `record` refuses: a file with bad rows is recorded not at all, where a run leaves the rows out.
class FromJournal final : public Setting {
public:
  FromJournal(fs::path binary, fs::path source_dir) : binary_(std::move(binary)), source_dir_(std::move(source_dir)) {
    std::string pattern = (fs::temp_directory_path() / "jenjang-golden-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = fs::canonical(pattern);
    fs::create_directories(folder_ / "bin");
    const fs::path wrapper = folder_ / "bin" / "jenjang";
    std::ofstream(wrapper)
        << "#!/bin/sh\n"
           "real="
        << quoted(binary_)
        << "\n"
           "case \"$1\" in rollup|run|explain|score|cascade|check) ;; *) exec \"$real\" \"$@\" ;; esac\n"
           "plan=.\n"
           "for word in \"$@\"; do if [ -f \"$word/jenjang.yaml\" ]; then plan=$word; fi; done\n"
           "journal="
        << quoted(folder_)
        << "/$(cd \"$plan\" && pwd -P | tr / %).sqlite\n"
           "if [ -f \"$journal\" ]; then exec \"$real\" \"$@\" --journal \"$journal\"; fi\n"
           "exec \"$real\" \"$@\"\n";
    fs::permissions(wrapper, fs::perms::owner_all);
  }
  ~FromJournal() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  FromJournal(const FromJournal&) = delete;
  FromJournal& operator=(const FromJournal&) = delete;

  [[nodiscard]] bool concerns(const CaseFile& c) const override {
    return evaluates(c) && has(c.run, "jenjang (rollup|run|explain|score|cascade)") &&
           !has(c.run, "jurnal|journal|jenjang record|sed -i|mkdir|printf|cat >|cp |mv |rm |chmod|\\| *head");
  }

  [[nodiscard]] Surroundings surroundings(const CaseFile& c) override {
    Surroundings around;
    around.wrapper = folder_ / "bin";
    around.prepare = [this, &c](const fs::path& work) {
      std::set<fs::path> plans;
      for (const auto& [name, body] : c.files) {
        if (fs::path(name).filename() == "jenjang.yaml") plans.insert((work / name).parent_path());
      }
      const std::regex sample("\\$\\{SRC\\}/(plans/[A-Za-z0-9-]+)");
      for (std::sregex_iterator at(c.run.begin(), c.run.end(), sample), end; at != end; ++at) {
        plans.insert(source_dir_ / (*at)[1].str());
      }
      bool any = false;
      for (const fs::path& plan : plans) {
        const fs::path place = fs::canonical(plan);
        const auto [known, is_new] = recorded_.emplace(place, Recording::none);
        if (is_new) known->second = record(place);
        if (known->second == Recording::refused) return false;
        any = any || known->second == Recording::done;
      }
      return any;
    };
    return around;
  }

  [[nodiscard]] std::string without_traces(std::string text) const override {
    // A remark or a line of the summary, and the field of JSON.
    text = without_lines(text, "(jurnal|journal|Jurnal|Journal) [0-9]+:[0-9a-fx]{16}.*");
    text = without_lines(text, "  \"(jurnal|per)\": \"[^\"]*\",");
    // Where a fact stands in the journal.
    text = without_lines(text, ".*(jurnal: entri|journal: entry|terverifikasi: entri|verified figure: entry) [0-9]+");
    // Codes of regions are joined once, when a row is recorded; afterwards the journal holds the unit itself.
    text = without_lines(text, " *(Gabung wilayah, kode|Region join, codes of) .*");
    return without_lines(text, ".*(kode BPS|BPS code) [0-9]+ .*");
  }
  [[nodiscard]] int least_cases() const override { return 15; }

private:
  enum class Recording : std::uint8_t { none, done, refused };

  Recording record(const fs::path& plan) {
    const std::vector<std::string> feeds = feeds_of(plan);
    if (feeds.empty()) return Recording::none;
    std::string name = plan.string();
    std::replace(name.begin(), name.end(), '/', '%');
    const fs::path journal = folder_ / (name + ".sqlite");
    // One after the other, at one moment long before any day that a case asks about.
    for (const std::string& feed : feeds) {
      const std::string command = "JENJANG_PAKET=" + quoted(source_dir_ / "models") + " " + quoted(binary_) +
                                  " record " + quoted(plan) + " " + quoted(plan / feed) +
                                  " --oleh uji --peran unduhan --pada 2000-01-01T00:00Z --journal " + quoted(journal) +
                                  " >/dev/null 2>&1 </dev/null";
      if (std::system(command.c_str()) != 0) {
        std::error_code ignored;
        fs::remove(journal, ignored);
        return Recording::refused;
      }
    }
    return Recording::done;
  }

  fs::path binary_, source_dir_, folder_;
  std::map<fs::path, Recording> recorded_;
};

}  // namespace

std::unique_ptr<Setting> make_setting(std::string_view name, const fs::path& binary, const fs::path& source_dir) {
  if (name.empty()) return std::make_unique<Plain>();
  if (name == "utas") return std::make_unique<Exported>("JENJANG_UTAS=2");
  if (name == "inkremental") return std::make_unique<Exported>("JENJANG_HITUNG=inkremental");
  if (name == "datar") return std::make_unique<Exported>("JENJANG_HITUNG=datar");
  if (name == "jurnal") return std::make_unique<FromJournal>(binary, source_dir);
  return nullptr;
}

}  // namespace golden

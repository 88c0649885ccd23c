#include "case_file.h"

#include <cstdlib>
#include <fstream>
#include <regex>
#include <sstream>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace golden {
namespace {

namespace fs = std::filesystem;

std::string slurp(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  if (from.empty()) return;
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
}

// Heads of journals ("41:9f2c..."): their hash covers every pack in models/, so it changes with each of them.
std::string without_hashes(const std::string& text) {
  static const std::regex kHead("(^|[^0-9])([0-9]+):([0-9a-f]{64}|[0-9a-f]{16})(?![0-9a-f])");
  std::string out;
  auto from = text.begin();
  for (std::sregex_iterator at(text.begin(), text.end(), kHead), end; at != end; ++at) {
    out.append(from, text.begin() + at->position(3));
    out.append(static_cast<std::size_t>(at->length(3)), 'x');
    from = text.begin() + at->position(3) + at->length(3);
  }
  return out.append(from, text.end());
}

void put(std::ostream& out, const std::string& mark, const std::string& body) {
  out << "--- " << mark << '\n' << body;
  if (!body.empty() && body.back() != '\n') out << '\n';
}

}  // namespace

CaseFile read_case(const fs::path& path) {
  CaseFile c;
  c.path = path;
  std::istringstream text(slurp(path));
  std::string* section = &c.title;
  std::string exit_text;
  for (std::string line; std::getline(text, line);) {
    if (line.rfind("--- ", 0) == 0) {
      const std::string mark = line.substr(4);
      if (mark.rfind("file ", 0) == 0) {
        c.files.emplace_back(mark.substr(5), "");
        section = &c.files.back().second;
      } else if (mark == "run") {
        section = &c.run;
      } else if (mark == "exit") {
        section = &exit_text;
      } else if (mark == "stdout") {
        section = &c.expected_stdout;
      } else if (mark == "stderr") {
        section = &c.expected_stderr;
      } else {
        throw std::runtime_error(path.string() + ": unknown section " + mark);
      }
      continue;
    }
    *section += line + "\n";
  }
  c.expected_exit = exit_text.empty() ? -1 : std::stoi(exit_text);
  return c;
}

void accept_case(const CaseFile& c, int exit_code, const std::string& out, const std::string& err) {
  std::ofstream file(c.path, std::ios::binary | std::ios::trunc);
  file << c.title;
  for (const auto& [name, body] : c.files) put(file, "file " + name, body);
  put(file, "run", c.run);
  put(file, "exit", std::to_string(exit_code));
  put(file, "stdout", out);
  put(file, "stderr", err);
}

std::optional<Outcome> run_case(const CaseFile& c, const fs::path& binary, const fs::path& source_dir,
                                const Surroundings& around) {
  std::string pattern = (fs::temp_directory_path() / "jenjang-case-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
  const fs::path dir = fs::canonical(pattern);
  const fs::path work = dir / "w";
  fs::create_directories(work);
  for (const auto& [name, body] : c.files) {
    fs::create_directories((work / name).parent_path());
    std::ofstream(work / name, std::ios::binary) << body;
  }
  if (around.prepare && !around.prepare(work)) {
    std::error_code ignored;
    fs::remove_all(dir, ignored);
    return std::nullopt;
  }
  std::string script = c.run;
  replace_all(script, "${SRC}", source_dir.string());
  replace_all(script, "${DIR}", work.string());
  std::ofstream(dir / "script.sh")
      << "export PATH='" << (around.wrapper.empty() ? "" : around.wrapper.string() + ":")
      << binary.parent_path().string() << "':$PATH JENJANG_PAKET='" << (source_dir / "models").string()
      << "' LC_ALL=C.UTF-8 NO_COLOR=1\nunset JENJANG_LANG LANG JENJANG_UTAS JENJANG_HITUNG\n"
      << (around.exports.empty() ? "" : "export " + around.exports + "\n") << "cd '" << work.string() << "'\n"
      << script;
  const std::string command = "sh '" + (dir / "script.sh").string() + "' >'" + (dir / "out").string() + "' 2>'" +
                              (dir / "err").string() + "' </dev/null";
  const int status = std::system(command.c_str());
  Outcome outcome;
  outcome.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  outcome.out = slurp(dir / "out");
  outcome.err = slurp(dir / "err");
  for (std::string* text : {&outcome.out, &outcome.err}) {
    replace_all(*text, work.string(), "${DIR}");
    replace_all(*text, source_dir.string(), "${SRC}");
    *text = without_hashes(*text);
  }
  std::error_code ignored;
  fs::remove_all(dir, ignored);
  return outcome;
}

}  // namespace golden

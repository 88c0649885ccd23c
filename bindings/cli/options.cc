#include "options.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>

#include "jenjang/base/text.h"

namespace jenjang::cli {
namespace {

class OptionChecker {
public:
  explicit OptionChecker(DiagnosticSink& sink) : sink_(sink) {}

  void refuse(std::string_view option, std::string_view value, std::string_view wanted, std::string suggestion = {}) {
    Diagnostic finding =
        make_diagnostic(Code::J1903, {}).arg("opsi", option).arg("nilai", value).arg("diminta", wanted);
    finding.suggestion = std::move(suggestion);
    sink_.report(std::move(finding));
    good_ = false;
  }

  // Index of the word among the choices; nullopt when blank or refused.
  std::optional<std::size_t> choice(std::string_view option, const std::string& word,
                                    std::span<const std::string_view> choices) {
    if (word.empty()) return std::nullopt;
    const auto found = std::ranges::find(choices, word);
    if (found != choices.end()) return static_cast<std::size_t>(found - choices.begin());
    std::string wanted;
    for (const std::string_view candidate : choices) wanted += (wanted.empty() ? "" : " | ") + std::string(candidate);
    refuse(option, word, wanted, nearest(word, choices).value_or(""));
    return std::nullopt;
  }

  void count(std::string_view option, const std::string& word, std::size_t& into) {
    if (word.empty()) return;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), into);
    if (error != std::errc{} || end != word.data() + word.size() || into == 0) refuse(option, word, "1, 2, 3, ...");
  }

  [[nodiscard]] bool good() const { return good_; }

private:
  DiagnosticSink& sink_;
  bool good_ = true;
};

}  // namespace

std::optional<std::size_t> parse_bytes(std::string_view text) {
  text = trim(text);
  std::size_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc{}) return std::nullopt;
  const std::string_view suffix = trim(text.substr(static_cast<std::size_t>(end - text.data())));
  int shift = 0;
  if (suffix == "K" || suffix == "KiB")
    shift = 10;
  else if (suffix == "M" || suffix == "MiB")
    shift = 20;
  else if (suffix == "G" || suffix == "GiB")
    shift = 30;
  else if (!suffix.empty() && suffix != "B")
    return std::nullopt;
  constexpr std::size_t kLimit = std::size_t{1} << 40;
  if (count == 0 || count > (kLimit >> shift)) return std::nullopt;
  return count << shift;
}

bool check_options(Options& options, DiagnosticSink& sink) {
  const RawOptions& raw = options.raw;
  OptionChecker check(sink);
  constexpr std::array<std::string_view, 2> kLanguages{"id", "en"};
  constexpr std::array<std::string_view, 3> kFormats{"table", "csv", "json"};
  constexpr std::array<std::string_view, 2> kDialects{"standar", "excel-id"};
  constexpr std::array<std::string_view, 3> kWhats{"nilai", "capaian", "target"};
  (void)check.choice("--lang", raw.language, kLanguages);
  // Which formats a command has is its own matter: require_format.
  if (!raw.format.empty()) options.format = raw.format;
  const auto format = std::ranges::find(kFormats, raw.format);
  if (format != kFormats.end()) options.write.format = static_cast<OutputFormat>(format - kFormats.begin());
  if (const auto dialect = check.choice("--csv", raw.csv, kDialects)) {
    options.write.csv = static_cast<CsvDialect>(*dialect);
    // Asking for a dialect of CSV is asking for CSV.
    if (!options.format) options.write.format = OutputFormat::csv;
  }
  if (const auto what = check.choice("--apa", raw.what, kWhats)) {
    options.what = static_cast<ExplainWhat>(*what);
    options.what_given = true;
  }
  if (!raw.max_yaml.empty()) {
    if (const auto bytes = parse_bytes(raw.max_yaml)) {
      options.max_yaml = *bytes;
    } else {
      check.refuse("--maks-yaml", raw.max_yaml, "16777216 | 16MiB | 64KiB | 1GiB");
    }
  }
  if (!raw.memory.empty()) {
    options.memory = parse_bytes(raw.memory);
    if (!options.memory) check.refuse("--memori", raw.memory, "536870912 | 512MiB | 4GiB");
  }
  if (!raw.as_of.empty()) {
    options.as_of = Date::parse(raw.as_of);
    if (!options.as_of && Moment::parse(raw.as_of, kDefaultZone)) options.as_of_time = raw.as_of;
    if (!options.as_of && options.as_of_time.empty()) {
      check.refuse("--as-of", raw.as_of, "2025-12-31 | 2025-12-31T17:00+08:00");
    }
  }
  if (!raw.period.empty()) {
    options.period = Period::parse(raw.period);
    if (!options.period) check.refuse("--periode", raw.period, "2026 | 2026-S1 | 2026-TW2 | 2026-05");
  }
  if (!raw.comparisons.empty()) {
    std::string unknown;
    if (auto asked = parse_comparisons(raw.comparisons, &unknown)) {
      options.comparisons = *std::move(asked);
    } else {
      check.refuse("--banding", raw.comparisons, "tahunan,akhir,tahun-lalu,nasional",
                   nearest(unknown, comparison_words()).value_or(""));
    }
  }
  bool changes_read = true;
  for (const std::string& text : raw.changes) {
    if (std::optional<Override> change = parse_override(text, sink)) {
      options.overrides.push_back(*std::move(change));
    } else {
      changes_read = false;
    }
  }
  check.count("--kedalaman", raw.depth, options.depth);
  check.count("--masukan", raw.inputs, options.inputs);
  check.count("--teratas", raw.top, options.top);
  constexpr std::array<std::string_view, 2> kRankings{"nilai", "selisih"};
  if (const auto by = check.choice("--menurut", raw.ranked_by, kRankings)) {
    options.ranked_by = static_cast<ContributionBy>(*by);
    if (raw.top.empty()) options.top = 10;
  }
  std::size_t staff = options.province.staff, seed = options.province.seed;
  check.count("--pegawai", raw.staff, staff);
  check.count("--seed", raw.seed, seed);
  constexpr std::size_t kMostStaff = 10'000'000;
  if (staff > kMostStaff) check.refuse("--pegawai", raw.staff, "1 .. 10000000");
  options.province.staff = static_cast<std::uint32_t>(std::min(staff, kMostStaff));
  options.province.seed = seed;
  if (!raw.measures.empty() || raw.nation) {
    constexpr std::size_t kLeast = 1'000, kMost = 11'000'000;
    std::size_t measures = raw.nation ? 1'000'000 : 100'000;
    check.count("--ukuran", raw.measures, measures);
    if (measures < kLeast || measures > kMost) check.refuse("--ukuran", raw.measures, "1000 .. 11000000");
    if (!raw.staff.empty()) {
      check.refuse("--pegawai", raw.staff,
                   options.say("kosong bila ada --ukuran atau --nasional", "nothing beside --ukuran or --nasional"));
    }
    options.province = ProvinceSpec::sized(std::clamp(measures, kLeast, kMost), raw.nation);
    options.province.seed = seed;
  }
  options.province.holdings = raw.with_holders;
  options.province.facts = raw.with_facts;
  constexpr std::array<std::string_view, 4> kFrequencies{"tahun", "semester", "triwulan", "bulan"};
  if (const auto frequency = check.choice("--frekuensi", raw.frequency, kFrequencies)) {
    options.province.frequency = static_cast<Granularity>(*frequency);
  }
  if (const auto per = check.choice("--per", raw.granularity, kFrequencies)) {
    options.granularity = static_cast<Granularity>(*per);
  }
  std::size_t threads = options.threads;
  const char* from_environment = std::getenv("JENJANG_UTAS");
  if (!raw.threads.empty()) {
    check.count("--utas", raw.threads, threads);
  } else if (from_environment != nullptr) {
    check.count("JENJANG_UTAS", from_environment, threads);
  }
  constexpr std::size_t kMostThreads = 1024;
  if (threads > kMostThreads) check.refuse("--utas", std::to_string(threads), "1 .. 1024");
  options.threads = static_cast<unsigned>(std::min(threads, kMostThreads));
  constexpr std::array<std::string_view, 3> kComputations{"penuh", "inkremental", "datar"};
  const char* computation = std::getenv("JENJANG_HITUNG");
  if (const auto chosen = check.choice("JENJANG_HITUNG", computation == nullptr ? "" : computation, kComputations)) {
    options.computation = static_cast<Computation>(*chosen);
  }
  options.write.language = options.say.language;
  return check.good() && changes_read;
}

}  // namespace jenjang::cli

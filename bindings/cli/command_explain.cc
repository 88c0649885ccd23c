#include <array>
#include <set>

#include "jenjang/measure/address.h"
#include "jenjang/report/cards.h"

#include "beside.h"
#include "code_pages.h"
#include "command.h"
#include "explain_contributors.h"
#include "output.h"
#include "session.h"

namespace jenjang::cli {
namespace {

void declare(Arguments& arguments, RawOptions& options, const Speech& say) {
  // The positional of declare_plan takes both words; which is which is decided by their form.
  declare_plan(arguments, options, say);
  arguments.describe_words(say("alamat KODE@UNIT:PERIODE dan rencana, atau sebuah kode pesan J1234",
                               "address CODE@UNIT:PERIOD and plan, or a message code J1234"));
  declare_output(arguments, options, say, "text|json|csv");
  declare_results(arguments, options, say);
  declare_what_if(arguments, options, say);
  arguments.text("--apa", options.what,
                 say("yang dijelaskan; bawaan: capaian, kalau tidak ada nilai, lalu target",
                     "what to explain (value, achievement, target); default: achievement, else value, else target"),
                 "nilai|capaian|target");
  arguments.flag("--validated-only", options.validated_only,
                 say("hanya fakta yang sudah divalidasi", "validated facts only"));
  arguments.text("--kedalaman", options.depth, say("paling banyak tingkat", "levels at most"), "N");
  arguments.text("--masukan", options.inputs, say("paling banyak masukan per tingkat", "inputs per level at most"),
                 "N");
  arguments.text("--teratas", options.top,
                 say("sebagai gantinya: N ukuran, di tingkat mana pun di bawahnya, yang paling besar sumbangannya",
                     "instead: the N measures, at any level below, that contribute most"),
                 "N");
  arguments.text("--menurut", options.ranked_by,
                 say("sumbangan ke nilai (bawaan) atau ke selisih dari target; sendirian: --teratas 10",
                     "contribution to the value (default) or to the gap to target; alone: --teratas 10"),
                 "nilai|selisih");
}

const CodeInfo* find_code(std::string_view word) {
  if (word.size() != 5 || word.front() != 'J') return nullptr;
  for (const CodeInfo& info : all_codes()) {
    if (to_string(info.code) == word) return &info;
  }
  return nullptr;
}

bool looks_like_code(std::string_view word) {
  return word.size() == 5 && word.front() == 'J' && word.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

// A text of the catalogue without a finding to fill it: {induk} becomes <induk>. True in `holes` when any.
std::string with_holes(std::string_view text, bool& holes) {
  std::string out;
  for (const char c : text) {
    holes = holes || c == '{';
    out += c == '{' ? '<' : c == '}' ? '>' : c;
  }
  return out;
}

int explain_code(const Options& options, const std::string& word) {
  const Speech& say = options.say;
  const CodeInfo* info = find_code(word);
  if (info == nullptr) {
    std::vector<std::string> known;
    for (const CodeInfo& candidate : all_codes()) known.push_back(to_string(candidate.code));
    complain(options, no_such(say, "kode pesan", "message code", word, known));
    return kCouldNotRun;
  }
  const bool indonesian = say.language == Language::indonesian;
  const auto severity = [&] {
    switch (info->severity) {
      case Severity::info:
        return say("catatan", "note");
      case Severity::warning:
        return say("peringatan", "warning");
      case Severity::error:
        break;
    }
    return say("galat", "error");
  }();
  const auto fix_by = [&] {
    switch (info->fix_by) {
      case FixBy::staff:
        return say("staf", "staff");
      case FixBy::superior:
        return say("atasan", "superior");
      case FixBy::unit_admin:
        return say("admin unit", "unit admin");
      case FixBy::centre:
        break;
    }
    return say("pusat", "centre");
  }();
  std::string text = word + " (" + severity + ")\n";
  bool holes = false;
  text += with_holes(indonesian ? info->id_text : info->en_text, holes) + "\n";
  const std::string_view repair = indonesian ? info->id_repair : info->en_repair;
  if (!repair.empty()) text += say("perbaikan: ", "repair: ") + with_holes(repair, holes) + "\n";
  text += say("yang dapat memperbaiki: ", "who can repair it: ") + fix_by + "\n";
  if (holes) {
    text += say("<...> diisi oleh setiap temuan: nama, angka, atau alamatnya\n",
                "<...> is filled in by each finding: its name, figure or address\n");
  }
  // The pages are in English; the catalogue above stands in both languages.
  const std::string_view page = code_page(word);
  if (!page.empty()) text += say("\nPenjelasan dan contoh (bahasa Inggris):\n\n", "\n") + std::string(page);
  return write_output(options, text) ? kDone : kCouldNotRun;
}

// The measure that an address names; J1907 with near addresses otherwise.
std::optional<NodeId> find_measure(const Options& options, const Model& model, const Address& address) {
  if (const std::optional<NodeId> node = model.find(address.code, address.unit)) return node;
  std::set<std::string> near;
  for (std::size_t n = 0; n < model.node_count(); ++n) {
    const NodeId node = NodeId::from_index(n);
    if (model.item(node).code == address.code || model.unit(node).path == address.unit)
      near.insert(model.address(node));
  }
  if (near.empty()) {
    for (const Item& item : model.items) near.insert(item.code + "@" + address.unit);
  }
  complain(options,
           no_such(options.say, "ukuran", "measure", address.code + "@" + address.unit, {near.begin(), near.end()}));
  return std::nullopt;
}

std::optional<ExplanationNode> explain_cell(const Options& options, const ExplainContext& context, NodeId node,
                                            const Address& address, Period period) {
  ExplainOptions how;
  how.language = options.say.language;
  how.lane = options.raw.validated_only ? Lane::validated : Lane::all;
  how.max_depth = options.depth;
  how.max_inputs = options.inputs;
  if (!address.document.empty()) return explain_statement(context, node, period, address.document, how);
  if (options.what_given) return explain(context, node, period, options.what, how);
  // An achievement holds value and target in itself; then the value; a target alone last.
  const std::optional<SlotId> slot = context.result.grid().find(period);
  const bool achieved = slot && context.result.at(node, *slot, how.lane).achievement_state == CellState::value;
  if (achieved) return explain(context, node, period, ExplainWhat::achievement, how);
  const bool reported = slot && context.result.at(node, *slot, how.lane).state == CellState::value;
  if (!reported && context.targets.find(node, period) != nullptr)
    return explain(context, node, period, ExplainWhat::target, how);
  return explain(context, node, period, ExplainWhat::realisation, how);
}

int explain_address(const Options& options, const std::string& plan, const Address& address) {
  Session session = open_session(options, plan);
  if (!session.workspace) return session.exit_code;
  const Workspace& workspace = *session.workspace;
  const ExplainContext context = workspace.context();
  const std::optional<NodeId> node = find_measure(options, workspace.model(), address);
  if (!node) return kCouldNotRun;
  std::optional<Period> period = address.period;
  // A span of years is the end-of-plan cell.
  if (!period && address.range) period = Period::year(address.range->last_year);
  if (!period) period = latest_period(context, *node);
  if (options.top > 0) return explain_contributors(options, session, *node, address, period);
  std::optional<ExplanationNode> tree;
  if (period) tree = explain_cell(options, context, *node, address, *period);
  if (!tree) {
    constexpr std::array<std::array<std::string_view, 2>, 3> kWords{
        {{"nilai", "value"}, {"capaian", "achievement"}, {"target", "target"}}};
    const auto& words = kWords[static_cast<std::size_t>(options.what)];
    std::string what =
        options.what_given ? options.say(words[0], words[1]) : options.say("nilai atau target", "value or target");
    if (!address.document.empty()) what = options.say("target dalam ", "target in ") + address.document;
    complain(options, make_diagnostic(Code::J1908, {})
                          .arg("alamat", address.to_string())
                          .arg("apa", what)
                          .arg("pilihan", known_periods(context, *node)));
    return kCouldNotRun;
  }
  if (options.raw.validated_only) say_gate(options, workspace);
  const bool json = options.format == "json";
  const std::vector<std::string> cards = card_lines(workspace.plan().cards, address.code);
  std::string text;
  if (json) {
    std::vector<std::pair<std::string, std::string>> stated = stating_journal({}, workspace).stated;
    std::string listed;
    for (const std::string& line : cards) listed += (listed.empty() ? "" : "; ") + line;
    if (!listed.empty()) stated.emplace_back("kartu_praktik", listed);
    text = render_json(*tree, workspace.sources(), stated);
  } else {
    text = render_text(*tree, workspace.sources(), options.say.language);
    for (const std::string& line : cards) text += options.say("kartu praktik: ", "practice card: ") + line + "\n";
  }
  return write_output(options, text) ? session.exit_code : kCouldNotRun;
}

int run(const Options& options) {
  const std::vector<std::string>& words = options.raw.arguments;
  // A tree has no rows.
  constexpr std::array<std::string_view, 3> kFormats{"text", "json", "csv"};
  if (!require_format(options, std::span(kFormats).first(options.top > 0 ? 3 : 2))) return kCouldNotRun;
  if (options.top > 0) {
    // A list has no levels and no inputs of them.
    const std::string_view list = options.raw.top.empty() ? "--menurut" : "--teratas";
    if (!options.raw.depth.empty() && !refuse_beside(options, "--kedalaman", list)) return kCouldNotRun;
    if (!options.raw.inputs.empty() && !refuse_beside(options, "--masukan", list)) return kCouldNotRun;
  }
  if (words.empty()) {
    complain(options, make_diagnostic(Code::J1904, {})
                          .arg("apa", options.say("alamat (KODE@UNIT:PERIODE)", "the address (CODE@UNIT:PERIOD)")));
    return kCouldNotRun;
  }
  if (words.size() > 2) {
    complain(options,
             make_diagnostic(Code::J1902, {}).arg("argumen", "\"" + words[2] + "\"").arg("perintah", "explain"));
    return kCouldNotRun;
  }
  if (words.size() == 1 && looks_like_code(words[0])) return explain_code(options, words[0]);
  // `explain PLAN ADDRESS` and `explain ADDRESS [PLAN]`: the word that reads as an address is one.
  for (std::size_t i = words.size(); i-- > 0;) {
    const std::optional<Address> address = Address::parse(words[i]);
    if (!address) continue;
    const std::string plan = words.size() == 1 ? "." : words[1 - i];
    return explain_address(options, plan, *address);
  }
  // Of two words the one that is no plan was meant.
  const bool plan_last = words.size() == 2 && looks_like_plan(words.back()) && !looks_like_plan(words.front());
  complain(options, make_diagnostic(Code::J1903, {})
                        .arg("opsi", options.say("alamat", "the address"))
                        .arg("nilai", plan_last ? words.front() : words.back())
                        .arg("diminta", "[DOKUMEN#]KODE@UNIT[:PERIODE]"));
  return kCouldNotRun;
}

}  // namespace

const Command& explain_command() {
  static const Command kCommand{
      "explain",
      "mengapa sebuah angka bernilai demikian, sampai ke berkas, baris, dan pasal",
      "why a figure has its value, down to file, line and article",
      "Contoh: jenjang explain plans/kaltim-lingkungan IKLH@64:2023\n        jenjang explain plans/kaltim-lingkungan "
      "SAMPAH-KELOLA@64:2022 --teratas 10\n        jenjang explain J1503",
      "Example: jenjang explain plans/kaltim-lingkungan IKLH@64:2023\n         jenjang explain plans/kaltim-lingkungan "
      "SAMPAH-KELOLA@64:2022 --teratas 10\n         jenjang explain J1503",
      declare,
      run};
  return kCommand;
}

}  // namespace jenjang::cli

#include "jenjang/report/summary.h"

#include <algorithm>
#include <set>

#include "jenjang/base/text.h"

#include "engine/report/summary_page.h"

namespace jenjang {
namespace {

bool is_plan_document(const Document& document) {
  return document.kind != DocumentKind::pk && document.kind != DocumentKind::skp;
}

// docs/reference/plan-format.md: the pagu of a goal is the measure PAGU-<kode>.
bool is_budget(const Item& item) {
  return item.code.starts_with("PAGU-");
}

bool is_main(const Model& model, NodeId node) {
  const Item& item = model.item(node);
  if (item.kind != ItemKind::indicator) return false;
  const auto at_own_unit = [&](DocumentId id) {
    if (!id.valid()) return false;
    const Document& document = model.documents[id.index()];
    return is_plan_document(document) && document.unit == model.unit(node).path;
  };
  return at_own_unit(item.document) || std::ranges::any_of(model.statements_of(node), [&](const Statement& statement) {
           return at_own_unit(statement.document);
         });
}

std::vector<MainMeasure> main_measures(const ExplainContext& context) {
  const Model& model = context.model;
  const PeriodGrid& grid = context.result.grid();
  std::vector<MainMeasure> measures;
  for (std::size_t n = 0; n < model.node_count(); ++n) {
    const NodeId node = NodeId::from_index(n);
    if (!is_main(model, node)) continue;
    MainMeasure measure{node, is_budget(model.item(node)), {}};
    for (std::size_t s = 0; s < grid.size(); ++s) {
      const SlotId slot = SlotId::from_index(s);
      if (grid[slot].granularity() != Granularity::year) continue;
      if (context.result.at(node, slot).state == CellState::value) measure.years.push_back(slot);
    }
    measures.push_back(std::move(measure));
  }
  // Nodes are numbered by level; readers expect the order of declaration.
  std::ranges::stable_sort(measures, {}, [&](const MainMeasure& m) { return model.node_item[m.node.index()]; });
  return measures;
}

}  // namespace

SummaryPage::SummaryPage(const SummaryInput& page_input)
    : input(page_input),
      all(page_input.context, Lane::all),
      validated(page_input.context, page_input.context.result.has_validated_lane() ? Lane::validated : Lane::all),
      measures(main_measures(page_input.context)) {}

std::string SummaryPage::say(std::string_view indonesian, std::string_view english) const {
  return std::string(input.language == Language::indonesian ? indonesian : english);
}

void SummaryPage::heading(std::string_view indonesian, std::string_view english) {
  text += '\n';
  text += std::to_string(++sections_) + ". " + say(indonesian, english) + '\n';
}

void SummaryPage::line(std::string_view content) {
  text += "   ";
  text += content;
  text += '\n';
}

void SummaryPage::bullet(std::string_view content) {
  text += "   - ";
  text += content;
  text += '\n';
}

std::string SummaryPage::labels_in_brackets(NodeId node, SlotId slot, Lane lane) const {
  const std::string labels = join(cell_labels(input.context, node, slot, lane, LabelScope::value), ", ");
  return labels.empty() ? std::string() : " [" + labels + "]";
}

std::string cut(std::string_view utf8, std::size_t width) {
  if (display_width(utf8) <= width) return std::string(utf8);
  std::string out;
  std::size_t characters = 0;
  for (const char c : utf8) {
    const bool starts_character = (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    if (starts_character && ++characters >= width) break;
    out += c;
  }
  return out + "…";
}

void write_identity(SummaryPage& page) {
  const SummaryInput& input = page.input;
  const Model& model = input.context.model;
  const Facts& facts = input.context.facts;
  page.text += page.say("RINGKASAN KINERJA", "PERFORMANCE SUMMARY");
  page.text += "\n";
  page.text += input.title.empty() ? input.code : input.title;
  if (!input.title.empty() && !input.code.empty()) page.text += " (" + input.code + ")";
  page.text += "\n";
  if (input.as_of) page.text += page.say("Data per ", "Data as of ") + input.as_of->to_string() + "\n";
  if (!input.journal.empty()) page.text += page.say("Jurnal ", "Journal ") + input.journal + "\n";
  if (input.targets_as_realised) {
    page.text +=
        page.say("PERHATIAN: target dibaca seolah-olah realisasi; ini uji hitung, bukan kinerja.\n",
                 "NOTE: targets are read as if realised; this checks the arithmetic, it is not performance.\n");
  }
  page.heading("Masukan", "Inputs");
  // A worksheet stands among the documents of the model, but a reader counts it apart.
  std::set<std::string> worksheets;
  for (const ScoredWorksheet& worksheet : input.worksheets) worksheets.insert(worksheet.code);
  const auto documents =
      std::ranges::count_if(model.documents, [&](const Document& d) { return !worksheets.contains(d.code); });
  page.line(
      std::to_string(documents) + page.say(" dokumen, ", " documents, ") + std::to_string(model.units.size()) +
      page.say(" unit, ", " units, ") + std::to_string(model.node_count()) + page.say(" ukuran, ", " measures, ") +
      std::to_string(facts.facts.size()) + page.say(" fakta dari ", " facts from ") + std::to_string(input.feed_files) +
      page.say(" berkas", " files") +
      (facts.rejected > 0 ? page.say("; baris ditolak: ", "; rows rejected: ") + std::to_string(facts.rejected) : ""));
  std::size_t by_bps = 0, by_kemendagri = 0;
  for (const Observation& row : facts.observations) ++(row.authority == RegionAuthority::bps ? by_bps : by_kemendagri);
  const auto join_line = [&](std::size_t joined, std::size_t of, std::string_view authority) {
    if (of == 0) return;
    page.line(page.say("Gabung wilayah, kode ", "Region join, codes of ") + std::string(authority) + ": " +
              std::to_string(joined) + page.say(" dari ", " of ") + std::to_string(of) +
              page.say(" baris menemukan ukurannya", " rows found their measure"));
  };
  join_line(facts.joined_by_bps, by_bps, "BPS");
  join_line(facts.joined_by_kemendagri, by_kemendagri, "Kemendagri");
  for (const SummaryPack& pack : input.packs) {
    page.line(page.say("Paket aturan ", "Rule pack ") + pack.id + ": " + pack.instrument +
              (pack.status.empty() || pack.status == "terverifikasi" ? "" : " [" + pack.status + "]"));
  }
}

void write_outputs(SummaryPage& page) {
  if (page.input.outputs.empty()) return;
  page.heading("Hasil lengkap", "Full results");
  for (const auto& [file, meaning] : page.input.outputs) page.bullet(std::string(file).append(": ").append(meaning));
}

std::string write_summary(const SummaryInput& input) {
  SummaryPage page(input);
  write_identity(page);
  write_indicators(page);
  write_budgets(page);
  write_coverage(page);
  write_graded(page);
  write_series(page);
  write_coherence(page);
  write_worksheets(page);
  write_formula_sheets(page);
  write_findings(page);
  write_outputs(page);
  return std::move(page.text);
}

}  // namespace jenjang

// Annexes of an LHE: values per sub-component, every criterion with its lanes and evidence, and the marks.
#include <algorithm>

#include "engine/report/lhe_text.h"

namespace jenjang::report {
namespace {

void write_parts(Markdown& out, const LheInput& input, const LheScores& scores) {
  out.heading(2, "Lampiran 1. Nilai per subkomponen");
  out.header({"Kode", "Bagian", "Bobot", "Nilai", "Gradasi", "Kriteria terpenuhi"}, {2, 3});
  for (std::size_t i = 1; i < input.tmpl.nodes.size(); ++i) {
    if (is_leaf(input.tmpl, i)) continue;
    const TemplateNode& node = input.tmpl.nodes[i];
    const SheetNode& found = scores.counted.nodes[i];
    out.row({node.code, node.title, weight_of(input.tmpl, i), figure(input.tmpl, found), found.label,
             found.of > 0 ? std::to_string(found.met) + " dari " + std::to_string(found.of) : ""});
  }
  out.end_block();
}

std::string counted_answer(const LheInput& input, std::string_view code) {
  const SheetAnswers answers = input.sheet.effective(ReviewLane::assessor);
  const auto found = answers.find(code);
  return found == answers.end() ? std::string() : found->second;
}

void write_criteria(Markdown& out, const LheInput& input) {
  out.heading(2, "Lampiran 2. Jawaban per kriteria");
  const bool proposed = !input.proposals.empty();
  if (proposed) {
    out.paragraph(
        "Kolom usul berisi apa yang dapat dibuktikan rencana sendiri; usul bukan putusan, dan boleh berbeda dari "
        "jawaban penilai.");
  }
  std::vector<std::string> names{"Kode", "Uraian"};
  for (const std::string_view lane : kReviewLaneWords) names.emplace_back(lane);
  names.insert(names.end(), {"Dihitung", "Bukti", "Letak", "Keadaan", "Alasan"});
  if (proposed) names.insert(names.end(), {"Usul", "Alasan usul"});
  out.header(names);
  for (const WorksheetQuestion& question : worksheet_questions(input.pack, input.tmpl, &input.mode)) {
    const CriterionRow* row = input.sheet.find(question.code);
    std::vector<std::string> cells{question.code, question.title};
    for (std::size_t lane = 0; lane < kReviewLanes; ++lane) cells.push_back(row == nullptr ? "" : row->answer[lane]);
    const std::string counted = counted_answer(input, question.code);
    cells.push_back(counted.empty() ? "belum ada" : counted);
    if (row == nullptr) {
      cells.resize(cells.size() + 4);
    } else {
      cells.push_back(row->evidence + (row->digest.empty() ? "" : " (sidik " + row->digest.substr(0, 12) + "...)"));
      cells.push_back(row->place);
      cells.emplace_back(input.sheet.laned ? kCriterionStateWords[static_cast<std::size_t>(row->state)] : "");
      cells.push_back(row->reason);
    }
    if (proposed) {
      const auto found = std::ranges::find(input.proposals, question.code, &Proposal::criterion);
      const bool spoken = found != input.proposals.end();
      cells.push_back(spoken ? proposed_word(*found, true) : "");
      cells.push_back(spoken ? found->reason : "");
    }
    out.row(cells);
  }
  out.end_block();
}

}  // namespace

std::vector<std::string> lhe_marks(const LheInput& input) {
  std::vector<std::string> marks;
  if (input.unverified) marks.push_back("lembar kerja " + input.code + ": belum diverifikasi");
  if (input.pack.status == "belum-diverifikasi" || input.pack.status == "sebagian")
    marks.push_back("paket " + input.pack.id + ": status " + input.pack.status);
  if (input.mode.unverified) marks.push_back("mode " + input.mode.id + ": belum diverifikasi");
  if (input.tmpl.unverified) marks.push_back("templat " + input.tmpl.id + ": belum diverifikasi");
  for (const TemplateNode& node : input.tmpl.nodes) {
    if (node.unverified && !input.tmpl.unverified)
      marks.push_back(node.code + " " + node.title + ": belum diverifikasi");
  }
  for (const PackGate& gate : input.pack.gates) {
    if (gate.unverified && (!gate.government_only || input.is_government))
      marks.push_back("syarat predikat " + gate.id + ": belum diverifikasi");
  }
  return marks;
}

void write_annexes(Markdown& out, const LheInput& input, const LheScores& scores) {
  write_parts(out, input, scores);
  write_criteria(out, input);
  out.heading(2, "Lampiran 3. Tanda");
  const std::vector<std::string> marks = lhe_marks(input);
  if (input.illustrative) out.item("lembar kerja " + input.code + ": ILUSTRATIF, jawaban rekaan");
  for (const std::string& mark : marks) out.item(mark);
  if (marks.empty() && !input.illustrative) out.paragraph("Tidak ada bagian yang rekaan atau belum diverifikasi.");
  out.end_block();
}

}  // namespace jenjang::report

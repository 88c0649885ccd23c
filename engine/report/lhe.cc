#include "jenjang/report/lhe.h"

#include <algorithm>

#include "engine/report/lhe_text.h"

namespace jenjang {
namespace {

using report::comma;
using report::LheScores;
using report::Markdown;

class LheWriter {
public:
  explicit LheWriter(const LheInput& input) : in_(input), scores_(input), year_(input.period.year()) {}

  std::string write() {
    out_.heading(1, "Laporan hasil evaluasi akuntabilitas kinerja: " + unit_ + ", " + in_.period.to_string());
    warn();
    summary();
    basis();
    scope();
    method();
    last_year();
    results();
    notes();
    advice();
    closing();
    report::write_annexes(out_, in_, scores_);
    return out_.take();
  }

private:
  // What makes this no report to sign stands before everything else.
  void warn() {
    if (in_.illustrative) {
      out_.paragraph(
          "> **ILUSTRATIF.** Lembar kerja ini berisi jawaban rekaan. Nilai dan predikat di bawah bukan hasil evaluasi "
          "yang sebenarnya.");
    }
    const std::vector<std::string> marks = report::lhe_marks(in_);
    if (!marks.empty()) {
      out_.paragraph("> **BELUM DIVERIFIKASI.** " + std::to_string(marks.size()) +
                     " bagian laporan ini bersandar pada aturan atau data yang belum diverifikasi; lihat lampiran 3.");
    }
    if (in_.errors > 0) {
      out_.paragraph("> **BELUM SAH.** " + std::to_string(in_.errors) +
                     " galat ditemukan pada lembar kerja atau rekomendasinya, dan angka di bawah tidak "
                     "menghitung bagian itu. Perbaiki dahulu, lalu tulis laporan ini lagi.");
    }
    if (scores_.is_decided()) draft_notice();
    if (!scores_.is_decided()) {
      const std::string spoken =
          scores_.furthest ? "jalur " + std::string(kReviewLaneWords[static_cast<std::size_t>(*scores_.furthest)])
                           : std::string("tidak satu jalur pun");
      out_.paragraph(
          "> **RANCANGAN.** Penilai belum menjawab satu kriteria pun; yang berbicara paling jauh: " + spoken + ".");
    }
  }

  // The assessor has spoken, but not on everything, or not for the last time.
  void draft_notice() {
    std::size_t criteria = 0, silent = 0, open = 0, disputed = 0;
    const SheetAnswers decided = in_.sheet.of(ReviewLane::assessor);
    for (const TemplateNode& node : in_.tmpl.nodes) {
      if (node.kind != ItemKind::criterion) continue;
      ++criteria;
      if (!decided.contains(node.code)) ++silent;
      const CriterionRow* row = in_.sheet.laned ? in_.sheet.find(node.code) : nullptr;
      if (row == nullptr) continue;
      if (row->state == CriterionState::disputed) {
        ++disputed;
      } else if (row->state != CriterionState::final_) {
        ++open;
      }
    }
    if (silent + open + disputed == 0) return;
    std::string why;
    const auto add = [&](std::size_t count, const char* what) {
      if (count > 0) why += (why.empty() ? "" : ", ") + std::to_string(count) + " " + what;
    };
    add(silent, "belum dijawab penilai");
    add(open, "belum final");
    add(disputed, "masih disanggah");
    out_.paragraph("> **RANCANGAN.** Dari " + std::to_string(criteria) + " kriteria: " + why + ".");
  }

  void summary() {
    out_.heading(2, "Ringkasan");
    out_.paragraph(verdict());
    // Recorded answers may be others than those of the file at hand.
    const std::string printed = scores_.counted.printed ? scores_.counted.printed->to_string() : std::string();
    if (in_.in_plan && in_.in_plan->value != printed) {
      out_.paragraph("**Perhatian.** Rencana ini menghitung " +
                     (in_.in_plan->value.empty() ? "belum ada nilai" : comma(in_.in_plan->value)) +
                     " dari jawaban yang tercatat padanya; laporan ini dari berkas lembar kerjanya. Samakan keduanya "
                     "sebelum laporan ditetapkan.");
    }
    const std::string gate = gate_text();
    if (!gate.empty()) out_.paragraph("**Predikat belum diputuskan.** " + gate);
  }

  [[nodiscard]] std::string verdict() const {
    const SheetScore& score = scores_.counted;
    if (!score.total()) {
      return "**Nilai belum dapat ditetapkan.** " + open_criteria() +
             " Bagian yang sudah lengkap tetap dicantumkan; tidak ada angka yang diisi sendiri.";
    }
    return "Nilai evaluasi " + unit_ + " tahun " + std::to_string(year_) + " adalah **" + total() +
           "**, menurut angkanya predikat **" + predicate() + "**.";
  }

  [[nodiscard]] std::string total() const { return report::figure(in_.tmpl, scores_.counted.nodes.front()); }

  [[nodiscard]] std::string predicate() const {
    const std::string& label = scores_.counted.predicate;
    if (label.empty()) return "tidak ada";
    const Scale* scale = in_.pack.scale(in_.tmpl.nodes.front().scale);
    if (scale == nullptr) return label;
    for (const Band& band : scale->bands) {
      if (band.label == label && !band.name.empty()) return label + " (" + band.name + ")";
    }
    return label;
  }

  [[nodiscard]] std::string open_criteria() const {
    std::vector<std::string> open;
    const SheetAnswers answers = in_.sheet.effective(ReviewLane::assessor);
    for (const TemplateNode& node : in_.tmpl.nodes) {
      if (node.kind != ItemKind::criterion) continue;
      const auto found = answers.find(node.code);
      if (found == answers.end() || found->second.empty()) open.push_back(node.code);
    }
    if (open.empty()) return "Ada jawaban yang tidak dapat dihitung.";
    std::string text = std::to_string(open.size()) + " kriteria belum terjawab:";
    constexpr std::size_t kShown = 12;
    for (std::size_t i = 0; i < open.size() && i < kShown; ++i) text += (i > 0 ? ", " : " ") + open[i];
    if (open.size() > kShown) text += ", dan " + std::to_string(open.size() - kShown) + " lagi";
    return text + ".";
  }

  [[nodiscard]] std::string gate_text() const {
    if (!scores_.counted.total()) return {};
    if (in_.in_plan) {
      const LheInput::InPlan& plan = *in_.in_plan;
      if (plan.predicate == scores_.counted.predicate) return {};
      return "Menurut rencana: " + (plan.predicate.empty() ? "belum ada predikat" : plan.predicate) +
             (plan.gate.empty() ? "." : "; " + plan.gate + ".");
    }
    std::string gates;
    for (const PackGate& gate : in_.pack.gates) {
      if (gate.label != scores_.counted.predicate || (gate.government_only && !in_.is_government)) continue;
      gates += (gates.empty() ? "" : ", ") + gate.id;
    }
    return gates.empty() ? gates : "Syarat " + gates + " tidak dapat diperiksa dari lembar kerja ini saja.";
  }

  void basis() {
    out_.heading(2, "1. Dasar hukum");
    out_.item(in_.pack.instrument.empty() ? in_.pack.title : in_.pack.instrument);
    if (!in_.tmpl.article.empty()) out_.item(in_.tmpl.article);
    out_.item("Paket aturan " + in_.pack.id + "/" + in_.tmpl.id + ", status " + in_.pack.status +
              (in_.pack.valid_from.empty() ? "" : ", berlaku mulai " + in_.pack.valid_from) +
              (in_.pack.valid_until.empty() ? "" : " sampai " + in_.pack.valid_until));
    if (!in_.pack.note.empty()) out_.paragraph(in_.pack.note);
  }

  void scope() {
    out_.heading(2, "2. Tujuan dan ruang lingkup");
    out_.paragraph(
        "Evaluasi ini mengumpulkan keterangan tentang penerapan akuntabilitas kinerja, menilai tingkatnya, memberi "
        "saran perbaikan, dan melihat apa yang sudah dilakukan atas saran tahun lalu.");
    std::size_t components = 0;
    std::size_t criteria = 0;
    for (const TemplateNode& node : in_.tmpl.nodes) {
      if (node.kind == ItemKind::component) ++components;
      if (node.kind == ItemKind::criterion) ++criteria;
    }
    out_.paragraph("Yang dinilai: " + unit_ + ", tahun " + std::to_string(year_) + ", menurut " +
                   std::to_string(components) + " komponen dan " + std::to_string(criteria) +
                   " kriteria (lembar kerja " + in_.code + (in_.title.empty() ? "" : ", " + in_.title) + ").");
  }

  void method() {
    out_.heading(2, "3. Cara penilaian dan waktu");
    out_.paragraph("Cara pengisian " + in_.mode.id + ": " + in_.mode.title + "." +
                   (in_.mode.unverified ? " **Cara ini belum diverifikasi.**" : ""));
    out_.paragraph(
        "Jawaban unit, verifikator, penjamin mutu dan penilai berdiri berdampingan dan tidak saling menimpa. Yang "
        "dihitung pada setiap kriteria ialah jawaban jalur terjauh yang sudah berbicara; kriteria yang buktinya "
        "ditolak tidak terjawab sampai diperbaiki, kecuali oleh penilai sendiri. Pertimbangan di atas BB tidak pernah "
        "dihitung dari jawaban unit sendiri. Nilai menurut sebuah jalur memuat jawaban jalur itu dan jalur "
        "sebelumnya.");
    for (std::size_t lane = 0; lane < report::kReviewLanes; ++lane) {
      std::string line = std::string(kReviewLaneWords[lane]) + ": ";
      const std::optional<SheetScore>& score = scores_.lanes[lane];
      if (!score) {
        line += "belum berbicara";
      } else if (!score->total()) {
        line += "belum lengkap, sehingga belum ada nilai";
      } else {
        line += report::figure(in_.tmpl, score->nodes.front()) + " (" + score->predicate + ")";
      }
      out_.item(line);
    }
    if (in_.as_of) out_.paragraph("Data dipotong per " + in_.as_of->to_string() + ".");
  }

  void last_year() {
    out_.heading(2, "4. Tindak lanjut evaluasi tahun lalu");
    std::size_t of = 0;
    std::size_t done = 0;
    for (const Recommendation& one : in_.recommendations) {
      if (one.year != year_ - 1) continue;
      ++of;
      if (one.state == FollowUp::done && !one.evidence.empty()) ++done;
    }
    const bool any = std::ranges::any_of(
        in_.recommendations, [&](const Recommendation& one) { return is_carried(one) || one.year == year_ - 1; });
    if (!any) {
      out_.paragraph("Tidak ada rekomendasi tahun-tahun sebelumnya yang tercatat pada rencana ini.");
      return;
    }
    if (of > 0) {
      out_.paragraph(std::to_string(done) + " dari " + std::to_string(of) + " rekomendasi tahun " +
                     std::to_string(year_ - 1) + " selesai ditindaklanjuti dengan bukti.");
    }
    out_.header({"Kode", "Tahun", "Kriteria", "Rekomendasi", "Keadaan", "Tindak lanjut", "Bukti", "Tenggat"});
    for (const Recommendation& one : in_.recommendations) {
      if (one.year != year_ - 1 && !is_carried(one)) continue;
      std::string state(to_string(one.state));
      if (in_.as_of && one.is_overdue(*in_.as_of)) state += ", **lewat tenggat**";
      if (one.illustrative) state += " (ilustratif)";
      if (one.unverified) state += " (belum diverifikasi)";
      out_.row({one.code, std::to_string(one.year), one.criterion, one.text, state, one.done, one.evidence,
                one.due ? one.due->to_string() : ""});
    }
    out_.end_block();
  }

  // Still open from any year before: it stands in every report until it is settled.
  [[nodiscard]] bool is_carried(const Recommendation& one) const { return one.year < year_ && !one.is_settled(); }

  void results() {
    out_.heading(2, "5. Hasil evaluasi");
    out_.header({"No", "Komponen", "Bobot", "Nilai"}, {2, 3});
    for (std::size_t i = 0; i < in_.tmpl.nodes.size(); ++i) {
      const TemplateNode& node = in_.tmpl.nodes[i];
      if (node.kind != ItemKind::component) continue;
      out_.row(
          {node.code, node.title, report::weight_of(in_.tmpl, i), report::figure(in_.tmpl, scores_.counted.nodes[i])});
    }
    // Components are printed rounded and added unrounded, so that the last digit may differ.
    out_.row({"", "**Jumlah**", report::weight_of(in_.tmpl, 0), "**" + total() + "**"});
    const bool open = !gate_text().empty();
    out_.row({"", "**Predikat**", "",
              !scores_.counted.total() ? "belum ada"
              : open                   ? "belum diputuskan"
                                       : "**" + predicate() + "**"});
    out_.end_block();
    out_.paragraph(
        "Setiap angka dibulatkan tersendiri dari nilai tepatnya; jumlah dihitung dari nilai tepat, sehingga digit "
        "terakhirnya dapat berbeda dari jumlah angka tercetak.");
  }

  [[nodiscard]] bool is_under(std::size_t index, std::size_t ancestor) const {
    while (index != SIZE_MAX && index != ancestor) index = in_.tmpl.nodes[index].parent;
    return index == ancestor;
  }

  // The part of the template that a worksheet row speaks about: "1.a/dipertahankan-1-tahun" is about 1.a.
  [[nodiscard]] std::size_t node_of(std::string_view code) const {
    return in_.tmpl.find_node(code.substr(0, code.find('/')));
  }

  void notes() {
    out_.heading(2, "6. Catatan per komponen");
    constexpr auto kAssessor = static_cast<std::size_t>(ReviewLane::assessor);
    for (std::size_t i = 0; i < in_.tmpl.nodes.size(); ++i) {
      if (in_.tmpl.nodes[i].kind != ItemKind::component) continue;
      out_.heading(3, in_.tmpl.nodes[i].code + ". " + in_.tmpl.nodes[i].title);
      bool said = false;
      for (const CriterionRow& row : in_.sheet.rows) {
        const std::size_t about = node_of(row.code);
        if (about == SIZE_MAX || !is_under(about, i) || row.note[kAssessor].empty()) continue;
        out_.item(row.code + ": " + row.note[kAssessor]);
        said = true;
      }
      const std::string unmet = unmet_under(i);
      if (!unmet.empty()) out_.item(unmet);
      if (!said && unmet.empty()) out_.paragraph("Penilai tidak memberi catatan.");
      out_.end_block();
    }
  }

  [[nodiscard]] std::string unmet_under(std::size_t component) const {
    std::string codes;
    for (std::size_t i = component + 1; i < in_.tmpl.nodes.size(); ++i) {
      if (in_.tmpl.nodes[i].kind != ItemKind::criterion || !is_under(i, component)) continue;
      const SheetNode& node = scores_.counted.nodes[i];
      // The lowest grade there is: "tidak", or E.
      if (!node.value || !node.value->is_zero()) continue;
      codes += (codes.empty() ? "" : ", ") + in_.tmpl.nodes[i].code;
    }
    return codes.empty() ? codes : "Belum terpenuhi: " + codes + ".";
  }

  void advice() {
    out_.heading(2, "7. Rekomendasi");
    const auto of_year = [&](const Recommendation& one) { return one.year == year_; };
    if (std::ranges::none_of(in_.recommendations, of_year)) {
      out_.paragraph("Belum ada rekomendasi tahun " + std::to_string(year_) + " yang dicatat pada rencana ini.");
    } else {
      out_.paragraph("Kepada kepala " + unit_ + ":");
      for (const Recommendation& one : in_.recommendations) {
        if (!of_year(one)) continue;
        out_.item(one.code + (one.criterion.empty() ? "" : " (" + one.criterion + ")") + ": " + one.text +
                  (one.text.ends_with('.') ? "" : ".") + (one.due ? " Tenggat " + one.due->to_string() + "." : "") +
                  (one.illustrative ? " (ilustratif)" : ""));
      }
    }
    const auto carried = std::ranges::count_if(in_.recommendations, [&](const auto& one) { return is_carried(one); });
    if (carried > 0) {
      out_.paragraph("Ditambah " + std::to_string(carried) +
                     " rekomendasi tahun sebelumnya yang belum selesai pada bagian 4.");
    }
  }

  void closing() {
    out_.heading(2, "8. Penutup");
    out_.paragraph(
        "Laporan ini disusun dari lembar kerja dan bukti yang disebut pada lampiran. Setiap angka dapat dihitung ulang "
        "dari lampiran 1 dan 2.");
    out_.paragraph("Ditetapkan di .................., tanggal ..................");
    out_.paragraph("(jabatan dan tanda tangan penilai)");
  }

  const LheInput& in_;
  LheScores scores_;
  int year_;
  std::string unit_ = in_.unit_name.empty() ? in_.unit_path : in_.unit_name;
  Markdown out_;
};

}  // namespace

std::string write_lhe(const LheInput& input) {
  return LheWriter(input).write();
}

}  // namespace jenjang

// A government changes the rules in YAML alone: the evaluation of 2027 with other weights and one more criterion, the
// points that an agency loads into an empty slot, the questions of 12/2015. And the slips that are refused on the way.
#include <gtest/gtest.h>

#include "jenjang/assess/worksheet.h"
#include "jenjang/plan/plan.h"
#include "jenjang/workspace/pack_cases.h"

namespace jenjang {
namespace sakip_variant_test {

const std::string kRoot = JENJANG_SOURCE_DIR;

// The one file that makes the variant. 25 + 30 + 15 + 30 = 100; 4.c has a sixth criterion.
constexpr const char* k2027 = R"(jenjang: 1
paket: sakip-2027
perluas: sakip-2021
judul: Evaluasi AKIP 2027
instrumen: Peraturan Gubernur (contoh)
berlaku: {mulai: 2027-01-01}
status: belum-diverifikasi
templat:
- kode: lke
  komponen:
  - kode: "1"
    bobot: 25
    subkomponen:
    - {kode: 1.a, bobot: 5}
    - {kode: 1.b, bobot: 7.5}
    - {kode: 1.c, bobot: 12.5}
  - kode: "4"
    bobot: 30
    subkomponen:
    - {kode: 4.a, bobot: 6}
    - {kode: 4.b, bobot: 9}
    - kode: 4.c
      bobot: 15
      kriteria:
      - {kode: 4.c.6, judul: hasil evaluasi dibuka kepada umum}
kasus:
- kode: semua
  judul: semua terpenuhi
  sumber: hitungan tangan; 80 x 100 / 100
  templat: lke
  mode: M1
  masukan: {"1": ya, "2": ya, "3": ya, "4": ya}
  harapan: {"1": 20.00, "4": 24.00, total: 80.00, predikat: BB}
- kode: kurang-satu
  judul: kriteria yang baru tidak terpenuhi
  sumber: hitungan tangan; 4.c 5 dari 6, di atas 3/4, jadi B = 15 x 70 / 100 = 10.50 sebagai ganti 12
  templat: lke
  mode: M1
  masukan: {"1": ya, "2": ya, "3": ya, "4": ya, 4.c.6: tidak}
  harapan: {4.c: 10.50, "4": 22.50, total: 78.50, predikat: BB}
- kode: rata-rata
  judul: kriteria yang baru bernilai E
  sumber: hitungan tangan; 4.c rata-rata 5 x 90 / 6 = 75, 15 x 75 / 100 = 11.25 sebagai ganti 13.50
  templat: lke
  mode: M2
  masukan: {"1": A, "2": A, "3": A, "4": A, 4.c.6: E}
  harapan: {4.c: 11.25, total: 87.75, predikat: A}
)";

class SakipVariantTest : public ::testing::Test {
protected:
  void SetUp() override { ASSERT_TRUE(packs_.load_folder(kRoot + "/models", sources_, sink_)) << text_of(sink_); }
  bool load(const std::string& id, const std::string& text) {
    sink_ = DiagnosticSink();
    files_.keep("daerah/" + id + "/pack.yaml", text);
    return packs_.load_folder("daerah", sources_, sink_, files_);
  }
  [[nodiscard]] std::string text_of(const DiagnosticSink& sink) const { return render_text(sink.all(), sources_, {}); }
  // The line of the file that a finding points at.
  [[nodiscard]] std::string line_of(const Diagnostic& finding) const {
    return std::string(sources_.line(finding.primary.file, finding.primary.line));
  }

  SourceMap sources_;
  DiagnosticSink sink_;
  PackLibrary packs_;
  KeptFiles files_;
};

std::string changed(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

TEST_F(SakipVariantTest, OneFileMakesTheVariant) {
  ASSERT_TRUE(load("sakip-2027", k2027)) << text_of(sink_);
  const std::vector<PackCaseOutcome> outcomes = run_pack_cases(packs_, "sakip-2027", sources_, sink_);
  ASSERT_EQ(outcomes.size(), 3U);
  for (const PackCaseOutcome& outcome : outcomes) EXPECT_TRUE(outcome.passes()) << outcome.id << text_of(sink_);
  const Pack* pack = packs_.find("sakip-2027");
  EXPECT_EQ(worksheet_questions(*pack, pack->templates.front(), pack->templates.front().find_mode("M2")).size(), 81U);
  // The pack it extends is as it was.
  const Pack* base = packs_.find("sakip-2021");
  EXPECT_EQ(worksheet_questions(*base, base->templates.front(), base->templates.front().find_mode("M2")).size(), 80U);
}

struct Slip {
  const char* from;
  const char* to;
  Code code;
  const char* line;        // what the line pointed at holds
  const char* suggestion;  // empty: the repair is in words
};

TEST_F(SakipVariantTest, SlipsAreRefusedWithPlaceAndRepair) {
  const std::vector<Slip> slips{
      {"perluas: sakip-2021", " perluas: sakip-2021", Code::J1105, "perluas", ""},
      {"perluas: sakip-2021", "perluas: sakip-2o21", Code::J1404, "sakip-2o21", "sakip-2021"},
      {"    - {kode: 1.a, bobot: 5}", "    - {kode: 1.a, bobott: 5}", Code::J1115, "bobott", "bobot"},
      {"    - {kode: 1.a, bobot: 5}", "    - {kode: 1.a, bobot: 4}", Code::J1408, "kode: 1.a", ""},
      {"    bobot: 30\n    subkomponen:\n    - {kode: 4.a", "    bobot: 29\n    subkomponen:\n    - {kode: 4.a",
       Code::J1408, "kode: 4.a", ""},
      {"templat:\n",
       "skala:\n- kode: predikat\n  pita:\n  - {label: A, dari: 81, sampai: 100}\n"
       "  - {label: B, dari: 0, sampai: 80}\ntemplat:\n",
       Code::J1407, "label: A", "batas"},
      {"templat:\n",
       "skala:\n- kode: predikat\n  pita:\n  - {label: A, batas: 80}\n  - {label: B, batas: 90}\n"
       "  - {label: C, batas: terbuka}\ntemplat:\n",
       Code::J1406, "label: B", ""},
  };
  for (const Slip& slip : slips) {
    SCOPED_TRACE(slip.to);
    EXPECT_FALSE(load("sakip-2027", changed(k2027, slip.from, slip.to)));
    EXPECT_EQ(packs_.find("sakip-2027"), nullptr);
    bool found = false;
    for (const Diagnostic& finding : sink_.all()) {
      if (finding.code != slip.code) continue;
      found = true;
      EXPECT_NE(line_of(finding).find(slip.line), std::string::npos) << line_of(finding);
      EXPECT_FALSE(repair_text(finding, Language::indonesian).empty());
      EXPECT_EQ(finding.suggestion, slip.suggestion);
      break;
    }
    EXPECT_TRUE(found) << text_of(sink_);
  }
}

TEST_F(SakipVariantTest, WeightsOfNinetyNineAreToldWithBothFigures) {
  // 24 instead of 25: the total is 99, and so are the parts of component 1 off by one.
  EXPECT_FALSE(load("sakip-2027", changed(k2027, "bobot: 25", "bobot: 24")));
  bool found = false;
  for (const Diagnostic& finding : sink_.all()) {
    const std::string text = message_text(finding, Language::english);
    found = found || text == "weights under total add up to 99 where 100 was expected";
  }
  EXPECT_TRUE(found) << text_of(sink_);
}

TEST_F(SakipVariantTest, AYearOutsideThePacksValidityWarns) {
  ASSERT_TRUE(load("sakip-2027", k2027)) << text_of(sink_);
  const auto findings = [&](const std::string& pack, const std::string& year) {
    KeptFiles plan;
    plan.keep("uji/jenjang.yaml",
              "jenjang: 1\nrencana: UJI\nunit: [unit.yaml]\nlembar_kerja:\n- {berkas: lke.csv, paket: " + pack +
                  "/lke, mode: M1, kode: LKE, unit: \"64\", periode: " + year + "}\n");
    plan.keep("uji/unit.yaml", "jenjang: 1\ndaftar_unit: [{kode: \"64\", jenis: provinsi}]\n");
    DiagnosticSink sink;
    const Result<ParsedPlan> parsed = parse_plan("uji", {}, sources_, sink, plan);
    EXPECT_TRUE(bind_plan(parsed.value(), packs_, sources_, sink).has_value()) << text_of(sink);
    EXPECT_FALSE(sink.has_errors()) << text_of(sink);
    std::vector<Diagnostic> about;
    for (const Diagnostic& finding : sink.all()) {
      if (finding.code == Code::J3108) about.push_back(finding);
    }
    return about;
  };
  EXPECT_TRUE(findings("sakip-2027", "2027").empty());
  EXPECT_TRUE(findings("sakip-2021", "2024").empty());
  const std::vector<Diagnostic> early = findings("sakip-2027", "2026");
  ASSERT_EQ(early.size(), 1U);
  EXPECT_EQ(early.front().severity, Severity::warning);
  EXPECT_NE(line_of(early.front()).find("sakip-2027/lke"), std::string::npos);
}

// An agency's points per criterion (1 / 1.5 / 1.5 / 1 / 1 of the six points of 1.a) go into the slot of M3 by YAML.
TEST_F(SakipVariantTest, PointsPerCriterionFillTheSlotOfM3) {
  const PackTemplate* base = packs_.find("sakip-2021")->find_template("lke");
  EXPECT_EQ(packs_.require_mode(*base, "M3", {}, sink_), nullptr);
  ASSERT_EQ(sink_.all().back().code, Code::J1412);
  EXPECT_NE(message_text(sink_.all().back(), Language::indonesian).find("muat poin setiap kriteria"),
            std::string::npos);
  ASSERT_TRUE(load("sakip-kab", R"(jenjang: 1
paket: sakip-kab
perluas: sakip-2021
judul: Evaluasi AKIP kabupaten
status: belum-diverifikasi
skala:
- {kode: bagian, judul: bagian poin, jenis: tingkat, nilai: [{label: a, poin: 100}, {label: b, poin: 75}, {label: c, poin: 50}, {label: d, poin: 25}, {label: e, poin: 0}]}
templat:
- kode: lke
  mode:
  - {kode: M3, jawaban: bagian, aturan: rata-rata-nilai}
  komponen:
  - kode: "1"
    subkomponen:
    - kode: 1.a
      jumlah_bobot: 6
      kriteria:
      - {kode: 1.a.1, bobot: 1}
      - {kode: 1.a.2, bobot: 1.5}
      - {kode: 1.a.3, bobot: 1.5}
      - {kode: 1.a.4, bobot: 1}
      - {kode: 1.a.5, bobot: 0.5}
      - {kode: 1.a.6, bobot: 0.5}
)")) << text_of(sink_);
  const Pack* pack = packs_.find("sakip-kab");
  const PackTemplate& tmpl = pack->templates.front();
  const ScoringMode* mode = packs_.require_mode(tmpl, "M3", {}, sink_);
  ASSERT_NE(mode, nullptr);
  SheetAnswers answers;
  for (const WorksheetQuestion& question : worksheet_questions(*pack, tmpl, mode)) answers[question.code] = "a";
  answers["1.a.2"] = "b";  // 0.75 x 1.5
  answers["1.a.4"] = "d";  // 0.25 x 1
  const SheetScore sheet = score_sheet(*pack, tmpl, mode, answers);
  // 6 - 0.375 - 0.75
  EXPECT_EQ(sheet.nodes[tmpl.find_node("1.a")].value->to_string(), "39/8");
  EXPECT_EQ(sheet.total()->to_string(), "791/8");
}

// The questions of 12/2015: refused as they stand, scored once their scales are loaded, with the logical framework.
TEST_F(SakipVariantTest, QuestionsOf2015AreLoaded) {
  EXPECT_EQ(packs_.require_template("sakip-2015/lke", {}, sink_), nullptr);
  ASSERT_EQ(sink_.all().back().code, Code::J1412);
  const std::string refusal = message_text(sink_.all().back(), Language::indonesian);
  EXPECT_NE(refusal.find("89 pertanyaan"), std::string::npos) << refusal;  // 86 without a scale, 3 with unknown points
  EXPECT_NE(refusal.find("muat naskah 92 pertanyaan"), std::string::npos) << refusal;

  std::string text =
      "jenjang: 1\npaket: sakip-2015-termuat\nperluas: sakip-2015\njudul: 12/2015 dengan naskah\n"
      "status: belum-diverifikasi\nskala:\n"
      "- {kode: capaian-5, nilai: [{label: a, poin: 5}, {label: b, poin: 3}, {label: c, poin: 2}, {label: d, poin: 1}, "
      "{label: e, poin: 0}]}\n"
      "- {kode: capaian-2.5, nilai: [{label: a, poin: 2.5}, {label: b, poin: 2}, {label: c, poin: 1}, "
      "{label: d, poin: 0.5}, {label: e, poin: 0}]}\n"
      "templat:\n- kode: lke\n  kontrol:\n  - {kode: A.I.a, paling_tinggi: A.I.a.1}\n  komponen:\n";
  const Pack* base = packs_.find("sakip-2015");
  const PackTemplate& form = *base->find_template("lke");
  std::size_t questions = 0;
  std::string component;
  for (std::size_t i = 1; i < form.nodes.size(); ++i) {
    const TemplateNode& node = form.nodes[i];
    if (node.kind == ItemKind::component) {
      component = node.code;
      if (component != "E") text += "  - kode: " + node.code + "\n    subkomponen:\n";
    } else if (component == "E") {
      if (node.kind == ItemKind::criterion) ++questions;
    } else if (node.kind == ItemKind::sub_component) {
      text += "    - kode: " + node.code + "\n      kriteria:\n";
    } else {
      ++questions;
      text += "      - {kode: " + node.code + ", skala: " + (node.code == "A.I.a.1" ? "ya-tidak" : "lima") + "}\n";
    }
  }
  EXPECT_EQ(questions, 92U);
  ASSERT_TRUE(load("sakip-2015-termuat", text)) << text_of(sink_);
  const PackTemplate* tmpl = packs_.require_template("sakip-2015-termuat/lke", {}, sink_);
  ASSERT_NE(tmpl, nullptr) << text_of(sink_);
  const Pack* pack = packs_.find("sakip-2015-termuat");
  const ScoringMode* mode = tmpl->find_mode("LKE");
  SheetAnswers answers;
  for (const WorksheetQuestion& question : worksheet_questions(*pack, *tmpl, mode)) {
    answers[question.code] = question.code == "A.I.a.1" ? "ya" : "a";
  }
  const auto points = [&](std::string_view code) {
    const SheetScore sheet = score_sheet(*pack, *tmpl, mode, answers);
    const auto& value = sheet.nodes[tmpl->find_node(code)].value;
    return value ? value->to_decimal()->to_string() : "-";
  };
  EXPECT_EQ(points("total"), "100");
  // B.b: seven a and three b, (7 + 3 x 0.75) / 10 x 12.5 = 11.5625, rounded to 11.56 before it is added.
  for (const char* code : {"B.b.1", "B.b.2", "B.b.3"}) answers[code] = "b";
  EXPECT_EQ(points("B.b"), "11.56");
  // B.c is all a, but use may not beat the mean of quality, 0.925: 0.925 x 7.5 = 6.9375, rounded 6.94.
  EXPECT_EQ(points("B.c"), "6.94");
  EXPECT_EQ(points("B"), "23.5");  // 5 + 11.56 + 6.94
  // Output: b of 3 is 2, c of 1.5 is 0.5, a of 3: 5.5.
  answers["E.a.1"] = "b";
  answers["E.a.2"] = "c";
  EXPECT_EQ(points("E.a"), "5.5");
  // No Renstra: nothing for any part of A.I, ten points.
  answers["A.I.a.1"] = "tidak";
  EXPECT_EQ(points("A"), "20");
}

}  // namespace sakip_variant_test
}  // namespace jenjang

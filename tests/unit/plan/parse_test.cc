// The manifest, the files it names, and mistakes of form.
#include <ranges>

#include "engine/plan/nomenclature.h"
#include "engine/plan/plan_document.h"
#include "tests/unit/plan/plan_fixture.h"

namespace jenjang {
namespace parse_test {

using PlanParsing = PlanTest;

TEST_F(PlanParsing, ManifestIsReadWhole) {
  write("jenjang.yaml",
        "jenjang: 1\nrencana: UJI\njudul: Rencana uji\nzona: Asia/Makassar\nper_tanggal: 2025-12-31\n"
        "unit: [unit.yaml]\ndokumen: [dokumen/rpd.yaml]\n"
        "realisasi:\n- {berkas: r/a.csv, pemisah: \";\", desimal: koma, otoritas: bps, tervalidasi: [sah], sumber: "
        "SIPSN, tanda: ilustratif}\n"
        "lembar_kerja:\n- {berkas: l.csv, paket: p/t, mode: M1, kode: L, unit: \"64\", periode: 2024}\n"
        "paket: [paket/]\nkeringanan:\n- {aturan: CAS-TGT-07, alamat: X@64, alasan: memang tetap}\n");
  write("unit.yaml", "jenjang: 1\n" + units());
  write("dokumen/rpd.yaml",
        "jenjang: 1\ndokumen: RPD\nkode: RPD-64\nunit: \"64\"\ntahun: 2024\nberlaku: 2024-01-02\nmenggantikan: "
        "LAMA\nstatus: usulan\n");
  auto parsed = parse_plan(root_, {}, sources_, sink_);
  ASSERT_TRUE(parsed.ok());
  const ParsedPlan& plan = parsed.value();
  EXPECT_EQ(codes(), Strings{}) << messages();
  EXPECT_EQ(plan.code, "UJI");
  EXPECT_EQ(plan.zone, Zone{8 * 60});
  EXPECT_EQ(plan.as_of->to_string(), "2025-12-31");
  EXPECT_FALSE(plan.single_file);
  ASSERT_EQ(plan.feeds.size(), 1U);
  EXPECT_EQ(plan.feeds[0].file, root_ / "r/a.csv");
  EXPECT_EQ(plan.feeds[0].format, (CsvFormat{';', ','}));
  EXPECT_EQ(plan.feeds[0].authority, RegionAuthority::bps);
  EXPECT_EQ(plan.feeds[0].validated_states, Strings{"sah"});
  EXPECT_TRUE(plan.feeds[0].illustrative);
  ASSERT_EQ(plan.worksheets.size(), 1U);
  EXPECT_EQ(plan.worksheets[0].pack_template, "p/t");
  EXPECT_EQ(plan.worksheets[0].period, Period::year(2024));
  ASSERT_EQ(plan.waivers.size(), 1U);
  EXPECT_EQ(plan.waivers[0].reason, "memang tetap");
  EXPECT_EQ(plan.pack_folders, std::vector<std::filesystem::path>{root_ / "paket/"});
  ASSERT_EQ(plan.documents->documents.size(), 1U);
  const PlanDocument& document = plan.documents->documents[0];
  EXPECT_EQ(document.years, (PeriodRange{2024, 2024}));
  EXPECT_EQ(document.replaces, "LAMA");
  EXPECT_EQ(document.state, StatementState::proposed);
  EXPECT_EQ(std::ranges::distance(std::views::join(plan.documents->units)), 8);
}

TEST_F(PlanParsing, FolderWithoutManifestFails) {
  const auto parsed = parse_plan(root_, {}, sources_, sink_);
  ASSERT_FALSE(parsed.ok());
  EXPECT_EQ(parsed.failure().code, Code::J1501);
}

TEST_F(PlanParsing, MissingPlanFails) {
  const auto parsed = parse_plan(root_ / "tidak-ada.yaml", {}, sources_, sink_);
  ASSERT_FALSE(parsed.ok());
  EXPECT_EQ(parsed.failure().code, Code::J1001);
}

TEST_F(PlanParsing, MissingFileIsNamedAtTheManifestLine) {
  write("jenjang.yaml", "jenjang: 1\nrencana: UJI\ndokumen: [tidak-ada.yaml]\n");
  bind_path(root_);
  EXPECT_EQ(codes(), Strings{"J1001"});
  EXPECT_EQ(underlined(Code::J1001), "tidak-ada.yaml");
}

TEST_F(PlanParsing, VersionIsTheFirstKey) {
  bind_file("dokumen: RPD\njenjang: 1\nkode: R\ntahun: 2024\n");
  EXPECT_EQ(codes(), Strings{"J1502"});
  EXPECT_EQ(argument(Code::J1502, "ditemukan"), "dokumen");
}

TEST_F(PlanParsing, UnknownVersionIsRefused) {
  bind_file("jenjang: 2\ndokumen: RPD\nkode: R\ntahun: 2024\n");
  EXPECT_EQ(codes(), Strings{"J1502"});
}

struct FormCase {
  const char* name;
  const char* text;
  const char* key;
  const char* found;
};
class FormMistakes : public PlanTest, public ::testing::WithParamInterface<FormCase> {};
TEST_P(FormMistakes, AreNamed) {
  bind_file(document(GetParam().text));
  EXPECT_EQ(codes(), Strings{"J1503"}) << messages();
  EXPECT_EQ(argument(Code::J1503, "kunci"), GetParam().key);
  EXPECT_EQ(argument(Code::J1503, "ditemukan"), GetParam().found);
}
INSTANTIATE_TEST_SUITE_P(
    Plan, FormMistakes,
    ::testing::Values(
        FormCase{"NotAList", "indikator: X\n", "indikator", "X"},
        FormCase{"Label", "indikator:\n- {kode: X, satuan: t, polaritas: naik, tanda: rekaan}\n", "tanda", "rekaan"},
        FormCase{"Rounding", "indikator:\n- {kode: X, satuan: t, polaritas: naik, pembulatan: dua}\n", "pembulatan",
                 "dua"},
        FormCase{"Step", "indikator:\n- {kode: X, satuan: t, polaritas: naik, langkah: 0}\n", "langkah", "0"},
        FormCase{"NoSelector", "indikator:\n- {kode: X, satuan: t, polaritas: naik, kaskade: [{cara: rata}]}\n", "ke",
                 "-"}),
    [](const auto& one) { return std::string(one.param.name); });

TEST_F(PlanParsing, UnknownKeyHasANearMiss) {
  bind_file(document("indikator:\n- {kode: X, satuan: t, polaritias: naik}\n"));
  EXPECT_EQ(codes(), (Strings{"J1511", "J1115"}));
  EXPECT_EQ(first(Code::J1115)->suggestion, "polaritas");
}

TEST_F(PlanParsing, NomenclatureCodesAreTidiedAndTheRawTextKept) {
  // Writings met in circulation: level as two digits, blanks, kegiatan joined to its level.
  EXPECT_EQ(read_nomenclature("2.11.01.02.01.0001")->text, "2.11.01.2.01.0001");
  EXPECT_EQ(read_nomenclature("1 02 01 2.02")->text, "1.02.01.2.02");
  EXPECT_EQ(read_nomenclature("1 02 02 202")->text, "1.02.02.2.02");
  EXPECT_EQ(read_nomenclature("2.11.03.1.01")->text, "2.11.03.1.01");
  EXPECT_FALSE(read_nomenclature("X XX 01 2.10"));  // a placeholder is no code
  EXPECT_FALSE(read_nomenclature("2.11.03.3.01"));  // no third level of government
  EXPECT_FALSE(read_nomenclature("9.11"));
  EXPECT_FALSE(read_nomenclature("2.11.03.1"));  // a level without its kegiatan
  EXPECT_FALSE(read_nomenclature("P1"));
  bind_file(document("program:\n- {kode: 1 02 02, uraian: Program}\n"));
  ASSERT_TRUE(model_) << messages();
  EXPECT_TRUE(model_->find("1.02.02", "64"));
  EXPECT_EQ(plan_.documents->documents[0].goals[0].raw_code, "1 02 02");
}

}  // namespace parse_test
}  // namespace jenjang

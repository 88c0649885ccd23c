// `rekomendasi` and `kartu_praktik`: what is read, and what is refused where it stands.
#include "tests/unit/plan/plan_fixture.h"

namespace jenjang {
namespace follow_up_test {

class FollowUpTest : public PlanTest {
protected:
  void read(const std::string& manifest) { bind_documents({document(measure(""))}, manifest); }
};

TEST_F(FollowUpTest, ARowIsReadWhole) {
  write("r.csv",
        "kode;tahun;unit;kriteria;rekomendasi;keadaan;tindak_lanjut;bukti;tenggat\n"
        "R-1;2023;64/dlh;1.b.5;Lengkapi indikator;selesai;Dilengkapi;renstra.pdf;2024-06-30\n");
  read("rekomendasi: [{berkas: r.csv, pemisah: \";\", tanda: ilustratif}]\n");
  ASSERT_EQ(plan_.recommendations.size(), 1U) << messages();
  const Recommendation& one = plan_.recommendations.front();
  EXPECT_EQ(one.code, "R-1");
  EXPECT_EQ(one.year, 2023);
  EXPECT_EQ(one.criterion, "1.b.5");
  EXPECT_EQ(one.state, FollowUp::done);
  EXPECT_TRUE(one.is_settled());
  EXPECT_EQ(one.due, (Date{2024, 6, 30}));
  EXPECT_FALSE(one.is_overdue(Date{2025, 1, 1}));  // settled
  EXPECT_TRUE(one.illustrative);
}

TEST_F(FollowUpTest, BadRowsAreRefusedAndTheOthersKept) {
  write("r.csv",
        "kode,tahun,unit,rekomendasi,keadaan,tenggat\n"
        "R-1,2023,64,Lengkapi,belum,2024-06-30\n"
        "R-1,2023,64,Sekali lagi,belum,\n"         // the code again
        "R-2,dua,64,Lengkapi,belum,\n"             // no year
        "R-3,2023,64,Lengkapi,sudah,\n"            // no such state
        "R-4,2023,64,,belum,\n"                    // nothing recommended
        "R-5,2023,64,Lengkapi,belum,30-06-2024\n"  // no date
        "R-6,2023,64,Lengkapi,proses,\n");
  read("rekomendasi: [{berkas: r.csv}]\n");
  ASSERT_EQ(plan_.recommendations.size(), 2U) << messages();
  EXPECT_EQ(plan_.recommendations[1].code, "R-6");
  EXPECT_TRUE(plan_.recommendations[0].is_overdue(Date{2024, 7, 1}));
  EXPECT_FALSE(plan_.recommendations[0].is_overdue(Date{2024, 6, 30}));  // the last day is still in time
  std::vector<Code> codes;
  for (const Diagnostic& one : sink_.sorted()) codes.push_back(one.code);
  for (const Code expected : {Code::J1504, Code::J1503, Code::J1803, Code::J1801, Code::J1206})
    EXPECT_EQ(std::count(codes.begin(), codes.end(), expected), 1) << to_string(expected) << "\n" << messages();
}

std::string card(const std::string& contact, const std::string& change) {
  return "jenjang: 1\nkode: KP-1\njudul: Jadwal\nmasalah: Titik gagal\nunit: 64/dlh\ntindakan: Dirapatkan\n"
         "biaya: belum diketahui\nlisensi: CC BY 4.0\nkontak: " +
         contact + "\nindikator:\n- " + change + "\n";
}

TEST_F(FollowUpTest, ACardIsReadWhole) {
  write("k.yaml", card("64/dlh", "{kode: X, dari_periode: 2023, sampai_periode: 2024-S1, dari: 38, menjadi: 39.50}"));
  read("kartu_praktik: [k.yaml]\n");
  ASSERT_EQ(plan_.cards.size(), 1U) << messages();
  const PracticeCard& one = plan_.cards.front();
  ASSERT_EQ(one.changes.size(), 1U);
  EXPECT_EQ(one.changes[0].unit, "64/dlh");  // that of the card
  EXPECT_EQ(one.changes[0].after.to_string(), "39.50");
  EXPECT_EQ(one.changes[0].until, *Period::parse("2024-S1"));
  EXPECT_EQ(sink_.count(Severity::error), 0U) << messages();
}

TEST_F(FollowUpTest, APersonIsNoContact) {
  write("k.yaml", card("Budi Santoso", "{kode: X, dari_periode: 2023, sampai_periode: 2024, dari: 38, menjadi: 39}"));
  read("kartu_praktik: [k.yaml]\n");
  EXPECT_TRUE(plan_.cards.empty());
  EXPECT_NE(messages().find("J1503"), std::string::npos) << messages();
}

TEST_F(FollowUpTest, AChangeNeedsTwoFiguresInOrderOfTime) {
  write("a.yaml", card("64/dlh", "{kode: X, dari_periode: 2024, sampai_periode: 2024-S2, dari: 38, menjadi: 39}"));
  write("b.yaml", card("64/dlh", "{kode: X, dari_periode: 2023, sampai_periode: 2024, menjadi: 39}"));
  read("kartu_praktik: [a.yaml, b.yaml]\n");
  // 2024 and its second half end on the same day; the second card has no figure to start from.
  for (const PracticeCard& one : plan_.cards) EXPECT_TRUE(one.changes.empty()) << messages();
  EXPECT_NE(messages().find("J1503"), std::string::npos) << messages();
  EXPECT_NE(messages().find("J1116"), std::string::npos) << messages();
}

}  // namespace follow_up_test
}  // namespace jenjang

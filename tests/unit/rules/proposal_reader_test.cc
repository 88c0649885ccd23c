// `usul` of a pack: known names only, one check a criterion, and what is left of it in a pack that extends another.
#include "tests/unit/rules/pack_fixture.h"

namespace jenjang {
namespace proposal_reader_test {

using Codes = std::vector<Code>;

constexpr const char* kTemplate = R"(skala:
- {kode: yt, jenis: tingkat, nilai: [{label: ya, poin: 1}, {label: tidak, poin: 0}]}
templat:
- kode: lke
  jumlah_bobot: 100
  poin_dari: subkomponen
  cara: {total: jumlah, komponen: jumlah, subkomponen: rata-rata}
  skala: {kriteria: yt}
  komponen:
  - kode: "1"
    bobot: 100
    subkomponen:
    - {kode: 1.a, bobot: 100, kriteria: [{kode: 1.1}, {kode: 1.2}]}
)";

class ProposalReaderTest : public PackTest {
protected:
  bool load_with(const std::string& entries) {
    write("models", "uji", pack_text("uji", std::string(kTemplate) + "usul:\n" + entries));
    return load();
  }
};

TEST_F(ProposalReaderTest, RulesKeepWhatIsSaidOfThem) {
  ASSERT_TRUE(
      load_with("- {templat: lke, kriteria: 1.1, periksa: smart-lengkap, catatan: baca juga naskahnya}\n"
                "- {templat: lke, kriteria: 1.2, periksa: berkala, status: belum-diverifikasi}\n"))
      << render_text(sink_.all(), sources_, {});
  const std::vector<ProposalRule>& rules = library_.find("uji")->proposals;
  ASSERT_EQ(rules.size(), 2U);
  EXPECT_EQ(rules[0].criterion, "1.1");
  EXPECT_EQ(rules[0].check, "smart-lengkap");
  EXPECT_EQ(rules[0].note, "baca juga naskahnya");
  // Which check speaks to a criterion is no value of the regulation: the pack's own status does not pass down.
  EXPECT_FALSE(rules[0].unverified);
  EXPECT_TRUE(rules[1].unverified);
}

TEST_F(ProposalReaderTest, UnknownNamesAreRefusedWithANearMiss) {
  EXPECT_FALSE(
      load_with("- {templat: lkee, kriteria: 1.1, periksa: berkala}\n"
                "- {templat: lke, kriteria: 1.3, periksa: berkala}\n"
                "- {templat: lke, kriteria: 1.1, periksa: smart-lengka}\n"
                "- {templat: lke, kriteria: \"1\", periksa: berkala}\n"
                "- {templat: lke, kriteria: 1.2, periksa: berkala, bobot: 3}\n"
                "- {templat: lke, kriteria: 1.2, periksa: lintas-unit}\n"));
  // Components have no answer to propose; an unknown key; a criterion that two checks would speak to.
  EXPECT_EQ(codes(), (Codes{Code::J1411, Code::J1411, Code::J1411, Code::J1411, Code::J1115, Code::J1410}));
  EXPECT_EQ(sink_.sorted()[2].suggestion, "smart-lengkap");
}

TEST_F(ProposalReaderTest, ARemovedCriterionTakesItsProposalAlong) {
  write("models", "induk",
        pack_text("induk", std::string(kTemplate) + "usul:\n- {templat: lke, kriteria: 1.1, periksa: berkala}\n"
                                                    "- {templat: lke, kriteria: 1.2, periksa: lintas-unit}\n"));
  write(
      "models", "lokal",
      pack_text("lokal",
                "templat:\n- kode: lke\n  komponen:\n  - kode: \"1\"\n    subkomponen: [{kode: 1.a, kriteria: [{kode: "
                "1.1, hapus: ya}]}]\n",
                "perluas: induk\n"));
  ASSERT_TRUE(load()) << render_text(sink_.all(), sources_, {});
  ASSERT_EQ(library_.find("lokal")->proposals.size(), 1U);
  EXPECT_EQ(library_.find("lokal")->proposals[0].check, "lintas-unit");
}

TEST_F(ProposalReaderTest, AnExtensionOwnsItsList) {
  write("models", "induk",
        pack_text("induk", std::string(kTemplate) + "usul:\n- {templat: lke, kriteria: 1.1, periksa: berkala}\n"));
  write("models", "lokal",
        pack_text("lokal", "usul:\n- {templat: lke, kriteria: 1.2, periksa: smart-lengkap}\n", "perluas: induk\n"));
  ASSERT_TRUE(load()) << render_text(sink_.all(), sources_, {});
  ASSERT_EQ(library_.find("lokal")->proposals.size(), 1U);
  EXPECT_EQ(library_.find("lokal")->proposals[0].criterion, "1.2");
}

}  // namespace proposal_reader_test
}  // namespace jenjang

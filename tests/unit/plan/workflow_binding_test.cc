// `alur` on feeds and indicators.
#include "tests/unit/plan/plan_fixture.h"

namespace jenjang {
namespace workflow_binding_test {

class WorkflowBinding : public PlanTest {
protected:
  void SetUp() override {
    PlanTest::SetUp();
    load_packs(R"(jenjang: 1
paket: uji
judul: Paket uji
status: belum-diverifikasi
alur:
  data:
    judul: Data
    keadaan: [{kode: draf}, {kode: sah, sah: ya}]
    langkah: [{ke: draf}, {dari: draf, ke: sah}]
)");
  }
};

TEST_F(WorkflowBinding, AnIndicatorNamesItsWorkflowAndOperandsFollow) {
  bind_file(document(measure("  alur: uji/data\n  agregasi: {cara: rasio, pembilang: atas, penyebut: bawah}\n")));
  EXPECT_EQ(codes(), Strings{}) << messages();
  EXPECT_EQ(model_->item(node("X", "64")).spec.workflow, "uji/data");
  EXPECT_EQ(model_->item(node("atas", "64")).spec.workflow, "uji/data");
  EXPECT_EQ(model_->item(node("bawah", "64")).spec.workflow, "uji/data");
}

TEST_F(WorkflowBinding, AnUnknownWorkflowIsRefusedWithANearMiss) {
  bind_file(document(measure("  alur: uji/dat\n")));
  EXPECT_EQ(codes(), Strings{"J1411"}) << messages();
  EXPECT_EQ(first(Code::J1411)->suggestion, "uji/data");
  EXPECT_EQ(underlined(Code::J1411), "uji/dat");
}

TEST_F(WorkflowBinding, TheSameIndicatorHasOneWorkflow) {
  bind_documents({document(measure("  alur: uji/data\n  target: {2024: 1}\n")),
                  "jenjang: 1\ndokumen: Renstra\nkode: R\nunit: 64/dlh\nperiode: 2024..2026\n" +
                      measure("  unit: \"64\"\n  alur: uji/lain\n")});
  EXPECT_NE(first(Code::J1512), nullptr) << messages();
}

TEST_F(WorkflowBinding, AFeedNamesAWorkflowOrItsOwnStates) {
  bind_documents(
      {document(measure(""))},
      "realisasi:\n- {berkas: a.csv, alur: uji/data}\n- {berkas: b.csv, alur: uji/data, tervalidasi: [sah]}\n");
  EXPECT_EQ(codes(), Strings{"J3073"}) << messages();
  ASSERT_EQ(plan_.feeds.size(), 2U);
  EXPECT_EQ(plan_.feeds[0].workflow, "uji/data");
  EXPECT_TRUE(plan_.feeds[1].validated_states.empty());
  EXPECT_EQ(underlined(Code::J3073), "uji/data");
}

}  // namespace workflow_binding_test
}  // namespace jenjang

#include "jenjang/snapshot/identity.h"

#include "tests/unit/snapshot/scratch.h"

namespace jenjang::snapshot {
namespace identity_test {

namespace fs = std::filesystem;
using test::Scratch;

struct Inputs {
  Scratch scratch;
  std::vector<fs::path> roots{scratch / "rencana", scratch / "paket"};
  Identity identity;
  Inputs() {
    fs::create_directories(roots[0] / "data");
    fs::create_directories(roots[1] / "iklh");
    test::put_bytes(roots[0] / "jenjang.yaml", "jenjang: 1\n");
    test::put_bytes(roots[0] / "data/angka.csv", "kode,nilai\n");
    test::put_bytes(roots[1] / "iklh/pack.yaml", "paket: iklh\n");
    for (const auto& [root, path] :
         {std::pair{0U, "jenjang.yaml"}, std::pair{0U, "data/angka.csv"}, std::pair{1U, "iklh/pack.yaml"}}) {
      const Result<InputFile> file = describe_file(roots, root, path);
      EXPECT_TRUE(file.ok());
      identity.files.push_back(file.value());
    }
    identity.folders.push_back(describe_folder(roots, 1, ""));
  }
  [[nodiscard]] std::string stale(InputCheck check) const {
    const auto wrong = check_inputs(identity, roots, check, "x");
    if (!wrong) return {};
    EXPECT_EQ(wrong->code, Code::J3204);
    return fs::path(wrong->args.back().value).lexically_relative(scratch.folder()).generic_string();
  }
};

TEST(Identity, UnchangedInputsAreFine) {
  const Inputs inputs;
  EXPECT_EQ(inputs.stale(InputCheck::stamps), "");
  EXPECT_EQ(inputs.stale(InputCheck::contents), "");
  EXPECT_EQ(inputs.identity.files[0].size, 11U);
}

TEST(Identity, AnotherSizeContentOrPlaceIsStale) {
  {
    const Inputs inputs;
    test::put_bytes(inputs.roots[0] / "data/angka.csv", "kode,nilai\nA,1\n");
    EXPECT_EQ(inputs.stale(InputCheck::stamps), "rencana/data/angka.csv");
  }
  {
    const Inputs inputs;
    const fs::path file = inputs.roots[1] / "iklh/pack.yaml";
    const auto time = fs::last_write_time(file) + std::chrono::nanoseconds(1000);
    test::put_bytes(file, "paket: ikal\n");
    fs::last_write_time(file, time);
    EXPECT_EQ(inputs.stale(InputCheck::stamps), "paket/iklh/pack.yaml");
  }
  {
    const Inputs inputs;
    fs::remove(inputs.roots[0] / "jenjang.yaml");
    EXPECT_EQ(inputs.stale(InputCheck::stamps), "rencana/jenjang.yaml");
  }
}

// Copied as it is, or touched: the bytes decide.
TEST(Identity, AnotherTimeAloneIsTheSameFile) {
  const Inputs inputs;
  for (const char* name : {"rencana/jenjang.yaml", "rencana/data/angka.csv", "paket/iklh/pack.yaml"}) {
    const fs::path file = inputs.scratch / name;
    fs::last_write_time(file, fs::last_write_time(file) + std::chrono::seconds(7));
  }
  EXPECT_EQ(inputs.stale(InputCheck::stamps), "");
  EXPECT_EQ(inputs.stale(InputCheck::contents), "");
}

TEST(Identity, AFolderMoreMayBringAnotherPack) {
  const Inputs inputs;
  fs::create_directory(inputs.roots[1] / "sakip");
  EXPECT_EQ(inputs.stale(InputCheck::stamps), "paket/");
}

// Same length, same time: only the content tells.
TEST(Identity, ContentsAreComparedWhenAsked) {
  const Inputs inputs;
  const fs::path file = inputs.roots[0] / "jenjang.yaml";
  const auto time = fs::last_write_time(file);
  test::put_bytes(file, "jenjang: 2\n");
  fs::last_write_time(file, time);
  EXPECT_EQ(inputs.stale(InputCheck::stamps), "");
  EXPECT_EQ(inputs.stale(InputCheck::contents), "rencana/jenjang.yaml");
}

TEST(Identity, AFileThatIsNotThereCannotBeDescribed) {
  const Inputs inputs;
  const Result<InputFile> file = describe_file(inputs.roots, 0, "tiada.csv");
  ASSERT_FALSE(file.ok());
  EXPECT_EQ(file.failure().code, Code::J3207);
  EXPECT_FALSE(describe_file(inputs.roots, 0, "data").ok());
  EXPECT_FALSE(describe_file(inputs.roots, 7, "jenjang.yaml").ok());
}

}  // namespace identity_test
}  // namespace jenjang::snapshot

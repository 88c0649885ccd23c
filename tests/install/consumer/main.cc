// A program that embeds the engine: loads a plan and prints one achievement.
#include <cstdio>

#include "jenjang/workspace/workspace.h"

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  jenjang::WorkspaceOptions options;
  options.pack_folders = {argv[1]};
  jenjang::Workspace workspace(options);
  if (!workspace.load(argv[2])) return 2;
  workspace.evaluate();
  const auto node = workspace.model().find("IKLH", "64");
  const auto slot = workspace.result().grid().find(jenjang::Period::year(2023));
  if (!node || !slot) return 1;
  const auto& cell = workspace.result().at(*node, *slot);
  std::printf("IKLH@64:2023 %.2f\n", cell.achievement_raw);
  return 0;
}

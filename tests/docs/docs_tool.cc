// Writes the pages that are made from the code. Usage: docs_tool ROOT
#include <fstream>
#include <iostream>

#include "diagnostic_index.h"

int main(int argc, char** argv) {
  const std::string root = argc > 1 ? argv[1] : ".";
  std::ofstream(root + "/docs/diagnostics/README.md") << diagnostic_index();
  std::cout << "docs/diagnostics/README.md\n";
}

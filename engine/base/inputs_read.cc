#include "jenjang/base/inputs_read.h"

#include <atomic>

namespace jenjang {
namespace {

std::atomic<InputObserver> told{nullptr};

}  // namespace

void observe_inputs(InputObserver observer) {
  told = observer;
}

void note_input(const std::filesystem::path& file) {
  if (const InputObserver observer = told.load(std::memory_order_relaxed)) observer(file);
}

}  // namespace jenjang

// What this process has read, told to a face that wants to keep its output off it.
#pragma once

#include <filesystem>

namespace jenjang {

// Called with the path of every file as it is opened for reading: plan, packs, reports, journal, snapshot, and those a
// snapshot was made from. From any thread. Must not throw.
using InputObserver = void (*)(const std::filesystem::path& file);
// One for the process, set before anything is read; nullptr: none, as at the start. The engine itself keeps nothing.
void observe_inputs(InputObserver observer);
void note_input(const std::filesystem::path& file);

}  // namespace jenjang

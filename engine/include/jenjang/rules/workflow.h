// Workflow (alur): the states that a reported figure or grade passes, who may move it, and which states count.
//
// Data of a pack: `alur:`. A state is valid (`sah: ya`), void (`gugur: ya`: as if never reported) or waiting. States are
// ranked by their order of declaration, so "at least divalidasi_provinsi" has a meaning.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jenjang/base/source_map.h"

namespace jenjang {

struct WorkflowState {
  std::string code;  // divalidasi_pusat
  std::string title;
  bool valid = false, void_state = false;
  bool final = false;  // nothing leaves it
  SourceSpan span;
};
struct WorkflowStep {
  std::string from, to;            // `from` empty: how a figure enters
  std::vector<std::string> roles;  // who may; empty: anybody
  bool needs_reason = false;       // wajib_alasan
  bool needs_evidence = false;     // wajib_bukti
  SourceSpan span;
};
struct Workflow {
  std::string id;     // inside the pack; named "PACK/ID" elsewhere
  std::string pack, title, article;
  bool unverified = false;
  std::vector<WorkflowState> states;
  std::vector<WorkflowStep> steps;
  SourceSpan span;

  [[nodiscard]] const WorkflowState* find(std::string_view code) const;
  [[nodiscard]] std::optional<std::size_t> rank(std::string_view code) const;
  // nullptr when nobody may go that way.
  [[nodiscard]] const WorkflowStep* step(std::string_view from, std::string_view to) const;
  // Where one may go from a state (empty: at entry), for messages.
  [[nodiscard]] std::vector<std::string> next(std::string_view from) const;
};

}  // namespace jenjang

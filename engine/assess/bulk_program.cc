#include "engine/assess/bulk_program.h"

#include <algorithm>
#include <array>

namespace jenjang {
namespace {

constexpr std::string_view kByShareOfCriteria = "syarat-kriteria";
constexpr std::array<std::string_view, 7> kLimitWords{"",      "cara", "kontrol", "pembulatan_antara", "tabel_bagian",
                                                      "skala", "bobot"};

void take_labels(const Scale* scale, BulkQuestion& question) {
  if (scale == nullptr) {
    question.kind = BulkQuestion::Kind::number;
    return;
  }
  question.labels.reserve(scale->grades.size() + scale->ungraded.size());
  for (const GradePoint& grade : scale->grades) question.labels.push_back(grade.label);
  question.labels.insert(question.labels.end(), scale->ungraded.begin(), scale->ungraded.end());
}

// The questions, with where their answers stand. False when a code stands twice or a scale is too long.
bool list_questions(BulkProgramParts& parts) {
  const PackTemplate& tmpl = *parts.tmpl;
  for (const WorksheetQuestion& asked : worksheet_questions(*parts.pack, tmpl, parts.mode)) {
    BulkQuestion question{asked.code, asked.title};
    std::size_t node = tmpl.find_node(asked.code);
    if (node == SIZE_MAX) {
      question.judgement = true;
      node = tmpl.find_node(std::string_view(asked.code).substr(0, asked.code.rfind('/')));
    }
    const Scale* const scale = bulk_answer_scale(*parts.pack, tmpl.nodes[node], parts.mode);
    take_labels(scale, question);
    if (question.labels.size() > kMostBulkLabels || !parts.form.add(question)) return false;
    parts.scales.push_back(scale);
    parts.nodes.push_back(node);
  }
  return true;
}

void list_inner(BulkProgramParts& parts) {
  const std::vector<TemplateNode>& nodes = parts.tmpl->nodes;
  std::vector<bool> has_children(nodes.size(), false);
  for (std::size_t i = 1; i < nodes.size(); ++i) has_children[nodes[i].parent] = true;
  parts.inner_of.assign(nodes.size(), SIZE_MAX);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (!has_children[i] && i > 0) continue;
    parts.inner_of[i] = parts.inner.size();
    parts.inner.push_back(i);
  }
}

}  // namespace

std::string_view to_string(BulkLimit limit) {
  return kLimitWords[static_cast<std::size_t>(limit)];
}

const Scale* bulk_answer_scale(const Pack& pack, const TemplateNode& node, const ScoringMode* mode) {
  if (node.own_scale) return pack.scale(node.scale);
  if (mode != nullptr && !mode->answers.empty()) return pack.scale(mode->answers);
  const Scale* scale = node.scale.empty() ? nullptr : pack.scale(node.scale);
  return scale != nullptr && scale->kind == Scale::Kind::grades ? scale : nullptr;
}

const ShareTable* bulk_share_table(const PackTemplate& tmpl, const TemplateNode& node, const ScoringMode* mode) {
  return mode != nullptr && mode->rule == kByShareOfCriteria ? tmpl.share_table_for(node.code) : nullptr;
}

BulkProgram::BulkProgram() : parts_(std::make_unique<BulkProgramParts>()) {}
BulkProgram::BulkProgram(BulkProgram&&) noexcept = default;
BulkProgram& BulkProgram::operator=(BulkProgram&&) noexcept = default;
BulkProgram::~BulkProgram() = default;

BulkProgram BulkProgram::compile(const Pack& pack, const PackTemplate& tmpl, const ScoringMode* mode) {
  BulkProgram program;
  BulkProgramParts& parts = *program.parts_;
  parts.pack = &pack;
  parts.tmpl = &tmpl;
  parts.mode = mode;
  const bool listed = list_questions(parts);
  list_inner(parts);
  parts.limit = listed ? compile_steps(parts) : BulkLimit::labels;
  return program;
}

const Pack& BulkProgram::pack() const {
  return *parts_->pack;
}
const PackTemplate& BulkProgram::tmpl() const {
  return *parts_->tmpl;
}
const ScoringMode* BulkProgram::mode() const {
  return parts_->mode;
}
BulkLimit BulkProgram::limit() const {
  return parts_->limit;
}
const BulkForm& BulkProgram::form() const {
  return parts_->form;
}
const std::vector<std::size_t>& BulkProgram::inner() const {
  return parts_->inner;
}
std::size_t BulkProgram::bytes_per_sheet() const {
  return parts_->form.bytes_per_sheet() + parts_->inner.size() * (sizeof(std::int64_t) + 1) + 2;
}

}  // namespace jenjang

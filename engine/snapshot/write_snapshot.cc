#include <stdexcept>

#include "engine/snapshot/columns.h"
#include "engine/snapshot/kinds.h"

namespace jenjang::snapshot {
namespace {

// A structure's bytes are its fields; padding would be bytes that nobody wrote.
static_assert(std::has_unique_object_representations_v<bulk::Edge>);

class SectionList {
public:
  explicit SectionList(const SnapshotParts& parts) : parts_(parts) {}

  template <class T>
  void add(const std::string& name, const bulk::Column<T>& column, Along along, std::size_t each) {
    const std::size_t wanted = along == Along::any ? column.size() : length_along(parts_.plan, along) * each;
    if (column.size() != wanted) throw std::invalid_argument("column " + name);
    sections_.push_back(section_of<T>(name, column.view()));
  }
  template <class T>
  void add_first(const std::string& name, const bulk::Column<T>& column, std::size_t count) {
    if (column.size() != parts_.plan.node_count() * bulk::kMonths) throw std::invalid_argument("column " + name);
    sections_.push_back(section_of<T>(name, column.view().first(count)));
  }
  void add(const std::string& name, const ByteWriter& stream) { sections_.push_back({name, 1, stream.bytes()}); }
  void add(const std::string& name, const StringTable& table) {
    sections_.push_back(section_of<std::uint32_t>(name + ".begin", table.begin_column().view()));
    sections_.push_back(section_of<char>(name, table.text_column().view()));
  }
  [[nodiscard]] const std::vector<SectionData>& sections() const { return sections_; }

private:
  const SnapshotParts& parts_;
  std::vector<SectionData> sections_;
};

}  // namespace

std::optional<Diagnostic> write_snapshot(const std::filesystem::path& path, const SnapshotParts& parts) {
  const bulk::FlatPlan& plan = parts.plan;
  const bulk::Figures& figures = parts.figures;
  const bool validated = figures.has_validated_lane();
  ByteWriter identity, shape, scales, classes, bounds;
  write_identity(identity, parts.identity);
  write_shape(shape, {parts.year, validated, parts.results, plan.pair_rows, plan.level_begin});
  write_scales(scales, plan.scales);
  write_classes(classes, plan.classes);
  if (plan.bounds.size() != plan.level_count() * plan.classes.size()) throw std::invalid_argument("bounds");
  write_bounds(bounds, plan.bounds);
  ByteWriter rows;
  if (parts.rows != nullptr) write_row_facts(rows, *parts.rows);

  SectionList list(parts);
  const auto add = [&list](const std::string& name, const auto& column, Along along, std::size_t each) {
    list.add(name, column, along, each);
  };
  // What opening reads lies together at the front.
  list.add(kIdentitySection, identity);
  list.add(kShapeSection, shape);
  list.add(kScalesSection, scales);
  list.add(kClassesSection, classes);
  list.add(kBoundsSection, bounds);
  if (parts.rows != nullptr) list.add(kRowsSection, rows);
  for_each_table(parts.names, [&list](const std::string& name, const StringTable& table) { list.add(name, table); });
  for_each_name_column(parts.names, add);
  if (parts.rows != nullptr) {
    for_each_row_name(parts.names, add);
    for_each_row_column(*parts.rows, add);
    for_each_rare_column(*parts.rows, [&](const std::string& name, const auto& column, Along along, std::size_t each) {
      if (!column.empty()) add(name, column, along, each);
    });
  }
  for_each_structure(plan, add);
  if (!plan.starts.empty()) list.add("plan.start", plan.starts, Along::any, 1);
  const std::size_t cells = (parts.results ? plan.node_count() : plan.leaf_count()) * bulk::kMonths;
  list.add_first("target", figures.target, plan.node_count() * bulk::kMonths);
  list.add_first("value", figures.value, cells);
  list.add_first("state", figures.state, cells);
  if (!figures.baseline.empty()) list.add("baseline", figures.baseline, Along::node, 1);
  if (parts.results) for_each_result(figures, validated, add);
  return write_container(path, list.sections());
}

}  // namespace jenjang::snapshot

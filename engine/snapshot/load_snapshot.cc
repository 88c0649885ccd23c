#include "engine/snapshot/columns.h"
#include "engine/snapshot/kinds.h"

namespace jenjang::snapshot {

// Fills a Snapshot from its container; the first thing that does not fit is what the message names.
class SnapshotLoader {
public:
  static Result<Snapshot> load(Container container) {
    SnapshotLoader loader(std::move(container));
    if (!loader.read_streams()) return loader.failure();
    loader.map_columns();
    if (!loader.wrong_.empty()) return loader.failure();
    return std::move(loader.into_);
  }

private:
  explicit SnapshotLoader(Container container) : into_(std::move(container)) {}

  [[nodiscard]] Diagnostic failure() const {
    if (damaged_) return *damaged_;
    return make_diagnostic(Code::J3203, {}).arg("berkas", into_.container_.name()).arg("bagian", wrong_);
  }

  // Whole before it is read: these are small.
  template <class Read>
  bool read_stream(const char* name, const Read& read) {
    const Section* const section = into_.container_.find(name);
    if (section != nullptr && section->element_bytes == 1) {
      damaged_ = into_.container_.verify(*section, 0, section->bytes);
      if (damaged_) return false;
      ByteReader in(into_.container_.view(*section));
      if (read(in)) return true;
    }
    wrong_ = name;
    return false;
  }

  bool read_streams() {
    const auto identity = [this](ByteReader& in) { return read_identity(in, into_.identity_); };
    const auto shape = [this](ByteReader& in) { return read_shape(in, shape_); };
    const auto scales = [this](ByteReader& in) { return read_scales(in, into_.plan_.scales); };
    const auto classes = [this](ByteReader& in) {
      return read_classes(in, into_.plan_.scales.size(), into_.plan_.classes);
    };
    const auto bounds = [this](ByteReader& in) {
      const std::size_t levels = shape_.level_begin.empty() ? 0 : shape_.level_begin.size() - 1;
      return read_bounds(in, levels * into_.plan_.classes.size(), into_.plan_.bounds);
    };
    const bool all = read_stream(kIdentitySection, identity) && read_stream(kShapeSection, shape) &&
                     read_stream(kScalesSection, scales) && read_stream(kClassesSection, classes) &&
                     read_stream(kBoundsSection, bounds);
    if (!all) return false;
    const char* const kSomeRows = "row.slots";  // one of those that stand together with it
    if (into_.container_.find(kRowsSection) != nullptr || into_.container_.find(kSomeRows) != nullptr) {
      const std::size_t nodes = shape_.level_begin.empty() ? 0 : shape_.level_begin.back();
      into_.rows_.emplace();
      const auto rows = [&](ByteReader& in) { return read_row_facts(in, nodes, *into_.rows_); };
      if (!read_stream(kRowsSection, rows)) return false;
    }
    into_.year_ = shape_.year;
    into_.has_results_ = shape_.results;
    into_.plan_.level_begin = shape_.level_begin;
    into_.plan_.pair_rows = shape_.pair_rows;
    // Before anything of that size is asked for.
    if (shape_.pair_rows <= into_.plan_.inner_count()) return true;
    wrong_ = kShapeSection;
    return false;
  }

  // nullptr, and the message, unless the section is there with that size (any when 0) of element and count.
  const Section* section(const std::string& name, std::size_t element_bytes, std::optional<std::size_t> count) {
    const Section* const found = into_.container_.find(name);
    const bool fits = found != nullptr && found->element_bytes == element_bytes && (!count || found->count() == *count);
    if (fits) return found;
    if (wrong_.empty()) wrong_ = name;
    return nullptr;
  }
  [[nodiscard]] std::optional<std::size_t> count(Along along, std::size_t each) const {
    if (along == Along::any) return std::nullopt;
    return length_along(into_.plan_, along) * each;
  }

  template <class T>
  void map(const std::string& name, bulk::Column<T>& column, Along along, std::size_t each) {
    if (const Section* const found = section(name, sizeof(T), count(along, each))) {
      column = into_.container_.column<T>(*found);
    }
  }
  template <class T>
  void map_writable(const std::string& name, bulk::Column<T>& column, std::size_t stored, std::size_t size) {
    if (const Section* const found = section(name, sizeof(T), stored)) {
      column = into_.container_.writable<T>(*found, size);
    }
  }

  // A later entry of the journal may change what is reported, and so which slots have a row.
  void map_rows(std::size_t items) {
    Snapshot& to = into_;
    for_each_row_name(to.names_, [this](const std::string& name, auto& column, Along along, std::size_t each) {
      map(name, column, along, each);
    });
    const auto writable = [this](const std::string& name, auto& column, Along along, std::size_t each) {
      const std::size_t size = length_along(into_.plan_, along) * each;
      map_writable(name, column, size, size);
    };
    for_each_row_column(*to.rows_, writable);
    for_each_rare_column(*to.rows_,
                         [&]<class T>(const std::string& name, bulk::Column<T>& column, Along along, std::size_t each) {
                           const Section* const found = into_.container_.find(name);
                           if (found == nullptr) return;
                           if (along != Along::any) return writable(name, column, along, each);
                           map_writable(name, column, found->count(), found->count());
                         });
    if (wrong_.empty() && (to.names_.item_formula.size() != items || to.names_.item_document.size() != items ||
                           to.names_.unit_parent.size() != to.names_.unit_paths.size())) {
      wrong_ = "item.formula";
    }
  }

  void map_columns() {
    Snapshot& to = into_;
    const auto read_only = [this](const std::string& name, auto& column, Along along, std::size_t each) {
      map(name, column, along, each);
    };
    for_each_table(to.names_, [this](const std::string& name, StringTable& table) {
      bulk::Column<std::uint32_t> begin;
      bulk::Column<char> text;
      map(name + ".begin", begin, Along::any, 1);
      map(name, text, Along::any, 1);
      table = StringTable(std::move(begin), std::move(text));
    });
    for_each_name_column(to.names_, read_only);
    for_each_structure(to.plan_, read_only);
    // Only where achievements are measured from baselines.
    if (into_.container_.find("plan.start") != nullptr) map("plan.start", to.plan_.starts, Along::any, 1);
    const std::size_t items = to.names_.item_codes.size();
    if (to.names_.item_unit_word.size() != items || to.names_.item_marks.size() != items ||
        to.names_.item_workflow.size() != items || to.names_.item_rounding.size() != items) {
      if (wrong_.empty()) wrong_ = "item.code";
    }
    if (to.rows_) map_rows(items);
    const std::size_t cells = to.plan_.node_count() * bulk::kMonths;
    const std::size_t stored = to.has_results_ ? cells : to.plan_.leaf_count() * bulk::kMonths;
    map_writable("target", to.figures_.target, cells, cells);
    map_writable("value", to.figures_.value, stored, cells);
    // Only plans that close gaps have baselines.
    if (into_.container_.find("baseline") != nullptr) {
      map_writable("baseline", to.figures_.baseline, to.plan_.node_count(), to.plan_.node_count());
    }
    map_writable("state", to.figures_.state, stored, cells);
    // Sizes are sound from here on, or nothing more is asked of the system.
    if (!wrong_.empty()) return;
    for_each_result(to.figures_, shape_.validated_lane,
                    [this]<class T>(const std::string& name, bulk::Column<T>& column, Along along, std::size_t each) {
                      const std::size_t size = length_along(into_.plan_, along) * each;
                      if (into_.has_results_) {
                        map_writable(name, column, size, size);
                      } else {
                        column = bulk::Column<T>(size);
                      }
                    });
  }

  Snapshot into_;
  Shape shape_;
  std::string wrong_;
  std::optional<Diagnostic> damaged_;
};

Result<Snapshot> Snapshot::open(const std::filesystem::path& path) {
  Result<Container> container = Container::open(path);
  if (!container) return container.failure();
  return SnapshotLoader::load(std::move(container).value());
}

}  // namespace jenjang::snapshot

#include "engine/synthetic/nation_graph.h"

#include <algorithm>
#include <stdexcept>
#include <string>

#include "jenjang/graph/goal_graph_builder.h"

#include "engine/synthetic/random.h"

namespace jenjang::synthetic {
namespace {

void require(bool holds, const char* what) {
  if (!holds) throw std::invalid_argument(std::string("synthetic nation: ") + what);
}

// Numbers between two bounds, whose mean over every pair of turns is the middle: sizes of plans can be foretold.
class Pairs {
public:
  explicit Pairs(Random& random) : random_(random) {}
  int between(int low, int high) {
    mirrored_ = !mirrored_;
    if (!mirrored_) return low + high - last_;
    last_ = low + static_cast<int>(random_.below(static_cast<std::uint32_t>(high - low) + 1));
    return last_;
  }

private:
  Random& random_;
  bool mirrored_ = false;
  int last_ = 0;
};

using Members = std::vector<VertexId>;

// A vertex with its parent, and where it may find another one.
struct Placed {
  VertexId vertex, parent;
};

class ShapeMaker {
public:
  ShapeMaker(const NationSpec& spec, const ClassBook& book)
      : spec_(spec), book_(book), random_(spec.seed), staff_(random_), results_(random_), size_(random_) {}

  NationShape make() {
    check();
    const std::uint64_t estimate = spec_.sections * 64 + std::uint64_t{spec_.governments()} * spec_.agencies * 8 + 1000;
    builder_.reserve(estimate + estimate / 16);
    class_of_vertex_.reserve(estimate);
    plan_agencies();
    const VertexId nation = spec_.provinces > 1 ? add(book_.goal()) : VertexId{};
    std::vector<VertexId> nation_affairs(most_agencies_);
    // Affairs before goals: whoever comes first under the top gives the agencies their targets.
    if (nation.valid()) {
      for (std::uint32_t a = 0; a < most_agencies_; ++a) {
        nation_affairs[a] = add(book_.inner(strand(a), Rung::nation));
        tie(nation, nation_affairs[a]);
      }
    }
    std::uint32_t government = 0;
    for (std::uint32_t p = 0; p < spec_.provinces; ++p) {
      const std::uint32_t end = 1 + p + spec_.districts * (p + 1) / spec_.provinces;
      add_province(nation, nation_affairs, government, end);
      government = end;
    }
    return freeze();
  }

private:
  static Strand strand(std::uint32_t affair) { return kStrandOfAffair[affair % kStrandOfAffair.size()]; }

  void check() const {
    require(spec_.provinces > 0 && spec_.agencies > 0 && spec_.fields > 0, "a count of nought");
    require(spec_.staff[0] > 0 && spec_.staff[1] >= spec_.staff[0], "bounds of staff");
    require(spec_.indicators[0] > 1 && spec_.indicators[1] >= spec_.indicators[0], "bounds of results");
    require(spec_.sections >= std::uint64_t{spec_.governments()} * spec_.agencies, "fewer sections than agencies");
    constexpr std::uint64_t kMost = std::uint64_t{1} << 30U;
    const auto person = static_cast<std::uint64_t>(spec_.indicators[1]) + 1;
    require(spec_.sections < kMost && spec_.sections * static_cast<std::uint64_t>(spec_.staff[1]) * person < kMost,
            "more than 2^30 measures");
  }

  void plan_agencies() {
    agencies_left_ = 0;
    for (std::uint32_t g = 0; g < spec_.governments(); ++g) {
      const auto mean = static_cast<int>(spec_.agencies);
      // Their number must stay known: the last of an odd number of governments has no partner.
      const bool paired = g + 1 < spec_.governments() || g % 2 == 1;
      agencies_.push_back(mean >= 20 && paired ? static_cast<std::uint32_t>(size_.between(mean - 4, mean + 4))
                                               : spec_.agencies);
      agencies_left_ += agencies_.back();
      most_agencies_ = std::max(most_agencies_, agencies_.back());
    }
    sections_left_ = spec_.sections;
    previous_.resize(most_agencies_);
  }

  VertexId add(std::uint16_t measure) {
    class_of_vertex_.push_back(measure);
    return builder_.add_vertices(1);
  }

  void tie(VertexId parent, VertexId child) { builder_.add_edge(EdgeKind::formula, parent, child, {}); }

  void add_province(VertexId nation, const std::vector<VertexId>& nation_affairs, std::uint32_t first,
                    std::uint32_t last) {
    const VertexId province = add(book_.goal());
    if (nation.valid()) tie(nation, province);
    const std::uint32_t affairs = *std::max_element(agencies_.begin() + first, agencies_.begin() + last);
    std::vector<VertexId> province_affairs(affairs);
    for (std::uint32_t a = 0; a < affairs; ++a) {
      province_affairs[a] = add(book_.inner(strand(a), Rung::province));
      if (nation.valid()) tie(nation_affairs[a], province_affairs[a]);
      tie(province, province_affairs[a]);
    }
    for (std::uint32_t g = first; g < last; ++g) {
      const VertexId government = add(book_.goal());
      tie(province, government);
      for (std::uint32_t a = 0; a < agencies_[g]; ++a) {
        const VertexId agency = add(book_.inner(strand(a), Rung::agency));
        tie(province_affairs[a], agency);
        tie(government, agency);
        add_agency(agency, a);
      }
    }
  }

  // Agencies differ in size by up to a half around the mean; the last takes what is left.
  std::uint64_t next_sections() {
    std::uint64_t size = sections_left_;
    if (agencies_left_ > 1) {
      const std::uint64_t mean = sections_left_ / agencies_left_;
      size = mean + random_.below(static_cast<std::uint32_t>(mean) + 1) - mean / 2;
      size = std::clamp<std::uint64_t>(size, 1, sections_left_ - (agencies_left_ - 1));
    }
    sections_left_ -= size;
    --agencies_left_;
    return size;
  }

  void add_agency(VertexId agency, std::uint32_t affair) {
    const std::uint64_t sections = next_sections();
    constexpr std::uint64_t kSectionsOfAField = 5;
    const std::uint64_t fields = std::clamp<std::uint64_t>(sections / kSectionsOfAField, 1, spec_.fields);
    fields_.clear();
    sections_.clear();
    persons_.clear();
    shared_results_.clear();
    shared_persons_.clear();
    shared_sections_.clear();
    for (std::uint64_t f = 0; f < fields; ++f) {
      const VertexId field = add(book_.inner(strand(affair), Rung::field));
      fields_.push_back(field);
      tie(agency, field);
      for (std::uint64_t s = sections * f / fields; s < sections * (f + 1) / fields; ++s) {
        add_section(field, strand(affair));
      }
    }
    // Within the agency; now and then, and where it is too small, with the agency of the affair in the government
    // before.
    Staff& before = previous_[affair];
    const bool elsewhere = !before.persons.empty();
    for (const Placed& result : shared_results_) {
      share(result, elsewhere && random_.below(8) == 0 ? before.persons : persons_);
    }
    for (const Placed& person : shared_persons_) share(person, sections_.size() > 1 ? sections_ : before.sections);
    for (const Placed& section : shared_sections_) share(section, fields_.size() > 1 ? fields_ : before.fields);
    before.persons.swap(persons_);
    before.sections.swap(sections_);
    before.fields.swap(fields_);
  }

  void add_section(VertexId field, Strand strand) {
    const bool held = random_.below(10000) < static_cast<std::uint32_t>(spec_.held * 10000);
    const VertexId section = add(held ? book_.held_section(strand) : book_.inner(strand, Rung::section));
    sections_.push_back(section);
    tie(field, section);
    note_shared(section, field, shared_sections_);
    const int staff = staff_.between(spec_.staff[0], spec_.staff[1]);
    for (int p = 0; p < staff; ++p) {
      const VertexId person = add(book_.inner(strand, Rung::person));
      persons_.push_back(person);
      tie(section, person);
      note_shared(person, section, shared_persons_);
      const int results = results_.between(spec_.indicators[0], spec_.indicators[1]);
      for (int r = 0; r < results; ++r) {
        const VertexId result = add(book_.leaf(work(strand, r, results)));
        tie(person, result);
        note_shared(result, person, shared_results_);
      }
    }
  }

  Work work(Strand strand, int number, int count) {
    switch (strand) {
      case Strand::goal:
      case Strand::graded:
        return kWorksOfGoals[random_.below(kWorksOfGoals.size())];
      case Strand::total_whole:
        return Work::count;
      case Strand::total_relative:
        return Work::cost;
      case Strand::total_own:
        return Work::tally;
      case Strand::mean_same:
        return Work::index;
      case Strand::mean_gap:
        return Work::average;
      case Strand::ratio:
      case Strand::rate:
        return number < count / 2 ? Work::numerator : Work::denominator;
      case Strand::least:
        return Work::lowest;
      case Strand::most:
        return Work::waiting;
      case Strand::meeting:
        return Work::standard;
    }
    return Work::none;
  }

  void note_shared(VertexId vertex, VertexId parent, std::vector<Placed>& into) {
    if (random_.below(10000) < static_cast<std::uint32_t>(spec_.crosscut * 10000)) into.push_back({vertex, parent});
  }

  // One or two further parents, none twice.
  void share(const Placed& child, const Members& among) {
    if (among.size() < 4) {
      for (const VertexId other : among) {
        if (other == child.parent) continue;
        tie(other, child.vertex);
        return;
      }
      return;
    }
    const std::size_t more = random_.below(5) == 0 ? 2 : 1;
    std::size_t at = random_.below(static_cast<std::uint32_t>(among.size()));
    for (std::size_t made = 0; made < more; at = (at + 1) % among.size()) {
      if (among[at] == child.parent) continue;
      tie(among[at], child.vertex);
      ++made;
    }
  }

  NationShape freeze() {
    DiagnosticSink sink;
    std::optional<FrozenGraph> frozen = builder_.freeze(sink);
    if (!frozen) throw std::logic_error("synthetic nation: a ring");  // parents stand one rung higher than children
    NationShape shape;
    shape.class_of.reserve(class_of_vertex_.size());
    for (const VertexId vertex : frozen->vertex_of_node) {
      shape.class_of.push_back(class_of_vertex_[vertex.index()]);
    }
    shape.graph = std::move(frozen->graph);
    return shape;
  }

  const NationSpec& spec_;
  const ClassBook& book_;
  Random random_;
  Pairs staff_, results_, size_;
  GoalGraphBuilder builder_;
  std::vector<std::uint16_t> class_of_vertex_;
  std::vector<std::uint32_t> agencies_;  // by government, a province's own first
  std::uint32_t most_agencies_ = 0;
  std::uint64_t agencies_left_ = 0, sections_left_ = 0;
  // Of the agency in work.
  Members fields_, sections_, persons_;
  std::vector<Placed> shared_results_, shared_persons_, shared_sections_;
  struct Staff {
    Members fields, sections, persons;
  };
  std::vector<Staff> previous_;  // by affair: the agency made last
};

}  // namespace

NationShape make_shape(const NationSpec& spec, const ClassBook& book) {
  return ShapeMaker(spec, book).make();
}

}  // namespace jenjang::synthetic

#include "jenjang/synthetic/nation.h"

#include <utility>

#include "engine/synthetic/nation_figures.h"
#include "engine/synthetic/nation_graph.h"

namespace jenjang {
namespace {

// Graph and ties live here only: columns of figures are allocated after them.
bulk::FlatPlan make_plan(const NationSpec& spec, const synthetic::ClassBook& book, unsigned threads) {
  const synthetic::NationShape shape = synthetic::make_shape(spec, book);
  const std::vector<bulk::Edge> ties = synthetic::make_ties(spec, book, shape, threads);
  return bulk::flatten(shape.graph, book.classes, book.scales, shape.class_of, ties);
}

}  // namespace

FlatNation make_nation(const NationSpec& spec, unsigned threads) {
  const synthetic::ClassBook book;
  FlatNation nation;
  nation.plan = make_plan(spec, book, threads);
  nation.figures = bulk::make_figures(nation.plan, spec.validated_lane, false);
  synthetic::fill_figures(spec, book, nation.plan, nation.figures, threads);
  nation.near_cut = synthetic::place_near_cuts(spec, book, nation.plan, nation.figures);
  return nation;
}

}  // namespace jenjang

// Rows of the flat engine: every node in reading order, each of its slots, both lanes where they differ.
//
// What all rows of a node say is made once a node, what all nodes of a class say once. Threads make the rows of some
// hundred nodes each and hand them over in order; nothing is kept but what is being made.
#include "jenjang/workspace/flat_rows.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "engine/base/side_by_side.h"
#include "engine/workspace/flat_row_writer.h"

namespace jenjang {
namespace {

using flat::RowWriter;
using flat::YearSource;

constexpr std::string_view kHeader =
    "alamat,dokumen,indikator,unit,periode,satuan,target,realisasi,capaian_mentah,capaian,rumus,batas,pembulatan,"
    "predikat,cakupan_n,cakupan_dari,cakupan_bobot,lajur,tersentuh_belum_valid,status,tanda";
constexpr std::string_view kIntervalHeader = ",terendah,tertinggi,predikat_pasti,ujung_selang";

}  // namespace

struct FlatRows::Impl {
  std::vector<std::unique_ptr<YearSource>> years;
  FlatRowFilter filter;
  unsigned threads = 1;
  bool cancelled = false;
  const std::atomic<bool>* cancel = nullptr;
  std::vector<std::uint32_t> order;  // the nodes that the filter takes, in reading order

  // A table without rows has no interval columns.
  [[nodiscard]] bool any_row() const {
    return std::any_of(years.begin(), years.end(), [this](const std::unique_ptr<YearSource>& year) {
      return std::any_of(order.begin(), order.end(),
                         [&year](std::uint32_t node) { return (year->year().rows.slots[node] & year->wanted()) != 0; });
    });
  }

  void find_nodes(const snapshot::PlanNames& names) {
    std::vector<bool> taken_units;
    if (!filter.unit.empty()) {
      // A parent may stand behind its children in the table: each unit asks its own way up.
      const std::size_t units = names.unit_parent.size();
      taken_units.resize(units);
      for (std::size_t unit = 0; unit < units; ++unit) {
        std::uint32_t at = static_cast<std::uint32_t>(unit);
        for (std::size_t steps = 0; at < units && steps <= units; ++steps, at = names.unit_parent[at]) {
          if (names.unit_paths[at] == filter.unit) {
            taken_units[unit] = true;
            break;
          }
        }
      }
    }
    order.reserve(filter.code.empty() && filter.unit.empty() ? names.reading_order.size() : 0);
    for (const std::uint32_t node : names.reading_order) {
      if (!filter.code.empty() && names.code(node) != filter.code) continue;
      if (!filter.unit.empty() && !taken_units[names.node_unit[node]]) continue;
      order.push_back(node);
    }
  }
};

FlatRows::FlatRows(std::vector<FlatYear> years, FlatRowFilter filter, const bulk::SweepOptions& sweep)
    : impl_(std::make_unique<Impl>()) {
  impl_->filter = std::move(filter);
  impl_->threads = std::max(1U, sweep.threads);
  impl_->cancel = sweep.cancel;
  for (const FlatYear& year : years) {
    impl_->years.push_back(std::make_unique<YearSource>(year, impl_->filter, sweep));
    impl_->cancelled = impl_->cancelled || impl_->years.back()->cancelled();
  }
  if (!years.empty()) impl_->find_nodes(years.front().names);
}

FlatRows::~FlatRows() = default;

bool FlatRows::cancelled() const {
  return impl_->cancelled || (impl_->cancel != nullptr && impl_->cancel->load());
}

bool FlatRows::write_csv(const std::function<bool(std::string_view)>& take) const {
  const Impl& rows = *impl_;
  std::string header(kHeader);
  if (rows.filter.intervals && rows.any_row()) header += kIntervalHeader;
  if (cancelled() || !take(header + "\n")) return false;
  constexpr std::size_t kNodes = 512;  // about a megabyte with every month
  const std::size_t parts = (rows.order.size() + kNodes - 1) / kNodes;
  std::mutex lock;
  std::condition_variable turned;
  std::size_t turn = 0;
  bool stopped = false;
  const auto stop = [&] {
    const std::scoped_lock hold(lock);
    stopped = true;
    turned.notify_all();
  };
  side_by_side(rows.threads, parts, [&] {
    return [&, writer = std::make_shared<RowWriter>(rows.filter.validated_only)](std::size_t part) {
      try {
        writer->out.clear();
        const std::size_t last = std::min(rows.order.size(), (part + 1) * kNodes);
        for (std::size_t i = part * kNodes; i < last; ++i) {
          for (const auto& year : rows.years) writer->add_node(*year, rows.order[i]);
        }
        // Made side by side, handed over one after the other.
        std::unique_lock hold(lock);
        turned.wait(hold, [&] { return turn == part || stopped; });
        if (!stopped && (cancelled() || !take(writer->out.view()))) stopped = true;
        ++turn;
        turned.notify_all();
      } catch (...) {
        stop();  // nobody may wait for a part that never comes
        throw;
      }
    };
  });
  return !stopped;
}

}  // namespace jenjang

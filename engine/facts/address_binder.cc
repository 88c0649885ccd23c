#include "engine/facts/address_binder.h"

#include <algorithm>

#include "jenjang/base/text.h"

namespace jenjang::facts {

std::optional<std::string_view> AddressBinder::own_path(const Observation& row) {
  if (row.authority == RegionAuthority::kemendagri) {
    return row.unit;
  }
  // Only the region part of a path has a BPS code: in "6403/dlh" the agency part is ours.
  const std::string_view path = row.unit;
  const std::size_t slash = path.find('/');
  const std::string_view region = path.substr(0, slash);
  const std::optional<UnitId> unit = model_.units.find_bps(region);
  if (!unit) {
    Diagnostic finding = make_diagnostic(Code::J1702, row.places.unit()).arg("kode", region);
    if (const std::optional<UnitId> own = model_.units.find(region)) {
      finding.related.push_back({model_.units[*own].span, "ini kode Kemendagri, bukan kode BPS",
                                 "this is a Kemendagri code, not a BPS code"});
    }
    sink_.report(std::move(finding));
    return std::nullopt;
  }
  path_ = model_.units[*unit].path;
  if (slash != std::string_view::npos) {
    path_ += path.substr(slash);
  }
  return path_;
}

bool AddressBinder::is_as_before(const Observation& row) const {
  return last_.node.valid() && row.authority == last_.authority && row.unit == last_.unit && row.code == last_.code;
}

std::optional<NodeId> AddressBinder::bind(const Observation& row) {
  if (is_as_before(row)) return last_.node;
  const std::optional<std::string_view> path = own_path(row);
  if (!path) {
    return std::nullopt;
  }
  const std::optional<NodeId> node = model_.find(row.code, *path);
  // A goal has no figure of its own, so it is no address of a fact.
  if (!node || !model_.item(*node).is_measure()) {
    report_unknown(row, std::string(*path));
    return std::nullopt;
  }
  last_.node = *node;
  last_.code = row.code;
  last_.unit = row.unit;
  last_.authority = row.authority;
  return node;
}

void AddressBinder::report_unknown(const Observation& row, const std::string& path) {
  const std::optional<ItemId> item = model_.find_item(row.code);
  const std::optional<UnitId> unit = model_.units.find(path);
  const bool code_is_wrong = !item || !model_.items[item->index()].is_measure();
  // One slip repeats over many rows: the first of them is enough to repair it.
  const std::string code = row.code.str();
  const std::string slip = code_is_wrong ? code : !unit ? "@" + path : code + "@" + path;
  if (!reported_.insert(slip).second) {
    return;
  }
  Diagnostic finding = make_diagnostic(Code::J1701, code_is_wrong ? row.places.address() : row.places.unit())
                           .arg("alamat", code + "@" + path);
  if (code_is_wrong) {
    finding.suggestion = near_code(code);
    if (item) {
      finding.related.push_back({model_.items[item->index()].span, "kode ini kode sebuah tujuan, bukan indikator",
                                 "this code names a goal, not an indicator"});
    }
  } else if (!unit) {
    finding.suggestion = near_unit(path);
    if (const std::optional<UnitId> by_bps = model_.units.find_bps(path)) {
      finding.suggestion = model_.units[*by_bps].path;
      finding.related.push_back(
          {model_.units[*by_bps].span, "unit ini berkode BPS " + path, "this unit has BPS code " + path});
    }
  } else {
    finding.suggestion = near_unit_with(code, path);
    finding.related.push_back({model_.items[item->index()].span, code + " dinyatakan di sini, tidak untuk unit itu",
                               code + " is declared here, not for that unit"});
  }
  sink_.report(std::move(finding));
}

const std::string& AddressBinder::near_code(const std::string& word) {
  const auto known = near_codes_.find(word);
  if (known != near_codes_.end()) {
    return known->second;
  }
  if (codes_.empty()) {
    for (const Item& item : model_.items) {
      if (item.is_measure()) {
        codes_.push_back(item.code);
      }
    }
  }
  return near_codes_.emplace(word, nearest(word, codes_).value_or("")).first->second;
}

const std::string& AddressBinder::near_unit(const std::string& word) {
  const auto known = near_units_.find(word);
  if (known != near_units_.end()) {
    return known->second;
  }
  if (paths_.empty()) {
    paths_ = model_.units.paths();
  }
  return near_units_.emplace(word, nearest(word, paths_).value_or("")).first->second;
}

std::string AddressBinder::near_unit_with(const std::string& code, const std::string& path) const {
  std::vector<std::string> holders;
  for (std::size_t n = 0; n < model_.node_count(); ++n) {
    const NodeId node = NodeId::from_index(n);
    if (model_.item(node).code == code) {
      holders.push_back(model_.unit(node).path);
    }
  }
  std::sort(holders.begin(), holders.end());
  return nearest(path, holders).value_or("");
}

}  // namespace jenjang::facts

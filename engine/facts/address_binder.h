// Address binder: from the code and unit of one row to a node, or a diagnostic with near misses.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "jenjang/base/diagnostic.h"
#include "jenjang/graph/model.h"
#include "jenjang/measure/observation.h"

namespace jenjang::facts {

class AddressBinder {
public:
  AddressBinder(const Model& model, DiagnosticSink& sink) : model_(model), sink_(sink) {}

  // The measure that a row is about; nullopt after a report (J1701, J1702), given once for each unknown code,
  // unit or pair.
  std::optional<NodeId> bind(const Observation& row);

private:
  // Path of the unit in our own table, good until the next question; nullopt when no unit has the region code.
  std::optional<std::string_view> own_path(const Observation& row);
  void report_unknown(const Observation& row, const std::string& path);
  // A feed mostly says all about one measure before it goes on to the next.
  [[nodiscard]] bool is_as_before(const Observation& row) const;
  const std::string& near_code(const std::string& word);
  const std::string& near_unit(const std::string& word);
  std::string near_unit_with(const std::string& code, const std::string& path) const;

  const Model& model_;
  DiagnosticSink& sink_;
  struct Last {
    NodeId node;  // invalid: nothing bound yet
    SharedText code, unit;
    RegionAuthority authority = RegionAuthority::kemendagri;
  };
  Last last_;
  std::string path_;  // of a BPS code
  // A search walks a whole table, and one slip repeats over many rows; empty when nothing is near.
  std::unordered_map<std::string, std::string> near_codes_, near_units_;
  std::vector<std::string> codes_, paths_;
  std::unordered_set<std::string> reported_;
};

}  // namespace jenjang::facts

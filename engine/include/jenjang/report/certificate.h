// Score certificate: everything that somebody without the engine needs to add a worksheet's score again.
//
// JSON: the leaves with their answers and values, every inner node with how it is made (aggregation, weights, factor,
// table of shares), exact values as fractions in text ("1193/300"), and the scale that turns the total into a
// predicate. `bindings/certificate/periksa_sertifikat.py` adds it up from the leaves alone.
#pragma once

#include <string>

#include "jenjang/assess/worksheet.h"
#include "jenjang/base/result.h"

namespace jenjang {

struct CertificateSubject {
  std::string worksheet, unit, period, title;
  bool illustrative = false;
  std::string digest;  // SHA-256 of the worksheet file, in hex; empty: not known
};

// Refuses (J3111) when there is no total to certify.
Result<std::string> write_certificate(const CertificateSubject& subject, const Pack& pack, const PackTemplate& tmpl,
                                      const ScoringMode& mode, const LanedWorksheet& sheet);

}  // namespace jenjang

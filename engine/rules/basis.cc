#include "engine/rules/basis.h"

#include <array>

namespace jenjang {

namespace {
constexpr std::array<std::string_view, 2> kStatus{"terverifikasi", "belum-diverifikasi"};
}  // namespace

Basis read_basis(FieldReader& fields, const Basis& outer, std::string_view what, DiagnosticSink& sink,
                 std::string* note) {
  Basis basis = outer;
  if (auto article = fields.text("pasal")) {
    basis.article = article->value;
    basis.unverified = false;
    basis.stated = true;
  }
  if (auto status = fields.choice("status", kStatus)) {
    basis.unverified = status->value == 1;
    basis.stated = true;
    // "Verified" without saying against what cannot be checked by the next reader.
    if (!basis.unverified && basis.article.empty()) {
      sink.report(make_diagnostic(Code::J1409, status->span).arg("apa", what));
    }
  }
  if (auto text = fields.text("catatan"); text && note != nullptr) *note = text->value;
  return basis;
}

void require_basis(const Basis& basis, SourceSpan place, std::string_view what, DiagnosticSink& sink) {
  if (!basis.stated) sink.report(make_diagnostic(Code::J1409, place).arg("apa", what));
}

}  // namespace jenjang

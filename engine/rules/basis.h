// What a value rests on: its article, or the word that nobody has verified it.
//
// Written as `pasal` and `status` on any element; an element that says nothing takes what the element
// around it says. Somebody must have said something, else J1409.
#pragma once

#include <string>
#include <string_view>

#include "jenjang/source/yaml_fields.h"

namespace jenjang {

struct Basis {
  std::string article;
  bool unverified = false;
  bool stated = false;  // an article or a status was given here or further out
};

// Takes `pasal`, `status` and `catatan` from the map. An own article lifts an inherited
// `belum-diverifikasi`; an own status decides in any case.
Basis read_basis(FieldReader& fields, const Basis& outer, std::string_view what, DiagnosticSink& sink,
                 std::string* note = nullptr);
// J1409 unless something was said.
void require_basis(const Basis& basis, SourceSpan place, std::string_view what, DiagnosticSink& sink);

}  // namespace jenjang

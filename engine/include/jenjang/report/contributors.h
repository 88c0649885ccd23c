// Rows of `explain --teratas`: the contributors of one figure, what the others bring, and the sum.
#pragma once

#include <string>

#include "jenjang/explain/contributors.h"
#include "jenjang/report/table.h"

namespace jenjang {

// jenis,urutan,alamat,uraian,apa,nilai,target,koefisien,kontribusi,bagian,keterangan,kontribusi_tepat,koefisien_tepat,
// banyak; jenis: penyumbang | lainnya | tak-terbagi | jumlah. `kontribusi` has four decimals, each rounded by itself;
// the exact ones stand beside it and add up to `jumlah`.
Table contributor_table(const ExplainContext& context, const Contributors& found, Lane lane, Language language);
// What stands above the table, one line each: the figure that was taken apart and what is to be known about it.
std::string contributor_heading(const ExplainContext& context, const Contributors& found, Lane lane, Language language);

}  // namespace jenjang

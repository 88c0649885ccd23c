// `score --certificate FILE`: one worksheet's score as a small JSON that others can add up again.
#include <algorithm>

#include "jenjang/journal/entry.h"
#include "jenjang/report/certificate.h"

#include "command.h"
#include "output.h"
#include "score_sheets.h"

namespace jenjang::cli {
namespace {

// Which file the score was made of; a file that can no longer be read leaves the certificate without.
std::string digest_of_file(const std::string& file) {
  const auto bytes = disk().read(file, kMaxWorksheetBytes);
  return bytes ? to_hex(digest_of(bytes.value())) : std::string();
}

}  // namespace

int score_certificate(const ScoreRequest& request) {
  const std::size_t said = request.workspace.sink().all().size();
  const auto inputs = sheet_inputs(request, request.pack, request.element, request.options.raw.worksheet_file);
  if (!inputs) {
    (void)finish_score(request, {}, said);
    return kCouldNotRun;
  }
  if (inputs->size() > 1) {
    complain(request.options, make_diagnostic(Code::J1904, {}).arg("apa", "--unit | --lembar-kerja"));
    return kCouldNotRun;
  }
  const SheetInput& input = inputs->front();
  report_scored(*input.pack, *input.tmpl, *input.mode, input.sheet, request.workspace.sink());
  // A file with mistakes in it has a score that somebody else would not get from it.
  const auto& found = request.workspace.sink().all();
  if (std::ranges::any_of(found.begin() + static_cast<std::ptrdiff_t>(said), found.end(),
                          [](const Diagnostic& one) { return one.severity == Severity::error; })) {
    return finish_score(request, {}, said);
  }
  const CertificateSubject subject{input.name,  input.unit,         input.period ? input.period->to_string() : "",
                                   input.title, input.illustrative, digest_of_file(input.file)};
  Result<std::string> text = write_certificate(subject, *input.pack, *input.tmpl, *input.mode, input.sheet);
  if (!text) {
    request.workspace.sink().report(text.failure());
    return finish_score(request, {}, said);
  }
  if (!write_output(request.options, text.value(), request.options.raw.certificate)) return kCouldNotRun;
  return finish_score(request, {}, said);
}

}  // namespace jenjang::cli

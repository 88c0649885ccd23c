#include "application.h"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <deque>
#include <unistd.h>

#include "jenjang/base/text.h"

#include "command.h"
#include "output.h"
#include "progress.h"

namespace jenjang::cli {
namespace {

void speak_help(CLI::App& app, const Speech& say) {
  const auto formatter = std::make_shared<CLI::Formatter>();
  formatter->column_width(34);
  formatter->label("Usage", say("Pemakaian", "Usage"));
  formatter->label("OPTIONS", say("PILIHAN", "OPTIONS"));
  formatter->label("SUBCOMMAND", say("PERINTAH", "COMMAND"));
  formatter->label("SUBCOMMANDS", say("PERINTAH", "COMMAND"));
  formatter->label("Positionals", say("Argumen", "Arguments"));
  formatter->label("Options", say("Pilihan", "Options"));
  formatter->label("TEXT", say("TEKS", "TEXT"));
  app.formatter(formatter);
  app.set_help_flag("-h,--help", say("tampilkan bantuan ini", "show this help"));
  app.get_option("--help")->group(say("Pilihan", "Options"));
}

bool color_wanted(int descriptor) {
  const char* no_color = std::getenv("NO_COLOR");
  return (no_color == nullptr || *no_color == '\0') && isatty(descriptor) == 1;
}

// Words that no option took: an unknown option or verb, with the nearest known one.
Diagnostic unknown_argument(const CLI::App& app, const std::string& word, const std::string& command) {
  std::vector<std::string> known;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
  }
  const std::string name = word.substr(0, word.find('='));
  Diagnostic finding = make_diagnostic(Code::J1902, {}).arg("argumen", "\"" + word + "\"").arg("perintah", command);
  finding.suggestion = nearest(name, known).value_or("");
  return finding;
}

Diagnostic unknown_verb(const std::string& word) {
  std::vector<std::string> known;
  for (const Command& command : commands()) known.emplace_back(command.name);
  Diagnostic finding = make_diagnostic(Code::J1901, {}).arg("perintah", word);
  finding.suggestion = nearest(word, known).value_or("");
  return finding;
}

}  // namespace

int run_application(int argc, const char* const* argv) {
  const Speech say{choose_language(argc, argv)};
  Options options;
  options.say = say;
  options.color = color_wanted(STDERR_FILENO);
  options.color_results = color_wanted(STDOUT_FILENO);

  CLI::App app(say("Jenjang: rencana kinerja dari target sampai predikat, setiap angka terjelaskan",
                   "Jenjang: performance plans from target to predicate, every figure explained"),
               "jenjang");
  app.allow_extras();
  speak_help(app, say);
  bool version = false;
  app.add_flag("--version", version, say("tampilkan versi", "show the version"));
  Arguments common(app);
  declare_language(common, options.raw, say);
  app.footer(
      say("Kode keluar: 0 selesai, 1 selesai dengan galat pada rencana atau data, 2 tidak dapat dijalankan, "
          "3 ada perubahan (hanya dengan --detailed-exitcode), 130 dihentikan.",
          "Exit codes: 0 done, 1 done with errors in plan or data, 2 could not run, "
          "3 something would change (only with --detailed-exitcode), 130 stopped."));
  for (CLI::Option* option : app.get_options()) option->group(say("Pilihan", "Options"));
  for (const Command& command : commands()) {
    CLI::App* sub = app.add_subcommand(command.name, say(command.id_about, command.en_about));
    sub->allow_extras();
    sub->group(say("Perintah", "Commands"));
    speak_help(*sub, say);
    Arguments arguments(*sub);
    command.declare(arguments, options.raw, say);
    declare_language(arguments, options.raw, say);
    sub->footer(say(command.id_footer, command.en_footer));
    for (CLI::Option* option : sub->get_options()) {
      if (!option->get_positional()) option->group(say("Pilihan", "Options"));
    }
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return write_output(options, app.help(), "") ? kDone : kCouldNotRun;
  } catch (const CLI::ParseError& error) {
    // The only mistakes left to the parser are options without their value; its text starts with their name.
    const std::string what = error.what();
    if (!app.get_subcommands().empty()) options.command = app.get_subcommands().front()->get_name();
    complain(options, make_diagnostic(Code::J1904, {})
                          .arg("apa", say("nilai untuk ", "the value of ") + what.substr(0, what.find_first_of(": "))));
    return kCouldNotRun;
  }
  const std::vector<CLI::App*> chosen = app.get_subcommands();
  if (chosen.empty()) {
    if (version) return version_command().run(options);
    const std::vector<std::string> rest = app.remaining();
    if (rest.empty()) {
      complain(options, make_diagnostic(Code::J1904, {}).arg("apa", say("perintah", "the command")));
    } else if (rest.front().starts_with('-')) {
      complain(options, unknown_argument(app, rest.front(), "--help"));
    } else {
      complain(options, unknown_verb(rest.front()));
    }
    return kCouldNotRun;
  }
  options.command = chosen.front()->get_name();
  const std::vector<std::string> rest = app.remaining(true);
  if (!rest.empty()) {
    complain(options, unknown_argument(*chosen.front(), rest.front(), chosen.front()->get_name()));
    return kCouldNotRun;
  }
  DiagnosticSink mistakes;
  if (!check_options(options, mistakes)) {
    const SourceMap none;
    complain(options, mistakes.all(), none);
    return kCouldNotRun;
  }
  options.watch = &watch_for(options);
  options.write.watch = options.watch;
  try {
    for (const Command& command : commands()) {
      if (chosen.front()->get_name() != command.name) continue;
      const int exit_code = command.run(options);
      clear_progress();
      return exit_code;
    }
  } catch (const Stopped& stopped) {
    complain(options, make_diagnostic(Code::J1920, {}).arg("tahap", stage_name(stopped.stage(), say)));
    return kStopped;
  }
  return kCouldNotRun;
}

}  // namespace jenjang::cli

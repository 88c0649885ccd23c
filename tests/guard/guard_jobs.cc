// One job at one size, for a counter of instructions (tests/guard/guard.py):
//
//   guard_jobs --list         job,unit,size,most
//   guard_jobs --built        compiler, libraries and flags, on one line: counts are comparable within one of them
//   guard_jobs JOB SIZE       makes the input, does the job inside jenjang_guard_counted, prints what there was to do
//
// 0 done, 1 wrong answer, 2 no such job, 77 not on this processor.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <gnu/libc-version.h>
#include <openssl/crypto.h>
#include <sqlite3.h>
#include <string>

#include "jenjang/bulk/sweep.h"

#include "jobs.h"

// Counting is switched on by the name of this function. It must stay a call of its own that returns.
extern "C" [[gnu::noinline]] void jenjang_guard_counted(const std::function<bool()>& work, bool* good) {
  *good = work();
  asm volatile("" ::: "memory");
}

namespace {

using jenjang::guard::Job;

std::vector<Job> all_jobs() {
  std::vector<Job> jobs;
  for (const auto& part : {jenjang::guard::flat_jobs(), jenjang::guard::general_jobs(), jenjang::guard::text_jobs(),
                           jenjang::guard::storage_jobs()}) {
    jobs.insert(jobs.end(), part.begin(), part.end());
  }
  return jobs;
}

int run(const Job& job, std::uint32_t size) {
  try {
    jenjang::guard::Prepared prepared = job.make(size);
    bool good = false;
    jenjang_guard_counted(prepared.work, &good);
    if (!good) {
      std::fprintf(stderr, "%s of %u: wrong answer\n", job.name, size);
      return 1;
    }
    std::printf("units %llu\n", static_cast<unsigned long long>(prepared.units));
    return 0;
  } catch (const jenjang::guard::NotHere&) {
    return 77;
  } catch (const std::exception& fault) {
    std::fprintf(stderr, "%s of %u: %s\n", job.name, size, fault.what());
    return 1;
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::string first = argc > 1 ? argv[1] : "";
  if (first == "--list") {
    for (const Job& job : all_jobs()) std::printf("%s,%s,%u,%.2f\n", job.name, job.unit, job.size, job.most);
    return 0;
  }
  if (first == "--built") {
    // Of OpenSSL what its releases keep: a security update must not switch the comparison off.
    // Libraries choose among their own kernels by the processor, as the counter shows it.
    std::printf("compiler %s; libstdc++ %d; glibc %s; sqlite %s; openssl %u.%u; avx2 %s; flags %s\n", __VERSION__,
                __GLIBCXX__, gnu_get_libc_version(), sqlite3_libversion(), OPENSSL_version_major(),
                OPENSSL_version_minor(), jenjang::bulk::has_simd(jenjang::bulk::Simd::avx2) ? "yes" : "no",
                JENJANG_GUARD_FLAGS);
    return 0;
  }
  if (argc == 3) {
    for (const Job& job : all_jobs()) {
      if (first == job.name) return run(job, static_cast<std::uint32_t>(std::strtoul(argv[2], nullptr, 10)));
    }
  }
  std::fprintf(stderr, "guard_jobs --list | --built | JOB SIZE\n");
  return 2;
}

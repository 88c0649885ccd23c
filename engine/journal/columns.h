// The columns of table `entry` in the order that both directions use.
#pragma once

namespace jenjang::journal {

enum Column : int {
  kSeq,
  kHash,
  kKind,
  kRecorded,
  kActor,
  kCode,
  kUnit,
  kPeriod,
  kNumber,
  kStatus,
  kFlags,
  kOrigin,
  kRow,
  kPlaces,
  kSource,
  kWorkflow,
  kRole,
  kRefers,
  kAuthority,
  kReleased,
  kState,
  kGrade,
  kVerified,
  kVerifiedGrade,
  kDefinition,
  kText,
  kEvidencePath,
  kEvidencePlace,
  kEvidenceDigest,
  kContent,
  kColumns
};
// The first of them, which are all that an imported figure mostly has.
constexpr int kCommonColumns = kWorkflow + 1;

constexpr int kValidated = 1, kIllustrative = 2, kUnverified = 4;  // of kFlags

}  // namespace jenjang::journal

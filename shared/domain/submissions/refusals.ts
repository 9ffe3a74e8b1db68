import type { RefusalCode } from "../kernel/refusal.ts";

export const submissionRefusals = {
  notFound: { kind: "not_found", code: "submission.not_found", title: "There is no such submission" },
  alreadySettled: { kind: "conflict", code: "submission.already_settled", title: "The submission has been decided" },
  disputed: { kind: "conflict", code: "submission.disputed", title: "The submission is disputed" },
  disputedBefore: {
    kind: "conflict",
    code: "submission.disputed_before",
    title: "There is one dispute about each submission, and this one had its own",
  },
  unitTaken: { kind: "conflict", code: "submission.unit_taken", title: "The unit is not open" },
  noSuchUnit: { kind: "unprocessable", code: "submission.no_such_unit", title: "You do not owe such a unit" },
  roundsExhausted: {
    kind: "unprocessable",
    code: "submission.rounds_exhausted",
    title: "The unit has had all its rounds",
  },
  participantNotActive: {
    kind: "conflict",
    code: "participant.not_active",
    title: "The creator does not take part any more",
  },
  campaignNotOpen: {
    kind: "conflict",
    code: "submission.campaign_not_open",
    title: "The campaign does not take content now",
  },
  noExtension: { kind: "conflict", code: "submission.no_extension", title: "No later date is on offer" },
  extensionRefused: {
    kind: "unprocessable",
    code: "submission.extension_refused",
    title: "The date cannot be moved to then",
  },
  subjectNeeded: { kind: "invalid", code: "submission.subject_needed", title: "An admin must say for which creator" },
} as const satisfies Record<string, RefusalCode>;

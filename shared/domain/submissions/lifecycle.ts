import type { Lifecycle } from "../kernel/lifecycle.ts";
import { roundIsLeft, unitMayBeDisputed, unitWaits } from "./guards.ts";
import { submissionRefusals } from "./refusals.ts";
import type { SubmissionStatus } from "./submission.ts";

const settled = { otherwise: submissionRefusals.alreadySettled } as const;
const decision = {
  from: ["pending_review"],
  who: ["brand", "admin"],
  guard: unitWaits,
  ...settled,
  exactly: { disputed: submissionRefusals.disputed },
} as const;

/** Every way a submission's status may change. Those that settle its unit exclude each other for ever; an appeal alone books one again. */
export const submissionLifecycle = {
  approve: { ...decision, to: "approved", effect: "pays the creator" },
  reject: { ...decision, to: "rejected", effect: "the price goes back" },
  requestChanges: {
    ...decision,
    to: "changes_requested",
    guard: roundIsLeft,
    effect: "the unit is open again",
  },
  deemApproved: {
    from: ["pending_review"],
    to: "approved",
    who: ["system"],
    effect: "pays the creator, because the brand was silent",
    ...settled,
  },
  release: {
    from: ["pending_review", "changes_requested", "disputed"],
    to: "released",
    who: ["system"],
    effect: "the price goes back, because no further round came, or the creator was removed",
    ...settled,
  },
  dispute: {
    from: ["pending_review", "changes_requested"],
    to: "disputed",
    who: ["brand", "creator"],
    guard: unitMayBeDisputed,
    effect: "freezes the unit",
    ...settled,
    exactly: { disputed: submissionRefusals.disputed },
  },
  award: {
    from: ["disputed"],
    to: "approved",
    who: ["admin", "system"],
    effect: "pays the creator their share, the rest goes back",
    ...settled,
  },
  resumeReview: {
    from: ["disputed"],
    to: "pending_review",
    who: ["system"],
    effect: "the brand has the time that the creator's dispute took, because nobody decided",
    ...settled,
  },
  resumeRound: {
    from: ["disputed"],
    to: "changes_requested",
    who: ["system"],
    effect: "the creator has the time that the brand's dispute took, because nobody decided",
    ...settled,
  },
  deny: { from: ["disputed"], to: "rejected", who: ["admin"], effect: "the price goes back", ...settled },
  reinstate: { from: ["rejected"], to: "approved", who: ["admin"], effect: "an appeal gave a share", ...settled },
  overturn: { from: ["approved"], to: "rejected", who: ["admin"], effect: "an appeal took the share", ...settled },
} as const satisfies Lifecycle<SubmissionStatus>;

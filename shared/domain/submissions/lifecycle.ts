import type { Lifecycle } from "../kernel/lifecycle.ts";
import { roundIsLeft, unitWaits } from "./guards.ts";
import { submissionRefusals } from "./refusals.ts";
import type { SubmissionStatus } from "./submission.ts";

const decision = {
  from: ["pending_review"],
  who: ["brand", "admin"],
  guard: unitWaits,
  otherwise: submissionRefusals.alreadySettled,
  exactly: { disputed: submissionRefusals.disputed, changes_requested: submissionRefusals.superseded },
} as const;

/** Every way a submission's status may change. Two of them settle its unit; they exclude each other for ever. */
export const submissionLifecycle = {
  approve: { ...decision, to: "approved", effect: "pays the creator" },
  reject: { ...decision, to: "rejected", effect: "the price goes back" },
  requestChanges: {
    ...decision,
    to: "changes_requested",
    guard: roundIsLeft,
    effect: "the unit is open again",
  },
} as const satisfies Lifecycle<SubmissionStatus>;

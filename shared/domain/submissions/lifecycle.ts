import type { Lifecycle } from "../kernel/lifecycle.ts";
import { submissionRefusals } from "./refusals.ts";
import type { SubmissionStatus } from "./submission.ts";

const by = { from: ["pending_review"], who: ["brand", "admin"], otherwise: submissionRefusals.alreadySettled } as const;

/** Every way a submission's status may change. Two of them settle its unit; they exclude each other for ever. */
export const submissionLifecycle = {
  approve: { ...by, to: "approved", guard: "pays the creator" },
  reject: { ...by, to: "rejected", guard: "the price goes back" },
  requestChanges: { ...by, to: "changes_requested", guard: "the unit is open again" },
} as const satisfies Lifecycle<SubmissionStatus>;

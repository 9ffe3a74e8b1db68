import * as z from "zod";
import { idOf } from "../kernel/ids.ts";
import { Instant } from "../kernel/time.ts";

/** Every job there is, by its public name. */
export const JobName = z.enum([
  "advance-campaigns",
  "audit-ledger",
  "follow-payouts",
  "reconcile-payments",
  "refresh-signing-keys",
  "release-earnings",
  "remind-reviewers",
  "run-payouts",
  "settle-overdue-reviews",
  "sweep-deposits",
  "sweep-outbox",
  "sweep-refunds",
  "sweep-stripe-events",
]);
export type JobName = z.infer<typeof JobName>;

export const JobOutcome = z.enum(["running", "succeeded", "partial", "failed", "skipped"]);

/** One run of a job: what it did, in counts. A run that could not get the lease is `skipped`. */
export const JobRun = z.object({
  id: idOf("jobRun"),
  job: z.string(),
  startedAt: Instant,
  endedAt: Instant.optional(),
  outcome: JobOutcome,
  counts: z.record(z.string(), z.int()),
  durationMs: z.int().optional(),
  error: z.string().optional(),
  /** Of a run that failed: the item that it dealt with last. A job that walks one list goes on from there. */
  reached: z.string().optional(),
  version: z.int(),
});
export type JobRun = z.infer<typeof JobRun>;

/** Who may run a job now. Held until released or expired. */
export const JobLease = z.object({ job: z.string(), runId: z.string(), expiresAt: Instant, version: z.int() });
export type JobLease = z.infer<typeof JobLease>;

import * as z from "zod";
import { idOf, UserId } from "../kernel/ids.ts";
import { Instant } from "../kernel/time.ts";

/** Every job there is, by its public name. */
export const JobName = z.enum([
  "advance-campaigns",
  "audit-ledger",
  "book-processor-fees",
  "close-tracking-day",
  "compare-payout-accounts",
  "count-platform-day",
  "end-overdue-exports",
  "expire-invitations",
  "follow-payouts",
  "prove-audit-trail",
  "rebuild-creator-index",
  "reconcile-payments",
  "refresh-signing-keys",
  "refresh-social-tokens",
  "release-earnings",
  "remind-creators",
  "remind-of-inquiries",
  "remind-reviewers",
  "revoke-social-consents",
  "run-payouts",
  "settle-overdue-reviews",
  "sweep-deposits",
  "sweep-outbox",
  "sweep-refunds",
  "sweep-stripe-events",
  "sync-social-accounts",
]);
export type JobName = z.infer<typeof JobName>;

export const JobOutcome = z.enum(["running", "succeeded", "partial", "failed", "skipped"]);

export const FailedItem = z.object({ item: z.string(), reason: z.string() });
export type FailedItem = z.infer<typeof FailedItem>;
/** Most that one run's record names; `counts.failed` counts them all. */
export const MAX_FAILURES = 50;

/** One run of a job: what it did, in counts. A run that could not get the lease is `skipped`. */
export const JobRun = z.object({
  id: idOf("jobRun"),
  job: z.string(),
  /** Of a run that was asked for: when it was, until it begins. */
  startedAt: Instant,
  /** When its schedule meant it to begin; of no run that was asked for. */
  scheduledAt: Instant.optional(),
  /** Who asked for it beside its schedule. */
  requestedBy: UserId.optional(),
  /** Asked for, and not begun yet. */
  waiting: z.literal(true).optional(),
  endedAt: Instant.optional(),
  outcome: JobOutcome,
  counts: z.record(z.string(), z.int()),
  durationMs: z.int().optional(),
  error: z.string().optional(),
  /** Items that could not be dealt with, each with its reason; the first of very many. The next run comes by them again. */
  failures: z.array(FailedItem).optional(),
  /** Of a run that failed: the item that it dealt with last. A job that walks one list goes on from there. */
  reached: z.string().optional(),
  version: z.int(),
});
export type JobRun = z.infer<typeof JobRun>;

/** Who may run a job now. Held until released or expired. */
export const JobLease = z.object({
  job: z.string(),
  runId: z.string(),
  /** The request that it was taken under: Lambda tries one again that has died. */
  requestId: z.string().optional(),
  expiresAt: Instant,
  version: z.int(),
});
export type JobLease = z.infer<typeof JobLease>;

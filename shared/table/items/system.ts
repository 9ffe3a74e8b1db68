import type { JobLease, JobRun } from "#shared/domain/jobs/job-run";
import type { Declaration } from "../item.ts";

/** One entry of one of the audit's chains, numbered from 1. */
export const auditEntry = {
  kind: "auditEntry",
  prefix: "AUDIT_ENTRY",
  partition: ["stream"],
  sort: ["sequence"],
  appendOnly: true,
} as const satisfies Declaration<{ readonly stream: number; readonly sequence: number }>;

/** Where a chain ends. */
export const auditHead = {
  kind: "auditHead",
  prefix: "AUDIT_HEAD",
  partition: ["stream"],
  sort: [],
} as const satisfies Declaration<{ readonly stream: number }>;

/** Every commit that says something writes its events into `unsent`: in lanes, no partition of it takes more than a share. */
export const OUTBOX_LANES = 16;

/**
 * An event on its way to the bus, which the table's stream delivers. Kept until it was sent, and then for a week, for
 * whoever asks what was.
 */
export const outboxEvent = {
  kind: "outboxEvent",
  prefix: "OUTBOX_EVENT",
  partition: ["id"],
  sort: [],
  listings: {
    unsent: {
      index: "due",
      prefix: "UNSENT_EVENTS",
      partition: ["lane"],
      sort: ["at", "id"],
      when: ({ sentAt }) => sentAt === undefined,
    },
  },
  expires: { at: "expiresAtSeconds" },
} as const satisfies Declaration<{
  readonly id: string;
  readonly at: string;
  /** From 0 to `OUTBOX_LANES` - 1. */
  readonly lane: number;
  readonly sentAt?: string;
  readonly expiresAtSeconds?: number;
}>;

/** A claimed Idempotency-Key with its response. One without an end is kept for ever. */
export const idempotencyRecord = {
  kind: "idempotencyRecord",
  prefix: "IDEMPOTENCY_RECORD",
  partition: ["digest"],
  sort: [],
  expires: { at: "expiresAtSeconds" },
  removable: true,
} as const satisfies Declaration<{ readonly digest: string; readonly expiresAtSeconds?: number }>;

/** The secret that the cursors of lists are sealed under: one item, made by whoever needs it first. */
export const cursorKey = {
  kind: "cursorKey",
  prefix: "CURSOR_KEY",
  partition: [],
  sort: [],
  appendOnly: true,
} as const satisfies Declaration<{ readonly secret: string }>;

export const jobLease = {
  kind: "jobLease",
  prefix: "JOB_LEASE",
  partition: ["job"],
  sort: [],
  removable: true,
} as const satisfies Declaration<JobLease>;

export const jobRun = {
  kind: "jobRun",
  prefix: "JOB_RUN",
  partition: ["job"],
  sort: ["id"],
  expires: { days: 400, after: "startedAt" },
} as const satisfies Declaration<JobRun>;

import type { AuditEntry } from "#shared/domain/audit/audit-entry";
import type { AuditProof } from "#shared/domain/audit/proof";
import type { Seal, SealHead } from "#shared/domain/audit/seal";
import type { JobLease, JobRun } from "#shared/domain/jobs/job-run";
import type { Declaration } from "../item.ts";
import { SPREAD } from "../schema.ts";

const resourceType = ({ resource }: Pick<AuditEntry, "resource">): string => resource.type;
const resourceId = ({ resource }: Pick<AuditEntry, "resource">): string => resource.id;

export const auditEntry = {
  kind: "auditEntry",
  prefix: "AUDIT_ENTRY",
  partition: ["id"],
  sort: [],
  listings: {
    ofResource: {
      index: "owner",
      prefix: "AUDIT_OF_RESOURCE",
      partition: [resourceType, resourceId],
      sort: ["at", "id"],
    },
    all: { index: "kind", prefix: "ALL_AUDIT_ENTRIES", partition: [], sort: ["at", "id"], spread: SPREAD },
    /** What people did: the system's rows are most of all there are, and nobody looks for them by who it was. */
    ofActor: {
      index: "due",
      prefix: "AUDIT_OF_ACTOR",
      partition: ["actorId"],
      sort: ["at", "id"],
      when: ({ actorId }: AuditEntry) => !actorId.startsWith("system:"),
    },
  },
  appendOnly: true,
  sealed: true,
} as const satisfies Declaration<AuditEntry>;

/** A link of one of the chains that entries are sealed into. */
export const seal = {
  kind: "seal",
  prefix: "SEAL",
  partition: ["chain"],
  sort: ["sequence"],
  appendOnly: true,
} as const satisfies Declaration<Seal>;

/** Where a chain of seals ends. */
export const sealHead = {
  kind: "sealHead",
  prefix: "SEAL_HEAD",
  partition: ["chain"],
  sort: [],
} as const satisfies Declaration<SealHead>;

/** How far the chains of seals are proven to be whole: one item. */
export const auditProof = {
  kind: "auditProof",
  prefix: "AUDIT_PROOF",
  partition: [],
  sort: [],
} as const satisfies Declaration<AuditProof>;

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
      partition: [],
      sort: ["at", "id"],
      spread: SPREAD,
      when: ({ sentAt }) => sentAt === undefined,
    },
  },
  expires: { at: "expiresAtSeconds" },
} as const satisfies Declaration<{
  readonly id: string;
  readonly at: string;
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

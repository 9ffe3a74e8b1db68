import * as z from "zod";
import { Role } from "../kernel/actor.ts";
import { idOf, UserId } from "../kernel/ids.ts";
import { Instant } from "../kernel/time.ts";

export const ExportKind = z.enum([
  "transactions", "earnings", "campaign-analytics", "participants", "submissions", "users", "audit-logs",
]); // prettier-ignore
export type ExportKind = z.infer<typeof ExportKind>;

export const ExportFormat = z.enum(["csv", "json"]);
export type ExportFormat = z.infer<typeof ExportFormat>;

export const ExportStatus = z.enum(["queued", "running", "completed", "failed"]);
export type ExportStatus = z.infer<typeof ExportStatus>;

/** A file that is not whole yet, and where the list that it is made from goes on. What is put together is what is stored here. */
export const Upload = z.object({
  id: z.string(),
  /** The store's word for what each part holds, in order: it makes a file of exactly these and of no others. */
  parts: z.array(z.string()),
  /** Missing once the list has ended, and nothing is left but to put the parts together. */
  after: z.record(z.string(), z.string()).optional(),
});
export type Upload = z.infer<typeof Upload>;

/**
 * A file that somebody asked for. It is written in turns: each part of it is one, and so is putting them together. Each is one
 * commit; whoever comes with a turn that is over finds nothing to do.
 */
export const Export = z.object({
  id: idOf("export"),
  userId: UserId,
  /** Their roles when they asked. Nothing is read for them unless they hold all of these still. */
  roles: z.array(Role),
  kind: ExportKind,
  format: ExportFormat,
  campaignId: z.string().optional(),
  /** As they were asked for: instants, or days of UTC. Both included. */
  from: z.string().optional(),
  to: z.string().optional(),
  status: ExportStatus,
  /** Turns that were taken. */
  turn: z.int(),
  /** How often it was begun, the first time included: files of several never mix. */
  attempt: z.int(),
  /** Missing before the first part, and once the file is whole or given up. */
  upload: Upload.optional(),
  rows: z.int(),
  sizeBytes: z.int(),
  /** Why there is no file. */
  failure: z.object({ code: z.string(), detail: z.string() }).optional(),
  completedAt: Instant.optional(),
  version: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type Export = z.infer<typeof Export>;

/** Somebody's exports that are neither completed nor failed: what all of theirs compete for, so that there are never too many. */
export const OpenExports = z.object({
  userId: UserId,
  /** None counts past its time, whatever became of it. */
  open: z.array(z.object({ exportId: idOf("export"), until: Instant })),
  version: z.int(),
});
export type OpenExports = z.infer<typeof OpenExports>;

import * as z from "zod";
import { Proven, StoredBreak } from "#shared/domain/audit/proof";
import { InstantInput } from "#shared/domain/kernel/time";
import { http, list, schedule } from "./contract.ts";
import { AuditRow } from "./row-shapes.ts";

/**
 * `campaign:cmp_…`: any kind of thing, and its id. In ASCII, as all ids are: 400 of other characters are encoded in more than the
 * 2,048 bytes that a partition key may have. Source: DynamoDB developer guide, "Constraints".
 */
const ResourceFilter = z
  .string()
  .max(400)
  .regex(/^\w+:[ -~]+$/, "must be a kind and an id: campaign:cmp_…")
  .transform((text) => ({ type: text.slice(0, text.indexOf(":")), id: text.slice(text.indexOf(":") + 1) }));

export const listAuditLogs = list({
  route: "GET /v1/admin/audit-logs",
  roles: ["admin"],
  query: z.strictObject({
    actorId: z.string().min(1).max(200).optional(),
    action: z.string().min(1).max(100).optional(),
    resource: ResourceFilter.optional(),
    from: InstantInput.optional(),
    to: InstantInput.optional(),
  }),
  reply: AuditRow,
  refuses: [],
  uses: ["auditTrail:list"],
  summary: "List who did what, newest first",
  ifItFails: "admins cannot see who did what",
});

export const verifyAuditLogs = http({
  route: "GET /v1/admin/audit-logs/verification",
  roles: ["admin"],
  reply: Proven.pick({ heads: true, rows: true })
    .extend({
      firstBreak: StoredBreak.optional(),
      /** Everything that is broken, the first one first; 50 of very many. */
      breaks: z.array(StoredBreak),
      intact: z.boolean(),
      /** Seals that came since the last proof and were too many to read now: the next run of the job proves them. */
      unread: z.int(),
    })
    .meta({ id: "AuditVerification" }),
  refuses: [],
  uses: ["auditTrail:prove"],
  runs: { timeoutSeconds: 29, memoryMb: 1024 },
  summary: "Say whether the audit trail is as it was written, and if not, what is the first thing that is not",
  ifItFails: "admins cannot tell whether the audit trail was tampered with",
});

export const proveAuditTrail = schedule({
  job: "prove-audit-trail",
  every: "rate(1 hour)",
  timeZone: "UTC",
  uses: ["auditTrail:prove", "auditTrail:keepProof"],
  runs: { timeoutSeconds: 900, memoryMb: 1024 },
  summary: "Prove what was added to the audit trail, and a part of all of it again",
  ifItFails: "the audit trail was tampered with (#tampered), or else nobody would be told if it was",
});

import * as z from "zod";
import { campaignRefusals } from "#shared/domain/campaigns/refusals";
import { Export, ExportStatus } from "#shared/domain/exports/export";
import { NewExport } from "#shared/domain/exports/input";
import { exportLifecycle } from "#shared/domain/exports/lifecycle";
import { exportRefusals } from "#shared/domain/exports/refusals";
import { idOf } from "#shared/domain/kernel/ids";
import { Instant } from "#shared/domain/kernel/time";
import { EXPORTED } from "#shared/ports/exported";
import { http, onEvent, schedule } from "./contract.ts";

const ExportView = Export.omit({
  userId: true,
  roles: true,
  turn: true,
  attempt: true,
  upload: true,
  version: true,
  updatedAt: true,
})
  .extend({
    /** `expired`: the file was there, for some days. */
    status: z.enum([...ExportStatus.options, "expired"]),
    /** Until when the file can be fetched. */
    expiresAt: Instant.optional(),
  })
  .meta({ id: "Export" });

export const requestExport = http({
  route: "POST /v1/exports",
  roles: ["admin", "brand", "creator"],
  body: NewExport,
  reply: ExportView,
  status: 202,
  refuses: [campaignRefusals.notFound, exportRefusals.tooManyOpen],
  uses: ["campaigns:read", "exports:readOpen", "exports:write"],
  summary: "Ask for a file of what is yours to see; it is made meanwhile",
  ifItFails: "nobody can take their data with them",
});

export const getExport = http({
  route: "GET /v1/exports/{exportId}",
  roles: ["admin", "brand", "creator"],
  path: z.strictObject({ exportId: idOf("export") }),
  reply: ExportView.extend({
    /** Signed, for some minutes; another one with each reading. Of a file that is whole, as long as it is there. */
    url: z.string().optional(),
    urlExpiresAt: Instant.optional(),
  }).meta({ id: "ExportWithLink" }),
  refuses: [exportRefusals.notFound],
  uses: ["exports:read", "exportFiles:link"],
  summary: "Read how an export stands; with a link to its file once there is one",
  ifItFails: "nobody gets at the files they asked for",
});

export const writeExport = onEvent({
  events: ["export.turn_due"],
  // One part of a file is held at a time; a person has as many exports at once as they may, and others wait no longer for it.
  delivers: { batchSize: 1, maxConcurrency: 5 },
  uses: [...EXPORTED, "accounts:read", "exports:read", "exports:readOpen", "exports:write", "exportFiles:write"],
  causes: [exportLifecycle.start, exportLifecycle.complete, exportLifecycle.fail],
  // A part takes seconds. Where little of much is asked for, some millions of rows are looked through for one.
  runs: { timeoutSeconds: 300, memoryMb: 1024 },
  summary: "Write the next part of an export's file",
  ifItFails: "files that people asked for are not made; after a day they are told so",
});

export const endOverdueExports = schedule({
  job: "end-overdue-exports",
  every: "rate(1 hour)",
  timeZone: "UTC",
  uses: ["exports:listOverdue", "exports:read", "exports:readOpen", "exports:write"],
  causes: [exportLifecycle.fail],
  runs: { timeoutSeconds: 300 },
  summary: "End exports that nobody has written within a day, and tell whoever asked",
  ifItFails: "people wait for files that will never be made",
});

import * as z from "zod";
import { clockRefusals } from "#shared/domain/clock/refusals";
import { ClockFace, ClockMove } from "#shared/domain/clock/test-clock";
import { requestRefusals } from "#shared/domain/kernel/refusals";
import { JobName, JobRun } from "#shared/domain/jobs/job-run";
import { jobRefusals } from "#shared/domain/jobs/refusals";
import { http, list, onStream, schedule } from "./contract.ts";

export const getHealth = http({
  route: "GET /v1/health",
  roles: "public",
  reply: z.object({ status: z.literal("ok"), at: z.string() }),
  refuses: [],
  uses: [],
  summary: "Say that the API answers",
  ifItFails: "monitors report the API as down",
});

export const getOpenApi = http({
  route: "GET /v1/openapi.json",
  roles: "public",
  reply: z.looseObject({ openapi: z.string() }),
  refuses: [],
  uses: [],
  summary: "Give the OpenAPI description",
  ifItFails: "client developers cannot read or generate from the API description",
});

export const answerUnknownRoute = http({
  route: "GET /{unknown+}",
  roles: "public",
  catchAll: true,
  reply: z.never(),
  refuses: [requestRefusals.unknownRoute, requestRefusals.methodNotAllowed],
  uses: [],
  summary: "Answer routes and methods that do not exist",
  ifItFails: "clients with a wrong address get a gateway's error instead of a problem",
});

export const listJobRuns = list({
  route: "GET /v1/admin/jobs/{job}/runs",
  roles: ["admin"],
  path: z.strictObject({ job: JobName }),
  reply: JobRun.omit({ version: true }).meta({ id: "JobRun" }),
  refuses: [jobRefusals.notFound],
  uses: ["jobs:list"],
  summary: "List a job's runs, latest first",
  ifItFails: "nobody sees how the jobs are doing",
});

export const getClock = http({
  route: "GET /v1/admin/clock",
  requires: "testClock",
  roles: ["admin"],
  reply: ClockFace,
  refuses: [],
  uses: ["testClock:read"],
  summary: "Read the product's clock, on stages where tests move it",
  ifItFails: "testers cannot tell which day the product thinks it is",
});

export const moveClock = http({
  route: "PUT /v1/admin/clock",
  requires: "testClock",
  roles: ["admin"],
  body: ClockMove,
  reply: ClockFace,
  refuses: [clockRefusals.notBackwards],
  uses: ["testClock:read", "testClock:write"],
  summary: "Move the product's clock forward, on stages where tests move it",
  ifItFails: "testers wait for days to pass",
});

export const relayOutbox = onStream({
  source: "outbox",
  uses: ["outbox:mark", "eventBus:publish"],
  summary: "Publish what the outbox holds to the event bus",
  ifItFails: "nobody is notified and no follow-up happens, though every change is saved",
});

export const sweepOutbox = schedule({
  job: "sweep-outbox",
  every: "rate(5 minutes)",
  timeZone: "UTC",
  uses: ["outbox:list", "outbox:mark", "eventBus:publish"],
  runs: { timeoutSeconds: 240 },
  summary: "Publish events that the relay left behind",
  ifItFails: "an event that the relay missed is not sent: somebody is not notified, or a follow-up does not happen",
});

export const sealEntries = onStream({
  source: "appendOnly",
  uses: ["seals:append"],
  runs: { timeoutSeconds: 60 },
  summary: "Seal audit rows and journals into chains of hashes, and notice who changes what is written once",
  ifItFails: "what was done and paid is saved, but nothing yet proves that it was not changed afterwards",
});

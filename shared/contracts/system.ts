import * as z from "zod";
import { clockRefusals } from "#shared/domain/clock/refusals";
import { ClockFace, ClockMove } from "#shared/domain/clock/test-clock";
import { requestRefusals } from "#shared/domain/kernel/refusals";
import { Instant } from "#shared/domain/kernel/time";
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

/** A run as admins see it; until one that was asked for begins, it is running. */
const JobRunView = JobRun.omit({ version: true, waiting: true }).meta({ id: "JobRun" });
const jobPath = z.strictObject({ job: JobName });

export const listJobs = http({
  route: "GET /v1/admin/jobs",
  roles: ["admin"],
  reply: z.object({
    data: z.array(
      z
        .object({
          name: JobName,
          schedule: z.string(),
          timeZone: z.string(),
          nextRunAt: Instant,
          lastRun: JobRunView.optional(),
        })
        .meta({ id: "Job" }),
    ),
  }),
  refuses: [],
  uses: ["jobs:list"],
  summary: "List the jobs, with when each ran last and runs next",
  ifItFails: "nobody sees which jobs there are and when they run",
});

export const requestJobRun = http({
  route: "POST /v1/admin/jobs/{job}/runs",
  roles: ["admin"],
  path: jobPath,
  reply: JobRunView,
  status: 202,
  refuses: [jobRefusals.notFound],
  uses: ["jobRuns:write"],
  summary: "Run a job now, beside its schedule",
  ifItFails: "admins wait for a job's next run, however urgent",
});

export const listJobRuns = list({
  route: "GET /v1/admin/jobs/{job}/runs",
  roles: ["admin"],
  path: jobPath,
  reply: JobRunView,
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

/**
 * Rows of the catalogue that no contract declares: the runtime's own, implied by what an action is (contracts/implied.ts)
 * or by the stage that it is on (infra/capabilities.ts).
 */
import type { ApiKeys } from "./api-keys.ts";
import type { Callers } from "./callers.ts";
import { capability, stored } from "./capability.ts";
import type { Changes } from "./changes.ts";
import type { Idempotency } from "./idempotency.ts";
import type { Jobs } from "./jobs.ts";
import type { Cursors } from "./page.ts";
import type { Sightings } from "./tracking.ts";

export const runtimeCapabilities = {
  "callers:authenticate": capability<Callers>()({
    environment: ["TABLE_NAME", "USER_POOL_ID", "USER_POOL_CLIENT_ID"],
    gets: ["account", "signingKeys"],
  }),
  "apiKeys:authenticate": stored<Pick<ApiKeys, "find" | "noteUse">>()({
    gets: ["apiKey", "apiKeyUse"],
    writes: ["apiKeyUse"],
  }),
  /** Of what creators may call: under the key of the day, which visitors are known by. */
  "sightings:note": stored<Pick<Sightings, "note">>()({
    gets: ["visitorKey"],
    writes: ["visitorKey", "sighting"],
  }),
  "cursors:seal": stored<Cursors>()({ gets: ["cursorKey"], writes: ["cursorKey"] }),
  "idempotency:keep": stored<Idempotency>()({
    gets: ["idempotencyRecord"],
    writes: ["idempotencyRecord"],
    removes: ["idempotencyRecord"],
  }),
  "jobs:run": stored<Pick<Jobs, "lease" | "run">>()({
    gets: ["jobLease", "jobRun"],
    commits: ["jobRun", "jobLease"],
    removes: ["jobLease"],
  }),
  /** Besides the change itself: its events, its audit row, and the check that whoever acts is not suspended. */
  "changes:commit": stored<Changes>()({
    writes: ["outboxEvent", "auditEntry"],
  }),
  /** Of every function, and only on stages with a test clock. */
  "testClock:follow": stored()({ gets: ["testClock"] }),
} as const;

/** The platform's totals, as an admin reads them after a count. */
import { expect, test } from "@jest/globals";
import { makeAdmin, signUp } from "../support/local-stage.ts";
import { runJob } from "../support/money-steps.ts";

test("an admin sees who is there after a count; nobody else sees anything", async () => {
  const [admin, brand] = await Promise.all([makeAdmin(), signUp("brand")]);
  // Today and yesterday, and what other journeys have had closed again since.
  const run = await runJob("count-platform-day");
  expect(run.outcome).toBe("succeeded");
  expect(run.counts["counted"]).toBeGreaterThanOrEqual(2);
  const { status, body } = await admin.get("/v1/admin/analytics");
  expect(status).toBe(200);
  expect(body.totals.users.brand).toBeGreaterThanOrEqual(1);
  expect(body.byDay.at(-1)).toMatchObject({ countedAt: body.asOf, users: body.totals.users });
  expect((await admin.get("/v1/admin/analytics?from=2026-02-01&to=2026-01-01")).status).toBe(400);
  expect((await brand.get("/v1/admin/analytics")).body.code).toBe("access.role_not_allowed");
}, 60_000);

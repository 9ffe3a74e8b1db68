/** Runs that admins ask for, what the list of jobs says of them, and several runs at once. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as advanceCampaigns } from "#lambdas/campaigns/advance-campaigns";
import { handler as expireInvitations } from "#lambdas/invitations/expire-invitations";
import { handler as settleOverdueReviews } from "#lambdas/settlements/settle-overdue-reviews";
import { handler as listJobs } from "#lambdas/system/list-jobs";
import { handler as requestJobRun } from "#lambdas/system/request-job-run";
import type { JobName } from "#shared/domain/jobs/job-run";
import { ADMIN_ID } from "../../support/builders.ts";
import { type Job, ranJob } from "../../support/ran-job.ts";
import { admin, type TestStage } from "../../support/stage.ts";
import { accepted, auditRows, END, invited, launched, OTHER_CREATOR_ID, peopled } from "../../support/launched.ts";

const FEES = { platformFees: () => ({ schedule: [] }) };
const job = "expire-invitations";
let stage: TestStage;
beforeEach(async () => {
  stage = await peopled();
});
const ask = (name: JobName = job) => stage.run(requestJobRun, { actor: admin(), path: { job: name } });
const told = ({ id: runId }: { readonly id: string }) => ({
  detail: { type: "job.run_requested", detail: { job, runId } },
});
const listed = async () => {
  const { data } = await stage.run(listJobs, { actor: admin() });
  return data.find(({ name }) => name === job);
};

describe("a run that an admin asks for", () => {
  test("is on record at once, by whom, and its job is told", async () => {
    const run = await ask();
    expect(run).toMatchObject({
      job,
      outcome: "running",
      counts: {},
      requestedBy: ADMIN_ID,
      startedAt: stage.clock.now,
    });
    expect(stage.outbox()).toEqual(["job.run_requested"]);
    expect(auditRows(stage, "job.run_requested")).toMatchObject([
      {
        actorId: ADMIN_ID,
        resource: { type: "job", id: job },
        changes: [{ field: "run", before: null, after: run.id }],
      },
    ]);
    expect((await listed())?.lastRun).toMatchObject({ id: run.id, outcome: "running" });
  });

  test("begins and ends under its own name, once however often it is told", async () => {
    const run = await ask();
    stage.clock.now = "2026-11-25T12:00:05.000Z";
    const ended = await ranJob(stage, expireInvitations, { event: told(run) });
    expect(ended).toMatchObject({
      id: run.id,
      outcome: "succeeded",
      startedAt: stage.clock.now,
      requestedBy: ADMIN_ID,
    });
    expect(ended).not.toHaveProperty("waiting");
    const before = stage.table.all();
    expect(await ranJob(stage, expireInvitations, { event: told(run) })).toEqual(ended);
    expect(stage.table.all()).toEqual(before);
  });

  test("is skipped, and says so, while another holds the lease", async () => {
    const run = await ask();
    await stage.given("jobLease", { job, runId: "another", expiresAt: "2026-11-25T13:00:00.000Z", version: 1 });
    expect(await ranJob(stage, expireInvitations, { event: told(run) })).toMatchObject({
      id: run.id,
      outcome: "skipped",
    });
  });
});

describe("the list of jobs", () => {
  test("says when a job comes next, by the last run that its schedule began", async () => {
    const scheduledAt = "2026-11-25T11:50:00Z";
    await ranJob(stage, expireInvitations, { event: { job, scheduledAt } });
    stage.clock.now = "2026-11-25T12:01:00.000Z";
    const run = await ask();
    expect(await listed()).toMatchObject({
      schedule: "rate(15 minutes)",
      timeZone: "UTC",
      nextRunAt: "2026-11-25T12:05:00.000Z",
      lastRun: { id: run.id },
    });
  });

  test("knows a job that never ran", async () => {
    expect(await listed()).toEqual({
      name: job,
      schedule: "rate(15 minutes)",
      timeZone: "UTC",
      nextRunAt: "2026-11-25T12:15:00.000Z",
    });
  });
});

describe("five runs at once equal one", () => {
  const jobs: readonly (readonly [string, Job, Readonly<Record<string, number>>])[] = [
    ["advance-campaigns", advanceCampaigns, { completed: 1 }],
    ["expire-invitations", expireInvitations, { expired: 1 }],
    ["settle-overdue-reviews", settleOverdueReviews, { released: 1 }],
  ];

  /** Something for each of the jobs to do: an end that has come, an offer that nobody answered, units that nobody began. */
  async function overdue(): Promise<void> {
    const campaignId = await launched(stage);
    await invited(stage, campaignId);
    await accepted(stage, campaignId);
    await invited(stage, campaignId, { creatorId: OTHER_CREATOR_ID });
    stage.clock.now = END;
  }
  /** All that is stored but what runs leave of themselves. */
  const effects = () =>
    stage.table
      .all()
      .filter(({ pk }) => !/^JOB_/.test(String(pk)))
      .map(({ status, kind, type, action, units }) => JSON.stringify({ status, kind, type, action, units }))
      .sort();

  test.each(jobs)("%s, kept apart by its lease", async (_name, one, counts) => {
    await overdue();
    const runs = await Promise.all(Array.from({ length: 5 }, () => ranJob(stage, one, { adapters: FEES })));
    expect(runs.map(({ outcome }) => outcome).sort()).toEqual([
      "skipped",
      "skipped",
      "skipped",
      "skipped",
      "succeeded",
    ]);
    expect(runs.find(({ outcome }) => outcome === "succeeded")?.counts).toMatchObject(counts);
    const first = effects();
    await ranJob(stage, one, { adapters: FEES });
    expect(effects()).toEqual(first);
  });

  test.each(jobs)("%s, also where every lease has run out", async (_name, one, counts) => {
    await overdue();
    const held = { version: 1, runId: "dead", expiresAt: "2026-11-25T12:00:00.000Z" };
    const alone = async () => {
      await stage.given("jobLease", { job: one.contract.job, ...held });
      return ranJob(stage, one, { adapters: FEES });
    };
    const ends = await Promise.allSettled(Array.from({ length: 5 }, alone));
    const done = ends.flatMap((end) => (end.status === "fulfilled" ? [end.value.counts] : []));
    for (const [name, count] of Object.entries(counts))
      expect(done.reduce((sum, each) => sum + (each[name] ?? 0), 0)).toBe(count);
  });
});

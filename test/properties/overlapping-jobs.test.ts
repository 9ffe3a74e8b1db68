/**
 * Five runs at once of each job of campaign work leave what one leaves: with its lease, which lets one of them run, and without,
 * as when a lease has lapsed under a run that is slow. Ids apart, which whoever comes first draws.
 */
import { expect, test } from "@jest/globals";
import { handler as advanceCampaigns } from "#lambdas/campaigns/advance-campaigns";
import { handler as expireInvitations } from "#lambdas/invitations/expire-invitations";
import { handler as settleOverdueReviews } from "#lambdas/settlements/settle-overdue-reviews";
import { handler as remindCreators } from "#lambdas/submissions/remind-creators";
import { handler as remindReviewers } from "#lambdas/submissions/remind-reviewers";
import { systemActor } from "#shared/domain/kernel/actor";
import { configuredFees } from "#shared/adapters/settings/platform-fees";
import type { Each } from "#shared/runtime/implement-job";
import { untilDecided } from "#shared/runtime/until-decided";
import { disputed, later } from "../actions/settlements/settling.ts";
import { reviewed, submitted } from "../actions/submissions/delivered.ts";
import { CREATOR_ID } from "../support/builders.ts";
import {
  accepted,
  asked,
  drafted,
  invited,
  OTHER_CREATOR_ID,
  paidIn,
  peopled,
  published,
} from "../support/launched.ts";
import { type Job, ranJob } from "../support/ran-job.ts";
import { creator, type TestStage } from "../support/stage.ts";

/** Something for each of the jobs to do: content of every kind that waits, an offer, campaigns that begin and end. */
async function busy(daysLater: number): Promise<TestStage> {
  const stage = await peopled();
  const end = "2026-12-05T00:00:00.000Z";
  for (const start of ["2026-11-25T12:00:00.000Z", "2026-11-26T00:00:00.000Z"]) {
    const { id: campaignId } = await drafted(stage, { timeline: { start, end }, reviewCalendar: "continuous" });
    const { id: deliverableId } = await asked(stage, campaignId, { quantity: 4, dueAt: "2026-11-28T00:00:00.000Z" });
    await paidIn(stage, 100_000);
    await published(stage, campaignId);
    await invited(stage, campaignId);
    await invited(stage, campaignId, { creatorId: OTHER_CREATOR_ID, expiresAt: "2026-11-26T12:00:00.000Z" });
    await accepted(stage, campaignId, CREATOR_ID);
    if (start > stage.clock.now) continue;
    const work = { campaignId, deliverableId };
    const made = [];
    for (let unit = 1; unit <= 3; unit += 1) made.push(await submitted(stage, work, { unit }, creator()));
    const [, second, third] = made.map(({ id }) => id);
    await reviewed(stage, work, second ?? "", "changes_requested");
    await disputed(stage, work, third ?? "");
  }
  later(stage, daysLater);
  return stage;
}

/** Places in indexes, which follow from ids, and who asked. */
const isIncidental = (name: string): boolean => /(Pk|Sk)$/.test(name) || name === "requestId";

/** All that there is but runs and leases, without ids. */
const left = (stage: TestStage): readonly string[] =>
  stage.table
    .all(({ pk }) => !/^JOB_(RUN|LEASE)#/.test(String(pk)))
    .map((item) => JSON.stringify(item, (name, value: unknown) => (isIncidental(name) ? undefined : value)))
    .map((text) => text.replaceAll(/\b([a-z]{3})_0*\d+\b/g, "$1"))
    .sort();

type Running = (stage: TestStage, job: Job) => Promise<unknown>;
const leased: Running = (stage, job) => ranJob(stage, job, { adapters: { platformFees: configuredFees } });

/** The job's own work, by itself. */
const unleased: Running = (stage, { contract, run }) => {
  const occasion = { actor: systemActor(contract.job), now: stage.clock.now, requestId: "r", newId: stage.newId };
  const each: Each = async (items, _nameOf, act) => {
    for await (const item of items) await untilDecided(() => act(item));
  };
  return run(
    { ...occasion, receivedAt: occasion.now },
    stage.granted<never>(contract.uses as never, occasion) as never,
    each,
  );
};

const jobs: readonly (readonly [string, Job, number])[] = [
  ["advance-campaigns, some of which begin", advanceCampaigns, 1],
  ["advance-campaigns, which all end", advanceCampaigns, 11],
  ["expire-invitations", expireInvitations, 2],
  ["remind-creators", remindCreators, 2],
  ["remind-reviewers", remindReviewers, 2],
  ["settle-overdue-reviews, of silence", settleOverdueReviews, 4],
  ["settle-overdue-reviews, of everything", settleOverdueReviews, 40],
];

test.each(jobs)("%s: five at once are as one", async (_name, job, days) => {
  const once = await busy(days);
  const before = left(once);
  await leased(once, job);
  expect(left(once)).not.toEqual(before);
  for (const running of [leased, unleased]) {
    const stage = await busy(days);
    await Promise.all(Array.from({ length: 5 }, () => running(stage, job)));
    expect(left(stage)).toEqual(left(once));
  }
});

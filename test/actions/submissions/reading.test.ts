import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as getSubmission } from "#lambdas/submissions/get-submission";
import { handler as listReviews } from "#lambdas/submissions/list-reviews";
import { handler as listSubmissions } from "#lambdas/submissions/list-submissions";
import type { Actor } from "#shared/domain/kernel/actor";
import type { SubmissionStatus } from "#shared/domain/submissions/submission";
import { anInvitation, CREATOR_ID } from "../../support/builders.ts";
import { admin, brand, creator, type TestStage } from "../../support/stage.ts";
import { expectRefused, OTHER_BRAND_ID, OTHER_CREATOR_ID, peopled } from "../../support/launched.ts";
import { joined, reviewed, submitted, type Work, working } from "./delivered.ts";

const OUTSIDER = "00000000-0000-4000-8000-0000000000c9";
const others = [
  ["another brand", brand(OTHER_BRAND_ID)],
  ["a creator from elsewhere", creator(OUTSIDER)],
] as const;
let stage: TestStage;
let work: Work;
let mine: string;
let theirs: string;
beforeEach(async () => {
  stage = await peopled();
  work = await working(stage);
  await joined(stage, work.campaignId, OTHER_CREATOR_ID);
  mine = (await submitted(stage, work)).id;
  theirs = (await submitted(stage, work, {}, creator(OTHER_CREATOR_ID))).id;
});

describe("a campaign's submissions", () => {
  const list = async (actor: Actor, status?: SubmissionStatus) => {
    const path = { campaignId: work.campaignId };
    return (await stage.run(listSubmissions, { actor, path, query: { status } })).items.map(({ id }) => id);
  };

  test("are all there for its brand and admins, newest first; a creator's are their own", async () => {
    for (const actor of [brand(), admin()]) expect(await list(actor)).toEqual([theirs, mine]);
    expect(await list(creator())).toEqual([mine]);
    expect(await list(creator(OTHER_CREATOR_ID))).toEqual([theirs]);
  });

  test("can be asked for by status", async () => {
    await reviewed(stage, work, mine, "approved");
    expect(await list(brand(), "approved")).toEqual([mine]);
    expect(await list(brand(), "pending_review")).toEqual([theirs]);
    expect(await list(creator(), "pending_review")).toEqual([]);
  });

  test("come in pages that leave nothing out, also for a creator among others", async () => {
    const again = (await submitted(stage, work)).id;
    for (const [actor, all] of [
      [brand(), [again, theirs, mine]],
      [creator(), [again, mine]],
    ] as const) {
      const seen: string[] = [];
      let after: Readonly<Record<string, string>> | undefined;
      do {
        const page = { limit: 1, ...(after && { after }) };
        const { items, next } = await stage.run(listSubmissions, {
          actor,
          path: { campaignId: work.campaignId },
          page,
        });
        seen.push(...items.map(({ id }) => id));
        after = next;
      } while (after);
      expect(seen).toEqual(all);
    }
  });

  test.each(others)("are nothing for %s", async (_who, actor) => {
    await expectRefused(stage, () => list(actor), "campaign.not_found");
  });

  test("are none for a creator who is only invited", async () => {
    await stage.given("invitation", anInvitation({ campaignId: work.campaignId, creatorId: OUTSIDER }));
    expect(await list(creator(OUTSIDER))).toEqual([]);
  });
});

describe("one submission and its reviews", () => {
  const get = (actor: Actor, submissionId = mine, campaignId = work.campaignId) =>
    stage.run(getSubmission, { actor, path: { campaignId, submissionId } });
  const reviews = (actor: Actor, submissionId = mine, campaignId = work.campaignId) =>
    stage.run(listReviews, { actor, path: { campaignId, submissionId } });

  test("are for its author, the brand and admins", async () => {
    await reviewed(stage, work, mine, "changes_requested", { feedback: "Brighter" });
    const next = (await submitted(stage, work)).id;
    await reviewed(stage, work, next, "approved");
    for (const actor of [creator(), brand(), admin()]) {
      expect(await get(actor)).toMatchObject({ id: mine, status: "changes_requested" });
      expect((await reviews(actor)).items).toEqual([
        expect.objectContaining({ submissionId: mine, decision: "changes_requested", feedback: "Brighter" }),
      ]);
    }
  });

  test.each([
    ...others,
    ["a creator of the same campaign", creator(OTHER_CREATOR_ID)] as const,
    ["the author without the role", brand(CREATOR_ID)] as const,
  ])("are nothing for %s", async (_who, actor) => {
    await expectRefused(stage, () => get(actor), "submission.not_found");
    await expectRefused(stage, () => reviews(actor), "submission.not_found");
  });

  test("are not there in another campaign, or at all", async () => {
    const { campaignId } = await working(stage);
    await expectRefused(stage, () => get(brand(), mine, campaignId), "submission.not_found");
    await expectRefused(stage, () => reviews(brand(), mine, campaignId), "submission.not_found");
    await expectRefused(stage, () => get(brand(), "sub_0"), "submission.not_found");
  });
});

import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as submitContent } from "#lambdas/submissions/submit-content";
import { SubmissionView } from "#shared/contracts/shapes";
import { NewSubmission } from "#shared/domain/submissions/input";
import { anAccount, anInvitation, BRAND_ID, CREATOR_ID } from "../../support/builders.ts";
import { admin, brand, creator, type TestStage } from "../../support/stage.ts";
import {
  advanced,
  auditRows,
  brokenInvariants,
  END,
  expectRefused,
  interrupted,
  OTHER_BRAND_ID,
  OTHER_CREATOR_ID,
  peopled,
  toldOfStatus,
} from "../../support/launched.ts";
import { joined, reviewed, submitted, unitsOf, withCampaign, type Work, working } from "./delivered.ts";

let stage: TestStage;
let work: Work;
beforeEach(async () => {
  stage = await peopled();
  work = await working(stage);
});

describe("content", () => {
  test("takes the first open unit, is due for review, and the brand hears of it", async () => {
    const first = await submitted(stage, work, { description: "As briefed" });
    expect(SubmissionView.parse(first)).toEqual({
      ...work,
      id: first.id,
      brandId: BRAND_ID,
      creatorId: CREATOR_ID,
      participationId: (await stage.ports.participants.get(work.campaignId, CREATOR_ID))?.id,
      unit: 1,
      type: "url",
      contentUrl: "https://example.com/post",
      fileId: null,
      text: null,
      description: "As briefed",
      status: "pending_review",
      round: 1,
      submittedAt: "2026-11-25T12:00:00.000Z",
      reviewDueAt: "2026-11-30T12:00:00.000Z",
      version: 1,
    });
    expect(await submitted(stage, work, { type: "text", text: "A post" })).toMatchObject({
      unit: 2,
      type: "text",
      text: "A post",
      contentUrl: null,
    });
    expect(await unitsOf(stage, work)).toMatchObject([
      { unit: 1, state: "submitted", rounds: 1, submissionId: first.id, dueAt: first.reviewDueAt },
      { unit: 2, state: "submitted", rounds: 1, dueAt: first.reviewDueAt },
    ]);
    expect(stage.outbox().filter((type) => type === "submission.created")).toHaveLength(2);
    expect(auditRows(stage, "submission.created")).toHaveLength(2);
    expect(await brokenInvariants(stage)).toEqual([]);
  });

  test("takes the unit it names", async () => {
    expect(await submitted(stage, work, { unit: 2 })).toMatchObject({ unit: 2 });
    expect(await submitted(stage, work)).toMatchObject({ unit: 1 });
  });

  test("after changes were asked for is the next round, and says of what", async () => {
    const first = await submitted(stage, work);
    await reviewed(stage, work, first.id, "changes_requested");
    const second = await submitted(stage, work);
    expect(second).toMatchObject({ unit: 1, round: 2, previousSubmissionId: first.id, status: "pending_review" });
    expect(await stage.ports.submissions.get(work.campaignId, first.id)).toMatchObject({ status: "changes_requested" });
  });

  test("is due after the campaign's own window and calendar", async () => {
    await withCampaign(stage, work, { reviewCalendar: "continuous", reviewWindowHours: 100 });
    expect(await submitted(stage, work)).toMatchObject({ reviewDueAt: "2026-11-29T16:00:00.000Z" });
  });

  test("can be handed in by an admin for the creator, which is recorded", async () => {
    await expectRefused(stage, () => submitted(stage, work, {}, admin()), "submission.subject_needed");
    expect(await submitted(stage, work, { creatorId: CREATOR_ID }, admin())).toMatchObject({ creatorId: CREATOR_ID });
    expect(auditRows(stage, "submission.created")).toEqual([
      expect.objectContaining({ actorId: admin().userId, onBehalfOf: CREATOR_ID }),
    ]);
  });

  test("is of one type, with that type's field and no other", () => {
    const body = { deliverableId: work.deliverableId };
    for (const wrong of [
      { type: "url" },
      { type: "url", contentUrl: "http://example.com" },
      { type: "url", contentUrl: "javascript:alert(1)" },
      { type: "text", text: "" },
      { type: "text", text: "a", contentUrl: "https://example.com" },
      { type: "file" },
      { type: "film", text: "a" },
      { type: "text", text: "a", unit: 0 },
      { type: "text", text: "a", status: "approved" },
      { type: "text", text: "a", round: 9 },
    ])
      expect(NewSubmission.safeParse({ ...body, ...wrong }).success).toBe(false);
  });
});

describe("while a campaign", () => {
  test("is paused, those who take part still deliver", async () => {
    await withCampaign(stage, work, { status: "paused" });
    expect(await submitted(stage, work)).toMatchObject({ round: 1 });
  });

  test.each(["draft", "scheduled", "completed", "cancelled"])("is %s, no new content comes in", async (status) => {
    await withCampaign(stage, work, { status });
    await expectRefused(stage, () => submitted(stage, work), "submission.campaign_not_open", status);
    const unknown = () => submitted(stage, work, { unit: 3 });
    await expectRefused(stage, unknown, "submission.campaign_not_open", status);
  });

  test("is over by the clock alone, neither", async () => {
    stage.clock.now = END;
    await expectRefused(stage, () => submitted(stage, work), "submission.campaign_not_open", "active");
  });

  test.each(["completed", "cancelled"])(
    "is %s, what was begun goes on, also when other units are open",
    async (status) => {
      const first = await submitted(stage, work, { unit: 2 });
      await reviewed(stage, work, first.id, "changes_requested");
      await withCampaign(stage, work, { status });
      expect(await submitted(stage, work)).toMatchObject({ unit: 2, round: 2 });
      await expectRefused(stage, () => submitted(stage, work, { unit: 1 }), "submission.campaign_not_open", status);
    },
  );
});

describe("content is refused", () => {
  test.each([
    ["a creator with no part in the campaign", () => submitted(stage, work, {}, creator(OTHER_CREATOR_ID))],
    ["a creator for another", () => submitted(stage, work, { creatorId: CREATOR_ID }, creator(OTHER_CREATOR_ID))],
    [
      "another brand that is a creator too",
      () => submitted(stage, work, {}, { userId: OTHER_BRAND_ID, roles: ["brand", "creator"] }),
    ],
    ["a creator of a campaign that is not there", () => submitted(stage, { ...work, campaignId: "cmp_0" })],
    [
      "an admin, of a campaign that is not there",
      () => submitted(stage, { ...work, campaignId: "cmp_0" }, { creatorId: CREATOR_ID }, admin()),
    ],
  ])("from %s, as if there were no campaign", async (_who, attempt) => {
    await expectRefused(stage, attempt, "campaign.not_found");
  });

  test("from a creator who is invited and has not said yes", async () => {
    await stage.given("invitation", anInvitation({ campaignId: work.campaignId, creatorId: OTHER_CREATOR_ID }));
    const attempt = () => submitted(stage, work, {}, creator(OTHER_CREATOR_ID));
    await expectRefused(stage, attempt, "participant.not_active", "none");
  });

  test.each(["inactive", "completed"] as const)("for one whose part is %s", async (status) => {
    const participant = await stage.ports.participants.get(work.campaignId, CREATOR_ID);
    if (participant) await stage.given("participant", { ...participant, status });
    const attempt = () => submitted(stage, work, { creatorId: CREATOR_ID }, admin());
    await expectRefused(stage, attempt, "participant.not_active", status);
  });

  test("for a unit that waits or is settled, with its state", async () => {
    const { id } = await submitted(stage, work, { unit: 1 });
    await expectRefused(stage, () => submitted(stage, work, { unit: 1 }), "submission.unit_taken", "submitted");
    await reviewed(stage, work, id, "approved");
    await expectRefused(stage, () => submitted(stage, work, { unit: 1 }), "submission.unit_taken", "approved");
    await submitted(stage, work, { unit: 2 });
    await expectRefused(stage, () => submitted(stage, work), "submission.unit_taken", "approved");
  });

  test("for a unit that is not owed", async () => {
    await expectRefused(stage, () => submitted(stage, work, { unit: 3 }), "submission.no_such_unit");
    const deliverableId = `dlv_${"9".repeat(26)}`;
    await expectRefused(stage, () => submitted(stage, { ...work, deliverableId }), "submission.no_such_unit");
  });

  test("as a file nobody has uploaded", async () => {
    const file = { type: "file", fileId: `fil_${"0".repeat(26)}` };
    await expectRefused(stage, () => submitted(stage, work, file), "submission.file_unknown");
  });

  test("never for a unit that was released when the campaign ended between the decision and the write", async () => {
    const end = async () => {
      stage.clock.now = END;
      await advanced(stage);
      await toldOfStatus(stage, campaignId, "completed");
    };
    const body = NewSubmission.parse({ deliverableId: work.deliverableId, type: "text", text: "late" });
    const { campaignId } = work;
    const late = stage.run(interrupted(submitContent, end), { actor: creator(), path: { campaignId }, body });
    await expect(late).rejects.toMatchObject({
      refusal: { code: "participant.not_active" },
      context: { currentState: "completed" },
    });
    expect((await stage.ports.submissions.ofCampaign(campaignId, {}, { limit: 5 })).items).toEqual([]);
    expect(await brokenInvariants(stage)).toEqual([]);
  });

  test("from a creator who is suspended between the decision and the write", async () => {
    const suspend = () =>
      stage.given("account", anAccount({ id: CREATOR_ID, roles: ["creator"], status: "suspended" }));
    const body = NewSubmission.parse({ deliverableId: work.deliverableId, type: "text", text: "late" });
    const path = { campaignId: work.campaignId };
    await expect(
      stage.run(interrupted(submitContent, suspend), { actor: creator(), path, body }),
    ).rejects.toMatchObject({ refusal: { code: "account.suspended" } });
    expect(await unitsOf(stage, work)).toMatchObject([{ state: "open" }, { state: "open" }]);
  });
});

describe("at the same moment", () => {
  test("the same unit is taken once, and two units by two calls", async () => {
    const same = await Promise.allSettled(Array.from({ length: 5 }, () => submitted(stage, work, { unit: 1 })));
    expect(same.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const any = await Promise.allSettled(Array.from({ length: 5 }, () => submitted(stage, work)));
    expect(any.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const outcome of [...same, ...any].filter((one) => one.status === "rejected"))
      expect(outcome.reason).toMatchObject({
        refusal: { code: "submission.unit_taken" },
        context: { currentState: "submitted" },
      });
    expect((await stage.ports.submissions.ofCampaign(work.campaignId, {}, { limit: 25 })).items).toHaveLength(2);
  });

  test("two creators do not meet", async () => {
    await joined(stage, work.campaignId, OTHER_CREATOR_ID);
    const both = [submitted(stage, work), submitted(stage, work, {}, creator(OTHER_CREATOR_ID))];
    expect((await Promise.all(both)).map(({ unit }) => unit)).toEqual([1, 1]);
  });
});

test("a brand hands nothing in", () => {
  expect(submitContent.contract.roles).not.toContain(brand().roles[0]);
});

import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as reviewSubmission } from "#lambdas/submissions/review-submission";
import type { ReviewDecision } from "#shared/domain/submissions/submission";
import { anAccount, aSubmission, BRAND_ID, CREATOR_ID } from "../../support/builders.ts";
import { admin, brand, creator, type TestStage } from "../../support/stage.ts";
import { expectRefused, interrupted, OTHER_BRAND_ID, OTHER_CREATOR_ID, peopled } from "../../support/launched.ts";
import { reviewed, settlements, submitted, withCampaign, type Work, working } from "./delivered.ts";

let stage: TestStage;
let work: Work;
let submissionId: string;
beforeEach(async () => {
  stage = await peopled();
  work = await working(stage);
  submissionId = (await submitted(stage, work)).id;
});

const decide = (decision: ReviewDecision, parts: Parameters<typeof reviewed>[4] = {}) =>
  reviewed(stage, work, submissionId, decision, parts);
const stored = () => stage.ports.submissions.get(work.campaignId, submissionId);

/** The action, with something that happens just before or after its first read of such a thing. */
function readingMeanwhile(
  noun: "campaigns" | "submissions" | "participants",
  when: "before" | "after",
  meanwhile: () => Promise<unknown>,
): typeof reviewSubmission {
  let pending: (() => Promise<unknown>) | undefined = meanwhile;
  const happens = async () => {
    const first = pending;
    pending = undefined;
    await first?.();
  };
  const run: typeof reviewSubmission.run = (call, ports) => {
    const port: Readonly<Record<string, unknown>> = { ...ports[noun] };
    const read = noun === "campaigns" ? "seenBy" : "get";
    const reading = async (...key: string[]) => {
      if (when === "before") await happens();
      const found = await (port[read] as (...key: string[]) => Promise<unknown>)(...key);
      await happens();
      return found;
    };
    return reviewSubmission.run(call, { ...ports, [noun]: { ...port, [read]: reading } });
  };
  return { ...reviewSubmission, run } as typeof reviewSubmission;
}

describe("a review is refused", () => {
  test.each([
    ["another brand", brand(OTHER_BRAND_ID)],
    ["the creator", creator()],
    ["another creator", creator(OTHER_CREATOR_ID)],
    ["the owner without the role", creator(BRAND_ID)],
  ])("to %s, as of a submission that is not there", async (_who, actor) => {
    await expectRefused(stage, () => decide("approved", { actor }), "submission.not_found");
  });

  test("of a submission of another campaign, or of none", async () => {
    const other = await working(stage);
    const elsewhere = () => reviewed(stage, other, submissionId, "approved");
    await expectRefused(stage, elsewhere, "submission.not_found");
    await expectRefused(stage, () => reviewed(stage, work, "sub_0", "approved"), "submission.not_found");
  });

  test.each(["approved", "rejected"] as const)("once it is %s, with that outcome", async (winner) => {
    await decide(winner);
    for (const decision of ["approved", "rejected", "changes_requested"] as const)
      await expectRefused(stage, () => decide(decision), "submission.already_settled", winner);
  });

  test.each(
    (["approved", "rejected", "changes_requested"] as const).flatMap((winner) =>
      (["campaigns", "submissions", "participants"] as const).flatMap((noun) =>
        (["before", "after"] as const).map((when) => [winner, when, noun] as const),
      ),
    ),
  )("when it is %s just %s it reads its %s, with that outcome", async (winner, when, noun) => {
    const path = { campaignId: work.campaignId, submissionId };
    const body = { decision: "approved" as const, reasons: [] };
    const late = readingMeanwhile(noun, when, () => decide(winner));
    await expect(stage.run(late, { actor: brand(), path, body })).rejects.toMatchObject({
      refusal: { code: "submission.already_settled" },
      context: { currentState: winner },
    });
  });

  test("while it is disputed", async () => {
    await stage.given("submission", aSubmission({ ...(await stored()), status: "disputed" }));
    await expectRefused(stage, () => decide("approved"), "submission.disputed", "disputed");
  });

  test("to an admin who made the content, and for one person on both sides", async () => {
    const actor = { userId: CREATOR_ID, roles: ["creator", "admin"] as const };
    await expectRefused(stage, () => decide("approved", { actor }), "access.conflict_of_interest");
    await withCampaign(stage, work, { brandId: CREATOR_ID });
    await expectRefused(stage, () => decide("approved", { actor: admin() }), "access.conflict_of_interest");
  });

  test("when the unit was released meanwhile", async () => {
    const participant = await stage.ports.participants.get(work.campaignId, CREATOR_ID);
    if (participant === undefined) throw new Error("nobody takes part");
    const units = participant.units.map((unit) => ({ ...unit, state: "released" as const }));
    await stage.given("participant", { ...participant, units });
    await expectRefused(stage, () => decide("approved"), "submission.already_settled", "released");
  });

  test("to a brand that is suspended between the decision and the write", async () => {
    const suspend = () => stage.given("account", anAccount({ status: "suspended" }));
    const path = { campaignId: work.campaignId, submissionId };
    const body = { decision: "approved" as const, reasons: [] };
    await expect(
      stage.run(interrupted(reviewSubmission, suspend), { actor: brand(), path, body }),
    ).rejects.toMatchObject({ refusal: { code: "account.suspended" } });
    expect(settlements(stage)).toEqual([]);
    expect(await stored()).toMatchObject({ status: "pending_review" });
  });
});

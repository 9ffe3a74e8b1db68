import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as listAllDisputes } from "#lambdas/disputes/list-all-disputes";
import { handler as listDisputes } from "#lambdas/disputes/list-disputes";
import { openDispute as contract } from "#shared/contracts/disputes";
import type { Entities } from "#shared/domain/entities";
import { BRAND_ID, CREATOR_ID } from "../../support/builders.ts";
import { END, advanced, expectRefused, OTHER_CREATOR_ID, peopled } from "../../support/launched.ts";
import { admin, brand, creator, type TestStage } from "../../support/stage.ts";
import { reviewed, submitted, unitsOf, type Work, working } from "../submissions/delivered.ts";
import { balances, decided, disputed, expectWholeBooks, withEvidence } from "../settlements/settling.ts";

let stage: TestStage;
let work: Work;
let submissionId: string;
beforeEach(() => begin());
async function begin(parts: object = {}): Promise<void> {
  stage = await peopled();
  work = await working(stage, parts);
  submissionId = (await submitted(stage, work)).id;
}
type Dispute = Omit<Entities["dispute"], "createdAt" | "updatedAt">;
const open = (actor = brand(), parts: object = {}): Promise<Dispute> =>
  disputed(stage, work, submissionId, actor, parts);
const budget = () => stage.ports.campaigns.budget(work.campaignId);
const stored = () => stage.ports.submissions.get(work.campaignId, submissionId);
const earnings = async () => (await stage.ports.earnings.ofCreator(CREATOR_ID, {}, { limit: 25 })).items;

describe("a dispute", () => {
  test.each([
    ["its brand", brand()],
    ["its creator", creator()],
  ])("is opened by %s, and freezes the unit", async (_, actor) => {
    const dispute = await open(actor, { evidence: "https://example.com/chat" });
    expect(contract.reply.parse(dispute)).toMatchObject({
      id: expect.stringMatching(/^dsp_/),
      submissionId,
      status: "open",
      reason: "It is not what we agreed",
      openedBy: actor.userId,
      openedAt: stage.clock.now,
      evidence: [{ by: actor.userId, text: "https://example.com/chat" }],
    });
    expect(await stored()).toMatchObject({ status: "disputed" });
    expect((await unitsOf(stage, work)).map(({ state }) => state)).toEqual(["disputed", "open"]);
    for (const decision of ["approved", "rejected", "changes_requested"] as const)
      await expectRefused(
        stage,
        () => reviewed(stage, work, submissionId, decision),
        "submission.disputed",
        "disputed",
      );
    await expectRefused(stage, () => submitted(stage, work, { unit: 1 }), "submission.unit_taken", "disputed");
    expect(stage.outbox()).toContain("dispute.opened");
    expectWholeBooks(stage);
  });

  test("is one: a second is refused, also once it is decided", async () => {
    const dispute = await open();
    await expectRefused(stage, () => open(creator()), "submission.disputed", "disputed");
    await decided(stage, dispute, 5_000);
    await expectRefused(stage, () => open(creator()), "submission.already_settled", "approved");
  });

  test("may follow on changes that were asked for, and never on what is settled", async () => {
    await reviewed(stage, work, submissionId, "changes_requested");
    const { dueAt } = await open(creator());
    expect(dueAt).toBe("2026-12-25T12:00:00.000Z");
    const other = await submitted(stage, work, { unit: 2 });
    await reviewed(stage, work, other.id, "rejected");
    await expectRefused(stage, () => disputed(stage, work, other.id), "submission.already_settled", "rejected");
  });

  test("about an earlier round is refused: another one waits", async () => {
    await reviewed(stage, work, submissionId, "changes_requested");
    await submitted(stage, work, { unit: 1 });
    await expectRefused(stage, () => open(), "submission.already_settled", "changes_requested");
  });

  test("exists for its two sides and admins", async () => {
    await open();
    const seen = (actor = brand()) =>
      stage.run(listDisputes, { actor, path: { campaignId: work.campaignId, submissionId } });
    for (const actor of [brand(), creator(), admin()]) expect((await seen(actor)).items).toHaveLength(1);
    await expectRefused(stage, () => seen(creator(OTHER_CREATOR_ID)), "submission.not_found");
    const all = (query: object) => stage.run(listAllDisputes, { actor: admin(), query });
    expect((await all({ status: "open" })).items).toHaveLength(1);
    expect((await all({ status: "decided" })).items).toHaveLength(0);
    await expectRefused(
      stage,
      () => disputed(stage, work, submissionId, creator(OTHER_CREATOR_ID)),
      "submission.not_found",
    );
  });

  test("takes so much evidence of each side: neither can leave the other without a word", async () => {
    const much = Array.from({ length: 20 }, () => "x");
    const dispute = await open(creator(), { evidence: much });
    await expectRefused(stage, () => withEvidence(stage, dispute, creator(), "y"), "dispute.too_much_evidence");
    const { evidence } = await withEvidence(stage, dispute, brand(), much);
    expect(evidence).toHaveLength(40);
    await expectRefused(stage, () => withEvidence(stage, dispute, brand(), "y"), "dispute.too_much_evidence");
  });

  test("takes evidence of both sides until it is decided", async () => {
    const dispute = await open();
    await withEvidence(stage, dispute, creator(), ["a", "b"]);
    const { evidence } = await withEvidence(stage, dispute, brand(), "c");
    expect(evidence.map(({ by, text }) => [by, text])).toEqual([
      [CREATOR_ID, "a"],
      [CREATOR_ID, "b"],
      [BRAND_ID, "c"],
    ]);
    await expectRefused(
      stage,
      () => withEvidence(stage, dispute, creator(OTHER_CREATOR_ID), "x"),
      "submission.not_found",
    );
    await expectRefused(
      stage,
      () => withEvidence(stage, { ...dispute, id: `dsp_${"9".repeat(26)}` }, brand(), "x"),
      "dispute.not_found",
    );
    await decided(stage, dispute, 0);
    await expectRefused(stage, () => withEvidence(stage, dispute, brand(), "x"), "dispute.already_decided", "decided");
  });
});

describe("a decision", () => {
  test.each([
    [10_000, "approved", { unassigned: 80_000, secured: 10_000, spent: 10_000 }, 10_000],
    [6_001, "approved", { unassigned: 83_999, secured: 10_000, spent: 6_001 }, 6_001],
    [1, "approved", { unassigned: 89_999, secured: 10_000, spent: 1 }, 1],
    [0, "rejected", { unassigned: 90_000, secured: 10_000, spent: 0 }, 0],
  ] as const)("of %i splits the price to the cent", async (share, status, figures, pending) => {
    const dispute = await open();
    const reply = await decided(stage, dispute, share);
    expect(reply).toMatchObject({
      status: "decided",
      decisions: [{ creatorShare: { amount: share }, isFinal: false }],
    });
    expect(await stored()).toMatchObject({ status });
    expect(await budget()).toMatchObject(figures);
    expect(await stage.walletOf(CREATOR_ID)).toMatchObject({ pending });
    expect((await earnings()).map(({ amount, status }) => [amount.amount, status])).toEqual(
      share > 0 ? [[share, "pending"]] : [],
    );
    expect(stage.outbox()).toContain("dispute.decided");
    await expectRefused(stage, () => decided(stage, dispute, 1), "dispute.already_decided", "decided");
    await expectRefused(
      stage,
      () => reviewed(stage, work, submissionId, "approved"),
      "submission.already_settled",
      status,
    );
    expectWholeBooks(stage);
  });

  test("keeps the share on hold for as long as there may be an appeal, also without a hold", async () => {
    await begin({ creatorHoldDays: 0 });
    await decided(stage, await open(), 4_000);
    expect(await earnings()).toMatchObject([{ status: "pending", availableAt: "2026-12-02T12:00:00.000Z" }]);
    expect(await stage.walletOf(CREATOR_ID)).toMatchObject({ pending: 4_000, payable: 0 });
  });

  test("takes the house's fee out of the creator's share, and the rest home after the end", async () => {
    stage.fees.push({ from: "2026-01-01T00:00:00.000Z", basisPoints: 1_000 });
    const dispute = await open();
    stage.clock.now = END;
    await advanced(stage);
    await decided(stage, dispute, 6_000);
    expect(await stage.walletOf(CREATOR_ID)).toMatchObject({ pending: 5_400 });
    expect(balances(stage).get("platform:platform_fees")).toBe(600);
    expect(await stage.walletOf(BRAND_ID)).toMatchObject({ spendable: 84_000 });
    expectWholeBooks(stage);
  });

  test("is refused to who is a party, beyond the unit, and in another currency", async () => {
    const dispute = await open();
    for (const userId of [BRAND_ID, CREATOR_ID])
      await expectRefused(
        stage,
        () => decided(stage, dispute, 1, { actor: { userId, roles: ["admin", "brand"] } }),
        "access.conflict_of_interest",
      );
    await expectRefused(stage, () => decided(stage, dispute, 10_001), "dispute.exceeds_unit");
    await expectRefused(stage, () => decided(stage, dispute, 1, { currency: "EUR" }), "campaign.currency_mismatch");
    await expectRefused(
      stage,
      () => decided(stage, { ...dispute, id: `dsp_${"9".repeat(26)}` }, 1),
      "dispute.not_found",
    );
  });

  test("of two admins at once is one", async () => {
    const dispute = await open();
    const attempts = await Promise.allSettled([decided(stage, dispute, 1), decided(stage, dispute, 9_999)]);
    expect(attempts.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(attempts.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { refusal: { code: "dispute.already_decided" } },
    });
    expectWholeBooks(stage);
  });
});

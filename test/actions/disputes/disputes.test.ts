import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as listAllDisputes } from "#lambdas/disputes/list-all-disputes";
import { handler as listDisputes } from "#lambdas/disputes/list-disputes";
import { openDispute as contract } from "#shared/contracts/disputes";
import type { Entities } from "#shared/domain/entities";
import { aWallet, BRAND_ID, CREATOR_ID } from "../../support/builders.ts";
import {
  END,
  advanced,
  expectRefused,
  invited,
  accepted,
  OTHER_CREATOR_ID,
  peopled,
  toldOfStatus,
} from "../../support/launched.ts";
import { admin, brand, creator, type TestStage } from "../../support/stage.ts";
import { reviewed, submitted, unitsOf, type Work, working } from "../submissions/delivered.ts";
import {
  appealed,
  balances,
  clocked,
  decided,
  disputed,
  expectWholeBooks,
  increased,
  journalOf,
  later,
  removed,
  withEvidence,
} from "../settlements/settling.ts";

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
    await expectRefused(stage, () => open(), "submission.superseded", "changes_requested");
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

  test("takes evidence of both sides until it is decided, and so much of it", async () => {
    const dispute = await open();
    await withEvidence(stage, dispute, creator(), ["a", "b"]);
    const { evidence } = await withEvidence(stage, dispute, brand(), "c");
    expect(evidence.map(({ by, text }) => [by, text])).toEqual([
      [CREATOR_ID, "a"],
      [CREATOR_ID, "b"],
      [BRAND_ID, "c"],
    ]);
    const much = Array.from({ length: 38 }, () => "x");
    await expectRefused(stage, () => withEvidence(stage, dispute, brand(), much), "dispute.too_much_evidence");
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

describe("an appeal", () => {
  test.each([
    [6_000, 10_000],
    [6_000, 2_000],
    [6_000, 6_000],
    [6_000, 0],
    [0, 7_000],
    [10_000, 5_000],
  ])("lets an admin decide once more: from %i to %i", async (first, second) => {
    stage.fees.push({ from: "2026-01-01T00:00:00.000Z", basisPoints: 1_000 });
    const dispute = await open();
    await decided(stage, dispute, first);
    later(stage, 6);
    expect(await appealed(stage, dispute, creator())).toMatchObject({ status: "appealed", appeal: { by: CREATOR_ID } });
    const held = (await earnings()).map(({ availableAt }) => availableAt);
    expect(held).toEqual(first > 0 ? ["2026-12-31T12:00:00.000Z"] : []);
    later(stage, 1);
    const reply = await decided(stage, dispute, second);
    expect(reply).toMatchObject({ status: "closed", decisions: [{ isFinal: false }, { isFinal: true }] });
    expect(await stored()).toMatchObject({ status: second > 0 ? "approved" : "rejected" });
    expect((await unitsOf(stage, work))[0]).toMatchObject({ state: second > 0 ? "approved" : "rejected" });
    expect(await budget()).toMatchObject({ unassigned: 90_000 - second, secured: 10_000, spent: second });
    expect(await stage.walletOf(CREATOR_ID)).toMatchObject({ pending: second * 0.9 });
    expect(balances(stage).get("platform:platform_fees") ?? 0).toBe(second * 0.1);
    const live = (await earnings()).filter(({ status }) => status === "pending");
    expect(live.map(({ amount }) => amount.amount)).toEqual(second > 0 ? [second * 0.9] : []);
    const reversed = journalOf(stage).filter(({ reverses }) => reverses !== undefined);
    expect(reversed.length).toBe(first > 0 ? 2 : 1);
    await expectRefused(stage, () => decided(stage, dispute, 1), "dispute.already_decided", "closed");
    await expectRefused(stage, () => appealed(stage, dispute, brand()), "dispute.already_appealed", "closed");
    expectWholeBooks(stage);
  });

  test("after the campaign's end comes out of where the money went", async () => {
    const dispute = await open();
    await decided(stage, dispute, 2_000);
    await appealed(stage, dispute, creator());
    stage.clock.now = "2026-12-24T00:00:00.000Z";
    const campaign = await stage.ports.campaigns.get(work.campaignId);
    if (campaign)
      await stage.given("campaign", { ...campaign, timeline: { ...campaign.timeline, end: stage.clock.now } });
    await advanced(stage);
    await toldOfStatus(stage, work.campaignId, "completed");
    expect(await stage.walletOf(BRAND_ID)).toMatchObject({ spendable: 98_000, reserved: 0 });
    await decided(stage, dispute, 9_000);
    expect(await stage.walletOf(BRAND_ID)).toMatchObject({ spendable: 91_000, reserved: 0 });
    expect(await stage.walletOf(CREATOR_ID)).toMatchObject({ pending: 9_000 });
    expectWholeBooks(stage);
  });

  test("gives nothing that the brand has spent meanwhile", async () => {
    const dispute = await open();
    await decided(stage, dispute, 0);
    await appealed(stage, dispute, creator());
    const left = await budget();
    if (left) await stage.given("budget", { ...left, unassigned: 4_000 });
    await expectRefused(stage, () => decided(stage, dispute, 4_001), "dispute.funds_spent");
    expect(await decided(stage, dispute, 4_000)).toMatchObject({ status: "closed" });
  });

  test("of somebody who left and joined again touches nothing of the new part", async () => {
    const dispute = await open();
    await decided(stage, dispute, 6_000);
    await appealed(stage, dispute, brand());
    await removed(stage, work.campaignId);
    await invited(stage, work.campaignId);
    await accepted(stage, work.campaignId);
    await increased(stage, work.campaignId, 1).catch(() => undefined);
    await decided(stage, dispute, 0);
    expect((await unitsOf(stage, work)).map(({ state }) => state)).toEqual(["open", "open"]);
    expect(await earnings()).toMatchObject([{ status: "cancelled" }]);
    expectWholeBooks(stage);
  });

  test("is one, in time, by a side, of what is decided and still on hold", async () => {
    const dispute = await open();
    await expectRefused(stage, () => appealed(stage, dispute, brand()), "dispute.not_decided", "open");
    await decided(stage, dispute, 6_000);
    await expectRefused(stage, () => appealed(stage, dispute, creator(OTHER_CREATOR_ID)), "submission.not_found");
    const [earning] = await earnings();
    if (earning) {
      await stage.given("earning", { ...earning, status: "available" });
      await expectRefused(stage, () => appealed(stage, dispute, brand()), "dispute.appeal_closed", "decided");
      await stage.given("earning", earning);
    }
    const decidedAt = stage.clock.now;
    later(stage, 7);
    await expectRefused(stage, () => appealed(stage, dispute, brand()), "dispute.appeal_closed", "decided");
    stage.clock.now = decidedAt;
    await appealed(stage, dispute, brand());
    await expectRefused(stage, () => appealed(stage, dispute, creator()), "dispute.already_appealed", "appealed");
    later(stage, 30);
    await expectRefused(stage, () => decided(stage, dispute, 1), "dispute.appeal_closed", "appealed");
    expect(await clocked(stage)).toMatchObject({ counts: { upheld: 1 } });
    expect(await stage.ports.disputes.get(work.campaignId, submissionId)).toMatchObject({ status: "closed" });
    await expectRefused(stage, () => decided(stage, dispute, 1), "dispute.already_decided", "closed");
    expectWholeBooks(stage);
  });

  test("is not decided while the creator is suspended meanwhile without noticing: the share stays on hold", async () => {
    const dispute = await open();
    await decided(stage, dispute, 6_000);
    await appealed(stage, dispute, creator());
    await stage.given("wallet", aWallet({ ...(await stage.ports.wallets.get(CREATOR_ID)), ownerStatus: "suspended" }));
    await decided(stage, dispute, 7_000);
    expect(await stage.walletOf(CREATOR_ID)).toMatchObject({ pending: 7_000, payable: 0 });
    expectWholeBooks(stage);
  });
});

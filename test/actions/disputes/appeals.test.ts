import { beforeEach, describe, expect, test } from "@jest/globals";
import type { Entities } from "#shared/domain/entities";
import { BRAND_ID, CREATOR_ID } from "../../support/builders.ts";
import { aWallet } from "../../support/money-builders.ts";
import {
  advanced,
  brokenInvariants,
  chargedBack,
  expectRefused,
  paidIn,
  invited,
  accepted,
  END,
  OTHER_CREATOR_ID,
  peopled,
  toldOfStatus,
} from "../../support/launched.ts";
import { brand, creator, type TestStage } from "../../support/stage.ts";
import { submitted, unitsOf, type Work, working } from "../submissions/delivered.ts";
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

  test("is no later settlement: the fee is the one of the day on which the unit was settled", async () => {
    stage.fees.push({ from: "2026-01-01T00:00:00.000Z", basisPoints: 1_000 });
    const dispute = await open();
    await decided(stage, dispute, 6_000);
    later(stage, 1);
    stage.fees.push({ from: stage.clock.now, basisPoints: 5_000 });
    await appealed(stage, dispute, creator());
    await decided(stage, dispute, 6_000);
    expect(await stage.walletOf(CREATOR_ID)).toMatchObject({ pending: 5_400 });
    expect(balances(stage).get("platform:platform_fees")).toBe(600);
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

  test("gives back what has paid a debt of the brand's only where it has the money by now", async () => {
    const dispute = await open();
    stage.clock.now = END;
    await advanced(stage);
    await toldOfStatus(stage, work.campaignId, "completed");
    await chargedBack(stage, 98_000);
    await decided(stage, dispute, 2_000);
    const funds = () => stage.ports.wallets.get(BRAND_ID);
    expect(await funds()).toMatchObject({ available: 0, disputesReceivable: 0 });
    await appealed(stage, dispute, creator());
    await expectRefused(stage, () => decided(stage, dispute, 9_000), "dispute.funds_spent");
    await paidIn(stage, 7_500);
    await decided(stage, dispute, 9_000);
    expect(await funds()).toMatchObject({ available: 500, disputesReceivable: 0 });
    expect(await brokenInvariants(stage)).toEqual([]);
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

  test("that is decided while the creator is suspended leaves their share on hold", async () => {
    const dispute = await open();
    await decided(stage, dispute, 6_000);
    await appealed(stage, dispute, creator());
    await stage.given("wallet", aWallet({ ...(await stage.ports.wallets.get(CREATOR_ID)), ownerStatus: "suspended" }));
    await decided(stage, dispute, 7_000);
    expect(await stage.walletOf(CREATOR_ID)).toMatchObject({ pending: 7_000, payable: 0 });
    expectWholeBooks(stage);
  });
});

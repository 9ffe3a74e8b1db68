import { beforeEach, expect, test } from "@jest/globals";
import type { Item, Key } from "#shared/table/engine";
import { BRAND_ID, CREATOR_ID } from "../../support/builders.ts";
import { aWallet } from "../../support/money-builders.ts";
import { auditRows, END, expectRefused, OTHER_CREATOR_ID, peopled } from "../../support/launched.ts";
import { creator, type TestStage } from "../../support/stage.ts";
import { joined, reviewed, submitted, unitsOf, type Work, working } from "../submissions/delivered.ts";
import { clocked, decided, disputed, expectWholeBooks, later } from "./settling.ts";

let stage: TestStage;
let work: Work;
beforeEach(() => begin());
async function begin(parts: object = {}): Promise<void> {
  stage = await peopled();
  work = await working(stage, parts);
}
const budget = () => stage.ports.campaigns.budget(work.campaignId);
const stored = (id: string) => stage.ports.submissions.get(work.campaignId, id);
const states = async () => (await unitsOf(stage, work)).map(({ state }) => state);

test("silence approves what was submitted, not a millisecond before its date", async () => {
  const { id, reviewDueAt } = await submitted(stage, work);
  stage.clock.now = new Date(Date.parse(reviewDueAt) - 1).toISOString();
  expect(await clocked(stage)).toMatchObject({ outcome: "succeeded", counts: {} });
  stage.clock.now = reviewDueAt;
  expect(await clocked(stage)).toMatchObject({ outcome: "succeeded", counts: { approved: 1 } });
  expect(await stored(id)).toMatchObject({ status: "approved" });
  expect(await states()).toEqual(["approved", "open"]);
  const { items } = await stage.ports.submissions.reviews(work.campaignId, id, { limit: 5 });
  expect(items).toMatchObject([{ decision: "approved", reviewerId: "system:settle-overdue-reviews", feedback: null }]);
  expect(await stage.walletOf(CREATOR_ID)).toMatchObject({ pending: 10_000 });
  expect(await budget()).toMatchObject({ secured: 10_000, spent: 10_000 });
  expect(stage.outbox()).toContain("submission.deemed_approved");
  expect(auditRows(stage, "submission.deemed_approved")).toHaveLength(1);
  await expectRefused(stage, () => reviewed(stage, work, id, "rejected"), "submission.already_settled", "approved");
  expect(await clocked(stage)).toMatchObject({ counts: {} });
  expectWholeBooks(stage);
});

test("without a hold the creator has it at once, unless they are suspended", async () => {
  await begin({ creatorHoldDays: 0 });
  for (const unit of [1, 2]) await submitted(stage, work, { unit });
  later(stage, 10);
  await stage.given("wallet", aWallet({ ...(await stage.ports.wallets.get(CREATOR_ID)), ownerStatus: "suspended" }));
  expect(await clocked(stage)).toMatchObject({ counts: { approved: 2 } });
  expect(await stage.walletOf(CREATOR_ID)).toMatchObject({ pending: 20_000, payable: 0 });
  expectWholeBooks(stage);
});

test("changes that do not come release the unit", async () => {
  const { id } = await submitted(stage, work);
  await reviewed(stage, work, id, "changes_requested");
  const { resubmissionDueAt = "" } = (await stored(id)) ?? {};
  stage.clock.now = new Date(Date.parse(resubmissionDueAt) - 1).toISOString();
  expect(await clocked(stage)).toMatchObject({ counts: {} });
  stage.clock.now = resubmissionDueAt;
  expect(await clocked(stage)).toMatchObject({ counts: { released: 1 } });
  expect(await stored(id)).toMatchObject({ status: "released" });
  expect(await states()).toEqual(["released", "open"]);
  expect(await budget()).toMatchObject({ unassigned: 90_000, secured: 10_000 });
  await expectRefused(stage, () => reviewed(stage, work, id, "approved"), "submission.already_settled", "released");
  await expectRefused(stage, () => submitted(stage, work, { unit: 1 }), "submission.unit_taken", "released");
  expectWholeBooks(stage);
});

test("another round in time is waited for anew", async () => {
  await reviewed(stage, work, (await submitted(stage, work)).id, "changes_requested");
  later(stage, 13);
  const { id } = await submitted(stage, work, { unit: 1 });
  later(stage, 1);
  expect(await clocked(stage)).toMatchObject({ counts: {} });
  later(stage, 10);
  expect(await clocked(stage)).toMatchObject({ counts: { approved: 1 } });
  expect(await stored(id)).toMatchObject({ status: "approved" });
});

test("what was never begun is released at the campaign's end, of everybody, and a failure stops nobody", async () => {
  await joined(stage, work.campaignId, OTHER_CREATOR_ID);
  await submitted(stage, work, {}, creator(OTHER_CREATOR_ID));
  stage.table.all();
  stage.clock.now = END;
  // The other creator's wallet is gone: their content cannot be paid for.
  await stage.table.write({
    kind: "remove",
    key: { pk: `WALLET#${OTHER_CREATOR_ID}`, sk: "WALLET" },
    when: { any: true },
  });
  expect(await clocked(stage)).toMatchObject({ outcome: "partial", counts: { released: 1, failed: 2 } });
  expect(await states()).toEqual(["released", "released"]);
  expect(await stage.walletOf(BRAND_ID)).toMatchObject({ spendable: 20_000 });
});

test("what cannot be read is named, fails alone, and holds up nobody's money", async () => {
  await submitted(stage, work);
  const [row] = stage.stored("participant");
  const creatorId = OTHER_CREATOR_ID;
  const unreadable = { ...(row as Item & Key), creatorId, sk: String(row?.["sk"]).replace(CREATOR_ID, creatorId) };
  // Before everybody else of its list.
  const first = { ...unreadable, dueSk: String(row?.["dueSk"]).replace("2026", "2025"), units: "?" };
  await stage.table.write({ kind: "put", item: first, when: { any: true } });
  stage.clock.now = "2026-11-30T12:00:00.000Z";
  expect(await clocked(stage)).toMatchObject({
    outcome: "partial",
    counts: { approved: 1, failed: 1 },
    failures: [{ item: expect.stringContaining(creatorId) }],
  });
});

test("a dispute in its opener's own turn that nobody decides becomes what silence would have made of it", async () => {
  const first = await submitted(stage, work, { unit: 1 });
  const second = await submitted(stage, work, { unit: 2 });
  await reviewed(stage, work, second.id, "changes_requested");
  const disputes = [await disputed(stage, work, first.id), await disputed(stage, work, second.id, creator())];
  later(stage, 29);
  expect(await clocked(stage)).toMatchObject({ counts: {} });
  later(stage, 1);
  expect(await clocked(stage)).toMatchObject({ counts: { approved: 1, released: 1 } });
  expect(await states()).toEqual(["approved", "released"]);
  expect([await stored(first.id), await stored(second.id)]).toMatchObject([
    { status: "approved" },
    { status: "released" },
  ]);
  for (const dispute of disputes) {
    expect(await stage.ports.disputes.get(work.campaignId, dispute.submissionId)).toMatchObject({ status: "expired" });
    await expectRefused(stage, () => decided(stage, dispute, 1), "dispute.already_decided", "expired");
  }
  expectWholeBooks(stage);
});

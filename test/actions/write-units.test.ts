/**
 * What actions cost in write units, indexes included: a balance is in no index, and a change without a move costs none. Of
 * each, two are the audit row's lists, and one is where its event waits to be sent.
 */
import { beforeEach, expect, test } from "@jest/globals";
import { accepted, drafted, invited, launched, OTHER_CREATOR_ID, peopled, paidIn } from "../support/launched.ts";
import type { TestStage } from "../support/stage.ts";
import { writeMeter } from "../support/write-meter.ts";
import { reviewed, submitted, working } from "./submissions/delivered.ts";
import { depositing } from "./deposits/depositing.ts";

let stage: TestStage;
beforeEach(async () => {
  stage = await peopled();
});

/** Units of what happens in `act`, with indexes of keys alone, and what indexes of everything would add instead. */
async function unitsOf(on: TestStage, act: () => Promise<unknown>) {
  const meter = writeMeter(on.table);
  await act();
  const { table, indexes } = meter("KEYS_ONLY");
  return { table, indexes, withAllInIndexes: meter("ALL").indexes };
}

test("a deposit that is credited: its journal entry is listed, the wallet's figures are not", async () => {
  const { stage: own, begin, confirm } = await depositing();
  const { id, paymentIntentId } = await begin();
  own.payments.pay(paymentIntentId);
  expect(await unitsOf(own, () => confirm(id))).toMatchObject({ indexes: 8, withAllInIndexes: 11 });
});

test("an acceptance: its journal entry and the new participant are listed, the participant also by what is due, the invitation no longer, the budget's figures are not", async () => {
  const campaignId = await launched(stage);
  await invited(stage, campaignId);
  expect(await unitsOf(stage, () => accepted(stage, campaignId))).toMatchObject({ indexes: 8, withAllInIndexes: 10 });
});

test("a settlement: its journal entry and the earning are listed, nobody's figures are; what is due next moves", async () => {
  const work = await working(stage);
  const { id } = await submitted(stage, work);
  expect(await unitsOf(stage, () => reviewed(stage, work, id, "approved"))).toMatchObject({
    indexes: 12,
    withAllInIndexes: 17,
  });
});

test("a figure that moves costs no index anything, and a new campaign each of its lists one unit", async () => {
  expect((await unitsOf(stage, () => paidIn(stage, 5_000))).indexes).toBe(4);
  expect((await unitsOf(stage, () => drafted(stage))).indexes).toBe(6);
  const campaignId = await launched(stage);
  await invited(stage, campaignId);
  await accepted(stage, campaignId);
  await invited(stage, campaignId, { creatorId: OTHER_CREATOR_ID });
  expect((await unitsOf(stage, () => accepted(stage, campaignId, OTHER_CREATOR_ID))).indexes).toBe(8);
});

/** The hourly job where many campaigns run: it has five minutes. */
import { beforeEach, expect, test } from "@jest/globals";
import { aBudget, aCampaign } from "../../support/builders.ts";
import { advanced, peopled } from "../../support/launched.ts";
import type { TestStage } from "../../support/stage.ts";

let stage: TestStage;
beforeEach(async () => {
  stage = await peopled();
});

const statusOf = async (campaignId: string) => (await stage.ports.campaigns.get(campaignId))?.status;

/** Calls that read the table from now on, each a way to DynamoDB and back. */
function countedReads(table: TestStage["table"]): () => number {
  let reads = 0;
  const counting =
    <A extends unknown[], R>(read: (...asked: A) => R) =>
    (...asked: A): R => {
      reads += 1;
      return read(...asked);
    };
  const { get, getMany, query } = table;
  Object.assign(table, { get: counting(get), getMany: counting(getMany), query: counting(query) });
  return () => reads;
}

test("reads the budgets of running campaigns by the hundred, and nothing else of those that have some left", async () => {
  const idAt = (at: number) => `cmp_${String(at).padStart(26, "0")}`;
  const spentAt = 77;
  for (let at = 0; at < 250; at += 1) {
    await stage.given("campaign", aCampaign({ id: idAt(at), status: "active" }));
    await stage.given("budget", aBudget({ campaignId: idAt(at), spent: 10, unassigned: at === spentAt ? 0 : 1 }));
  }
  const asked = countedReads(stage.table);
  expect((await advanced(stage)).counts).toEqual({ paused: 1 });
  expect(await statusOf(idAt(spentAt))).toBe("paused");
  // Three chunks of campaigns and of their budgets, the one that is paused, looked at again, and what a run reads itself.
  expect(asked()).toBeLessThan(30);
});

test("says so when the budget of a running campaign is not there, and goes on", async () => {
  const broken = "cmp_00000000000000000000000900";
  await stage.given("campaign", aCampaign({ id: broken, status: "active" }));
  await stage.given("campaign", aCampaign({ status: "active" }));
  await stage.given("budget", aBudget({ spent: 10 }));
  const { outcome, counts, failures } = await advanced(stage);
  expect({ outcome, counts }).toEqual({ outcome: "partial", counts: { failed: 1, paused: 1 } });
  expect(failures?.map(({ item }) => item)).toEqual([broken]);
});

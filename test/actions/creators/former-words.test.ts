/** A category that was renamed or taken out is still in what was stored before: nobody's list fails of it, and it is put right. */
import { beforeEach, expect, test } from "@jest/globals";
import { handler as listCreators } from "#lambdas/creators/list-creators";
import { handler as listMatches } from "#lambdas/matching/list-matches";
import { entriesOf } from "#shared/domain/matching/index-entry";
import { storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { anAccount, CREATOR_ID } from "../../support/builders.ts";
import { launched, peopled } from "../../support/launched.ts";
import { aSocialAccount } from "../../support/social-builders.ts";
import { brand, type TestStage } from "../../support/stage.ts";
import { indexed, indexOfStage } from "../../support/told-creators.ts";

let stage: TestStage;
let campaignId: string;

beforeEach(async () => {
  stage = await peopled();
  campaignId = await launched(stage);
  const creator = { categories: ["fashion", "vlogging"], languages: ["en"] };
  await stage.given("account", anAccount({ id: CREATOR_ID, roles: ["creator"], creator }));
  await stage.given("socialAccount", aSocialAccount());
  await indexed(stage, CREATOR_ID);
  const card = await stage.ports.creatorCards.get(CREATOR_ID);
  if (card === undefined) throw new Error("a creator without a card");
  const former = { ...card, categories: ["fashion", "vlogging"] };
  await stage.given("creatorCard", former);
  for (const entry of entriesOf(former))
    await stage.table.write({ kind: "put", item: storedItem(items.indexEntry, entry), when: { any: true } });
});

test("lists name whoever has it by the words that there are", async () => {
  const { data } = await stage.run(listMatches, { actor: brand(), path: { campaignId }, query: { limit: 20 } });
  expect(data.map(({ creatorId, factors }) => [creatorId, factors.at(-1)?.evidence.value])).toEqual([[CREATOR_ID, 1]]);
  const { items: found } = await stage.run(listCreators, { actor: brand(), query: { category: "fashion" } });
  expect(found.map(({ id }) => id)).toEqual([CREATOR_ID]);
});

test("their places under it go when they are looked at next", async () => {
  await indexed(stage, CREATOR_ID);
  const { stored, right } = indexOfStage(stage);
  expect(stored).toEqual(right);
  expect(new Set(stored.map(({ category }) => category))).toEqual(new Set(["any", "fashion"]));
});

/** A price that moves costs what it moves: each place of a creator has it, rounded down. */
import { beforeEach, expect, test } from "@jest/globals";
import { handler as updateMe } from "#lambdas/users/update-me";
import { ProfileChanges } from "#shared/domain/users/input";
import { CREATOR_ID } from "../../support/builders.ts";
import { peopled } from "../../support/launched.ts";
import { aSocialAccount } from "../../support/social-builders.ts";
import { creator, type TestStage } from "../../support/stage.ts";
import { indexed, indexOfStage } from "../../support/told-creators.ts";
import { writeMeter } from "../../support/write-meter.ts";

let stage: TestStage;
beforeEach(async () => {
  stage = await peopled();
});
const expectRight = (): void => {
  const { stored, right } = indexOfStage(stage);
  expect(stored).toEqual(right);
};
/** They ask for so much from now on; the write units of the index that follows it. */
async function priced(min: number): Promise<number> {
  const price = { currency: "USD", min, max: 90_000 };
  const says = { creator: { categories: ["fashion", "food", "art"], languages: ["en"], price } };
  const body = ProfileChanges.parse({ ...says, location: { country: "US" } });
  await stage.run(updateMe, { actor: creator(), body });
  const meter = writeMeter(stage.table);
  await indexed(stage, CREATOR_ID);
  expectRight();
  return meter("KEYS_ONLY").table;
}

test("places are not written where a price moves within its step, and each where it leaves it", async () => {
  for (const platform of ["instagram", "youtube"] as const)
    await stage.given("socialAccount", aSocialAccount({ platform, externalId: platform }));
  await priced(50_000);
  expect(stage.stored("indexEntry")).toHaveLength(48);
  expect([await priced(55_000), await priced(69_999), await priced(50_001)]).toEqual([1, 1, 1]);
  expect(await priced(70_000)).toBe(2 + 2 * 48);
  expect(stage.stored("indexEntry").map(({ price }) => price)).toEqual(
    Array(48).fill({ currency: "USD", min: 70_000 }),
  );
});

test("places of a card from before its price had steps are written anew", async () => {
  await priced(52_000);
  const [card] = stage.stored("creatorCard");
  const { priceFrom: _from, ...old } = card ?? {};
  await stage.given("creatorCard", old as never);
  for (const item of stage.stored("indexEntry")) {
    const exact = { ...item, price: { currency: "USD", min: 52_000 } } as never;
    await stage.table.write({ kind: "put", item: exact, when: { any: true } });
  }
  expectRight();
  await indexed(stage, CREATOR_ID);
  expect(stage.stored("creatorCard")).toMatchObject([{ priceFrom: { currency: "USD", min: 50_000 } }]);
  expectRight();
});

/** The index of creators follows what holds of them: whatever told of it, in any order, more than once, and by halves. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { handler as rebuildCreatorIndex } from "#lambdas/creators/rebuild-creator-index";
import { handler as banUser } from "#lambdas/users/ban-user";
import { handler as setUserRoles } from "#lambdas/users/set-user-roles";
import { handler as unbanUser } from "#lambdas/users/unban-user";
import { handler as updateMe } from "#lambdas/users/update-me";
import { Category } from "#shared/domain/campaigns/campaign";
import { stepsTo } from "#shared/domain/matching/follow-creator";
import { SocialPlatform } from "#shared/domain/social/platform";
import type { IndexEntry } from "#shared/domain/matching/index-entry";
import { contentOf, storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { ProfileChanges } from "#shared/domain/users/input";
import { planChange } from "#shared/table/repositories/plan";
import { systemActor } from "#shared/domain/kernel/actor";
import { ADMIN_ID, anAccount, CREATOR_ID } from "../../support/builders.ts";
import { OTHER_CREATOR_ID, peopled } from "../../support/launched.ts";
import { aCreatorCard } from "../../support/matching-builders.ts";
import { ranJob } from "../../support/ran-job.ts";
import { aSocialAccount, someFigures } from "../../support/social-builders.ts";
import { admin, creator, type TestStage } from "../../support/stage.ts";
import { anEventOf, deliver, deliverAll, happened, indexed, indexOfStage } from "../../support/told-creators.ts";
import { writeMeter } from "../../support/write-meter.ts";

let stage: TestStage;
const say = (profile: object, actor = creator()) => stage.run(updateMe, { actor, body: ProfileChanges.parse(profile) });
const connect = (parts: object = {}) => stage.given("socialAccount", aSocialAccount(parts));
const cardOf = (userId = CREATOR_ID) => stage.ports.creatorCards.get(userId);
const expectRight = (): void => {
  const { stored, right } = indexOfStage(stage);
  expect(stored).toEqual(right);
};

beforeEach(async () => {
  stage = await peopled();
});

describe("a creator's card and places", () => {
  test("are made when they say what they make, and move with every word and figure", async () => {
    await say({ creator: { categories: ["fashion", "food"], languages: ["en"] }, location: { country: "DE" } });
    await deliverAll(stage);
    expect(await cardOf()).toMatchObject({ categories: ["fashion", "food"], country: "DE", accounts: [], version: 1 });
    expectRight();
    await connect();
    await deliver(stage, anEventOf("social.account_connected", { userId: CREATOR_ID, platform: "instagram" }));
    expect(await cardOf()).toMatchObject({ accounts: [{ platform: "instagram", followerCount: 25_000 }], version: 2 });
    expectRight();
    await say({ creator: { categories: ["art"], languages: ["en"] }, location: null });
    await deliverAll(stage);
    expect(await cardOf()).toMatchObject({ categories: ["art"], country: null, version: 3 });
    expectRight();
  });

  test("are gone with the role and with a ban, and there again after it", async () => {
    await indexed(stage, CREATOR_ID, OTHER_CREATOR_ID);
    await stage.run(banUser, { actor: admin(), path: { userId: CREATOR_ID }, body: { reason: "fraud" } });
    await stage.run(setUserRoles, { actor: admin(), path: { userId: OTHER_CREATOR_ID }, body: { roles: ["brand"] } });
    await deliverAll(stage);
    expect([await cardOf(), await cardOf(OTHER_CREATOR_ID), stage.stored("indexEntry")]).toEqual([
      undefined,
      undefined,
      [],
    ]);
    await stage.run(unbanUser, { actor: admin(), path: { userId: CREATOR_ID } });
    await deliverAll(stage);
    expect(await cardOf()).toBeDefined();
    expectRight();
  });

  test("are not made of brands and admins", async () => {
    await indexed(stage, ADMIN_ID);
    expect(stage.stored("creatorCard")).toEqual([]);
  });

  test("are the same whatever order their events come in, however often", async () => {
    await say({ creator: { categories: ["fashion"], languages: ["en"] } });
    await connect();
    await stage.run(banUser, { actor: admin(), path: { userId: CREATOR_ID }, body: { reason: "x" } });
    await stage.run(unbanUser, { actor: admin(), path: { userId: CREATOR_ID } });
    const events = [
      ...happened(stage),
      anEventOf("social.account_synced", { userId: CREATOR_ID, platform: "instagram" }),
    ];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...events), { minLength: 1, maxLength: 8 }), async (told) => {
        for (const event of told) await deliver(stage, event);
        expectRight();
      }),
      { numRuns: 20 },
    );
    expect(await cardOf()).toMatchObject({ categories: ["fashion"], accounts: [{ platform: "instagram" }] });
  });

  test("are not written where nothing is new; a follower more or less writes the card alone", async () => {
    await connect();
    await say({ creator: { categories: ["fashion"], languages: [] }, location: { country: "US" } });
    await deliverAll(stage);
    const meter = writeMeter(stage.table);
    await indexed(stage, CREATOR_ID, CREATOR_ID);
    expect(meter("KEYS_ONLY")).toEqual({ table: 0, indexes: 0 });
    await connect({ figures: someFigures({ followerCount: 25_001 }), version: 2 });
    await indexed(stage, CREATOR_ID);
    expect(meter("KEYS_ONLY").table).toBe(2);
    expectRight();
  });

  test("are never half there: of so many that no commit can hold them, each step is a whole", async () => {
    await say({ creator: { categories: Category.options.slice(0, 10), languages: [] }, location: { country: "US" } });
    for (const platform of SocialPlatform.options) await connect({ platform, externalId: platform });
    await deliverAll(stage);
    expect(stage.stored("indexEntry")).toHaveLength(11 * 2 * 6 * 2);
    expectRight();
    for (const platform of SocialPlatform.options)
      await connect({ platform, externalId: platform, figures: someFigures({ followerCount: 2_000_000 }), version: 2 });
    await indexed(stage, CREATOR_ID);
    expectRight();
    await say({ creator: { categories: Category.options.slice(6), languages: [] }, location: { country: "DE" } });
    await deliverAll(stage);
    expectRight();
    await stage.run(banUser, { actor: admin(), path: { userId: CREATOR_ID }, body: { reason: "x" } });
    await deliverAll(stage);
    expect(stage.stored("indexEntry")).toEqual([]);
  });

  test("take as many steps as needed and no more, each of a hundred operations at most", () => {
    const [all, some] = [Category.options.slice(0, 10), Category.options.slice(6, 16)];
    const accounts = SocialPlatform.options.map((platform) => ({ ...aCreatorCard().accounts[0], platform }));
    const card = aCreatorCard({ categories: all, accounts: accounts as never });
    const account = anAccount({
      id: CREATOR_ID,
      roles: ["creator"],
      location: { country: "US" },
      creator: { categories: [...some], languages: [] },
    });
    const socialAccounts = SocialPlatform.options.map((platform) => aSocialAccount({ platform }));
    const steps = [...stepsTo(card, { account, socialAccounts, socialDays: [], results: [] }, stage.clock.now)];
    const occasion = { actor: systemActor("test"), now: stage.clock.now, requestId: "r", newId: stage.newId };
    const sizes = steps.map(
      (step) => planChange(step, { ...occasion, writes: new Set(["creatorCard"] as const) }).length,
    );
    expect(Math.max(...sizes)).toBeLessThanOrEqual(100);
    expect(steps.length).toBeLessThanOrEqual(4);
  });
});

test("two who follow the same creator at once leave one truth", async () => {
  await say({ creator: { categories: ["fashion"], languages: [] } });
  await connect();
  await Promise.all(Array.from({ length: 10 }, () => indexed(stage, CREATOR_ID)));
  expectRight();
  expect(await cardOf()).toMatchObject({ version: 1 });
});

/** What other models would have left of a place or of what a card says of it. */
type Place = Pick<IndexEntry, "standing" | "steps">;
const otherModels: readonly (readonly [string, (was: Place) => Place])[] = [
  ["gave other standings", ({ standing, steps }) => ({ standing: standing + 1, steps })],
  [
    "gave the same standings for other figures",
    ({ standing, steps }) => ({ standing, steps: { ...steps, reach: 19 } }),
  ],
  ["did not know of a factor", ({ standing, steps: { focus: _new, ...steps } }) => ({ standing, steps })],
  ["had one that is none any more", ({ standing, steps }) => ({ standing, steps: { ...steps, charm: 3 } })],
];

test.each(otherModels)(
  "places that a model made which %s are found by the card, and put right",
  async (_what, left) => {
    await say({ creator: { categories: ["fashion"], languages: [] }, location: { country: "US" } });
    await connect();
    await deliverAll(stage);
    const card = await cardOf();
    const worths = (card?.worths ?? []).map((worth) => ({ ...worth, ...left(worth) }));
    for (const item of stage.stored("indexEntry")) {
      const entry = contentOf(item) as unknown as IndexEntry;
      await stage.table.write({ kind: "remove", key: item as never, when: { any: true } });
      const other = storedItem(items.indexEntry, { ...entry, ...left(entry) });
      await stage.table.write({ kind: "put", item: other, when: { any: true } });
    }
    await stage.given("creatorCard", aCreatorCard({ ...card, worths }));
    await indexed(stage, CREATOR_ID);
    expectRight();
    expect(await cardOf()).toMatchObject({ worths: card?.worths });
  },
);

describe("a rebuild", () => {
  test("puts right what no event did, page after page, and is safe twice", async () => {
    for (let number = 100; number < 220; number += 1) {
      const id = `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
      const account = anAccount({
        id,
        email: `c${number}@example.com`,
        roles: ["creator"],
        creator: { categories: ["art"], languages: [] },
      });
      await stage.given("account", account);
    }
    for (let run = 0; run < 2; run += 1) {
      expect(await ranJob(stage, rebuildCreatorIndex)).toMatchObject({ outcome: "succeeded", counts: { begun: 1 } });
      await deliverAll(stage);
      expect(stage.stored("creatorCard")).toHaveLength(122);
      expectRight();
    }
    expect(happened(stage).filter(({ type }) => type === "creator_index.turn_due")).toHaveLength(2 * 3);
  });

  test("goes on without whom it cannot look at: they are looked at by an event of their own, which fails alone", async () => {
    await indexed(stage, CREATOR_ID, OTHER_CREATOR_ID);
    const broken = { ...aCreatorCard({ userId: CREATOR_ID }), accounts: "no list" };
    await stage.given("creatorCard", broken as never);
    await stage.given("creatorCard", aCreatorCard({ userId: OTHER_CREATOR_ID, version: 9, accounts: [] }));
    await ranJob(stage, rebuildCreatorIndex);
    await deliver(
      stage,
      happened(stage).findLast(({ type }) => type === "creator_index.turn_due")!,
    );
    expect(stage.stored("indexRebuild")).toMatchObject([{ turn: 2, after: null }]);
    const passedOver = happened(stage).filter(({ type }) => type === "creator.passed_over");
    expect(passedOver.map(({ detail }) => detail)).toEqual([{ userId: CREATOR_ID }]);
    await expect(deliver(stage, passedOver[0]!)).rejects.toThrow("accounts");
    await stage.given("creatorCard", aCreatorCard({ userId: CREATOR_ID, version: 10, accounts: [] }));
    await deliver(stage, passedOver[0]!);
    expectRight();
  });

  test("takes the places back of who is no creator any more, or banned, though no event said so", async () => {
    await indexed(stage, CREATOR_ID, OTHER_CREATOR_ID);
    const accounts = { email: "x@example.com", fullName: "X", version: 9 };
    await stage.given("account", anAccount({ ...accounts, id: CREATOR_ID, roles: ["brand"] }));
    await stage.given(
      "account",
      anAccount({ ...accounts, id: OTHER_CREATOR_ID, roles: ["creator"], status: "suspended" }),
    );
    await ranJob(stage, rebuildCreatorIndex);
    await deliverAll(stage);
    expect([stage.stored("creatorCard"), stage.stored("indexEntry")]).toEqual([[], []]);
  });
});

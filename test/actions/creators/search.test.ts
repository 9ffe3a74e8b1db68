/** Brands look for creators: by what profiles and networks say, page after page, and never by what nobody may see. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as getCreator } from "#lambdas/creators/get-creator";
import { handler as listCreators } from "#lambdas/creators/list-creators";
import { handler as listProfileWords } from "#lambdas/creators/list-profile-words";
import { handler as banUser } from "#lambdas/users/ban-user";
import { handler as updateMe } from "#lambdas/users/update-me";
import { CreatorFilter } from "#shared/domain/matching/search";
import { ProfileChanges } from "#shared/domain/users/input";
import type { Account } from "#shared/domain/users/account";
import { anAccount, CREATOR_ID } from "../../support/builders.ts";
import { expectRefused, OTHER_CREATOR_ID, peopled } from "../../support/launched.ts";
import { aPastResult } from "../../support/matching-builders.ts";
import { aSocialAccount, someFigures } from "../../support/social-builders.ts";
import { admin, brand, creator, type TestStage } from "../../support/stage.ts";
import { indexed } from "../../support/told-creators.ts";

let stage: TestStage;
const idOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

async function opened(
  number: number,
  parts: Partial<Account>,
  followers: Partial<Record<"instagram" | "tiktok", number>> = {},
) {
  const id = idOf(number);
  await stage.given(
    "account",
    anAccount({ id, email: `secret${number}@example.com`, phone: "+15550100", roles: ["creator"], ...parts }),
  );
  for (const [platform, followerCount] of Object.entries(followers))
    await stage.given(
      "socialAccount",
      aSocialAccount({ userId: id, platform: platform as "tiktok", figures: someFigures({ followerCount }) }),
    );
  await indexed(stage, id);
}
const found = async (query: object, page: object = {}) =>
  stage.run(listCreators, { actor: brand(), query: CreatorFilter.parse(query), ...page });
const numbers = async (query: object) => (await found(query)).items.map(({ id }) => Number(id.slice(-12))).sort();
const makes = (...categories: string[]) => ({ creator: { categories, languages: ["en"] } });

beforeEach(async () => {
  stage = await peopled();
  await opened(1, { ...makes("fashion"), location: { country: "US" }, fullName: "Ada Lovelace" }, { instagram: 5_000 });
  await opened(
    2,
    {
      creator: { categories: ["fashion", "food"], languages: ["de"] },
      location: { country: "DE" },
      fullName: "adam Smith",
    },
    { instagram: 20_000, tiktok: 400_000 },
  );
  await opened(
    3,
    {
      creator: { categories: ["food"], languages: ["en", "de"], price: { currency: "USD", min: 5_000, max: 9_000 } },
      fullName: "Zoe",
    },
    { tiktok: 50_000 },
  );
  await opened(4, makes("art"));
});

describe("creators are found", () => {
  test.each([
    [{ category: "fashion" }, [1, 2]],
    [{ country: "DE" }, [2]],
    [{ platform: "tiktok" }, [2, 3]],
    [{ language: "de" }, [2, 3]],
    [{ category: "food", language: "en" }, [3]],
    [{ minFollowers: "20000" }, [2, 3]],
    [{ platform: "instagram", minFollowers: "20000" }, [2]],
    [{ platform: "instagram", minFollowers: "20001" }, []],
    [{ maxFollowers: "5000" }, [1]],
    [{ minFollowers: "5000", maxFollowers: "50000" }, [1, 3]],
    [{ minPrice: "9000" }, [3]],
    [{ minPrice: "9001" }, []],
    [{ maxPrice: "4999" }, []],
    [{ currency: "EUR", maxPrice: "9000" }, []],
    [{ q: "ada" }, [1, 2]],
    [{ q: "ADAM" }, [2]],
    [{ q: "ada", country: "US" }, [1]],
    [{ q: "secret" }, []],
  ])("by %j", async (query, expected) => {
    expect(await numbers(query)).toEqual(expected);
  });

  test("all of them, those without any account too, the most deserving first", async () => {
    const ids = (await found({ category: "fashion" })).items.map(({ id }) => id);
    expect(ids).toEqual([idOf(2), idOf(1)]);
    expect(await numbers({})).toEqual([1, 2, 3, 4]);
  });

  test("page after page, each once", async () => {
    for (let number = 10; number < 60; number += 1) await opened(number, makes("pets"), { instagram: number * 1_000 });
    const seen: string[] = [];
    for (let after: object | undefined, pages = 0; pages === 0 || after; pages += 1) {
      const page = await found({ category: "pets" }, { page: { limit: 7, ...(after && { after }) } });
      seen.push(...page.items.map(({ id }) => id));
      after = page.next;
    }
    expect(seen).toHaveLength(50);
    expect(new Set(seen).size).toBe(50);
  });

  test("with their figures and results, and nothing that they could be reached by", async () => {
    await stage.given(
      "pastResult",
      aPastResult({
        creatorId: idOf(1),
        owed: 3,
        onTime: 2,
        clicks: { count: 5, followers: 1_000, countedAt: "2026-11-01T00:00:00.000Z" },
      }),
    );
    await indexed(stage, idOf(1));
    const [one] = (await found({ category: "fashion", country: "US" })).items;
    expect(one).toMatchObject({
      social: [{ platform: "instagram", followerCount: 5_000, asOf: "2026-11-01T00:00:00.000Z" }],
      results: { onTimeRate: 0.6667, pieces: 3, approvalRate: 1, decided: 2, clicksPerFollower: 0.005, campaigns: 1 },
    });
    expect(JSON.stringify(one)).not.toMatch(/secret|15550100|email|phone/);
    expect(await stage.run(getCreator, { actor: creator(), path: { creatorId: idOf(1) } })).toEqual(one);
  });

  test("no more from the moment that they are banned, though the index has not heard of it", async () => {
    await stage.run(banUser, { actor: admin(), path: { userId: idOf(1) }, body: { reason: "x" } });
    expect(await numbers({ category: "fashion" })).toEqual([2]);
    expect(await numbers({ q: "ada" })).toEqual([2]);
    const read = () => stage.run(getCreator, { actor: brand(), path: { creatorId: idOf(1) } });
    await expectRefused(stage, read, "creator.not_found");
  });

  test("as they are now by name, although their card is older", async () => {
    await stage.run(updateMe, { actor: creator(idOf(1)), body: ProfileChanges.parse({ fullName: "Grace Hopper" }) });
    expect(await numbers({ q: "grace", category: "fashion" })).toEqual([1]);
    expect(await numbers({ q: "ada l" })).toEqual([]);
  });
});

describe("what is looked for", () => {
  test.each([
    { category: "shoes" },
    { country: "us" },
    { country: "USA" },
    { platform: "x" },
    { language: "xx" },
    { language: "english" },
    { minFollowers: "-1" },
    { minFollowers: "1e3" },
    { maxFollowers: "" },
    { minPrice: "1.5" },
    { q: "" },
    { email: "a" },
  ])("is one of what there is: %j is not", (query) => {
    expect(CreatorFilter.safeParse(query).success).toBe(false);
  });

  test("can be listed for whoever chooses, with the names of languages", async () => {
    const words = await stage.run(listProfileWords, { actor: brand() });
    expect(words.categories).toHaveLength(16);
    expect(words.languages).toHaveLength(183);
    expect(words.languages.find(({ code }) => code === "de")).toEqual({ code: "de", name: "German" });
    expect(words.languages.filter(({ code, name }) => code === name)).toEqual([]);
  });
});

describe("a profile", () => {
  test.each([
    { creator: { categories: ["shoes"], languages: [] } },
    { creator: { categories: ["art", "art"], languages: [] } },
    { creator: { categories: [], languages: ["eng"] } },
    { creator: { categories: [], languages: [], price: { currency: "USD", min: 2, max: 1 } } },
  ])("says only what can be looked for: %j is refused", (body) => {
    expect(ProfileChanges.safeParse(body).success).toBe(false);
  });

  test("from before that was so is readable, and found by what of it can be looked for", async () => {
    await opened(9, { creator: { categories: ["Shoes", "art"], languages: ["eng"] } });
    expect(await numbers({ category: "art" })).toEqual([4, 9]);
    expect(await stage.run(getCreator, { actor: brand(), path: { creatorId: idOf(9) } })).toMatchObject({
      creator: { categories: ["Shoes", "art"] },
    });
  });
});

test("peopled stages have creators whom nobody told of yet: they are found by name, without figures", async () => {
  expect((await found({ q: "a brand" })).items.map(({ id, social }) => [id, social])).toEqual([
    [idOf(4), []],
    [CREATOR_ID, []],
    [OTHER_CREATOR_ID, []],
  ]);
});

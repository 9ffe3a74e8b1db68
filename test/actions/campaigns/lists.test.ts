import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as listCampaigns } from "#lambdas/campaigns/list-campaigns";
import type { Campaign } from "#shared/domain/campaigns/campaign";
import type { Actor } from "#shared/domain/kernel/actor";
import { aBudget, aCampaign, anInvitation, aParticipant, BRAND_ID, CREATOR_ID } from "../../support/builders.ts";
import { admin, brand, creator, type TestStage } from "../../support/stage.ts";
import { OTHER_BRAND_ID, OTHER_CREATOR_ID, peopled } from "../../support/launched.ts";

let stage: TestStage;
beforeEach(async () => {
  stage = await peopled();
});

const idOf = (number: number): string => `cmp_${String(number).padStart(26, "0")}`;
const numberOf = ({ id }: { readonly id: string }): number => Number(id.slice(4));
/** The campaign of this number, invited to on this day of November. */
async function given(number: number, parts: Partial<Campaign> = {}): Promise<void> {
  const campaign = aCampaign({ id: idOf(number), status: "active", ...parts });
  await stage.given("campaign", campaign);
  await stage.given(
    "budget",
    aBudget({ campaignId: campaign.id, brandId: campaign.brandId, unassigned: number, spent: 9 - number }),
  );
}
const invite = (number: number, status: "pending" | "accepted" | "declined" | "expired", creatorId = CREATOR_ID) => {
  const invitedAt = `2026-11-01T00:00:00.${String(number).padStart(3, "0")}Z`;
  return stage.given("invitation", anInvitation({ campaignId: idOf(number), creatorId, status, invitedAt }));
};
const takePart = (number: number, status: "active" | "inactive" | "completed") =>
  stage.given("participant", aParticipant({ campaignId: idOf(number), status }));

/** The numbers on each page, to the end of the list. */
async function pages(actor: Actor, limit: number, query: { status?: Campaign["status"] } = {}): Promise<number[][]> {
  const all: number[][] = [];
  for (let after: Readonly<Record<string, string>> | undefined; ;) {
    const page = { limit, ...(after && { after }) };
    const { items, next } = await stage.run(listCampaigns, { actor, query, page });
    all.push(items.map(numberOf));
    if (next === undefined) return all;
    after = next;
  }
}

describe("a brand's list", () => {
  test("is its own, newest first, with each budget beside its campaign", async () => {
    for (const number of [1, 2, 3]) await given(number);
    await given(4, { brandId: OTHER_BRAND_ID });
    const { items } = await stage.run(listCampaigns, { actor: brand() });
    expect(items.map((one) => [numberOf(one), one.budget.remaining, one.budget.spent])).toEqual([
      [3, 3, 6],
      [2, 2, 7],
      [1, 1, 8],
    ]);
  });

  test("filtered by status still fills its pages", async () => {
    for (let number = 1; number <= 40; number += 1) await given(number, { status: number % 8 ? "paused" : "active" });
    expect(await pages(brand(), 2, { status: "active" })).toEqual([[40, 32], [24, 16], [8]]);
    expect(await pages(brand(), 2, { status: "cancelled" })).toEqual([[]]);
  });

  test("of a person who is a creator as well goes on with what they are invited to; an admin sees all", async () => {
    for (const number of [1, 2, 3]) await given(number);
    for (const number of [4, 5, 6]) await given(number, { brandId: OTHER_BRAND_ID });
    for (const number of [4, 6]) await invite(number, "pending", BRAND_ID);
    await invite(5, "declined", BRAND_ID);
    const both: Actor = { userId: BRAND_ID, roles: ["brand", "creator"] };
    expect(await pages(both, 10)).toEqual([[3, 2, 1, 6, 4]]);
    for (const limit of [1, 2, 3, 4]) expect((await pages(both, limit)).flat()).toEqual([3, 2, 1, 6, 4]);
    expect(await pages({ userId: BRAND_ID, roles: ["admin", "brand"] }, 10)).toEqual([[6, 5, 4, 3, 2, 1]]);
    expect(await pages(admin(), 10)).toEqual([[6, 5, 4, 3, 2, 1]]);
  });
});

describe("a creator's list", () => {
  test("has what they are invited to or take part in, and nothing else", async () => {
    for (let number = 1; number <= 8; number += 1) await given(number);
    await invite(1, "pending");
    await invite(2, "accepted");
    await takePart(2, "active");
    await invite(3, "accepted");
    await takePart(3, "inactive");
    await invite(4, "declined");
    await invite(5, "expired");
    await invite(6, "pending", OTHER_CREATOR_ID);
    await invite(7, "accepted");
    await takePart(7, "completed");
    expect(await pages(creator(), 10)).toEqual([[7, 2, 1]]);
    expect(await pages(creator(OTHER_CREATOR_ID), 10)).toEqual([[6]]);
    expect(await pages(creator("00000000-0000-4000-8000-0000000000c3"), 10)).toEqual([[]]);
  });

  test("goes page by page through many invitations that no longer count, losing and repeating none", async () => {
    for (let number = 1; number <= 120; number += 1) {
      await given(number, { status: number % 2 ? "active" : "completed" });
      await invite(number, number % 3 ? "declined" : "pending");
    }
    const expected = Array.from({ length: 120 }, (_, at) => 120 - at).filter((number) => number % 3 === 0);
    for (const limit of [1, 7, 40, 100]) expect((await pages(creator(), limit)).flat()).toEqual(expected);
    const active = expected.filter((number) => number % 2);
    expect((await pages(creator(), 6, { status: "active" })).map((page) => page.length)).toEqual([6, 6, 6, 2]);
    expect((await pages(creator(), 6, { status: "active" })).flat()).toEqual(active);
  });
});

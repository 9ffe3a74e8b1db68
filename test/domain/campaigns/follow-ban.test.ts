import { expect, test } from "@jest/globals";
import { followBan } from "#shared/domain/campaigns/follow-ban";
import { unchanged } from "#shared/domain/change";
import { systemActor } from "#shared/domain/kernel/actor";
import { aBudget, aCampaign, anAccount, at, BRAND_ID } from "../../support/builders.ts";
import { sequentialIds } from "../../support/stage.ts";

const occasion = { actor: systemActor("follow-ban"), now: at, newId: sequentialIds() };
const banned = anAccount({ id: BRAND_ID, roles: ["brand"], status: "suspended" });
const free = { ...banned, status: "active" as const };
const active = aCampaign({ status: "active" });
const pausedForBan = aCampaign({ status: "paused", pausedForBan: true });

test.each([
  ["the campaign of a banned brand pauses", active, banned, { status: "paused", pausedForBan: true }],
  ["what its ban has paused goes on once it ends", pausedForBan, free, { status: "active" }],
])("%s, for as long as the account is what it was", (_what, campaign, account, becomes) => {
  const change = followBan({ campaign, budget: aBudget(), account }, occasion);
  expect(change?.entities.map(({ next }) => next)).toContainEqual(expect.objectContaining(becomes));
  expect(change?.requires).toEqual([unchanged("account", account)]);
});

test.each([
  ["a campaign of a brand that is not banned", active, free],
  ["one that a ban has paused already", pausedForBan, banned],
  ["one that its brand has paused", aCampaign({ status: "paused" }), free],
])("%s stays as it is", (_what, campaign, account) => {
  expect(followBan({ campaign, budget: aBudget(), account }, occasion)).toBeUndefined();
});

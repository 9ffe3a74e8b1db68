import { describe, expect, test } from "@jest/globals";
import type { PublicationState } from "#shared/domain/campaigns/guards";
import { publicationBlockers, publishCampaign } from "#shared/domain/campaigns/publish-campaign";
import type { Actor } from "#shared/domain/kernel/actor";
import { aBudget, aCampaign, aDeliverable, aFunding, BRAND_ID, CAMPAIGN_ID } from "../../support/builders.ts";
import { aWallet } from "../../support/money-builders.ts";
import { admin, brand, sequentialIds } from "../../support/stage.ts";

const now = "2026-11-25T12:00:00.000Z";
const ready: PublicationState = {
  campaign: aCampaign(),
  deliverables: [aDeliverable()],
  wallet: aWallet({ available: 100_000 }),
};
const by = (actor: Actor) => ({ actor, now, newId: sequentialIds() });
const decide = (parts: Partial<PublicationState>, actor = brand()) =>
  publishCampaign({ budget: aBudget(), ...ready, ...parts }, by(actor));

const cases: readonly (readonly [string, Partial<PublicationState>, readonly string[]])[] = [
  ["nothing", {}, []],
  ["a cent too little", { wallet: aWallet({ available: 99_999 }) }, ["campaign.unfunded"]],
  [
    "a brand that is suspended",
    { wallet: aWallet({ available: 100_000, ownerStatus: "suspended" }) },
    ["account.suspended"],
  ],
  ["no wallet", { wallet: undefined }, ["campaign.unfunded"]],
  [
    "a wallet in another currency",
    { wallet: aWallet({ currency: "EUR", available: 500_000 }) },
    ["campaign.unfunded", "wallet.currency_mismatch"],
  ],
  ["nothing asked for", { deliverables: [] }, ["campaign.no_deliverables"]],
  [
    "an end at this moment",
    { campaign: aCampaign({ timeline: { ...aCampaign().timeline, end: now } }) },
    ["campaign.end_not_future"],
  ],
  [
    "everything at once",
    {
      campaign: aCampaign({ status: "paused", timeline: { ...aCampaign().timeline, end: now } }),
      deliverables: [],
      wallet: aWallet({ ownerStatus: "suspended" }),
    },
    [
      "campaign.not_draft",
      "account.suspended",
      "campaign.end_not_future",
      "campaign.no_deliverables",
      "campaign.unfunded",
    ],
  ],
  ...(["scheduled", "active", "paused", "completed", "cancelled"] as const).map(
    (status) => [`being ${status}`, { campaign: aCampaign({ status }) }, ["campaign.not_draft"]] as const,
  ),
];

describe("what stops publication", () => {
  test.each(cases)("%s", (_what, parts, codes) => {
    const blockers = publicationBlockers({ ...ready, ...parts }, by(brand()));
    expect(blockers.map(({ refusal }) => refusal.code)).toEqual(codes);
    for (const { detail } of blockers) expect(detail).not.toBe("");
  });

  test.each(cases.filter(([, , codes]) => codes.length > 0))("refuses it: %s", (_what, parts, [first]) => {
    const { status } = { ...ready, ...parts }.campaign;
    // The account's state where it is that; else the campaign's.
    const currentState = first === "account.suspended" ? "suspended" : status;
    expect(() => decide(parts)).toThrow(
      expect.objectContaining({ refusal: expect.objectContaining({ code: first }), context: { currentState } }),
    );
  });
});

describe("publication", () => {
  test.each([
    ["2026-11-25T12:00:00.000Z", "active"],
    ["2026-11-25T12:00:00.001Z", "scheduled"],
  ])("of a campaign that starts at %s makes it %s", (start, status) => {
    const campaign = aCampaign({ version: 3, timeline: { ...aCampaign().timeline, start } });
    const { change, campaign: next } = decide({ campaign });
    const stored = { ...campaign, status, version: 4, updatedAt: now };
    const budget = { currency: "USD", total: 100_000, reserved: 0, spent: 0, remaining: 100_000 };
    expect(next).toEqual({ ...stored, budget });
    const empty = aBudget();
    expect(change.entities).toEqual([
      { entity: "campaign", was: campaign, next: stored },
      { entity: "budget", was: empty, next: { ...empty, status, version: 2, updatedAt: now } },
      { entity: "funding", next: aFunding() },
    ]);
  });

  test("moves the whole budget and nothing else, under the campaign's own key", () => {
    const { entries, requires } = decide({ wallet: aWallet({ available: 700_000 }) }).change;
    expect(requires).toEqual([{ owner: { userId: BRAND_ID, ownerStatus: "active" } }]);
    expect(entries).toEqual([
      expect.objectContaining({
        key: `publication:${CAMPAIGN_ID}`,
        type: "reservation",
        currency: "USD",
        referenceId: CAMPAIGN_ID,
        actorId: BRAND_ID,
        lines: [
          { account: { of: "wallet", userId: BRAND_ID, account: "available" }, amount: -100_000 },
          {
            account: { of: "campaign", campaignId: CAMPAIGN_ID, brandId: BRAND_ID, account: "unassigned" },
            amount: 100_000,
          },
        ],
      }),
    ]);
  });

  test("tells who acted for whom", () => {
    expect(decide({}).change.audit).not.toHaveProperty("onBehalfOf");
    expect(decide({}, admin()).change.audit).toMatchObject({ onBehalfOf: BRAND_ID });
  });
});

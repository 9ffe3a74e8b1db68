import { describe, expect, test } from "@jest/globals";
import { type Campaign, CampaignStatus } from "#shared/domain/campaigns/campaign";
import { pauseCampaign, resumeCampaign } from "#shared/domain/campaigns/pause-campaign";
import type { Actor } from "#shared/domain/kernel/actor";
import { aBudget, aCampaign, BRAND_ID, CAMPAIGN_ID } from "../../support/builders.ts";
import { aWallet } from "../../support/money-builders.ts";
import { admin, brand, creator, sequentialIds } from "../../support/stage.ts";

const end = "2026-12-31T00:00:00.000Z";
const lastMoment = "2026-12-30T23:59:59.999Z";
const full = aBudget({ unassigned: 10, version: 5 });
const spent = aBudget({ spent: 10 });
const wallet = aWallet();
const by = (actor: Actor, now = lastMoment) => ({ actor, now, newId: sequentialIds() });
const thatIs = (status: CampaignStatus, parts: Partial<Campaign> = {}) => aCampaign({ status, version: 3, ...parts });
const refused = (code: string, currentState?: string, detail: unknown = expect.any(String)) =>
  expect.objectContaining({
    message: detail,
    refusal: expect.objectContaining({ code }),
    context: currentState === undefined ? {} : { currentState },
  });

const commands = [
  { name: "a pause", decide: pauseCampaign, from: "active", to: "paused", action: "campaign.paused", requires: {} },
  {
    name: "a resumption",
    decide: resumeCampaign,
    from: "paused",
    to: "active",
    action: "campaign.resumed",
    requires: { requires: [{ activeAccount: BRAND_ID, roles: [] }] },
  },
] as const;

describe.each(commands)("$name", ({ decide, from, to, action, requires }) => {
  test(`makes what is ${from} ${to}, on the budget it was decided on, and says so`, () => {
    const campaign = thatIs(from);
    const { change, campaign: next } = decide({ campaign, budget: full, wallet }, by(brand()));
    const stored = { ...campaign, status: to, version: 4, updatedAt: lastMoment };
    expect(next).toEqual({ ...stored, budget: { currency: "USD", total: 10, reserved: 0, spent: 0, remaining: 10 } });
    expect(change).toEqual({
      entities: [
        { entity: "campaign", was: campaign, next: stored },
        { entity: "budget", was: full, next: { ...full, status: to, version: 6, updatedAt: lastMoment } },
      ],
      events: [
        {
          type: "campaign.status_changed",
          detail: { campaignId: CAMPAIGN_ID, campaignName: campaign.name, brandId: BRAND_ID, from, to },
        },
      ],
      audit: {
        action,
        resource: { type: "campaign", id: CAMPAIGN_ID },
        changes: [{ field: "status", before: from, after: to }],
      },
      ...requires,
    });
  });

  test("by an admin is on the brand's behalf", () => {
    const { change } = decide({ campaign: thatIs(from), budget: full, wallet }, by(admin()));
    expect(change.audit).toMatchObject({ onBehalfOf: BRAND_ID });
  });

  test("is nothing that a creator decides", () => {
    expect(() => decide({ campaign: thatIs(from), budget: full, wallet }, by(creator()))).toThrow(
      refused("access.role_not_allowed"),
    );
  });

  test.each(CampaignStatus.options.filter((status) => status !== from))("is refused while it is %s", (status) => {
    for (const now of [lastMoment, end])
      expect(() => decide({ campaign: thatIs(status), budget: full, wallet }, by(brand(), now))).toThrow(
        refused(`campaign.not_${from}`, status),
      );
  });

  test("is refused from the end on, whatever is left of the budget", () => {
    for (const budget of [full, spent])
      expect(() => decide({ campaign: thatIs(from), budget, wallet }, by(brand(), end))).toThrow(
        refused("campaign.ended", from, `The campaign ended on ${end}`),
      );
  });
});

test("a brand that is banned has no campaign resumed, after its end and before its budget are looked at", () => {
  const banned = aWallet({ ownerStatus: "suspended" });
  const resume = (now: string) => () =>
    resumeCampaign({ campaign: thatIs("paused"), budget: spent, wallet: banned }, by(admin(), now));
  expect(resume(lastMoment)).toThrow(refused("account.suspended", "suspended"));
  expect(resume(end)).toThrow(refused("campaign.ended", "paused"));
});

describe("a budget", () => {
  test.each([
    ["is spent", { spent: 10 }, false],
    ["is promised to creators", { spent: 9, secured: 1 }, true],
    ["has a cent left", { spent: 9, unassigned: 1 }, true],
    ["was taken back", {}, true],
  ])("that %s lets a paused campaign go on: %p %s", (_what, figures, goesOn) => {
    const resume = () => resumeCampaign({ campaign: thatIs("paused"), budget: aBudget(figures), wallet }, by(brand()));
    if (goesOn) expect(resume().campaign.status).toBe("active");
    else
      expect(resume).toThrow(
        refused(
          "campaign.insufficient_funds",
          "paused",
          "The budget is spent: of 0.10 USD nothing is left that could be promised or paid",
        ),
      );
  });

  test("that is spent keeps no campaign from being paused", () => {
    expect(pauseCampaign({ campaign: thatIs("active"), budget: spent }, by(brand())).campaign.status).toBe("paused");
  });
});

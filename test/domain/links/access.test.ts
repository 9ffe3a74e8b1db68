import { expect, test } from "@jest/globals";
import type { CampaignSeen } from "#shared/domain/campaigns/access";
import type { Actor } from "#shared/domain/kernel/actor";
import { listedLink, steeredLink } from "#shared/domain/links/access";
import { aBudget, aCampaign, aParticipant, BRAND_ID } from "../../support/builders.ts";
import { aLink } from "../../support/shop.ts";
import { admin, brand, creator } from "../../support/stage.ts";

const other = "00000000-0000-4000-8000-0000000000ff";
const link = aLink({});
const seen: CampaignSeen = { campaign: aCampaign(), budget: aBudget(), participant: aParticipant() };
const missing = expect.objectContaining({ refusal: expect.objectContaining({ code: "link.not_found" }) });
const noBrandAnyMore: Actor = { userId: BRAND_ID, roles: [] };

test("is steered by its campaign's brand and admins", () => {
  for (const actor of [brand(), admin()]) expect(steeredLink(actor, link)).toBe(link);
  for (const actor of [brand(other), creator(), noBrandAnyMore])
    expect(() => steeredLink(actor, link)).toThrow(missing);
  for (const actor of [brand(), admin()]) expect(() => steeredLink(actor, undefined)).toThrow(missing);
});

test("is listed for its campaign's brand, admins, and the creator whose it is", () => {
  for (const actor of [brand(), admin(), creator()]) expect(listedLink(actor, link, seen)).toBe(link);
  for (const actor of [brand(other), creator(other), noBrandAnyMore])
    expect(() => listedLink(actor, link, seen)).toThrow(missing);
  expect(() => listedLink(creator(), aLink({ creatorId: other }), seen)).toThrow(missing);
});

test("is nobody's where it is not there, or its campaign is not", () => {
  for (const actor of [brand(), admin(), creator()]) {
    expect(() => listedLink(actor, undefined, seen)).toThrow(missing);
    expect(() => listedLink(actor, link, undefined)).toThrow(missing);
  }
});

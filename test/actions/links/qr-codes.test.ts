import { beforeEach, expect, test } from "@jest/globals";
import { handler as createLink } from "#lambdas/links/create-link";
import { handler as drawLinkAsPng } from "#lambdas/links/draw-link-as-png";
import { handler as drawLinkAsSvg } from "#lambdas/links/draw-link-as-svg";
import { qrCodes } from "#shared/adapters/qr/qr-codes";
import type { Actor } from "#shared/domain/kernel/actor";
import { NewLink } from "#shared/domain/links/input";
import { pngOf, svgOf } from "#shared/domain/links/qr-image";
import { aBudget, aCampaign, aParticipant, CAMPAIGN_ID } from "../../support/builders.ts";
import { expectRefused, OTHER_BRAND_ID, OTHER_CREATOR_ID, peopled } from "../../support/launched.ts";
import { admin, brand, creator, type TestStage } from "../../support/stage.ts";

let stage: TestStage;
let code: string;
beforeEach(async () => {
  stage = await peopled();
  await stage.given("campaign", aCampaign({ status: "active" }));
  await stage.given("budget", aBudget());
  await stage.given("participant", aParticipant());
  const body = NewLink.parse({ destinationUrl: "https://shop.example.com/" });
  ({ code } = await stage.run(createLink, { actor: creator(), path: { campaignId: CAMPAIGN_ID }, body }));
});
const svg = (actor: Actor, of = code) => stage.run(drawLinkAsSvg, { actor, path: { code: of } });
const png = (actor: Actor, of = code) => stage.run(drawLinkAsPng, { actor, path: { code: of } });

test("a link's code leads to it and says that it was scanned, for its creator, its brand and admins", async () => {
  const expected = qrCodes().of(`https://go.example.com/t/${code}?src=qr`);
  for (const actor of [creator(), brand(), admin()]) {
    expect(await svg(actor)).toBe(svgOf(expected));
    expect(await png(actor)).toEqual(pngOf(expected));
  }
});

test("for everybody else there is no such link, nor for its creator once they have left", async () => {
  for (const actor of [creator(OTHER_CREATOR_ID), brand(OTHER_BRAND_ID)]) {
    await expectRefused(stage, () => svg(actor), "link.not_found");
    await expectRefused(stage, () => png(actor), "link.not_found");
  }
  await expectRefused(stage, () => svg(admin(), "2222222222"), "link.not_found");
  await stage.given("participant", aParticipant({ status: "inactive", version: 2 }));
  await expectRefused(stage, () => svg(creator()), "link.not_found");
});

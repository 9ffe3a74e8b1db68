import { beforeEach, expect, test } from "@jest/globals";
import { handler as createLink } from "#lambdas/links/create-link";
import { handler as updateLink } from "#lambdas/links/update-link";
import { Link } from "#shared/domain/links/link";
import { LinkChanges, NewLink } from "#shared/domain/links/input";
import { outcomeOf, trackedLink } from "#shared/domain/tracking/redirect";
import { aBudget, aCampaign, aParticipant, CAMPAIGN_ID, CREATOR_ID } from "../../support/builders.ts";
import { auditRows, peopled } from "../../support/launched.ts";
import { brand, creator, type TestStage } from "../../support/stage.ts";

let stage: TestStage;
beforeEach(async () => {
  stage = await peopled();
  await stage.given("campaign", aCampaign({ status: "active" }));
  await stage.given("budget", aBudget());
  await stage.given("participant", aParticipant());
});
const destinationUrl = "https://shop.example.com/p";
const visit = {
  kind: "click",
  at: 0,
  query: "",
  clickId: "",
  visitor: "0".repeat(16),
  agent: "",
  languages: "",
} as const;
const locations = (code: string) =>
  ["", "DE"].map((country) => {
    const link = Link.parse(stage.stored("link").find((one) => one["code"] === code));
    return (outcomeOf(trackedLink(link), { ...visit, country }) as { location?: string }).location;
  });

test("visitors are sent to what the template makes of the destination, and everybody is shown both", async () => {
  const rules = [{ priority: 1, when: { countries: ["DE"] }, destinationUrl: `${destinationUrl}?utm_source=own` }];
  const body = NewLink.parse({ destinationUrl, utm: { source: "{creatorId}", medium: "social" }, rules });
  const link = await stage.run(createLink, { actor: creator(), path: { campaignId: CAMPAIGN_ID }, body });
  const landingUrl = `${destinationUrl}?utm_source=${CREATOR_ID}&utm_medium=social`;
  expect(link).toMatchObject({ destinationUrl, landingUrl, utm: body.utm });
  expect(locations(link.code)).toEqual([landingUrl, `${destinationUrl}?utm_source=own&utm_medium=social`]);

  const changed = (parts: object) =>
    stage.run(updateLink, { actor: brand(), path: { code: link.code }, body: LinkChanges.parse(parts) });
  const moved = await changed({ destinationUrl: "https://shop.example.com/q" });
  expect(moved).toMatchObject({
    destinationUrl: "https://shop.example.com/q",
    landingUrl: landingUrl.replace("/p?", "/q?"),
  });
  expect(await changed({ utm: null })).toMatchObject({ utm: null, landingUrl: null });
  expect(locations(link.code)).toEqual(["https://shop.example.com/q", `${destinationUrl}?utm_source=own`]);
  const fields = auditRows(stage, "link.updated").map((row) =>
    (row["changes"] as { field: string }[]).map(({ field }) => field),
  );
  expect(fields).toEqual([["destinationUrl"], ["utm"]]);
});

test("a link that says nothing has the campaign's template, and one that says none has none", async () => {
  await stage.given("campaign", aCampaign({ status: "active", utm: { campaign: "{campaignId}" }, version: 2 }));
  const made = async (parts: object) => {
    const body = NewLink.parse({ destinationUrl, ...parts });
    const link = await stage.run(createLink, { actor: creator(), path: { campaignId: CAMPAIGN_ID }, body });
    return link.landingUrl;
  };
  expect([await made({}), await made({ utm: null }), await made({ utm: { source: "ig" } })]).toEqual([
    `${destinationUrl}?utm_campaign=${CAMPAIGN_ID}`,
    null,
    `${destinationUrl}?utm_source=ig`,
  ]);
});

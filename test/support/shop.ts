/** A brand's shop that reports its orders by the API: with its key, or signed in. */
import { clickIdOf } from "#shared/domain/conversions/click-id";
import { hitId } from "#shared/domain/tracking/hit";
import type { Entities } from "#shared/domain/entities";
import { itemKey } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { usd } from "./bodies.ts";
import { aBudget, aCampaign, aParticipant, BRAND_ID, CAMPAIGN_ID, CREATOR_ID } from "./builders.ts";
import { OTHER_BRAND_ID, OTHER_CREATOR_ID, peopled } from "./launched.ts";
import { everyRoute, issuer, wholeApi } from "./whole-api.ts";

export const CODE = "abcdefghjk";
export const OTHER_CODE = "abcdefghjm";
export const FOREIGN_CODE = "abcdefghjn";
export const SECRET = Buffer.alloc(32, 3).toString("base64");
export { usd };

export const aLink = (parts: Partial<Entities["link"]>): Entities["link"] => ({
  code: CODE,
  campaignId: CAMPAIGN_ID,
  brandId: BRAND_ID,
  creatorId: CREATOR_ID,
  destinationUrl: "https://shop.example.com/",
  utm: null,
  landingUrl: null,
  rules: [],
  split: [],
  disabled: false,
  passQuery: false,
  passClickId: true,
  expiresAt: null,
  fallbackUrl: null,
  maxClicks: null,
  limitReached: false,
  version: 1,
  createdAt: "2026-11-01T00:00:00.000Z",
  updatedAt: "2026-11-01T00:00:00.000Z",
  ...parts,
});

/** A click id as the click path makes one. */
export const clickId = (at: string, code = CODE, secret = SECRET): string =>
  clickIdOf(secret, hitId(Date.parse(at), new Uint8Array(16).fill(5)), code);

/** A brand with a campaign that two creators share links of, another brand with another, and the API to report to. */
export async function shop() {
  const stage = await peopled();
  const others = `cmp_${"7".repeat(26)}`;
  const timeline = { start: "2026-11-01T00:00:00.000Z", end: "2026-12-31T00:00:00.000Z", timeZone: "UTC" };
  await stage.given("campaign", aCampaign({ status: "active", timeline }));
  await stage.given("budget", aBudget({ spent: 30_000 }));
  await stage.given("participant", aParticipant());
  await stage.given("campaign", aCampaign({ id: others, brandId: OTHER_BRAND_ID, status: "active" }));
  await stage.given("link", aLink({}));
  await stage.given("link", aLink({ code: OTHER_CODE, creatorId: OTHER_CREATOR_ID }));
  await stage.given("link", aLink({ code: FOREIGN_CODE, brandId: OTHER_BRAND_ID, campaignId: others }));
  const secret = { ...itemKey(items.clickKey, {}), secret: new Uint8Array(Buffer.from(SECRET, "base64")) };
  await stage.table.write({ kind: "put", item: secret, when: { any: true } });
  const routes = new Map((await everyRoute).map((route) => [route.name, route]));
  const ask = await wholeApi(stage);
  type Asked = Omit<Parameters<typeof ask>[1], "authorization">;
  const asking = (userId?: string) => (name: string, asked: Asked) => {
    const route = routes.get(name);
    if (route === undefined) throw new Error(`no action ${name}`);
    const authorization = userId && `Bearer ${issuer.sign(userId, ["brand", "creator"])}`;
    return ask(route, { ...asked, authorization });
  };
  const [own, other, creator] = [asking(BRAND_ID), asking(OTHER_BRAND_ID), asking(CREATOR_ID)];
  return {
    ...stage,
    own,
    other,
    creator,
    /** Without a token. */
    keyed: asking(),
    ordered: (parts: object = {}) =>
      own("recordConversion", { body: { orderId: "order-1", code: CODE, value: usd(10_000), ...parts } }),
    reversed: (conversionId: unknown, amount: number, key: string = stage.newId("event")) =>
      own("reverseConversion", {
        path: { conversionId: String(conversionId) },
        body: { amount: usd(amount), reason: "returned" },
        key,
      }),
    figures: (path: Readonly<Record<string, string>> = {}) =>
      own("creatorId" in path ? "getCreatorCampaignAnalytics" : "getCampaignAnalytics", {
        path: { campaignId: CAMPAIGN_ID, ...path },
        query: { from: "2026-11-01", to: "2026-12-31" },
      }),
  };
}
export type Shop = Awaited<ReturnType<typeof shop>>;

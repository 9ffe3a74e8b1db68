import { beforeEach, describe, expect, test } from "@jest/globals";
import { aBudget, aCampaign, CAMPAIGN_ID, CREATOR_ID } from "../../support/builders.ts";
import { aPromoCode } from "../../support/conversion-builders.ts";
import { OTHER_CREATOR_ID } from "../../support/launched.ts";
import { aLink, clickId, CODE, OTHER_CODE, type Shop, shop, usd } from "../../support/shop.ts";

let s: Shop;
beforeEach(async () => {
  s = await shop();
});

const at = { clickedAt: "2026-11-20T10:00:00.000Z", occurredAt: "2026-11-25T12:00:00.000Z" };
const path = (reply: { readonly body: Readonly<Record<string, unknown>> }) => ({
  conversionId: String(reply.body["id"]),
});

test("says what is proven, what is left of the value, and that every model gives one touch everything", async () => {
  const order = await s.ordered({ clickId: clickId(at.clickedAt) });
  await s.reversed(order.body["id"], 2_500);
  const { status, body } = await s.own("explainConversion", { path: path(order) });
  expect(status).toBe(200);
  expect(body).toEqual({
    conversionId: order.body["id"],
    campaignId: CAMPAIGN_ID,
    model: "last",
    windowDays: 30,
    promoCodePrecedence: null,
    occurredAt: at.occurredAt,
    value: usd(10_000),
    reversed: usd(2_500),
    net: usd(7_500),
    touches: [
      {
        creatorId: CREATOR_ID,
        campaignId: CAMPAIGN_ID,
        code: CODE,
        by: "click",
        clickedAt: at.clickedAt,
        percent: 100,
        value: usd(10_000),
        reversed: usd(2_500),
        net: usd(7_500),
        detail: `Our edge sent a visitor on over link ${CODE} at ${at.clickedAt}; the order is of ${at.occurredAt}, within 30 days.`,
      },
    ],
    reversals: [
      { id: expect.stringMatching(/^rvl_/), amount: usd(2_500), createdAt: at.occurredAt, reason: "returned" },
    ],
    passedOver: [],
    models: ["last", "first", "linear", "position"].map((model) => ({
      model,
      shares: [{ creatorId: CREATOR_ID, code: CODE, percent: 100 }],
    })),
  });
});

test("does not make a click of a link that the brand named", async () => {
  const { body } = await s.own("explainConversion", { path: path(await s.ordered()) });
  expect(body["touches"]).toEqual([
    expect.objectContaining({
      by: "code",
      clickedAt: null,
      detail: `The brand named link ${CODE}. No click is proven, so no window was measured from one.`,
    }),
  ]);
});

test("says why something was taken back to the brand alone", async () => {
  const order = await s.ordered();
  for (const amount of [100, 200]) await s.reversed(order.body["id"], amount);
  const told = async (as: "own" | "creator") =>
    ((await s[as]("explainConversion", { path: path(order) })).body["reversals"] as object[]).map(
      (one) => one as { amount: object; reason: string | null },
    );
  expect(await told("own")).toMatchObject([200, 100].map((amount) => ({ amount: usd(amount), reason: "returned" })));
  expect(await told("creator")).toMatchObject([200, 100].map((amount) => ({ amount: usd(amount), reason: null })));
});

test("is for its brand, its creator and a key that may read; for everybody else there is none", async () => {
  const [theirs, others] = [await s.ordered(), await s.ordered({ orderId: "order-2", code: OTHER_CODE })];
  expect((await s.creator("explainConversion", { path: path(theirs) })).status).toBe(200);
  for (const refused of [
    await s.creator("explainConversion", { path: path(others) }),
    await s.other("explainConversion", { path: path(theirs) }),
    await s.own("explainConversion", {}),
  ])
    expect([refused.status, refused.body["code"]]).toEqual([404, "conversion.not_found"]);
  const keyWith = async (scope: string) =>
    String((await s.own("createApiKey", { body: { name: "shop", scopes: [scope] } })).body["secret"]);
  const asked = async (scope: string) =>
    (await s.keyed("explainConversion", { path: path(theirs), apiKey: await keyWith(scope) })).status;
  expect([await asked("conversions:read"), await asked("conversions:write")]).toEqual([200, 403]);
});

describe("of an order that came of two campaigns", () => {
  const second = `cmp_${"8".repeat(26)}`;
  const asked = async (as: "own" | "creator", order: Awaited<ReturnType<Shop["ordered"]>>) =>
    (await s[as]("explainConversion", { path: path(order) })).body["campaignId"];
  beforeEach(async () => {
    const timeline = { start: "2026-11-01T00:00:00.000Z", end: "2026-12-31T00:00:00.000Z", timeZone: "UTC" };
    await s.given("campaign", aCampaign({ id: second, status: "active", timeline }));
    await s.given("budget", aBudget({ campaignId: second }));
  });

  test("says to the brand the campaign that it is attributed to, and to each creator their own", async () => {
    const code = "abcdefghjp";
    await s.given("link", aLink({ code, campaignId: second, creatorId: OTHER_CREATOR_ID }));
    const clickIds = [clickId(at.clickedAt), clickId("2026-11-21T10:00:00.000Z", code)];
    const order = await s.ordered({ code: undefined, clickIds });
    expect(order.body["campaignId"]).toBe(second);
    expect([await asked("own", order), await asked("creator", order)]).toEqual([second, CAMPAIGN_ID]);
  });

  test("does not name the other campaign to whose link was passed over", async () => {
    await s.given("promoCode", aPromoCode({ campaignId: second, creatorId: OTHER_CREATOR_ID }));
    const order = await s.ordered({ promoCode: "ANNA10" });
    expect(order.body["campaignId"]).toBe(second);
    expect([await asked("own", order), await asked("creator", order)]).toEqual([second, CAMPAIGN_ID]);
    const { body } = await s.creator("explainConversion", { path: path(order) });
    expect(JSON.stringify(body)).not.toContain(second);
  });
});

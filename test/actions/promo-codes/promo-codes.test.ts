import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as createPromoCode } from "#lambdas/promo-codes/create-promo-code";
import { aCampaign, anAccount, aParticipant, BRAND_ID, CAMPAIGN_ID, CREATOR_ID } from "../../support/builders.ts";
import { interrupted, OTHER_CREATOR_ID } from "../../support/launched.ts";
import { clickId, CODE, OTHER_CODE, type Shop, shop, usd } from "../../support/shop.ts";
import { brand } from "../../support/stage.ts";

const NOW = "2026-11-25T12:00:00.000Z";
const path = { campaignId: CAMPAIGN_ID };
let s: Shop;
beforeEach(async () => {
  s = await shop();
});
const made = (code: string, creatorId: string = CREATOR_ID, as: "own" | "other" | "creator" = "own") =>
  s[as]("createPromoCode", { path, body: { code, creatorId } });
const ended = (promoCode: string) => s.own("endPromoCode", { path: { ...path, promoCode } });
const codeOf = ({ status, body }: { readonly status: number; readonly body: Readonly<Record<string, unknown>> }) => [
  status,
  body["code"],
];
const running = {
  status: "active",
  timeline: { start: "2026-11-01T00:00:00.000Z", end: "2026-12-31T00:00:00.000Z", timeZone: "UTC" },
} as const;
const preferring = (promoCodePrecedence: "code" | "click") =>
  s.given("campaign", aCampaign({ ...running, attribution: { model: "last", windowDays: 30, promoCodePrecedence } }));

describe("a promo code", () => {
  test("is a creator's, in capitals, and in the audit", async () => {
    const reply = await made("anna10");
    expect([reply.status, reply.body]).toEqual([
      201,
      {
        code: "ANNA10",
        campaignId: CAMPAIGN_ID,
        creatorId: CREATOR_ID,
        endedAt: null,
        version: 1,
        createdAt: NOW,
        updatedAt: NOW,
      },
    ]);
    const [row] = s.stored("auditEntry").filter(({ action }) => action === "promo_code.created");
    expect(row).toMatchObject({ actorId: BRAND_ID, resource: { type: "promo_code", id: "ANNA10" } });
  });

  test.each(["ANNA10", "anna10", "ANNAIO", "anna-lo"])(
    "that looks like %s is nobody else's of the brand",
    async (code) => {
      await made("Anna10");
      await s.given("participant", aParticipant({ creatorId: OTHER_CREATOR_ID }));
      expect(codeOf(await made(code, OTHER_CREATOR_ID))).toEqual([409, "promo_code.taken"]);
      expect((await ended("ANNA10")).status).toBe(204);
      expect(codeOf(await made(code))).toEqual([409, "promo_code.taken"]);
    },
  );

  test.each<[string, () => Promise<unknown>, number, string]>([
    [
      "somebody who does not take part",
      () => made("ANNA10", OTHER_CREATOR_ID),
      422,
      "promo_code.creator_not_taking_part",
    ],
    ["the brand itself", () => made("ANNA10", BRAND_ID), 409, "access.conflict_of_interest"],
    ["another brand's campaign", () => made("ANNA10", CREATOR_ID, "other"), 404, "campaign.not_found"],
    ["a creator by themselves", () => made("ANNA10", CREATOR_ID, "creator"), 403, "access.role_not_allowed"],
  ])("is not for %s", async (_what, make, status, code) => {
    expect(codeOf((await make()) as never)).toEqual([status, code]);
  });

  test("is not for a campaign that is over", async () => {
    await s.given("campaign", aCampaign({ ...running, status: "completed" }));
    expect(codeOf(await made("ANNA10"))).toEqual([409, "promo_code.campaign_ended"]);
  });

  test("is not made for somebody who is removed meanwhile", async () => {
    const removed = () => s.given("participant", aParticipant({ status: "inactive", version: 2 }));
    const late = interrupted(createPromoCode, removed);
    const call = { actor: brand(), path, body: { code: "ANNA10", creatorId: CREATOR_ID } };
    await expect(s.run(late, call)).rejects.toMatchObject({
      refusal: { code: "promo_code.creator_not_taking_part" },
    });
    expect(s.stored("promoCode")).toEqual([]);
  });

  test("ends once, and is not there under another spelling", async () => {
    await made("ANNA10");
    expect(codeOf(await ended("ANNAIO"))).toEqual([404, "promo_code.not_found"]);
    expect((await ended("anna10")).status).toBe(204);
    expect(codeOf(await ended("ANNA10"))).toEqual([409, "promo_code.ended"]);
  });

  test("is listed for the brand with all, for a creator with their own", async () => {
    await s.given("participant", aParticipant({ creatorId: OTHER_CREATOR_ID }));
    await made("ANNA10");
    await made("BERTA20", OTHER_CREATOR_ID);
    const listed = async (as: "own" | "creator") =>
      ((await s[as]("listPromoCodes", { path })).body["data"] as { code: string }[]).map(({ code }) => code).sort();
    expect([await listed("own"), await listed("creator")]).toEqual([["ANNA10", "BERTA20"], ["ANNA10"]]);
    expect((await s.other("listPromoCodes", { path })).status).toBe(404);
  });
});

describe("an order with a promo code", () => {
  const used = (promoCode: string, parts: object = {}) => s.ordered({ code: undefined, promoCode, ...parts });
  const explained = async (id: unknown) =>
    (await s.own("explainConversion", { path: { conversionId: String(id) } })).body;
  beforeEach(() => made("ANNA10"));

  test("is its creator's, with no click at all, and is counted for its campaign", async () => {
    const { status, body } = await used("anna10");
    expect([status, body["creatorId"], body["attributedTo"]]).toEqual([
      201,
      CREATOR_ID,
      { creatorId: CREATOR_ID, code: null, promoCode: "ANNA10", by: "promo_code", clickedAt: null },
    ]);
    expect((await s.figures({ creatorId: CREATOR_ID })).body).toMatchObject({
      conversions: 1,
      conversionValue: usd(10_000),
    });
    expect(await explained(body["id"])).toMatchObject({
      promoCodePrecedence: null,
      touches: [
        { by: "promo_code", promoCode: "ANNA10", percent: 100, detail: `The order of ${NOW} used promo code ANNA10.` },
      ],
    });
  });

  test.each(["SUMMER", "ANNAIO", "ANNA-10", "10 % off"])("that is %j is nobody's", async (promoCode) => {
    expect(codeOf(await used(promoCode))).toEqual([422, "conversion.source_unknown"]);
    const { body } = await used(promoCode, { clickIds: [clickId("2026-11-20T10:00:00.000Z")] });
    expect(await explained(body["id"])).toMatchObject({
      touches: [{ by: "click" }],
      passedOver: [{ named: promoCode, reason: "not_yours" }],
    });
  });

  test("is another brand's not", async () => {
    const body = { orderId: "order-1", promoCode: "ANNA10", value: usd(1) };
    expect(codeOf(await s.other("recordConversion", { body }))).toEqual([422, "conversion.source_unknown"]);
  });

  test.each([
    ["code", CREATOR_ID, "promo_code_first"],
    ["click", OTHER_CREATOR_ID, "click_first"],
  ] as const)(
    "and clicks is credited to the %s where its campaign says so, and says what was passed over",
    async (first, creatorId, reason) => {
      await preferring(first);
      const clicks = [clickId("2026-11-20T10:00:00.000Z", OTHER_CODE)];
      const { body } = await used("ANNA10", { clickIds: clicks });
      expect(body["creatorId"]).toBe(creatorId);
      const told = await explained(body["id"]);
      expect(told).toMatchObject({ promoCodePrecedence: first, touches: [{ percent: 100 }], passedOver: [{ reason }] });
      expect((told["passedOver"] as unknown[]).length).toBe(1);
      const { body: named } = await used("ANNA10", { orderId: "order-2", code: OTHER_CODE });
      expect(named["creatorId"]).toBe(creatorId);
    },
  );

  test("falls back on what else counts, whichever comes first", async () => {
    await preferring("click");
    const old = clickId("2026-10-01T10:00:00.000Z", OTHER_CODE);
    const { body } = await used("ANNA10", { clickIds: [old] });
    expect(await explained(body["id"])).toMatchObject({
      promoCodePrecedence: null,
      touches: [{ by: "promo_code" }],
      passedOver: [{ reason: "too_old", named: old }],
    });
  });

  test("that ended credits what happened before, and nothing after", async () => {
    await ended("ANNA10");
    s.clock.now = "2026-11-26T12:00:00.000Z";
    expect((await used("ANNA10", { occurredAt: NOW })).status).toBe(201);
    const late = await used("ANNA10", { orderId: "order-2" });
    expect([...codeOf(late), late.body["detail"]]).toEqual([
      422,
      "conversion.outside_window",
      `It happened after the promo code ended at ${NOW}`,
    ]);
    const { body } = await used("ANNA10", { orderId: "order-3", code: CODE });
    expect(await explained(body["id"])).toMatchObject({
      touches: [{ by: "code" }],
      passedOver: [{ reason: "code_ended" }],
    });
  });

  test("of somebody who is banned credits nobody until the ban ends; what they were clicked for before stays theirs", async () => {
    const stand = (status: "active" | "suspended") =>
      s.given("account", anAccount({ id: CREATOR_ID, roles: ["creator"], status }));
    await stand("suspended");
    const banned = await used("ANNA10");
    expect([...codeOf(banned), banned.body["detail"]]).toEqual([
      422,
      "conversion.outside_window",
      "The promo code's creator is suspended",
    ]);
    const clicks = [clickId("2026-11-20T10:00:00.000Z")];
    const { body } = await used("ANNA10", { orderId: "order-2", clickIds: clicks });
    expect(await explained(body["id"])).toMatchObject({
      touches: [{ by: "click", percent: 100 }],
      passedOver: [{ named: "ANNA10", reason: "creator_banned", detail: expect.stringContaining("suspended") }],
    });
    await stand("active");
    expect((await used("ANNA10")).status).toBe(201);
  });

  test.each([
    ["2026-10-31T23:54:59.999Z", 422],
    ["2026-11-01T00:00:00.000Z", 201],
    ["2027-01-30T00:00:00.000Z", 201],
    ["2027-01-30T00:05:00.001Z", 422],
  ])("is its campaign's from its start until the window after its end: of %s it is %i", async (occurredAt, status) => {
    s.clock.now = "2027-02-01T00:00:00.000Z";
    expect((await used("ANNA10", { occurredAt })).status).toBe(status);
  });
});

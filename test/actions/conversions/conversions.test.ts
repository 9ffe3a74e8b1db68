import { beforeEach, describe, expect, test } from "@jest/globals";
import { BRAND_ID, CAMPAIGN_ID, CREATOR_ID } from "../../support/builders.ts";
import { OTHER_CREATOR_ID } from "../../support/launched.ts";
import { clickId, CODE, FOREIGN_CODE, OTHER_CODE, type Shop, shop, usd } from "../../support/shop.ts";

const NOW = "2026-11-25T12:00:00.000Z";
let s: Shop;
beforeEach(async () => {
  s = await shop();
});
const counted = async () => {
  const { body } = await s.figures();
  return [body["conversions"], (body["conversionValue"] as { amount: number }).amount];
};

describe("an order", () => {
  test("is its link's creator's", async () => {
    const { status, body } = await s.ordered({ occurredAt: "2026-11-24T23:59:59.999Z" });
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.stringMatching(/^cnv_/),
      orderId: "order-1",
      campaignId: CAMPAIGN_ID,
      creatorId: CREATOR_ID,
      attributedTo: { creatorId: CREATOR_ID, code: CODE, by: "code", clickedAt: null },
      value: usd(10_000),
      occurredAt: "2026-11-24T23:59:59.999Z",
      createdAt: NOW,
    });
  });

  test("is recorded with a key as well, and says with which", async () => {
    const { body: key } = await s.own("createApiKey", { body: { name: "shop", scopes: ["conversions:write"] } });
    const body = { orderId: "order-1", code: CODE, value: usd(1) };
    const reply = await s.keyed("recordConversion", { apiKey: String(key["secret"]), body });
    expect([reply.status, reply.body["apiKeyId"]]).toEqual([201, key["id"]]);
    const path = { conversionId: String(reply.body["id"]) };
    const back = { path, body: { amount: usd(1), reason: "returned" }, key: "k", apiKey: String(key["secret"]) };
    expect(await s.keyed("reverseConversion", back)).toMatchObject({ status: 201, body: { apiKeyId: key["id"] } });
    await s.own("revokeApiKey", { path: { keyId: String(key["id"]) } });
    expect((await s.keyed("recordConversion", { apiKey: String(key["secret"]), body })).status).toBe(401);
  });

  test("that comes again is answered as the first time and counted once, also after a reversal", async () => {
    const first = await s.ordered();
    for (const at of ["2026-11-25T12:00:01.000Z", "2027-11-25T12:00:00.000Z"]) {
      s.clock.now = at;
      expect(await s.ordered()).toMatchObject({ status: 200, body: first.body });
      await s.reversed(first.body["id"], 1);
    }
    expect(await counted()).toEqual([1, 9_998]);
  });

  test.each([[{ value: usd(10_001) }], [{ code: OTHER_CODE }], [{ occurredAt: NOW }], [{ clickId: clickId(NOW) }]])(
    "that comes again as %j is what it was the first time",
    async (parts) => {
      const first = await s.ordered();
      expect(await s.ordered(parts)).toMatchObject({ status: 200, body: first.body });
      expect(await counted()).toEqual([1, 10_000]);
    },
  );

  test.each([" order-é ", "order-e\u0301", "\ufefforder-é\n"])(
    "that comes again as %j is that order",
    async (orderId) => {
      const first = await s.ordered({ orderId: "order-é" });
      expect(first.body["orderId"]).toBe("order-é");
      expect(await s.ordered({ orderId })).toMatchObject({ status: 200, body: first.body });
      expect(await counted()).toEqual([1, 10_000]);
    },
  );

  test("is another one in another case", async () => {
    await s.ordered({ orderId: "A1" });
    expect((await s.ordered({ orderId: "a1" })).status).toBe(201);
  });

  test.each(["", " ", "x".repeat(201), "a\u0000", "a\nb", "\u202eabc", "a\u200bb", "a\u2028b"])(
    "is no order as %j",
    async (orderId) => {
      const { status, body } = await s.ordered({ orderId });
      expect([status, body["errors"][0].pointer]).toEqual([400, "/orderId"]);
    },
  );

  test("is another brand's own, under the same number", async () => {
    const body = { orderId: "order-1", code: FOREIGN_CODE, value: usd(1) };
    expect((await s.ordered()).status).toBe(201);
    expect((await s.other("recordConversion", { body })).status).toBe(201);
    expect(await counted()).toEqual([1, 10_000]);
  });

  test("whose click our edge signed is its link's, and says when", async () => {
    const { status, body } = await s.ordered({
      code: undefined,
      clickId: clickId("2026-11-20T10:00:00.123Z", OTHER_CODE),
    });
    expect([status, body["attributedTo"]]).toEqual([
      201,
      { creatorId: OTHER_CREATOR_ID, code: OTHER_CODE, by: "click", clickedAt: "2026-11-20T10:00:00.123Z" },
    ]);
  });

  const signed = clickId("2026-11-20T10:00:00.000Z");
  test.each<[string, object]>([
    ["a link that is not there", { code: "zzzzzzzzzz" }],
    ["what is no code", { code: "nope" }],
    ["another brand's link", { code: FOREIGN_CODE }],
    ["another brand's click", { code: undefined, clickId: clickId("2026-11-20T10:00:00.000Z", FOREIGN_CODE) }],
    ["a hit's bare id", { code: undefined, clickId: signed.slice(0, 30) }],
    ["a click for another link", { code: undefined, clickId: signed.replace(CODE, OTHER_CODE) }],
    ["a click at another time", { code: undefined, clickId: signed.replace(/^(.{13})./, "$1Z") }],
    ["a click under another key", { code: undefined, clickId: clickId(NOW, CODE, "x") }],
    ["a click beside another link's code", { code: OTHER_CODE, clickId: signed }],
    ["made-up text", { code: undefined, clickId: "x" }],
  ])("that names %s credits nobody", async (_what, parts) => {
    const { status, body } = await s.ordered(parts);
    expect([status, body["code"], body["detail"]]).toEqual([
      422,
      "conversion.source_unknown",
      "No link of yours, and no click on one, is known by this",
    ]);
    expect(await counted()).toEqual([0, 0]);
  });

  test.each<[string, number, object]>([
    ["in a little while", 201, { occurredAt: "2026-11-25T12:05:00.000Z" }],
    ["in the future", 422, { occurredAt: "2026-11-25T12:05:00.001Z" }],
    ["as the campaign began", 201, { occurredAt: "2026-11-01T00:00:00.000Z" }],
    ["before the campaign", 422, { occurredAt: "2026-10-31T23:54:59.999Z" }],
    ["with its click", 201, { occurredAt: "2026-11-20T10:00:00Z", clickId: signed }],
    ["before its click", 422, { occurredAt: "2026-11-20T09:54:59.999Z", clickId: signed }],
  ])("that happened %s is answered %i", async (_what, status, parts) => {
    const reply = await s.ordered(parts);
    expect([reply.status, reply.body["code"]]).toEqual([
      status,
      status === 422 ? "conversion.outside_window" : undefined,
    ]);
  });

  test("is its click's for thirty days", async () => {
    s.clock.now = "2026-12-20T10:05:00.001Z";
    expect((await s.ordered({ clickId: signed })).status).toBe(422);
    expect((await s.ordered({ clickId: signed, occurredAt: "2026-12-20T10:05:00.000Z" })).status).toBe(201);
  });

  test("in another currency is refused", async () => {
    const { status, body } = await s.ordered({ value: { amount: 1, currency: "EUR" } });
    expect([status, body["code"]]).toEqual([422, "campaign.currency_mismatch"]);
  });

  test.each([
    [{ code: undefined }],
    [{ value: usd(-1) }],
    [{ value: usd(1.5) }],
    [{ orderId: "" }],
    [{ orderId: "x".repeat(201) }],
    [{ creatorId: CREATOR_ID }],
    [{ occurredAt: "yesterday" }],
  ])("with %j is none", async (parts) => {
    expect((await s.ordered(parts)).status).toBe(400);
  });

  test("is in the audit, and so is what is taken back", async () => {
    const { body } = await s.ordered();
    await s.reversed(body["id"], 100);
    const rows = s.stored("auditEntry").filter(({ action }) => String(action).startsWith("conversion."));
    expect(rows.map(({ action, actorId, changes }) => [action, actorId, changes])).toEqual([
      [
        "conversion.recorded",
        BRAND_ID,
        [
          { field: "creatorId", before: null, after: CREATOR_ID },
          { field: "value", before: null, after: usd(10_000) },
        ],
      ],
      ["conversion.reversed", BRAND_ID, [{ field: "reversedMinor", before: 0, after: 100 }]],
    ]);
  });

  test("cannot be recorded before a click was ever signed by a click id, and is not an error", async () => {
    const key = s.stored("clickKey")[0] as { pk: string; sk: string };
    await s.table.write({ kind: "remove", key: { pk: key.pk, sk: key.sk }, when: {} });
    expect((await s.ordered({ code: undefined, clickId: signed })).status).toBe(422);
    expect((await s.ordered()).status).toBe(201);
  });
});

describe("a reversal", () => {
  test("takes back part after part, up to the value, and each key once", async () => {
    const { body } = await s.ordered();
    const first = await s.reversed(body["id"], 4_000, "a");
    expect(first).toMatchObject({
      status: 201,
      body: { conversionId: body["id"], amount: usd(4_000), reason: "returned", reversed: usd(4_000), net: usd(6_000) },
    });
    expect((await s.reversed(body["id"], 4_000, "a")).body).toEqual(first.body);
    expect(await s.reversed(body["id"], 6_001)).toMatchObject({
      status: 422,
      body: { code: "conversion.reversal_exceeds_value", detail: "60.00 USD are left of it" },
    });
    expect(await s.reversed(body["id"], 6_000)).toMatchObject({ status: 201, body: { net: usd(0) } });
    expect((await s.reversed(body["id"], 1)).status).toBe(422);
    expect(await counted()).toEqual([1, 0]);
    expect(s.stored("conversionReversal")).toHaveLength(2);
  });

  test("of another's conversion, and of none, is one and the same 404", async () => {
    const { body } = await s.ordered();
    const asked = { body: { amount: usd(1), reason: "x" }, key: "k" };
    const theirs = await s.other("reverseConversion", { ...asked, path: { conversionId: String(body["id"]) } });
    const nowhere = await s.other("reverseConversion", { ...asked, key: "l" });
    expect([theirs.status, theirs.body["code"]]).toEqual([404, "conversion.not_found"]);
    expect(nowhere.body["detail"]).toBe(theirs.body["detail"]);
  });

  test("needs a key, an amount and a reason, in the order's currency", async () => {
    const { body } = await s.ordered();
    const path = { conversionId: String(body["id"]) };
    const ask = (sent: object, key = "k") => s.own("reverseConversion", { path, body: sent, key });
    expect((await s.own("reverseConversion", { path, body: { amount: usd(1), reason: "x" } })).status).toBe(400);
    for (const sent of [{ amount: usd(0), reason: "x" }, { amount: usd(1), reason: " " }, { amount: usd(1) }])
      expect((await ask(sent)).status).toBe(400);
    expect((await ask({ amount: { amount: 1, currency: "EUR" }, reason: "x" })).status).toBe(422);
  });
});

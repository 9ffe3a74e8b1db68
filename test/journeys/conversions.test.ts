/** A shop's server reports, with its API key, an order of a visitor whom our edge sent to it. */
import { beforeAll, expect, test } from "@jest/globals";
import { joined, launched, type Launched } from "../support/campaign-steps.ts";
import { call, type Person, signUp, stack } from "../support/local-stage.ts";

let brand: Person;
let creator: Person;
let launch: Launched;
const usd = (amount: number) => ({ amount, currency: "USD" });

beforeAll(async () => {
  [brand, creator] = await Promise.all([signUp("brand"), signUp("creator")]);
  launch = await launched(brand, { destinationHosts: ["shop.example.com"] });
  await joined(brand, creator, launch);
}, 60_000);

test("an order by a key and a signed click is its creator's, counted once, reversed, explained; a revoked key is a stranger's", async () => {
  const link = await creator.post(`/v1/campaigns/${launch.campaignId}/links`, {
    destinationUrl: "https://shop.example.com/x",
    passClickId: true,
  });
  const visit = await fetch(`${stack.linkUrl}/t/${String(link.body.code)}`, {
    redirect: "manual",
    headers: { "user-agent": "Mozilla/5.0 (X11; Linux x86_64) Chrome/131.0.0.0 Safari/537.36" },
  });
  const clickId = new URL(visit.headers.get("location") ?? "").searchParams.get("click_id");

  const key = await brand.post("/v1/api-keys", { name: "shop", scopes: ["conversions:write"] });
  expect(key.status).toBe(201);
  const keyed = (secret: string) => ({ headers: { "x-api-key": secret } });
  const order = { orderId: "order-1", clickId, value: usd(12_300) };
  const report = (body: object, secret = String(key.body.secret)) =>
    call("POST", "/v1/conversions", { ...keyed(secret), body });

  expect([
    (await report(order, "atk_x")).status,
    (await call("POST", "/v1/conversions", { body: order })).status,
  ]).toEqual([401, 401]);
  const first = await report(order);
  expect([first.status, first.body]).toMatchObject([
    201,
    { creatorId: creator.userId, campaignId: launch.campaignId, attributedTo: { by: "click" }, apiKeyId: key.body.id },
  ]);
  expect(await report(order)).toMatchObject({ status: 200, body: first.body });
  expect(await report({ ...order, value: usd(1) })).toMatchObject({ status: 200, body: first.body });
  expect((await report({ ...order, orderId: "order-2", clickId: String(clickId).slice(0, -1) })).status).toBe(422);

  const path = `/v1/conversions/${String(first.body.id)}`;
  const back = await call("POST", `${path}/reversals`, {
    ...keyed(String(key.body.secret)),
    body: { amount: usd(2_300), reason: "Returned" },
  });
  expect(back).toMatchObject({ status: 201, body: { net: usd(10_000) } });
  const { body } = await creator.get(`/v1/campaigns/${launch.campaignId}/creators/${creator.userId}/analytics`);
  expect(body).toMatchObject({ conversions: 1, conversionValue: usd(10_000) });
  expect((await creator.get(`${path}/explanation`)).status).toBe(200);

  const shown = (await brand.get("/v1/api-keys")).body.data[0];
  expect([typeof shown.lastUsedAt, "secret" in shown]).toEqual(["string", false]);
  expect((await brand.send("DELETE", `/v1/api-keys/${String(key.body.id)}`)).status).toBe(204);
  expect((await report(order)).status).toBe(401);
}, 60_000);

import { beforeAll, expect, test } from "@jest/globals";
import { peopled } from "../../support/launched.ts";
import { BRAND_ID } from "../../support/builders.ts";
import { everyRoute, type HttpAction, issuer, wholeApi } from "../../support/whole-api.ts";

const OTHER_ID = "00000000-0000-4000-8000-0000000000ee";
let routes: Map<string, HttpAction>;
beforeAll(async () => {
  routes = new Map((await everyRoute).map((route) => [route.name, route]));
});

async function stage() {
  const made = await peopled();
  const other = await made.ports.accounts.get(BRAND_ID);
  if (other) await made.given("account", { ...other, id: OTHER_ID });
  const ask = await wholeApi(made);
  const as =
    (userId: string) =>
    (name: string, asked: Omit<Parameters<typeof ask>[1], "authorization"> = {}) => {
      const route = routes.get(name);
      if (route === undefined) throw new Error(name);
      return ask(route, { authorization: `Bearer ${issuer.sign(userId, ["brand"])}`, ...asked });
    };
  return { ...made, own: as(BRAND_ID), other: as(OTHER_ID) };
}
const body = { name: " shop ", scopes: ["conversions:write", "conversions:write"] };

test("a key is made, listed without its secret, and revoked; all of it is in the audit", async () => {
  const { own, stored } = await stage();
  const made = await own("createApiKey", { body });
  expect(made.status).toBe(201);
  const { secret, ...shown } = made.body;
  expect(shown).toEqual({
    id: expect.stringMatching(/^key_/),
    name: "shop",
    scopes: ["conversions:write"],
    prefix: String(secret).slice(0, 30),
    version: 1,
    createdAt: "2026-11-25T12:00:00.000Z",
    lastUsedAt: null,
  });
  expect((await own("listApiKeys")).body["data"]).toEqual([shown]);
  const keyId = String(made.body["id"]);
  expect((await own("revokeApiKey", { path: { keyId } })).status).toBe(204);
  expect((await own("listApiKeys")).body["data"]).toEqual([]);
  expect((await own("revokeApiKey", { path: { keyId } })).status).toBe(404);
  expect(stored("auditEntry").map(({ action, actorId }) => [action, actorId])).toEqual([
    ["api_key.created", BRAND_ID],
    ["api_key.revoked", BRAND_ID],
  ]);
});

test("another brand's key is as good as none", async () => {
  const { own, other } = await stage();
  const { body: made } = await own("createApiKey", { body });
  expect((await other("listApiKeys")).body["data"]).toEqual([]);
  const [theirs, nowhere] = [
    await other("revokeApiKey", { path: { keyId: String(made["id"]) } }),
    await other("revokeApiKey"),
  ];
  expect([theirs.status, theirs.body["code"]]).toEqual([404, "api_key.not_found"]);
  expect(theirs.body["detail"]).toBe(nowhere.body["detail"]);
  expect((await own("listApiKeys")).body["data"]).toHaveLength(1);
});

test("the same request again gives the same secret, which nobody can read in the table", async () => {
  const { own, table } = await stage();
  const first = await own("createApiKey", { body, key: "3a1f8c52-9f0e-4a77-8a53-7d0c6a2c2f10" });
  const again = await own("createApiKey", { body, key: "3a1f8c52-9f0e-4a77-8a53-7d0c6a2c2f10" });
  expect(again).toEqual({ ...first, headers: { ...first.headers, "Idempotency-Replayed": "true" } });
  const secret = String(first.body["secret"]);
  expect(secret).toHaveLength(74);
  const everything = JSON.stringify(table.all());
  for (const clear of [secret, secret.slice(-43), Buffer.from(JSON.stringify(first.body)).toString("base64")])
    expect(everything).not.toContain(clear);
  expect((await own("listApiKeys")).body["data"]).toHaveLength(1);
});

test.each([
  [{ name: "", scopes: [] }],
  [{ name: "x", scopes: ["money:take"] }],
  [{ name: "x" }],
  [{ name: "x", scopes: [], secret: "mine" }],
])("%j is no key", async (wrong) => {
  expect((await (await stage()).own("createApiKey", { body: wrong })).status).toBe(400);
});

import { beforeEach, describe, expect, test } from "@jest/globals";
import { storedChanges } from "#shared/table/repositories/changes";
import { created } from "#shared/domain/change";
import { itemKey } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { aCampaign, anAccount, BRAND_ID, CREATOR_ID } from "../support/builders.ts";
import { CLIENT_ID } from "../support/tokens.ts";
import {
  issuer,
  other,
  sample,
  resetSample,
  rename,
  listing,
  makeRename,
  makeListing,
  send,
  bearer,
  keyed,
  put,
  type Headers,
  type Sent,
} from "../support/sample-api.ts";

beforeEach(resetSample);

describe("who may call", () => {
  const now = Math.floor(Date.now() / 1000);
  test.each<[string, Headers]>([
    ["nothing", {}],
    ["no bearer", { authorization: issuer.sign(BRAND_ID, ["brand"]) }],
    ["garbage", { authorization: "Bearer x.y.z" }],
    ["two tokens", { authorization: `Bearer ${issuer.sign(BRAND_ID, ["brand"])}, Bearer x` }],
    ["an id token", bearer(issuer.sign(BRAND_ID, ["brand"], { claims: { token_use: "id", aud: CLIENT_ID } }))],
    ["another client's", bearer(issuer.sign(BRAND_ID, ["brand"], { claims: { client_id: "other" } }))],
    [
      "another pool's",
      bearer(
        issuer.sign(BRAND_ID, ["brand"], {
          claims: { iss: "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_OTHER" },
        }),
      ),
    ],
    ["expired", bearer(issuer.sign(BRAND_ID, ["brand"], { claims: { exp: now - 10 } }))],
    ["without expiry", bearer(issuer.sign(BRAND_ID, ["brand"], { claims: { exp: undefined } }))],
    ["with a textual expiry", bearer(issuer.sign(BRAND_ID, ["brand"], { claims: { exp: "never" } }))],
    ["signed by a stranger", bearer(issuer.sign(BRAND_ID, ["brand"], { foreignKey: true }))],
    ["alg none", bearer(issuer.sign(BRAND_ID, ["brand"], { header: { alg: "none" } }))],
    ["alg HS256", bearer(issuer.sign(BRAND_ID, ["brand"], { header: { alg: "HS256" } }))],
    ["groups as text", bearer(issuer.sign(BRAND_ID, ["brand"], { claims: { "cognito:groups": "brand" } }))],
  ])("401 for a token that is not one: %s", async (_name, headers) => {
    const reply = await send(makeListing(), listing.route, { headers });
    expect(reply.status).toBe(401);
    expect(reply.body).toMatchObject({ code: "auth.invalid_token", status: 401, requestId: "req-1" });
    // Why is said in a sentence or not at all: never in a parser's own notation.
    expect((reply.body as { readonly detail?: string }).detail ?? "").not.toMatch(/["[{]/);
  });

  test("403 for a role that the route does not take, and for one that was taken away", async () => {
    const creator = await send(makeRename(rename), rename.route, {
      headers: bearer(issuer.sign(CREATOR_ID, ["creator"])),
      body: {},
    });
    expect(creator).toMatchObject({ status: 403, body: { code: "access.role_not_allowed" } });
    await put(anAccount({ roles: ["creator"] }), itemKey(items.account, { id: BRAND_ID }));
    const demoted = await send(makeRename(rename), rename.route, { headers: bearer(), body: {} });
    expect(demoted).toMatchObject({ status: 403, body: { code: "access.role_not_allowed" } });
  });

  test("a role the account has but the token does not waits for the next token", async () => {
    await put(anAccount({ roles: ["brand", "creator"] }), itemKey(items.account, { id: BRAND_ID }));
    const old = bearer(issuer.sign(BRAND_ID, ["creator"]));
    expect((await send(makeRename(rename), rename.route, { headers: old, body: {} })).status).toBe(403);
  });

  test("403 for a suspended account, and for a token without an account", async () => {
    await put(anAccount({ status: "suspended" }), itemKey(items.account, { id: BRAND_ID }));
    expect(await send(makeListing(), listing.route, { headers: bearer() })).toMatchObject({
      status: 403,
      body: { code: "account.suspended" },
    });
    const stranger = bearer(issuer.sign(other, ["brand"]));
    expect(await send(makeListing(), listing.route, { headers: stranger })).toMatchObject({
      status: 403,
      body: { code: "account.missing" },
    });
  });
});

describe("what may be sent", () => {
  test("400 names every problem of the body", async () => {
    const reply = await send(makeRename(rename), rename.route, {
      headers: keyed("k"),
      body: { name: "", tags: [1], owner: "me", role: "admin" },
    });
    expect(reply.status).toBe(400);
    expect(reply.headers["Content-Type"]).toBe("application/problem+json");
    expect((reply.body["errors"] as { pointer: string }[]).map(({ pointer }) => pointer).sort()).toEqual([
      "/name",
      "/owner",
      "/role",
      "/tags/0",
    ]);
    expect(sample.runs).toBe(0);
  });

  test.each<[string, number, string, Sent]>([
    ["broken JSON", 400, "request.malformed_body", { raw: "{" }],
    ["too deep", 400, "request.malformed_body", { raw: `${"[".repeat(20_000)}${"]".repeat(20_000)}` }],
    ["half a character", 400, "request.malformed_body", { raw: '{"name":"\\ud800"}' }],
    ["no body", 400, "request.invalid", {}],
    [
      "another type",
      415,
      "request.not_json",
      { raw: "a=b", headers: { "content-type": "application/x-www-form-urlencoded" } },
    ],
    ["256 kB and a byte", 413, "request.body_too_large", { raw: `"${"x".repeat(256 * 1024)}"` }],
    ["an unknown parameter", 400, "request.invalid", { body: { name: "n" }, query: "admin=true" }],
    ["a prototype", 400, "request.invalid", { raw: '{"name":"n","__proto__":{"role":"admin"}}' }],
    ["an impossible id", 404, "campaign.not_found", { body: { name: "n" }, campaignId: "cmp_1" }],
  ])("refuses %s with %i", async (_name, status, code, sent) => {
    const headers = { ...keyed("k"), ...sent.headers };
    expect(await send(makeRename(rename), rename.route, { ...sent, headers })).toMatchObject({
      status,
      body: { code },
    });
  });

  test("a charset beside the type is fine", async () => {
    const headers = { ...keyed("k"), "content-type": "application/json; charset=utf-8" };
    expect((await send(makeRename(rename), rename.route, { headers, body: { name: "n" } })).status).toBe(201);
  });

  test("limit and filters are checked, and a parameter may be given once", async () => {
    for (const query of [
      "limit=0",
      "limit=101",
      "limit=x",
      "limit=1.5",
      "status=gone",
      "status=draft&status=active",
      "cursor=",
    ]) {
      expect({
        query,
        status: (await send(makeListing(), listing.route, { headers: bearer(), query })).status,
      }).toEqual({ query, status: 400 });
    }
  });
});

describe("what comes back", () => {
  test("the contract's reply alone, with its headers and version", async () => {
    const reply = await send(makeRename(rename), rename.route, { headers: keyed("k"), body: { name: "new" } });
    expect(reply).toMatchObject({ status: 201, body: { name: "new", version: 2 } });
    expect(Object.keys(reply.body).sort()).toEqual(["name", "version"]);
    expect(reply.headers).toMatchObject({
      ETag: expect.stringMatching(/^"v2\./),
      "X-Request-Id": "req-1",
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
    });
  });

  test("a defect says nothing but the request's id, and is logged", async () => {
    const reply = await send(makeRename(rename), rename.route, { headers: keyed("k"), body: { name: "defect" } });
    expect(reply).toMatchObject({ status: 500, body: { code: "internal", requestId: "req-1" } });
    expect(JSON.stringify(reply.body)).not.toContain("secret of the house");
    expect(sample.lines.map((line) => (JSON.parse(line) as { code: string }).code)).toEqual(["request.failed"]);
  });

  test("pages follow each other, and a cursor is its caller's and its list's alone", async () => {
    for (let at = 1; at <= 5; at += 1) {
      const campaign = aCampaign({ id: `cmp_${String(at).padStart(26, "0")}` });
      const context = {
        actor: { userId: BRAND_ID, roles: [] },
        now: campaign.createdAt,
        requestId: "r",
        newId: () => "aud_1",
        writes: new Set(["campaign"] as const),
      };
      if (at > 1) await storedChanges(sample.table).commit(context, { entities: [created("campaign", campaign)] });
    }
    const first = await send(makeListing(), listing.route, { headers: bearer(), query: "limit=2" });
    const page = first.body["page"] as { next: string };
    const second = await send(makeListing(), listing.route, {
      headers: bearer(),
      query: `limit=3&cursor=${page.next}`,
    });
    const ids = [first, second].flatMap(({ body }) =>
      (body["data"] as { id: string }[]).map(({ id }) => Number(id.slice(-1))),
    );
    expect(ids).toEqual([5, 4, 3, 2]);
    expect(second.body["page"]).toEqual({ limit: 3, next: null });
    const foreign = bearer(issuer.sign(CREATOR_ID, ["creator"]));
    for (const [headers, query] of [
      [foreign, `cursor=${page.next}`],
      [bearer(), `status=draft&cursor=${page.next}`],
      [bearer(), `cursor=${page.next}x`],
      [bearer(), `cursor=${page.next.slice(0, -4)}`],
      [bearer(), "cursor=abc"],
      // As it was before cursors were sealed: keys anybody can write, and a digest anybody can make.
      [bearer(), `cursor=${Buffer.from('{"at":{"pk":"x","sk":"y"},"of":"z"}').toString("base64url")}`],
    ] as const) {
      expect(await send(makeListing(), listing.route, { headers, query })).toMatchObject({
        status: 400,
        body: { code: "cursor.invalid" },
      });
    }
  });
});

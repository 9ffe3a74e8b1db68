import { beforeEach, describe, expect, test } from "@jest/globals";
import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import * as z from "zod";
import { memoryTable, type MemoryTable } from "#shared/adapters/memory/table";
import { storedCampaigns } from "#shared/adapters/table/campaigns";
import { storedChanges } from "#shared/adapters/table/changes";
import { http, list, type Route } from "#shared/contracts/contract";
import { changed, created } from "#shared/domain/change";
import { idOf } from "#shared/domain/kernel/ids";
import { found, refuse } from "#shared/domain/kernel/refusal";
import { campaignRefusals } from "#shared/domain/campaigns/refusals";
import { keys } from "#shared/table/keys";
import { implement } from "#shared/runtime/implement";
import { sink } from "#shared/runtime/log";
import { aCampaign, anAccount, BRAND_ID, CAMPAIGN_ID, CREATOR_ID } from "../support/builders.ts";
import { CLIENT_ID, tokenIssuer, USER_POOL_ID } from "../support/tokens.ts";

const issuer = tokenIssuer();
const other = "00000000-0000-4000-8000-0000000000ff";
Object.assign(process.env, { TABLE_NAME: "t", USER_POOL_ID, USER_POOL_CLIENT_ID: CLIENT_ID });

let table: MemoryTable;
let runs = 0;
const lines: string[] = [];
sink.write = (line) => void lines.push(line);

const path = z.strictObject({ campaignId: idOf("campaign") });
const rename = http({
  route: "POST /v1/campaigns/{campaignId}/name", roles: ["brand"], path,
  body: z.strictObject({ name: z.string().min(1), tags: z.array(z.string()).default([]) }),
  reply: z.object({ name: z.string(), version: z.int() }), status: 201, refuses: [campaignRefusals.notFound],
  idempotency: "required", uses: ["campaigns:write"], summary: "s", ifItFails: "f",
}); // prettier-ignore
const optional = http({
  ...rename,
  route: "POST /v1/campaigns/{campaignId}/optional-name",
  idempotency: undefined as never,
});
const listing = list({
  route: "GET /v1/things", roles: ["brand", "creator"], query: z.strictObject({ status: z.enum(["draft", "active"]).optional() }),
  reply: z.object({ id: z.string() }), refuses: [], uses: ["campaigns:read"], summary: "s", ifItFails: "f",
}); // prettier-ignore

function makeRename(contract: typeof rename) {
  return implement(
    contract,
    { table: () => table, changes: storedChanges, campaigns: storedCampaigns },
    async ({ path: { campaignId }, body, actor }, { campaigns, commit }) => {
      runs += 1;
      const campaign = found(await campaigns.get(campaignId), campaignRefusals.notFound);
      if (campaign.brandId !== actor.userId) throw refuse(campaignRefusals.notFound);
      if (body.name === "defect") throw new Error("secret of the house");
      const next = { ...campaign, name: body.name };
      return commit({ entities: [changed("campaign", campaign, next)] }, { ...next, version: campaign.version + 1 });
    },
  );
}
const makeListing = () =>
  implement(listing, { table: () => table, campaigns: storedCampaigns }, ({ actor, query, page }, { campaigns }) =>
    campaigns.ofBrand(actor.userId, query, page),
  );

type Headers = Record<string, string>;
interface Sent {
  readonly headers?: Headers;
  readonly body?: unknown;
  readonly raw?: string;
  readonly query?: string;
  readonly campaignId?: string;
}

function eventOf(
  route: Route,
  { headers = {}, body, raw, query = "", campaignId = CAMPAIGN_ID }: Sent,
): APIGatewayProxyEventV2 {
  const text = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  return {
    version: "2.0", routeKey: route, rawPath: route.split(" ")[1]?.replace("{campaignId}", campaignId) ?? "", rawQueryString: query,
    headers: { ...(text !== undefined && { "Content-Type": "application/json" }), ...headers },
    ...(query && { queryStringParameters: Object.fromEntries(new URLSearchParams(query)) }),
    pathParameters: { campaignId }, requestContext: { requestId: "req-1", http: { method: route.split(" ")[0] } } as APIGatewayProxyEventV2["requestContext"],
    isBase64Encoded: false, ...(text !== undefined && { body: text }),
  }; // prettier-ignore
}

type Handler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<{ statusCode?: number; headers?: object; body?: string }>;
async function send(handler: unknown, route: Route, sent: Sent = {}) {
  const reply = await (handler as Handler)(eventOf(route, sent), {} as Context);
  const body = JSON.parse(reply.body ?? "null") as Record<string, unknown>;
  return { status: reply.statusCode, headers: reply.headers as Headers, body };
}
const bearer = (token = issuer.sign(BRAND_ID, ["brand"])): Headers => ({ authorization: `Bearer ${token}` });
const keyed = (key: string): Headers => ({ ...bearer(), "Idempotency-Key": key });
const put = (item: object, key: object) =>
  table.transact([{ kind: "put", item: { ...item, ...key } as never, when: { any: true } }]);

beforeEach(async () => {
  table = memoryTable();
  runs = 0;
  lines.length = 0;
  await put({ jwks: issuer.jwks }, keys.signingKeys());
  await put(anAccount(), keys.account(BRAND_ID));
  await put(anAccount({ id: CREATOR_ID, roles: ["creator"] }), keys.account(CREATOR_ID));
  await put(aCampaign(), keys.campaign(CAMPAIGN_ID));
});

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
  });

  test("403 for a role that the route does not take, and for one that was taken away", async () => {
    const creator = await send(makeRename(rename), rename.route, {
      headers: bearer(issuer.sign(CREATOR_ID, ["creator"])),
      body: {},
    });
    expect(creator).toMatchObject({ status: 403, body: { code: "access.role_not_allowed" } });
    await put(anAccount({ roles: ["creator"] }), keys.account(BRAND_ID));
    const demoted = await send(makeRename(rename), rename.route, { headers: bearer(), body: {} });
    expect(demoted).toMatchObject({ status: 403, body: { code: "access.role_not_allowed" } });
  });

  test("a role the account has but the token does not waits for the next token", async () => {
    await put(anAccount({ roles: ["brand", "creator"] }), keys.account(BRAND_ID));
    const old = bearer(issuer.sign(BRAND_ID, ["creator"]));
    expect((await send(makeRename(rename), rename.route, { headers: old, body: {} })).status).toBe(403);
  });

  test("403 for a suspended account, and for a token without an account", async () => {
    await put(anAccount({ status: "suspended" }), keys.account(BRAND_ID));
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
    expect(runs).toBe(0);
  });

  test.each<[string, number, string, Sent]>([
    ["broken JSON", 400, "request.malformed_body", { raw: "{" }],
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
      ETag: '"v2"', "X-Request-Id": "req-1", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
    }); // prettier-ignore
  });

  test("a defect says nothing but the request's id, and is logged", async () => {
    const reply = await send(makeRename(rename), rename.route, { headers: keyed("k"), body: { name: "defect" } });
    expect(reply).toMatchObject({ status: 500, body: { code: "internal", requestId: "req-1" } });
    expect(JSON.stringify(reply.body)).not.toContain("secret of the house");
    expect(lines.map((line) => (JSON.parse(line) as { code: string }).code)).toEqual(["request.failed"]);
  });

  test("pages follow each other, and a cursor is its caller's and its list's alone", async () => {
    for (let at = 1; at <= 5; at += 1) {
      const campaign = aCampaign({ id: `cmp_${String(at).padStart(26, "0")}` });
      const context = {
        actor: { userId: BRAND_ID, roles: [] }, now: campaign.createdAt, requestId: "r", newId: () => "aud_1",
        writes: { entities: new Set(["campaign"] as const), ledger: false },
      }; // prettier-ignore
      if (at > 1) await storedChanges(table).commit(context, { entities: [created("campaign", campaign)] }, undefined);
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
      [foreign, `cursor=${page.next}`], [bearer(), `status=draft&cursor=${page.next}`], [bearer(), `cursor=${page.next}x`], [bearer(), "cursor=abc"],
    ] as const) {
      expect(await send(makeListing(), listing.route, { headers, query })).toMatchObject({ status: 400, body: { code: "cursor.invalid" } });
    } // prettier-ignore
  });
});

describe("Idempotency-Key", () => {
  const post = (key: string, body: unknown, raw?: string) =>
    send(makeRename(rename), rename.route, { headers: keyed(key), ...(raw === undefined ? { body } : { raw }) });

  test("is asked for where it is needed, and must be one", async () => {
    expect(await send(makeRename(rename), rename.route, { headers: bearer(), body: { name: "n" } })).toMatchObject({
      status: 400,
      body: { code: "idempotency.key_missing" },
    });
    expect(await post("a b", { name: "n" })).toMatchObject({ status: 400, body: { code: "idempotency.key_invalid" } });
    expect((await send(makeRename(optional), optional.route, { headers: bearer(), body: { name: "n" } })).status).toBe(
      201,
    );
  });

  test("gives the first response again for the same meaning, and refuses another", async () => {
    const first = await post("k", { name: "one" });
    const again = await post("k", undefined, '{ "tags": [], "name": "one" }');
    expect(again.body).toEqual(first.body);
    expect(again.status).toBe(201);
    expect(again.headers["Idempotency-Replayed"]).toBe("true");
    expect(runs).toBe(1);
    expect(await post("k", { name: "two" })).toMatchObject({ status: 422, body: { code: "idempotency.key_reused" } });
    expect((await post("k2", { name: "two" })).status).toBe(201);
  });

  test("is not used up by a refusal or a defect", async () => {
    expect((await post("k", { name: "" })).status).toBe(400);
    await put(aCampaign({ brandId: other }), keys.campaign(CAMPAIGN_ID));
    expect((await post("k", { name: "one" })).status).toBe(404);
    await put(aCampaign(), keys.campaign(CAMPAIGN_ID));
    expect((await post("k", { name: "one" })).status).toBe(201);
  });

  test("runs once, however many send it at once", async () => {
    const replies = await Promise.all(Array.from({ length: 20 }, () => post("k", { name: "one" })));
    const counts = Object.groupBy(replies, ({ status }) => String(status));
    expect(counts["201"]?.length).toBeGreaterThanOrEqual(1);
    for (const { body, headers } of counts["409"] ?? []) {
      expect(body["code"]).toBe("idempotency.in_progress");
      expect(headers["Retry-After"]).toBe("1");
    }
    expect((counts["201"]?.length ?? 0) + (counts["409"]?.length ?? 0)).toBe(20);
    expect((await table.get(keys.campaign(CAMPAIGN_ID)))?.["version"]).toBe(2);
  });

  test("of money is kept for ever, of the rest for a day", async () => {
    await post("money", { name: "n" });
    await send(makeRename(optional), optional.route, { headers: keyed("rest"), body: { name: "n" } });
    const records = table.all().filter((item) => String(item["pk"]).startsWith("IDEMPOTENCY"));
    expect(records.map((item) => typeof item["expiresAtSeconds"]).sort()).toEqual(["number", "undefined"]);
  });
});

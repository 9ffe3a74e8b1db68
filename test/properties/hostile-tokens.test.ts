/** Who gets through the door: every kind of token that is none on every route, and bans and demotions on the very next call. */
import { createHmac, createPublicKey } from "node:crypto";
import { expect, test } from "@jest/globals";
import { handler as banUser } from "#lambdas/users/ban-user";
import { handler as setUserRoles } from "#lambdas/users/set-user-roles";
import { handler as unbanUser } from "#lambdas/users/unban-user";
import { ADMIN_ID, BRAND_ID } from "../support/builders.ts";
import { peopled } from "../support/launched.ts";
import { admin } from "../support/stage.ts";
import { CLIENT_ID } from "../support/tokens.ts";
import { everyRoute, issuer, wholeApi } from "../support/whole-api.ts";

const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString("base64url");
const GROUPS = ["admin", "brand", "creator"];
const nowSeconds = Math.floor(Date.now() / 1_000);
const good = issuer.sign(ADMIN_ID, GROUPS);
const [head = "", payload = "", signature = ""] = good.split(".");
const claiming = (claims: object, more: object = {}): string =>
  issuer.sign(ADMIN_ID, GROUPS, { claims: { ...claims }, ...more });
const spelled = (header: object): string => `${encode({ typ: "JWT", kid: "key-1", ...header })}.${payload}`;
const pem = createPublicKey({ key: issuer.jwks.keys[0] as never, format: "jwk" }).export({
  type: "spki",
  format: "pem",
});
/** Signed with what everybody knows, as if it were a secret. */
const confused = (alg: string): string => {
  const text = spelled({ alg });
  return `${text}.${createHmac("sha256", pem).update(text).digest("base64url")}`;
};
const other = issuer.sign(BRAND_ID, ["brand"]).split(".");

const hostile: Readonly<Record<string, string | undefined>> = {
  "none at all": undefined,
  "an empty one": "",
  "a scheme alone": "Bearer",
  "another scheme": "Basic YWRtaW46YWRtaW4=",
  "a token without a scheme": good,
  "three letters": "Bearer x.y.z",
  "two tokens": `Bearer ${good}, Bearer ${good}`,
  "a line break": `Bearer ${good}\r\nx-admin: 1`,
  "8 kB of nothing": `Bearer ${"a".repeat(8_192)}`,
  "an id token": `Bearer ${claiming({ token_use: "id", aud: CLIENT_ID })}`,
  "a refresh token": `Bearer ${claiming({ token_use: "refresh" })}`,
  "no use": `Bearer ${claiming({ token_use: undefined })}`,
  "another client's": `Bearer ${claiming({ client_id: "other" })}`,
  "no client's": `Bearer ${claiming({ client_id: undefined })}`,
  "another pool's": `Bearer ${claiming({ iss: "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_OTHER" })}`,
  "a stranger's issuer": `Bearer ${claiming({ iss: "https://evil.example.com/us-east-1_TESTPOOL1" })}`,
  "no issuer's": `Bearer ${claiming({ iss: undefined })}`,
  expired: `Bearer ${claiming({ exp: nowSeconds - 1 })}`,
  "expired long ago": `Bearer ${claiming({ exp: -1 })}`,
  "without an expiry": `Bearer ${claiming({ exp: undefined })}`,
  "with an expiry in words": `Bearer ${claiming({ exp: "never" })}`,
  "with an expiry of null": `Bearer ${claiming({ exp: null })}`,
  "not valid yet": `Bearer ${claiming({ nbf: nowSeconds + 3_600 })}`,
  "about nobody": `Bearer ${claiming({ sub: undefined })}`,
  "about a number": `Bearer ${claiming({ sub: 7 })}`,
  "groups as text": `Bearer ${claiming({ "cognito:groups": "admin" })}`,
  "groups as an object": `Bearer ${claiming({ "cognito:groups": { admin: true } })}`,
  "signed by a stranger": `Bearer ${issuer.sign(ADMIN_ID, GROUPS, { foreignKey: true })}`,
  "a stranger's, who brings the key": `Bearer ${issuer.sign(ADMIN_ID, GROUPS, { foreignKey: true, header: { jwk: issuer.jwks.keys[0] } })}`,
  "without a key's name": `Bearer ${issuer.sign(ADMIN_ID, GROUPS, { header: { kid: undefined } })}`,
  "alg none, signed": `Bearer ${issuer.sign(ADMIN_ID, GROUPS, { header: { alg: "none" } })}`,
  "alg none, unsigned": `Bearer ${spelled({ alg: "none" })}.`,
  "alg NoNe": `Bearer ${spelled({ alg: "NoNe" })}.${signature}`,
  "alg HS256 with the public key": `Bearer ${confused("HS256")}`,
  "alg RS512": `Bearer ${spelled({ alg: "RS512" })}.${signature}`,
  "another's body under a good signature": `Bearer ${head}.${other[1]}.${signature}`,
  "more groups under a good signature": `Bearer ${other[0]}.${encode({ sub: BRAND_ID, "cognito:groups": GROUPS })}.${other[2]}`,
  "half a signature": `Bearer ${good.slice(0, -40)}`,
  "a signature too many": `Bearer ${good}.${signature}`,
  "a body that is no JSON": `Bearer ${head}.${Buffer.from("{").toString("base64url")}.${signature}`,
  "a body of null": `Bearer ${head}.${encode(null)}.${signature}`,
};

test("nobody gets in by what is no token of ours, on any route, and nothing is written", async () => {
  const stage = await peopled();
  const ask = await wholeApi(stage);
  const guarded = (await everyRoute).filter(({ contract }) => contract.roles !== "public");
  const before = stage.table.all();
  const wrong: string[] = [];
  let asked = 0;
  for (const route of guarded)
    for (const [what, authorization] of Object.entries(hostile)) {
      asked += 1;
      const { status, body } = await ask(route, { authorization, body: {}, key: `key-${asked}` });
      if (status !== 401 || body["code"] !== "auth.invalid_token")
        wrong.push(`${route.name}, ${what}: ${status} ${JSON.stringify(body)}`);
    }
  console.log(`${asked} requests: ${Object.keys(hostile).length} kinds of tokens on ${guarded.length} routes`);
  expect(wrong).toEqual([]);
  expect(Object.keys(hostile).length).toBeGreaterThanOrEqual(25);
  expect(stage.table.all()).toEqual(before);
  // The token that they are bent from is a good one.
  const me = guarded.find(({ name }) => name === "getMe");
  expect(me && (await ask(me, { authorization: `Bearer ${good}` })).status).toBe(200);
}, 120_000);

test("nobody gets in without an account, and who has the groups alone has no role", async () => {
  const stage = await peopled();
  const ask = await wholeApi(stage);
  const before = stage.table.all();
  const stranger = `Bearer ${issuer.sign("00000000-0000-4000-8000-0000000000ff", GROUPS)}`;
  const groupless = `Bearer ${issuer.sign(ADMIN_ID, [])}`;
  const selfMade = `Bearer ${issuer.sign(BRAND_ID, ["admin"])}`;
  for (const route of await everyRoute) {
    if (route.contract.roles === "public") continue;
    const refused = async (authorization: string) => {
      const { status, body } = await ask(route, { authorization, body: {} });
      return [route.name, status, body["code"]];
    };
    expect(await refused(stranger)).toEqual([route.name, 403, "account.missing"]);
    expect(await refused(groupless)).toEqual([route.name, 403, "access.role_not_allowed"]);
    expect(await refused(selfMade)).toEqual([route.name, 403, "access.role_not_allowed"]);
  }
  expect(stage.table.all()).toEqual(before);
}, 60_000);

const CALLS = 1_000;
test("of a thousand calls under one token none passes after a ban or a demotion, and each does after its end", async () => {
  const stage = await peopled();
  const ask = await wholeApi(stage);
  const routes = new Map((await everyRoute).map((route) => [route.name, route]));
  const list = routes.get("listCampaigns");
  if (list === undefined) throw new Error("there is no list of campaigns");
  const authorization = `Bearer ${issuer.sign(BRAND_ID, ["brand"])}`;
  const path = { userId: BRAND_ID };
  const changes = [
    { code: "account.suspended", act: () => stage.run(banUser, { actor: admin(), path, body: { reason: "fraud" } }) },
    { code: undefined, act: () => stage.run(unbanUser, { actor: admin(), path }) },
    {
      code: "access.role_not_allowed",
      act: () => stage.run(setUserRoles, { actor: admin(), path, body: { roles: ["creator"] } }),
    },
    { code: undefined, act: () => stage.run(setUserRoles, { actor: admin(), path, body: { roles: ["brand"] } }) },
  ];
  let code: string | undefined;
  const wrong: string[] = [];
  for (let call = 0; call < CALLS; call += 1) {
    // In turn, from the hundredth call on: whatever is decided holds from the very next.
    const change = call % 100 === 99 ? changes[Math.floor(call / 100) % changes.length] : undefined;
    await change?.act();
    if (change) ({ code } = change);
    const { status, body } = await ask(list, { authorization });
    if (status !== (code === undefined ? 200 : 403) || body["code"] !== code) wrong.push(`${call}: ${status}`);
  }
  expect(wrong).toEqual([]);
}, 60_000);

/** API keys at the door: whose they are, what they are good for, and what the table tells whoever reads it. */
import { beforeEach, expect, test } from "@jest/globals";
import { memory } from "#shared/adapters/memory/index";
import { http } from "#shared/contracts/contract";
import { createApiKey } from "#shared/domain/api-keys/create-api-key";
import type { ApiScope } from "#shared/domain/api-keys/api-key";
import { entityItem } from "#shared/table/entity";
import { itemKey } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { anAccount, BRAND_ID } from "../support/builders.ts";
import { bearer, makeRename, put, rename, resetSample, sample, send } from "../support/sample-api.ts";
import { brand, sequentialIds } from "../support/stage.ts";

beforeEach(resetSample);

const NOW = "2026-11-25T12:00:00.000Z";
/** It takes keys; `rename` itself does not. */
const keyed = http({ ...rename, apiKey: "conversions:write", idempotency: undefined as never });
const newId = sequentialIds();

async function aKey(scopes: ApiScope[] = ["conversions:write"], random = 7): Promise<string> {
  const occasion = { actor: brand(), now: NOW, newId };
  const { apiKey } = createApiKey({ name: "shop", scopes }, new Uint8Array(32).fill(random), occasion);
  const { secret, lastUsedAt: _never, ...stored } = apiKey;
  const item = entityItem("apiKey", stored);
  await put(item, { pk: item.pk, sk: item.sk });
  return secret;
}
const ask = (headers: Record<string, string>, contract: typeof rename = keyed as unknown as typeof rename) =>
  send(makeRename(contract), contract.route, { headers, body: { name: "n" } });

test("a key lets its brand in without a token", async () => {
  const secret = await aKey();
  expect(secret).toMatch(/^atk_[0-9A-Z]{26}_[\w-]{43}$/);
  expect((await ask({ "X-Api-Key": secret })).status).toBe(201);
  expect((await ask(bearer())).status).toBe(201);
});

test("nothing that lets somebody in is stored", async () => {
  const secret = await aKey();
  await ask({ "X-Api-Key": secret });
  const stored = JSON.stringify(sample.table.all());
  expect(stored).not.toContain(secret);
  expect(stored).not.toContain(secret.slice(-43));
  expect(sample.lines.join()).not.toContain(secret.slice(-43));
});

test("what is no key of ours is one and the same 401, whatever token comes with it", async () => {
  const secret = await aKey();
  const wrong = [
    `${secret.slice(0, -1)}${secret.endsWith("A") ? "B" : "A"}`,
    secret.replace(/_\w{26}_/, `_${"9".repeat(26)}_`),
    "",
    "x",
    `${secret} `,
  ];
  const replies = await Promise.all(wrong.map((one) => ask({ ...bearer(), "X-Api-Key": one })));
  for (const { status, body } of replies) expect([status, body["code"]]).toEqual([401, "auth.invalid_api_key"]);
  expect(new Set(replies.map(({ body }) => body["detail"])).size).toBe(1);
});

test.each<[string, ApiScope[]]>([
  ["none", []],
  ["another", ["conversions:read"]],
])("a key with %s of the scopes is 403", async (_what, scopes) => {
  const reply = await ask({ "X-Api-Key": await aKey(scopes) });
  expect([reply.status, reply.body["code"]]).toEqual([403, "access.scope_missing"]);
});

test("a key does nothing on routes that take none", async () => {
  const reply = await ask({ "X-Api-Key": await aKey(), "Idempotency-Key": "k" }, rename);
  expect([reply.status, reply.body["code"]]).toEqual([401, "auth.invalid_token"]);
});

test.each([
  ["is banned", { status: "suspended" as const }, "account.suspended"],
  ["is a brand no longer", { roles: ["admin" as const, "creator" as const] }, "access.role_not_allowed"],
])("a key does nothing while its owner %s", async (_what, parts, code) => {
  const secret = await aKey();
  await put(anAccount({ ...parts }), itemKey(items.account, { id: BRAND_ID }));
  expect(await ask({ "X-Api-Key": secret })).toMatchObject({ status: 403, body: { code } });
  expect(sample.runs).toBe(0);
});

test("a key of an admin who is a brand as well is a brand's and no admin's", async () => {
  const forAdmins = http({ ...keyed, roles: ["admin"] as const }) as unknown as typeof rename;
  const secret = await aKey();
  await put(anAccount({ roles: ["admin", "brand"] }), itemKey(items.account, { id: BRAND_ID }));
  expect(await ask({ "X-Api-Key": secret }, forAdmins)).toMatchObject({
    status: 403,
    body: { code: "access.role_not_allowed" },
  });
});

test("its last use is noted once an hour, however often it is used", async () => {
  const keys = memory(sample.table).apiKeys({});
  const secret = await aKey();
  const keyId = secret.slice(0, 30).replace("atk_", "key_");
  expect((await keys.find(keyId))?.lastUsedAt).toBeNull();
  const before = new Date().toISOString();
  await ask({ "X-Api-Key": secret });
  const first = (await keys.find(keyId))?.lastUsedAt ?? "";
  expect(first >= before).toBe(true);
  await ask({ "X-Api-Key": secret });
  expect((await keys.find(keyId))?.lastUsedAt).toBe(first);
  await keys.noteUse(keyId, new Date(Date.parse(first) - 3_600_000).toISOString());
  await ask({ "X-Api-Key": secret });
  expect(((await keys.find(keyId))?.lastUsedAt ?? "") >= first).toBe(true);
});

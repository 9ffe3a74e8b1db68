/** What a client reads of an answer beside its body: versions, who may ask, when to come again. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as getMe } from "#lambdas/users/get-me";
import { handler as updateMe } from "#lambdas/users/update-me";
import { memory } from "#shared/adapters/memory/index";
import { getMe as getMeContract, updateMe as contract } from "#shared/contracts/users";
import { Contended } from "#shared/ports/changes";
import { implement } from "#shared/runtime/implement";
import { itemKey } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { BRAND_ID } from "../support/builders.ts";
import {
  bearer,
  listing,
  makeListing,
  makeRename,
  optional,
  resetSample,
  sample,
  send,
} from "../support/sample-api.ts";

beforeEach(resetSample);

describe("If-Match", () => {
  const update = (ifMatch?: string) =>
    send(implement(contract, memory(sample.table), updateMe.run), contract.route, {
      headers: { ...bearer(), ...(ifMatch !== undefined && { "If-Match": ifMatch }) },
      body: { bio: "Hello" },
    });
  const version = async () => (await sample.table.get(itemKey(items.account, { id: BRAND_ID })))?.["version"];

  test.each([undefined, "*", " * ", '"v1"', ' "v1" ', '"v1", "v2"', 'W/"v2", "v1"'])(
    "%p lets the change through, with the new tag",
    async (tag) => {
      expect(await update(tag)).toMatchObject({
        status: 200,
        headers: { ETag: expect.stringMatching(/^"v2\./) },
        body: { version: 2 },
      });
    },
  );

  test.each(['"v0"', '"v2"', "v1", "1", '"1"', 'W/"v1"', '"v0", "v2"', '"another"', ""])(
    "%p is another version's, or nobody's: 412, and nothing is written",
    async (tag) => {
      expect(await update(tag)).toMatchObject({
        status: 412,
        body: { code: "version.changed", currentState: "v1", retryable: false },
      });
      expect(await version()).toBe(1);
    },
  );

  test("of the version before is stale once the change is made", async () => {
    await update('"v1"');
    expect(await update('"v1"')).toMatchObject({ status: 412, body: { currentState: "v2" } });
    expect(await version()).toBe(2);
  });
});

describe("If-None-Match", () => {
  const read = (ifNoneMatch?: string) =>
    send(implement(getMeContract, memory(sample.table), getMe.run), getMeContract.route, {
      headers: { ...bearer(), ...(ifNoneMatch !== undefined && { "If-None-Match": ifNoneMatch }) },
    });
  const tagOf = async () => (await read()).headers["ETag"] ?? "";

  test("of what there is: 304 with the tag and no body, personal as before; of what there was: all of it", async () => {
    const tag = await tagOf();
    const known = await read(tag);
    expect([known.status, known.body]).toEqual([304, null]);
    expect(known.headers).toMatchObject({ ETag: tag, "Cache-Control": "no-store", "X-Request-Id": "req-1" });
    expect(known.headers).not.toHaveProperty("Content-Type");
    expect(await read('"v1.other"')).toMatchObject({ status: 200, headers: { ETag: tag }, body: { version: 1 } });
  });

  test("of a version whose rest has moved: all of it", async () => {
    const tag = await tagOf();
    const account = await sample.table.get(itemKey(items.account, { id: BRAND_ID }));
    await sample.table.write({ kind: "put", item: { ...account, bio: "moved" } as never, when: { any: true } });
    const { status, headers } = await read(tag);
    expect([status, headers["ETag"] === tag, headers["ETag"]?.startsWith('"v1.')]).toEqual([200, false, true]);
  });

  test("changes no refusal, and no list", async () => {
    const refused = await send(implement(getMeContract, memory(sample.table), getMe.run), getMeContract.route, {
      headers: { "If-None-Match": "*" },
    });
    expect(refused.status).toBe(401);
    const listed = await send(makeListing(), listing.route, { headers: { ...bearer(), "If-None-Match": "*" } });
    expect([listed.status, listed.headers["ETag"]]).toEqual([200, undefined]);
  });
});

test("401 says which scheme to use, and no other status does", async () => {
  const body = { name: "n" };
  const none = await send(makeRename(optional), optional.route, { body });
  const broken = await send(makeRename(optional), optional.route, { headers: { authorization: "Bearer x" }, body });
  for (const { status, headers } of [none, broken])
    expect([status, headers["WWW-Authenticate"]]).toEqual([401, "Bearer"]);
  const refused = await send(makeRename(optional), optional.route, { headers: bearer(), body: {} });
  expect([refused.status, refused.headers["WWW-Authenticate"]]).toEqual([400, undefined]);
});

test.each(["transact", "get"] as const)(
  "a table that is busy at %s is 503, and says when to come again",
  async (verb) => {
    sample.table = { ...sample.table, [verb]: () => Promise.reject(new Contended()) };
    const answer = await send(makeRename(optional), optional.route, { headers: bearer(), body: { name: "n" } });
    expect(answer).toMatchObject({
      status: 503,
      headers: { "Retry-After": "1", "Cache-Control": "no-store" },
      body: { code: "request.contended", retryable: true },
    });
  },
);

describe("items of a list", () => {
  const listed = (...found: object[]) =>
    send(
      implement(listing, memory(sample.table), () => Promise.resolve({ items: found as { id: string }[] })),
      listing.route,
      { headers: bearer() },
    );

  test("are what the contract shows, each of them, and nothing more", async () => {
    const answer = await listed({ id: "a", secret: "s" }, { id: "b", secret: "s" });
    expect(answer).toMatchObject({ status: 200, body: { data: [{ id: "a" }, { id: "b" }] } });
    expect(answer.text).not.toContain("secret");
  });

  test("that the contract does not know are a defect", async () => {
    expect(await listed({ id: "a" }, { id: 2 })).toMatchObject({ status: 500, body: { code: "internal" } });
  });
});

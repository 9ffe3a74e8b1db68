import { beforeEach, describe, expect, test } from "@jest/globals";
import * as z from "zod";
import { memory } from "#shared/adapters/memory/index";
import { http } from "#shared/contracts/contract";
import { implement } from "#shared/runtime/implement";
import { isOf, itemKey } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { aCampaign, CAMPAIGN_ID } from "../support/builders.ts";
import {
  other,
  sample,
  resetSample,
  rename,
  renameBody,
  renameReply,
  optional,
  makeRename,
  send,
  bearer,
  keyed,
  put,
} from "../support/sample-api.ts";

beforeEach(resetSample);

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
    const again = await post("k", undefined, '{ "name": "\\u006fne" }');
    expect(again).toEqual({ ...first, headers: { ...first.headers, "Idempotency-Replayed": "true" } });
    expect(sample.runs).toBe(1);
    for (const another of [{ name: "two" }, { name: "one", tags: [] }])
      expect(await post("k", another)).toMatchObject({ status: 422, body: { code: "idempotency.key_reused" } });
    expect((await post("k2", { name: "two" })).status).toBe(201);
  });

  test.each([rename, optional])("outlasts a deployment that adds to body and reply: $route", async (contract) => {
    const sent = { headers: keyed("k"), body: { name: "one" } };
    const first = await send(makeRename(contract), contract.route, sent);
    const later = implement(
      http({
        ...contract,
        body: renameBody.extend({ notify: z.boolean().default(true) }),
        reply: renameReply.extend({ notified: z.boolean() }),
      }),
      memory(sample.table),
      () => Promise.reject(new Error("ran again")),
    );
    const again = await send(later, contract.route, sent);
    expect(again).toEqual({ ...first, headers: { ...first.headers, "Idempotency-Replayed": "true" } });
    expect(again.status).toBe(201);
    const explicit = await send(later, contract.route, { ...sent, body: { name: "one", notify: true } });
    expect(explicit).toMatchObject({ status: 422, body: { code: "idempotency.key_reused" } });
  });

  test("is not used up by a refusal or a defect", async () => {
    expect((await post("k", { name: "" })).status).toBe(400);
    await put(aCampaign({ brandId: other }), itemKey(items.campaign, { id: CAMPAIGN_ID }));
    expect((await post("k", { name: "one" })).status).toBe(404);
    await put(aCampaign(), itemKey(items.campaign, { id: CAMPAIGN_ID }));
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
    expect((await sample.table.get(itemKey(items.campaign, { id: CAMPAIGN_ID })))?.["version"]).toBe(2);
  });

  test("of money is kept for ever, of the rest for a day", async () => {
    await post("money", { name: "n" });
    await send(makeRename(optional), optional.route, { headers: keyed("rest"), body: { name: "n" } });
    const records = sample.table.all().filter((item) => isOf(items.idempotencyRecord, item));
    expect(records.map((item) => typeof item["expiresAtSeconds"]).sort()).toEqual(["number", "undefined"]);
  });
});

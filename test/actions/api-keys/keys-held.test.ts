/** A key that is revoked while a command by it is under way: what it let in is not written. */
import { beforeEach, expect, test } from "@jest/globals";
import { handler as recordConversion } from "#lambdas/conversions/record-conversion";
import { handler as reverseConversion } from "#lambdas/conversions/reverse-conversion";
import { entityKey } from "#shared/table/entity";
import { BRAND_ID } from "../../support/builders.ts";
import { anApiKey, aConversion } from "../../support/conversion-builders.ts";
import { interrupted } from "../../support/launched.ts";
import { CODE, type Shop, shop, usd } from "../../support/shop.ts";

const key = anApiKey();
const actor = { userId: BRAND_ID, roles: ["brand"] as const, apiKeyId: key.id };
const body = { orderId: "order-1", code: CODE, value: usd(10_000) };
let s: Shop;
beforeEach(async () => {
  s = await shop();
  await s.given("apiKey", key);
});
const revoked = () => s.table.write({ kind: "remove", key: entityKey("apiKey", key), when: { any: true } });
const gone = { refusal: { code: "auth.invalid_api_key" } };

test("records no order", async () => {
  await expect(s.run(interrupted(recordConversion, revoked), { actor, body })).rejects.toMatchObject(gone);
  expect([s.stored("conversion"), s.stored("conversionTally")]).toEqual([[], []]);
});

test("takes nothing back", async () => {
  const conversion = await s.given("conversion", aConversion());
  const path = { conversionId: conversion.id };
  const back = { actor, path, body: { amount: usd(1), reason: "returned" } };
  await expect(s.run(interrupted(reverseConversion, revoked), back)).rejects.toMatchObject(gone);
  expect(s.stored("conversionReversal")).toEqual([]);
});

test("that is there still does both, though somebody else's is revoked meanwhile", async () => {
  const other = anApiKey({ id: `key_${"1".repeat(26)}` });
  await s.given("apiKey", other);
  const meanwhile = () => s.table.write({ kind: "remove", key: entityKey("apiKey", other), when: { any: true } });
  expect(await s.run(interrupted(recordConversion, meanwhile), { actor, body })).toMatchObject({ apiKeyId: key.id });
  expect(s.stored("conversion")).toHaveLength(1);
});

import { describe, expect, test } from "@jest/globals";
import { marshall } from "@aws-sdk/util-dynamodb";
import { appendOnlyChange } from "#shared/adapters/dynamodb/append-only-change";
import { digestOf } from "#shared/domain/audit/seal";
import type { Item, Key } from "#shared/table/engine";
import { contentOf, storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { auditItem, journalItem, streamRecord } from "../../support/sealing.ts";
import { things } from "../../support/things.ts";

const AT = "2026-11-25T12:00:00.000Z";
const transaction = storedItem(items.walletTransaction, { userId: "u", id: "jrn_1" } as never);
const visitorKey = storedItem(items.visitorKey, { day: AT.slice(0, 10) });
const review = storedItem(items.review, things.review[0]);
const seal = storedItem(items.seal, { chain: 1, sequence: 2 } as never);
const campaign = storedItem(items.campaign, things.campaign[0]);

describe("an entry that was written", () => {
  test.each([
    ["an audit row", auditItem(1, AT)],
    ["a journal", journalItem(2, AT)],
  ])("%s is sealed, by the digest of all that is stored", (_what, item) => {
    const written = { key: item.pk, digest: digestOf(contentOf(item)), writtenAt: AT };
    expect(appendOnlyChange(streamRecord("INSERT", item))).toEqual({ written });
    const { pk, sk } = item;
    const other = appendOnlyChange(streamRecord("INSERT", { ...item, extra: true }));
    expect(other.written).toMatchObject({ key: pk });
    expect(other.written?.digest).not.toBe(written.digest);
    expect(contentOf(item)).toEqual(expect.not.objectContaining({ pk }));
    expect(Object.keys(contentOf(item)).length).toBe(Object.keys(item).length - Object.keys({ pk, sk }).length);
  });

  test("is nothing to seal when it is of another kind", () => {
    for (const item of [transaction, visitorKey, review, seal, campaign])
      expect(appendOnlyChange(streamRecord("INSERT", item))).toEqual({});
  });

  test("cannot be sealed without its content", () => {
    const { dynamodb, ...record } = streamRecord("INSERT", auditItem(1, AT));
    const { NewImage: _image, ...keys } = dynamodb;
    expect(() => appendOnlyChange({ ...record, dynamodb: keys })).toThrow();
    expect(() => appendOnlyChange({})).toThrow();
  });
});

describe("what is written once", () => {
  const kept: readonly [string, Item & Key][] = [
    ["auditEntry", auditItem(1, AT)],
    ["journalEntry", journalItem(1, AT)],
    ["review", review],
    ["walletTransaction", transaction],
    ["seal", seal],
  ];

  test.each(kept)("%s: to change or delete it is tampering", (kind, item) => {
    const key = { pk: item.pk, sk: item.sk };
    for (const event of ["MODIFY", "REMOVE"] as const)
      expect(appendOnlyChange(streamRecord(event, item))).toEqual({ tampering: { event, kind, key } });
  });

  test("is no secret that is lent for a day: that is destroyed by right, and never changed", () => {
    const key = { pk: visitorKey.pk, sk: visitorKey.sk };
    expect(appendOnlyChange(streamRecord("REMOVE", visitorKey))).toEqual({});
    const tampering = { event: "MODIFY", kind: "visitorKey", key };
    expect(appendOnlyChange(streamRecord("MODIFY", visitorKey))).toEqual({ tampering });
  });

  test("is not what changes by right", () => {
    for (const event of ["MODIFY", "REMOVE"] as const)
      expect(appendOnlyChange(streamRecord(event, campaign))).toEqual({});
  });
});

test("numbers, lists and what is missing come back as they were stored", () => {
  const item = { ...auditItem(1, AT), n: 12.5, none: null, list: [{ a: [] }], text: "ü" };
  const record = streamRecord("INSERT", item);
  expect(record.dynamodb.NewImage).toEqual(marshall(item));
  expect(appendOnlyChange(record).written?.digest).toBe(digestOf(contentOf(item)));
});

import { expect, test } from "@jest/globals";
import { itemSize, writeUnits } from "#test/support/item-size";

test.each([
  ["text, in UTF-8", { name: "Zoë" }, 8],
  ["a number: half a byte a digit, and one", { count: 12_345 }, 5 + 4],
  ["a number's trailing zeroes", { count: 1_200 }, 5 + 2],
  ["a number below zero", { count: -5 }, 5 + 3],
  ["bytes as they are", { bytes: new Uint8Array(300) }, 5 + 300],
  ["a flag", { flag: true }, 5],
  ["an empty map", { map: {} }, 6],
  ["a map", { map: { a: "bc" } }, 3 + 3 + 1 + 1 + 2],
  ["a list", { list: ["ab", "c"] }, 4 + 3 + 2 + 3],
  ["a set", { set: new Set(["ab", "cd"]) }, 3 + 4],
  ["what is not there", { name: undefined }, 0],
])("an item's size is counted as DynamoDB does: %s", (_what, item, size) => {
  expect(itemSize(item)).toBe(size);
});

test("a write takes a unit for each kilobyte begun", () => {
  expect([1, 1_024, 1_025, 4_500].map(writeUnits)).toEqual([1, 1, 2, 5]);
});

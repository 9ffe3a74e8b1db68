import { expect, test } from "@jest/globals";
import { edgeChance } from "#shared/runtime/edge";

test("the edge's random bytes are sixteen a call, and none is given twice or changed afterwards", () => {
  const { random } = edgeChance(() => 0);
  const given = Array.from({ length: 1000 }, random);
  const seen = given.map((bytes) => Buffer.from(bytes).toString("hex"));
  expect(new Set(seen).size).toBe(1000);
  expect(given.every(({ length }) => length === 16)).toBe(true);
  Array.from({ length: 1000 }, random);
  expect(given.map((bytes) => Buffer.from(bytes).toString("hex"))).toEqual(seen);
});

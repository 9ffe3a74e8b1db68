import { expect, test } from "@jest/globals";
import { matches } from "#test/support/filter-pattern";

const line = (fields: object): string => JSON.stringify(fields);

test("compares fields, also those inside others, and nothing that merely looks alike", () => {
  expect(matches('{ $.level = "error" }', line({ level: "error" }))).toBe(true);
  expect(matches('{ $.level = "error" }', line({ level: "ERROR" }))).toBe(false);
  expect(matches('{ $.level = "error" }', line({ message: 'level = "error"' }))).toBe(false);
  expect(matches('{ $.a.b = "c" }', line({ a: { b: "c" } }))).toBe(true);
  expect(matches('{ $.a.b = "c" }', line({ a: "c" }))).toBe(false);
});

test("binds `&&` closer than `||`, and brackets closest", () => {
  const both = '{ $.a = "1" || $.b = "1" && $.c = "1" }';
  expect(matches(both, line({ a: "1" }))).toBe(true);
  expect(matches(both, line({ b: "1" }))).toBe(false);
  expect(matches('{ (($.a = "1") || ($.b = "1")) && ($.c = "1") }', line({ a: "1" }))).toBe(false);
});

test.each([
  ["what AWS does not say", '{ $.a != "1" }'],
  ["a text's pattern", "error"],
  ["a wildcard", '{ $.a = "1*" }'],
  ["a word alone", "{ $.a }"],
  ["more than one", '{ $.a = "1" $.b = "1" }'],
  ["a bracket left open", '{ ($.a = "1" }'],
])("refuses %s", (_name, pattern) => {
  expect(() => matches(pattern, line({}))).toThrow();
});

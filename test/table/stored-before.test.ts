/**
 * Whatever a version has stored, every later one reads, and finds where it is: nothing rewrites a table at a deploy. One item of
 * each form that a thing was ever stored in is kept in `stored-before.jsonl`. Lines are added to it and none is ever edited or
 * removed: an edited line would say that no table has what tables have.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { type Entities, type EntityName } from "#shared/domain/entities";
import { entityItem } from "#shared/table/entity";
import { schema } from "#shared/table/schema";
import { shapes } from "../support/shapes.ts";
import { things } from "../support/things.ts";

type Item = Readonly<Record<string, unknown>>;
interface Kept {
  readonly kind: EntityName;
  readonly item: Item;
}

const kept = readFileSync(join(__dirname, "stored-before.jsonl"), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Kept);
const kinds = Object.keys(things) as EntityName[];

/** Names of all its fields, those within others too: what a shape says, without the values. */
function formOf(value: unknown, path = ""): readonly string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((one) => formOf(one, `${path}[]`)))];
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([name, of]) => formOf(of, `${path}.${name}`));
}
const formIn = (item: Item): string => [...new Set(formOf(item))].sort().join(" ");

const keyOf = ({ [schema.partitionKey]: pk, [schema.sortKey]: sk }: Item) => [pk, sk];
const storedAs = <E extends EntityName>(kind: E, thing: Entities[E]): Item => entityItem(kind, thing);

describe("what a former version stored", () => {
  test.each(kept.map(({ kind, item }, at) => [kind, at + 1, item] as const))(
    "%s (line %i) is read, and found",
    (kind, _line, item) => {
      const thing = shapes[kind].parse(item);
      expect(keyOf(storedAs(kind, thing as never))).toEqual(keyOf(item));
    },
  );
});

test.each(kinds)("%s is kept as this version stores it, for the next", (kind) => {
  const forms = new Set(kept.filter((one) => one.kind === kind).map(({ item }) => formIn(item)));
  const missing = things[kind]
    .map((thing) => storedAs(kind, thing as never))
    .filter((item) => !forms.has(formIn(item)))
    .map((item) => JSON.stringify({ kind, item }));
  if (missing.length > 0)
    throw new Error(`Add to test/table/stored-before.jsonl, and change no line of it:\n${missing.join("\n")}`);
});

/**
 * Whatever a client sends, the shapes of the contracts take it or name what is wrong with it. One that throws instead is a 500,
 * and an error line that anybody can cause. Every property of every shape is tried, also those that are left out as a rule.
 */
import { expect, test } from "@jest/globals";
import * as z from "zod";
import { actions } from "#shared/contracts/index";

interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}
type Defs = Readonly<Record<string, Schema>>;
/** As deep as bodies are. */
const DEEPEST = 5;

/** Bodies with one thing in one place, in every place there is; what decides between several shapes is as it must be. */
function placesIn(schema: Schema, defs: Defs, depth = DEEPEST): readonly ((thing: unknown) => unknown)[] {
  if (depth === 0) return [];
  const named = schema.$ref === undefined ? undefined : defs[schema.$ref.split("/").at(-1) ?? ""];
  const branches = [schema.anyOf, schema.oneOf, schema.allOf, named && [named]].flatMap((some) => some ?? []);
  const properties = Object.entries(schema.properties ?? {});
  const fixed = Object.fromEntries(
    properties.flatMap(([name, { const: value }]) => (value === undefined ? [] : [[name, value]])),
  );
  return [
    (thing) => thing,
    ...branches.flatMap((branch) => placesIn(branch, defs, depth)),
    ...properties.flatMap(([name, one]) =>
      placesIn(one, defs, depth - 1).map((place) => (thing: unknown) => ({ ...fixed, [name]: place(thing) })),
    ),
    ...(schema.items ? placesIn(schema.items, defs, depth - 1) : []).map((place) => (thing: unknown) => [place(thing)]),
  ];
}

const texts = [
  ..."|x|a b|\u0000|💥|%|%E0%A4%A|//|https://|https://[|https://x:99999/|http://a b|javascript:1|*.|..".split("|"),
  ..."2026-02-30|2026-01-01T00:00:00.000Z|9999-99-99T99:99:99.999Z|+275760-09-13T00:00:00.001Z".split("|"),
  ..."Mars/Olympus|xx|__proto__|cmp_|campaign:|USD|1e999|[|{|?x=1&x".split("|"),
  "x".repeat(5_000),
];
const things = [...texts, null, true, -1, 0, 1.5, 1e308, Number.MAX_SAFE_INTEGER, [], [null], ["x", "x"], {}, { x: 1 }];
const shapes = actions.flatMap(({ name, contract }) => {
  if (contract.trigger !== "http") return [];
  const parts = { path: contract.path, query: contract.query, body: contract.body };
  return Object.entries(parts).flatMap(([part, shape]) => (shape === undefined ? [] : [[name, part, shape] as const]));
});

test.each(shapes)("%s: its %s is taken or refused, whatever is sent", (_name, part, shape) => {
  const schema = z.toJSONSchema(shape, { unrepresentable: "any", io: "input" }) as Schema;
  const sent = placesIn(schema, schema.$defs ?? {}).flatMap((place) => (part === "body" ? things : texts).map(place));
  const thrown = sent.filter((one) => typeof settled(() => shape.safeParse(one).success) !== "boolean");
  expect(thrown).toEqual([]);
});

/** What came of it: an answer, or what was thrown. */
function settled(attempt: () => unknown): unknown {
  try {
    return attempt();
  } catch (error) {
    return error;
  }
}

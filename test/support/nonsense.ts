/** What nobody should send, and every place of a shape that it can be sent in. */
import * as z from "zod";

export interface Schema {
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
export function placesIn(schema: Schema, defs: Defs, depth = DEEPEST): readonly ((thing: unknown) => unknown)[] {
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

export const texts = [
  ..."|x|a b|\u0000|💥|%|%E0%A4%A|//|https://|https://[|https://x:99999/|http://a b|javascript:1|*.|..".split("|"),
  ..."2026-02-30|2026-01-01T00:00:00.000Z|9999-99-99T99:99:99.999Z|+275760-09-13T00:00:00.001Z".split("|"),
  ..."Mars/Olympus|xx|__proto__|cmp_|campaign:|USD|1e999|[|{|?x=1&x".split("|"),
  "x".repeat(5_000),
];
export const things = [
  ...texts,
  null,
  true,
  -1,
  0,
  1.5,
  1e308,
  Number.MAX_SAFE_INTEGER,
  [],
  [null],
  ["x", "x"],
  {},
  { x: 1 },
];

/** A shape as clients are told of it. */
export const sentTo = (shape: z.ZodType): Schema =>
  z.toJSONSchema(shape, { unrepresentable: "any", io: "input" }) as Schema;

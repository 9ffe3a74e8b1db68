/**
 * What the server owns, nobody sends: every field of every reply, put into every body that does not take it, in every way there
 * is, is refused by its name, and nothing is written. Fields, bodies and routes are the contracts' own.
 */
import { expect, test } from "@jest/globals";
import * as z from "zod";
import { actions } from "#shared/contracts/index";
import type { Role } from "#shared/domain/kernel/actor";
import { ADMIN_ID, BRAND_ID, CREATOR_ID } from "../support/builders.ts";
import { peopled } from "../support/launched.ts";
import { everyRoute, type HttpAction, issuer, wholeApi } from "../support/whole-api.ts";

interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}
const schemaOf = (shape: z.ZodType, io: "input" | "output" = "input"): Schema =>
  z.toJSONSchema(shape, { unrepresentable: "any", io }) as Schema;
/** Properties of a shape, of every branch of it. */
function propertiesOf(schema: Schema, defs = schema.$defs): ReadonlyMap<string, Schema> {
  const named = schema.$ref === undefined ? undefined : defs?.[schema.$ref.split("/").at(-1) ?? ""];
  const branches = [schema.anyOf, schema.oneOf, schema.allOf, named && [named]].flatMap((some) => some ?? []);
  const own = Object.entries(schema.properties ?? {}).map(
    ([name, one]) => [name, { ...one, $defs: defs ?? {} }] as const,
  );
  return new Map([...own, ...branches.flatMap((branch) => [...propertiesOf(branch, defs)])]);
}

/** What no reply may be needed to know of. */
const always = ["id", "role", "roles", "groups", "isAdmin", "status", "version", "userId", "brandId", "creatorId"];
const shown = actions.flatMap(({ contract }) =>
  contract.trigger === "http" ? [...propertiesOf(schemaOf(contract.reply, "output")).keys()] : [],
);
const serverOwned = [...new Set([...always, ...shown])].sort();

const idOf: Readonly<Record<Role, string>> = { admin: ADMIN_ID, brand: BRAND_ID, creator: CREATOR_ID };
/** Of a body that may be one of several, no field is pointed at: what is sent with one that would do, one by one, is refused. */
const oneOfSeveral: Readonly<Record<string, object>> = {
  submitContent: { deliverableId: `dlv_${"0".repeat(26)}`, type: "text", text: "x" },
  offerExtension: { hours: 24 },
};
const written = async (): Promise<readonly HttpAction[]> =>
  (await everyRoute).filter(({ contract }) => !contract.route.startsWith("GET ") && contract.rawBody !== true);

/** Fields that are not asked for, in every way that a body may hold them: what is sent, and where it must be pointed at. */
function waysOf(fields: readonly string[], nest: string | undefined, inNest: readonly string[]) {
  const body = (named: (field: string) => string, value: unknown) =>
    JSON.stringify(Object.fromEntries(fields.map((field) => [named(field), value])));
  const at = (field: string): string => `/${field}`;
  const dotted = (field: string): string => `budget.${field}`;
  const nested =
    nest !== undefined && JSON.stringify({ [nest]: Object.fromEntries(inNest.map((field) => [field, 1])) });
  return [
    { how: "set", raw: body(String, "forged"), pointers: fields.map(at) },
    { how: "null", raw: body(String, null), pointers: fields.map(at) },
    { how: "nested", raw: body(String, { value: 1, status: 1 }), pointers: fields.map(at) },
    { how: "dotted", raw: body(dotted, 1), pointers: fields.map((field) => at(dotted(field))) },
    { how: "a prototype's", raw: `{"__proto__":${body(String, "forged")}}`, pointers: [] },
    ...(nested ? [{ how: `within ${nest}`, raw: nested, pointers: inNest.map((field) => `/${nest}/${field}`) }] : []),
  ];
}

test("no field that the server owns is taken from a body, in whatever way it is sent", async () => {
  const stage = await peopled();
  const ask = await wholeApi(stage);
  const before = stage.table.all();
  const wrong: string[] = [];
  const seen = { requests: 0, routes: 0, fields: 0 };
  for (const route of await written()) {
    const { contract, name } = route;
    const [role] = contract.roles === "public" ? [] : contract.roles;
    const authorization = role && `Bearer ${issuer.sign(idOf[role], [role])}`;
    const taken = contract.body ? propertiesOf(schemaOf(contract.body)) : new Map<string, Schema>();
    const [nest, within] = [...taken].find(([, schema]) => propertiesOf(schema).size > 0) ?? [];
    const owned = serverOwned.filter((field) => !taken.has(field));
    const inNest = within ? serverOwned.filter((field) => !propertiesOf(within).has(field)) : [];
    seen.routes += 1;
    for (const { how, raw, pointers } of waysOf(owned, nest, inNest)) {
      seen.requests += 1;
      seen.fields += pointers.length;
      const { status, body } = await ask(route, { authorization, raw, key: `key-${seen.requests}` });
      const told = new Set(
        ((body["errors"] ?? []) as readonly { readonly pointer: string }[]).map((one) => one.pointer),
      );
      // Where no body is taken, all of it is one problem.
      const missing = contract.body && !(name in oneOfSeveral) ? pointers.filter((pointer) => !told.has(pointer)) : [];
      if (status !== 400 || missing.length > 0) wrong.push(`${name} ${how}: ${status}, unnamed: ${missing.join(" ")}`);
    }
  }
  console.log(
    `${seen.fields} fields in ${seen.requests} requests to ${seen.routes} routes, of ${serverOwned.length} that the server owns`,
  );
  expect(wrong.slice(0, 20)).toEqual([]);
  expect(stage.table.all()).toEqual(before);
}, 60_000);

test.each(Object.entries(oneOfSeveral))(
  "nor by %s, whose body is one of several",
  async (name, body) => {
    const stage = await peopled();
    const ask = await wholeApi(stage);
    const route = (await written()).find((one) => one.name === name);
    if (route === undefined || route.contract.roles === "public") throw new Error(`nobody writes by ${name}`);
    const [role = "admin"] = route.contract.roles;
    const authorization = `Bearer ${issuer.sign(idOf[role], [role])}`;
    expect((await ask(route, { authorization, body })).status).toBe(404);
    const taken = propertiesOf(schemaOf(route.contract.body as z.ZodType));
    const wrong: string[] = [];
    for (const field of serverOwned.filter((one) => !taken.has(one)))
      for (const sent of [
        { [field]: "forged" },
        { [field]: null },
        { [field]: { value: 1 } },
        { [`budget.${field}`]: 1 },
      ]) {
        const { status } = await ask(route, { authorization, body: { ...body, ...sent } });
        if (status !== 400) wrong.push(`${JSON.stringify(sent)}: ${status}`);
      }
    expect(wrong).toEqual([]);
  },
  60_000,
);

test("no list takes a field that it does not name as a filter", async () => {
  const stage = await peopled();
  const ask = await wholeApi(stage);
  const wrong: string[] = [];
  for (const route of await everyRoute) {
    const { contract } = route;
    if (!contract.route.startsWith("GET ") || contract.roles === "public") continue;
    const [role = "admin"] = contract.roles;
    const authorization = `Bearer ${issuer.sign(idOf[role], [role])}`;
    const taken = contract.query ? propertiesOf(schemaOf(contract.query)) : new Map<string, Schema>();
    const owned = serverOwned.filter((field) => !taken.has(field));
    const query = Object.fromEntries(owned.map((field) => [field, "forged"]));
    const { status, body } = await ask(route, { authorization, query });
    const told = new Set(((body["errors"] ?? []) as readonly { readonly pointer: string }[]).map((one) => one.pointer));
    const missing = owned.filter((field) => !told.has(`/query/${field}`));
    if (status !== 400 || missing.length > 0) wrong.push(`${route.name}: ${status}, unnamed: ${missing.join(" ")}`);
  }
  expect(wrong.slice(0, 20)).toEqual([]);
}, 60_000);

/**
 * Malformed requests to every route, drawn from its contract: well-formed ones of things that are there, in which something is
 * not as it must be. Whatever comes is answered by what the contract documents, on its schema, and never by a defect.
 */
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { Problem } from "#infra/docs/responses";
import { refusalsOf } from "#shared/contracts/implied";
import { statusOf } from "#shared/contracts/statuses";
import { acceptedBodies } from "../support/accepted-bodies.ts";
import { ADMIN_ID, BRAND_ID, CREATOR_ID } from "../support/builders.ts";
import { OTHER_CREATOR_ID, peopled } from "../support/launched.ts";
import { placesIn, sentTo, texts, things } from "../support/nonsense.ts";
import { type Asked, everyRoute, type HttpAction, issuer, type Said, wholeApi } from "../support/whole-api.ts";
import { submitted, working } from "../actions/submissions/delivered.ts";

/** Of each route; `npm run test:storm -- --only malformed` sends a thousand. */
const REQUESTS = Number(process.env["REQUESTS"] ?? 6);
const seed = Number(process.env["SEED"] ?? 20_261_127);
const idOf = { admin: ADMIN_ID, brand: BRAND_ID, creator: CREATOR_ID } as const;
const LISTED = ["limit", "cursor", "status", "from", "to", "q", "role", "type"];

/** A stage on which a creator has handed content in, and what is asked of it, well-formed. */
async function begun() {
  const stage = await peopled();
  const work = await working(stage);
  const { id: submissionId } = await submitted(stage, work);
  const people = { participant: { userId: CREATOR_ID }, otherCreator: { userId: OTHER_CREATOR_ID } };
  const ids = { ...work, submissionId, creatorId: CREATOR_ID, userId: OTHER_CREATOR_ID };
  return {
    ask: await wholeApi(stage),
    bodies: acceptedBodies({ people, ...work, nowMs: Date.parse(stage.clock.now) }),
    ids,
  };
}
type Begun = Awaited<ReturnType<typeof begun>>;

/** So many times in ten; else nothing. */
const sometimes = <T>(arbitrary: fc.Arbitrary<T>, weight: number): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight, arbitrary }, { weight: 10 - weight, arbitrary: fc.constant(undefined) });

/** Requests to a route in which at least one thing is drawn from nonsense. */
function malformed({ name, contract }: HttpAction, { bodies, ids }: Begun): fc.Arbitrary<Asked> {
  const roles = contract.roles === "public" ? ([] as const) : contract.roles;
  const signed = roles.map((role) => `Bearer ${issuer.sign(idOf[role], [role])}`);
  const tokens = signed.length > 0 ? signed : [undefined];
  const good = bodies[name]?.() ?? {};
  const schema = contract.body && sentTo(contract.body);
  const places = schema ? placesIn(schema, schema.$defs ?? {}) : [(thing: unknown) => thing];
  const put = fc.record({ place: fc.constantFrom(...places), thing: fc.constantFrom(...things) });
  const text = fc.oneof(fc.constantFrom(...texts), fc.string({ maxLength: 60 }));
  const named = [...contract.route.matchAll(/\{(\w+)\}/g)].map(([, one = ""]) => one);
  const asked = contract.query ? Object.keys(sentTo(contract.query).properties ?? {}) : [];
  const queries = fc.dictionary(fc.constantFrom(...LISTED, ...asked, "x"), text, { minKeys: 1, maxKeys: 3 });
  const raws = fc.oneof(
    fc.jsonValue().map((value) => JSON.stringify(value)),
    text,
    fc.nat({ max: 60 }).map((length) => JSON.stringify(good).slice(0, length)),
  );
  return fc
    .record({
      authorization: fc.oneof(
        { weight: 15, arbitrary: fc.constantFrom(...tokens) },
        { weight: 1, arbitrary: fc.constantFrom(undefined, "Bearer x") },
      ),
      key: fc.oneof({ weight: 4, arbitrary: fc.uuid() }, { weight: 1, arbitrary: text }, fc.constant(undefined)),
      path: fc.dictionary(fc.constantFrom(...named, "x"), text, { maxKeys: 1 }),
      // Without a body, it is all that can be wrong.
      query: contract.body ? sometimes(queries, 4) : queries,
      puts: fc.array(put, { minLength: 1, maxLength: 3 }),
      dropped: sometimes(fc.constantFrom(...Object.keys(good), "x"), 3),
      raw: sometimes(raws, 2),
      contentType: sometimes(fc.constantFrom("text/plain", "application/json; charset=utf-16", "x"), 1),
    })
    .map(({ puts, dropped, raw, contentType, path, key, query, authorization }) => ({
      authorization,
      ...(query && { query }),
      ...(key !== undefined && { key }),
      path: { ...(ids as Readonly<Record<string, string>>), ...path },
      ...(contract.body && { body: without(puts.reduce(merged, good), dropped) }),
      ...(raw !== undefined && { raw }),
      ...(contentType !== undefined && { contentType }),
    }));
}

function merged(good: unknown, { place, thing }: { place: (thing: unknown) => unknown; thing: unknown }): unknown {
  const bad = place(thing);
  const areObjects = [good, bad].every((one) => typeof one === "object" && one !== null && !Array.isArray(one));
  return areObjects ? { ...(good as object), ...(bad as object) } : bad;
}

const without = (body: unknown, name: string | undefined): unknown =>
  typeof body === "object" && body !== null && !Array.isArray(body) && name !== undefined
    ? Object.fromEntries(Object.entries(body).filter(([one]) => one !== name))
    : body;

/** What of an answer is not as the contract says. */
function offenceOf({ contract }: HttpAction, { status, body, headers }: Said): string | undefined {
  if (status >= 500) return "a defect";
  if (status >= 400) {
    const documented = refusalsOf(contract).some(
      ({ kind, code }) => statusOf[kind] === status && code === body["code"],
    );
    if (!documented) return `${String(body["code"])} is not documented`;
    return Problem.safeParse(body).error?.message;
  }
  if (contract.replyType !== undefined || !headers["Content-Type"]?.startsWith("application/json")) return undefined;
  const replies = contract.list ? (body["data"] as readonly unknown[]) : [body];
  return replies.map((reply) => contract.reply.safeParse(reply).error?.message).find((one) => one !== undefined);
}

test(`every route answers ${REQUESTS} malformed requests as it says that it does`, async () => {
  const statuses: Record<number, number> = {};
  const offences: unknown[] = [];
  const routes = await everyRoute;
  for (const [at, route] of routes.entries()) {
    const stage = await begun();
    for (const asked of fc.sample(malformed(route, stage), { numRuns: REQUESTS, seed: seed + at })) {
      const said = await stage.ask(route, asked);
      statuses[said.status] = (statuses[said.status] ?? 0) + 1;
      const offence = offenceOf(route, said);
      if (offence !== undefined) offences.push([route.name, said.status, offence, JSON.stringify(asked).slice(0, 400)]);
    }
  }
  console.log(`seed ${seed}: ${routes.length} routes, ${JSON.stringify(statuses)}`);
  expect(offences.slice(0, 20)).toEqual([]);
}, 3_600_000);

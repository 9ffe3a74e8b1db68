/**
 * Every list and everybody who may ask for it: whatever the filter, the limit and the cursor, nobody is shown a record that is
 * another's, nothing is left out or shown twice, and a cursor is good for its caller, its list and its filters alone. Lists and
 * filters are the contracts' own; whose a record is, is looked up in what is stored.
 */
import { beforeAll, expect, test } from "@jest/globals";
import fc from "fast-check";
import * as z from "zod";
import { handler as createLink } from "#lambdas/links/create-link";
import { parseEvent } from "#shared/domain/events/outbox";
import type { Role } from "#shared/domain/kernel/actor";
import { NewLink } from "#shared/domain/links/input";
import type { Item } from "#shared/table/engine";
import { notified } from "../actions/notifications/deliveries.ts";
import { disputed } from "../actions/settlements/settling.ts";
import { reviewed, submitted } from "../actions/submissions/delivered.ts";
import { ADMIN_ID, BRAND_ID, CREATOR_ID } from "../support/builders.ts";
import {
  accepted,
  advanced,
  asked,
  drafted,
  invited,
  OTHER_BRAND_ID,
  OTHER_CREATOR_ID,
  paidIn,
  peopled,
  published,
} from "../support/launched.ts";
import { anInquiry, aPromoCode } from "../support/conversion-builders.ts";
import { indexed } from "../support/told-creators.ts";
import { brand, creator, type TestStage } from "../support/stage.ts";
import { givenSome } from "./listed-things.ts";
import { everyRoute, type HttpAction, issuer, type Said, type WholeApi, wholeApi } from "../support/whole-api.ts";

const BRANDS = [BRAND_ID, OTHER_BRAND_ID];
const CREATORS = [CREATOR_ID, OTHER_CREATOR_ID];
const people: readonly (readonly [Role, string])[] = [
  ...BRANDS.map((id) => ["brand", id] as const),
  ...CREATORS.map((id) => ["creator", id] as const),
  ["admin", ADMIN_ID],
];

let stage: TestStage;
let ask: WholeApi;
let lists: readonly HttpAction[];
/** What a path may name, of whomever it is. */
const job = ["advance-campaigns"];
const named: Record<string, string[]> = {
  campaignId: [],
  submissionId: [],
  job,
  creatorId: CREATORS,
  userId: CREATORS,
};
/** What brands are shown of anybody. */
const shownToBrands = ["getCreatorAnalytics", "listCreators"];

beforeAll(async () => {
  stage = await peopled();
  for (const brandId of BRANDS) await broughtUp(brandId);
  await drafted(stage, {}, brand());
  await advanced(stage);
  await givenSome(stage, BRANDS, CREATORS);
  await indexed(stage, ...CREATORS);
  for (const item of stage.stored("outboxEvent")) await notified(stage, parseEvent(item));
  ask = await wholeApi(stage);
  lists = (await everyRoute).filter(({ contract }) => contract.list);
}, 60_000);

/** A campaign in which both creators take part, with work of theirs decided, waiting and disputed, and links. */
async function broughtUp(brandId: string): Promise<void> {
  const actor = brand(brandId);
  const { id: campaignId } = await drafted(stage, {}, actor);
  const { id: deliverableId } = await asked(stage, campaignId, { quantity: 3 }, actor);
  await asked(stage, campaignId, { quantity: 1 }, actor);
  await paidIn(stage, 100_000, brandId);
  await published(stage, campaignId, actor);
  named["campaignId"]?.push(campaignId);
  const work = { campaignId, deliverableId };
  for (const creatorId of CREATORS) {
    await invited(stage, campaignId, { creatorId }, actor);
    await accepted(stage, campaignId, creatorId);
    const made = [];
    for (let unit = 1; unit <= 3; unit += 1) made.push(await submitted(stage, work, { unit }, creator(creatorId)));
    const [first, second] = made.map(({ id }) => id);
    await reviewed(stage, work, first ?? "", "approved", { actor });
    await disputed(stage, work, second ?? "", actor);
    named["submissionId"]?.push(first ?? "", second ?? "");
    const body = NewLink.parse({ destinationUrl: "https://shop.example.com/" });
    await stage.given("promoCode", aPromoCode({ brandId, campaignId, creatorId, code: brandId + creatorId }));
    await stage.given("inquiry", anInquiry({ brandId, campaignId, creatorId }));
    for (let links = 0; links < 2; links += 1)
      await stage.run(createLink, { actor: creator(creatorId), path: { campaignId }, body });
  }
}

const bearer = (role: Role, userId: string): string => `Bearer ${issuer.sign(userId, [role])}`;
/** Everybody whose a record is: by what it says, and by what is stored under its id. */
function ownersOf(record: Item): ReadonlySet<unknown> {
  const all = stage.table.all(({ id, code, username }) =>
    [id, code, username].some(
      (one) => one !== undefined && one === (record["id"] ?? record["code"] ?? record["username"]),
    ),
  );
  const known = [record, ...all];
  const submissions = known.flatMap((one) =>
    stage.table.all(({ id }) => id !== undefined && id === one["submissionId"]),
  );
  const owners = [...known, ...submissions].flatMap(({ userId, creatorId, brandId }) => [userId, creatorId, brandId]);
  const isCampaigns = all.some(({ pk }) => /^(CAMPAIGN|DELIVERABLE)#/.test(String(pk)));
  const campaignId = isCampaigns ? (all[0]?.["campaignId"] ?? record["id"]) : record["campaignId"];
  const guests = isCampaigns ? stage.stored("invitation").filter((one) => one["campaignId"] === campaignId) : [];
  const campaign = stage.stored("campaign").filter(({ id }) => id === campaignId);
  return new Set([...owners, ...guests.map(({ creatorId }) => creatorId), ...campaign.map(({ brandId }) => brandId)]);
}

/** Each filter with each of the values that the contract names, and people's ids where it takes one. */
function filtersOf({ contract }: HttpAction): readonly Readonly<Record<string, string>>[] {
  const query = z.toJSONSchema(contract.query ?? z.object({}), { unrepresentable: "any", io: "input" });
  const all = Object.entries(
    (query.properties ?? {}) as Readonly<Record<string, { readonly enum?: readonly string[] }>>,
  );
  return [
    {},
    ...all.flatMap(([name, schema]) => [
      ...(schema.enum ?? []).map((value) => ({ [name]: value })),
      ...(/(user|creator|actor)Id$/.test(name) ? [...BRANDS, ...CREATORS].map((id) => ({ [name]: id })) : []),
    ]),
  ];
}

const pathsOf = ({ contract }: HttpAction): readonly Readonly<Record<string, string>>[] => {
  const names = [...contract.route.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  return names.reduce<Readonly<Record<string, string>>[]>(
    (paths, name) => paths.flatMap((path) => (named[name] ?? ["none"]).map((value) => ({ ...path, [name]: value }))),
    [{}],
  );
};

interface Asking {
  readonly route: HttpAction;
  readonly role: Role;
  readonly userId: string;
  readonly path: Readonly<Record<string, string>>;
  readonly filter: Readonly<Record<string, string>>;
}
const asking = (
  { route, path, filter, role, userId }: Asking,
  more: Readonly<Record<string, string>> = {},
): Promise<Said> => ask(route, { authorization: bearer(role, userId), path, query: { ...filter, ...more } });

/** All pages of a list, or the refusal. */
async function pagesOf(one: Asking, limit: number): Promise<readonly Item[] | number> {
  const records: Item[] = [];
  for (let cursor: string | undefined, pages = 0; pages < 100; pages += 1) {
    const { status, body } = await asking(one, { limit: String(limit), ...(cursor !== undefined && { cursor }) });
    if (status !== 200) return status;
    records.push(...(body["data"] as Item[]));
    const { next } = body["page"] as { readonly next: string | null };
    if (next === null) return records;
    cursor = next;
  }
  throw new Error(`${one.route.name} has no end`);
}

const everyAsking = (): readonly Asking[] =>
  lists.flatMap((route) =>
    people
      .filter(([role]) => route.contract.roles !== "public" && route.contract.roles.includes(role))
      .flatMap(([role, userId]) =>
        pathsOf(route).flatMap((path) => filtersOf(route).map((filter) => ({ route, role, userId, path, filter }))),
      ),
  );

const spelled = (records: readonly Item[]): readonly string[] => records.map((one) => JSON.stringify(one)).sort();

test("nobody is shown what is another's, and pages of any size are the whole of a list", async () => {
  const seed = Number(process.env["SEED"] ?? 20_261_127);
  const all = everyAsking();
  const shown = new Map<string, number>();
  const foreign: string[] = [];
  let strange = 0;
  for (const [at, one] of all.entries()) {
    const { route, role, userId } = one;
    const whole = await pagesOf(one, 100);
    if (typeof whole === "number") {
      expect([route.name, role, whole]).toEqual([route.name, role, 404]);
      continue;
    }
    shown.set(route.name, (shown.get(route.name) ?? 0) + whole.length);
    // What an admin is shown is for the most part others': the question can be answered with no.
    if (role === "admin") strange += whole.filter((record) => !ownersOf(record).has(BRAND_ID)).length;
    else if (role !== "brand" || !shownToBrands.includes(route.name))
      foreign.push(
        ...whole
          .filter((record) => !ownersOf(record).has(userId))
          .map((record) => `${route.name} ${role}: ${JSON.stringify(record)}`),
      );
    const [limit = 1] = fc.sample(fc.integer({ min: 1, max: 7 }), { numRuns: 1, seed: seed + at });
    const paged = await pagesOf(one, limit);
    expect([route.name, typeof paged === "number" ? paged : spelled(paged)]).toEqual([route.name, spelled(whole)]);
  }
  console.log(
    `${all.length} times asked, by ${people.length} people, for ${lists.length} lists; shown: ${JSON.stringify(Object.fromEntries(shown))}`,
  );
  expect(foreign).toEqual([]);
  expect(strange).toBeGreaterThan(50);
  // Each of them had something to show.
  expect(
    [...shown]
      .filter(([, count]) => count > 0)
      .map(([name]) => name)
      .sort(),
  ).toEqual(lists.map(({ name }) => name).sort());
}, 120_000);

test("a cursor is good for whoever was given it, for the list and for the filters, and for nothing else", async () => {
  const cursors: { readonly one: Asking; readonly cursor: string }[] = [];
  const all = everyAsking();
  for (const one of all) {
    const { status, body } = await asking(one, { limit: "1" });
    const cursor = status === 200 ? (body["page"] as { readonly next: string | null }).next : null;
    if (cursor !== null) cursors.push({ one, cursor });
  }
  const wrong: string[] = [];
  let tried = 0;
  for (const { one, cursor } of cursors) {
    const others = all.filter((other) => other !== one);
    // Every other one would be millions; each cursor tries some, and all of them together try all kinds.
    for (const other of fc.sample(fc.constantFrom(...others), { numRuns: 12, seed: cursors.length + tried })) {
      const { status, body } = await asking(other, { cursor });
      tried += 1;
      if (![400, 404].includes(status) || (status === 400 && body["code"] !== "cursor.invalid"))
        wrong.push(`${one.route.name} of ${one.role} for ${other.route.name} of ${other.role}: ${status}`);
    }
    const last = cursor.at(-1) === "A" ? "B" : "A";
    for (const bent of [cursor.slice(0, -1) + last, cursor.slice(0, -8), `${cursor}AAAA`]) {
      tried += 1;
      const { status, body } = await asking(one, { cursor: bent });
      if (status !== 400 || body["code"] !== "cursor.invalid") wrong.push(`${one.route.name}, bent: ${status}`);
    }
  }
  console.log(`${cursors.length} cursors, tried elsewhere or bent ${tried} times`);
  expect(wrong).toEqual([]);
  expect(cursors.length).toBeGreaterThan(lists.length);
}, 120_000);

import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import type { Entities, EntityName } from "#shared/domain/entities";
import { memoryTable } from "#shared/adapters/memory/table";
import { entityItem, entityKey } from "#shared/table/entity";
import {
  type AnyDeclaration,
  beyond,
  itemKey,
  leadingKey,
  type Listing,
  listing,
  ranged,
  type ListingDeclaration,
  partitionStart,
  spreadListing,
  storedAttributes,
} from "#shared/table/item";
import { declarations, items, type StoredKind } from "#shared/table/items/index";
import { schema } from "#shared/table/schema";
import { things } from "../support/things.ts";

const kinds = Object.entries(declarations);
/** Every partition prefix there is, of the table and of its indexes, by whose it is. */
const places = kinds.flatMap(([kind, declaration]) => [
  { name: kind, place: declaration },
  ...Object.entries(declaration.listings ?? {}).map(([name, place]) => ({ name: `${kind}.${name}`, place })),
]);

describe("prefixes", () => {
  test("are nobody else's, and spelled alike", () => {
    const prefixes = places.map(({ place }) => place.prefix);
    expect(new Set(prefixes).size).toBe(prefixes.length);
    for (const prefix of prefixes) expect(prefix).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
  });

  test("open nothing of another's: no pattern of IAM and no filter of a stream covers another's partitions", () => {
    const covers = (pattern: string, key: string): boolean =>
      pattern.endsWith("*") ? key.startsWith(pattern.slice(0, -1)) : key === pattern;
    const meetings = places.flatMap((one) =>
      places
        .filter((other) => other !== one)
        .filter(({ place }) => {
          const start = partitionStart(place);
          const key = start.endsWith("#") ? `${start}x` : start;
          return covers(leadingKey(one.place), key) || key.startsWith(partitionStart(one.place));
        })
        .map((other) => `${one.name} opens ${other.name}`),
    );
    expect(meetings).toEqual([]);
  });

  test("are one kind's: its name in the declaration is its name in the record", () => {
    for (const [kind, declaration] of kinds) expect(declaration.kind).toBe(kind);
  });
});

/** Ids as bad as they come: separators, what encoding makes of them, other alphabets. */
const id = fc.oneof(fc.string({ minLength: 1, unit: "grapheme" }), fc.constantFrom("#", "%23", "a#b", "~", "*", "A#*"));

/** A thing of an entity with other values in every field that its keys are made of. */
const thingOf = <E extends EntityName>(entity: E): fc.Arbitrary<Entities[E]> => {
  const declaration = declarations[entity];
  const parts = [declaration, ...Object.values(declaration.listings ?? {})].flatMap((one) => [
    ...one.partition,
    ...one.sort,
  ]);
  const fields = new Set(parts.filter((part) => typeof part === "string"));
  const others = fc.record(Object.fromEntries([...fields].map((field) => [field, id])));
  return fc.tuple(fc.constantFrom(...things[entity]), others).map(([thing, ids]) => ({ ...thing, ...ids }));
};
const only = (thing: object, fields: readonly unknown[]) =>
  Object.fromEntries(Object.entries(thing).filter(([field]) => fields.includes(field)));

const entities = Object.keys(things) as EntityName[];

/** The queries that read a kind's partition or a listing. */
const queriesOf = (place: AnyDeclaration | ListingDeclaration, thing: object) =>
  "spread" in place
    ? spreadListing(place as unknown as typeof items.earning.listings.all, thing as never)
    : [listing(place as unknown as typeof items.invitation, thing as never)];

const isIn = (place: AnyDeclaration | ListingDeclaration, thing: object): boolean =>
  !("when" in place) || typeof place.when !== "function" || place.when(thing) === true;

describe.each(entities)("%s", (entity) => {
  const declaration: AnyDeclaration = declarations[entity];
  const listings = Object.values(declaration.listings ?? {});

  test("is in one listing of an index at a time", () => {
    fc.assert(
      fc.property(thingOf(entity), (thing) => {
        const indexes = listings.filter((one) => isIn(one, thing)).map(({ index }) => index);
        expect(new Set(indexes).size).toBe(indexes.length);
      }),
    );
  });

  test("has one key, whether from its ids or from itself", () => {
    fc.assert(
      fc.property(thingOf(entity), (thing) => {
        const ids = only(thing, [...declaration.partition, ...declaration.sort]);
        const { pk, sk } = entityItem(entity, thing);
        expect(entityKey(entity, thing)).toEqual({ pk, sk });
        expect(itemKey(declaration as typeof items.invitation, ids as never)).toEqual({ pk, sk });
        expect(pk.startsWith(partitionStart(declaration))).toBe(true);
      }),
    );
  });

  test("is found where its listings are queried, and only while it belongs there", async () => {
    await fc.assert(
      fc.asyncProperty(thingOf(entity), async (thing) => {
        const table = memoryTable();
        await table.write({ kind: "put", item: entityItem(entity, thing), when: { absent: true } });
        const attributes = storedAttributes(declaration as never, thing);
        for (const place of [declaration, ...listings]) {
          const index = "index" in place ? schema.indexes[place.index] : undefined;
          const belongs = isIn(place, thing);
          const queries = queriesOf(place, thing);
          const found = await Promise.all(queries.map((query) => table.query({ ...query, limit: 2 })));
          const keys = found.flatMap((one) => one.items).map(({ pk, sk }) => ({ pk, sk }));
          expect(keys).toEqual(belongs ? [entityKey(entity, thing)] : []);
          const partitions = queries.map(({ partition }) => partition);
          if (index && belongs) expect(partitions).toContain(attributes[index.partitionKey]);
        }
      }),
    );
  });
});

describe("a spread listing", () => {
  const spread = kinds.flatMap(([kind, declaration]) =>
    Object.values(declaration.listings ?? {}).flatMap((one) =>
      one.spread === undefined ? [] : [{ kind, declaration, one }],
    ),
  );

  test("is every list that everybody's things are in, in order of time", () => {
    const prefixes = `
      ALL_AUDIT_ENTRIES ALL_BUDGETS ALL_CAMPAIGNS ALL_CARD_DISPUTES ALL_DISPUTES
      ALL_EARNINGS ALL_PARTICIPANTS ALL_PAYABLE_EARNINGS ALL_WALLETS ALL_WALLET_TRANSACTIONS CONVERSION_TALLIES
      DELIVERABLES_DUE DEPOSITS_DUE EARNINGS_ON_HOLD EXPORTS_DUE EXPOSURES HIT_BUCKETS INQUIRIES_DUE INVITATIONS_DUE JOURNAL_ENTRIES_OF_DAY PAID_PAYOUTS_DUE PARTICIPANTS_DUE
      PAYOUTS_DUE REFUNDS_DUE REVIEW_REMINDERS_DUE SOCIAL_ACCOUNTS_DUE SOCIAL_REVOCATIONS_DUE SOCIAL_TOKENS_DUE STRIPE_EVENTS_DUE UNSENT_EVENTS`;
    expect(spread.map(({ one }) => one.prefix).sort()).toEqual(prefixes.trim().split(/\s+/));
  });

  test.each(spread)("of $kind has sort keys that differ from thing to thing", ({ declaration, one }) => {
    const names = [...declaration.partition, ...declaration.sort];
    // Of one partition, which has the rest of their keys in common.
    const told = [...one.partition, ...one.sort];
    expect(one.sort.includes("id") || names.every((name) => told.includes(name))).toBe(true);
  });

  test("gives each partition about as much, and keeps a thing where it is, whatever becomes of it", () => {
    const partitionOf = (id: string, parts: Partial<Entities["campaign"]> = {}) =>
      String(entityItem("campaign", { ...things.campaign[0], ...parts, id })[schema.indexes.kind.partitionKey]);
    const counts = new Map<string, number>();
    for (let number = 0; number < 8_000; number += 1) {
      const id = `cmp_${String(number).padStart(26, "0")}`;
      const partition = partitionOf(id);
      counts.set(partition, (counts.get(partition) ?? 0) + 1);
      expect(partitionOf(id, { status: "completed", version: number })).toBe(partition);
    }
    const queried = spreadListing(items.campaign.listings.all, {}).map(({ partition }) => partition);
    expect([...counts.keys()].sort()).toEqual([...queried].sort());
    for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  });
});

test("two different things have two different keys, whatever their ids are", () => {
  fc.assert(
    fc.property(fc.tuple(id, id, id), fc.tuple(id, id, id), ([a, b, c], [x, y, z]) => {
      const one = itemKey(items.review, { campaignId: a, submissionId: b, id: c });
      const other = itemKey(items.review, { campaignId: x, submissionId: y, id: z });
      const same = a === x && b === y && c === z;
      expect(one.pk === other.pk && one.sk === other.sk).toBe(same);
    }),
  );
});

test("a campaign is due at its start while scheduled, at its end while running, and never otherwise", () => {
  const due = (status: Entities["campaign"]["status"]) => {
    const [campaign] = things.campaign;
    const attributes = entityItem("campaign", { ...campaign, status });
    return attributes[schema.indexes.due.sortKey];
  };
  const [{ timeline, id: campaignId }] = things.campaign;
  const at = (instant: string) => `${encodeURIComponent(instant)}#${campaignId}`;
  expect([due("scheduled"), due("active"), due("paused")]).toEqual([
    at(timeline.start),
    at(timeline.end),
    at(timeline.end),
  ]);
  expect([due("draft"), due("completed"), due("cancelled")]).toEqual([undefined, undefined, undefined]);
});

test("a participant is due at the earliest date of their units while any is unsettled, and then no more", () => {
  const [participant] = things.participant;
  const [unit] = participant.units;
  if (unit === undefined) throw new Error("no unit");
  const due = (...dates: (string | undefined)[]) => {
    const { dueAt: _, ...undated } = unit;
    const units = dates.map((dueAt, at) => ({ ...undated, unit: at + 1, ...(dueAt !== undefined && { dueAt }) }));
    return entityItem("participant", { ...participant, units })[schema.indexes.due.sortKey];
  };
  const [sooner, later] = ["2026-11-30T00:00:00.000Z", "2026-12-31T00:00:00.000Z"];
  const at = `${encodeURIComponent(sooner)}#${participant.campaignId}#${participant.creatorId}`;
  expect([due(sooner), due(later, sooner), due(undefined, sooner, later)]).toEqual([at, at, at]);
  expect([due(), due(undefined), due(undefined, undefined)]).toEqual([undefined, undefined, undefined]);
});

test("a range has what is in it, both ends included, and nothing beside", async () => {
  const table = memoryTable();
  const days = ["2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27"];
  for (const day of days) {
    for (const part of [0, 9_999_999_999]) {
      const key = itemKey(items.hitTotals, { campaignId: "c", shard: "s", day, part });
      await table.write({ kind: "put", item: { ...key, day }, when: { absent: true } });
    }
  }
  const whole = listing(items.hitTotals, { campaignId: "c", shard: "s" });
  const foundBy = async (query: Listing) => {
    const found = await table.query({ ...query, limit: 100 });
    return [...new Set(found.items.map(({ day }) => day))].map(String).concat(String(found.items.length));
  };
  const between = (range: { from?: string; to: string }) => foundBy(ranged(whole, range));
  expect(await between({ from: "2026-11-25", to: "2026-11-26" })).toEqual(["2026-11-25", "2026-11-26", "4"]);
  expect(await between({ to: "2026-11-24" })).toEqual(["2026-11-24", "2"]);
  expect(await foundBy(beyond(whole, "2026-11-25"))).toEqual(["2026-11-26", "2026-11-27", "4"]);
  expect(await foundBy(beyond(whole, "2026-11-27"))).toEqual(["0"]);
  expect(await foundBy(beyond(whole, "2026"))).toEqual([...days, "8"]);
});

test("what is sealed is written once, for ever, alone in its partition: its partition key names it", () => {
  const sealed = kinds.filter(([, { sealed }]) => sealed);
  expect(sealed.map(([kind]) => kind).sort()).toEqual(["auditEntry", "journalEntry", "ledgerClose"]);
  for (const [, { appendOnly, expires, sort, partition }] of sealed)
    expect([appendOnly, expires, sort, partition.length]).toEqual([true, undefined, [], 1]);
});

test("an item without a part of its key is not stored", () => {
  const kind: StoredKind = "link";
  expect(() => itemKey(items[kind], { code: undefined as unknown as string })).toThrow("code");
});

import { beforeAll, describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import {
  chainOf,
  CHAINS,
  GRACE_MS,
  hashOf,
  headOf,
  nextSeal,
  type Seal,
  type SealHead,
  type StoredChain,
} from "#shared/domain/audit/seal";
import { breaksOf, type Fault, type StoredEntry, verifySeals } from "#shared/domain/audit/verify-seals";
import { plusDays, plusHours, plusMilliseconds } from "#shared/domain/kernel/time";
import { auditItem, journalItem, sealedState, writtenOf } from "../../support/sealing.ts";

const START = "2026-11-25T12:00:00.000Z";
const NOW = "2026-11-26T00:00:00.000Z";

/** What is stored, which a test may lay hands on. */
interface Stored {
  entries: StoredEntry[];
  chains: (StoredChain & { head: SealHead | undefined; seals: Seal[] })[];
}

/** Entries of both kinds, sealed in portions as they come. */
function sealedEntries(count: number, portion = 3): Stored {
  const items = Array.from({ length: count }, (_, number) =>
    (number % 3 === 0 ? journalItem : auditItem)(number + 1, plusMilliseconds(START, number * 1000)),
  );
  const chains = Array.from({ length: CHAINS }, (_, chain) => {
    const own = items.filter(({ pk }) => chainOf(pk) === chain).map((item) => writtenOf(item));
    const seals: Seal[] = [];
    for (let at = 0; at < own.length; at += portion) {
      const head = seals.at(-1);
      seals.push(
        nextSeal(chain, head && headOf(head), own.slice(at, at + portion), plusMilliseconds(START, at * 1000)),
      );
    }
    const last = seals.at(-1);
    return { chain, head: last && headOf(last), seals };
  });
  return { entries: sealedState(items).entries, chains };
}

const verdict = ({ entries, chains }: Stored, now = NOW) => verifySeals(entries, chains, now);
const copyOf = (stored: Stored): Stored => structuredClone(stored);
const sealAt = ({ chains }: Stored, chain: number, sequence: number): Seal => {
  const seal = chains[chain]?.seals[sequence - 1];
  if (!seal) throw new Error(`no seal ${sequence} in chain ${chain}`);
  return seal;
};
const replaceSeal = (stored: Stored, chain: number, sequence: number, seal: Seal) =>
  void stored.chains[chain]?.seals.splice(sequence - 1, 1, seal);
const remade = (seal: Omit<Seal, "hash">): Seal => ({ ...seal, hash: hashOf(seal) });

let whole: Stored;
beforeAll(() => {
  whole = sealedEntries(60);
});

test("what nobody has touched is intact, and says how much was looked at and where each chain ends", () => {
  expect(whole.chains.map(({ seals }) => seals.length)).toEqual([5, 7, 4, 6]);
  expect(verdict(whole)).toEqual({ intact: true, entries: 60, heads: whole.chains.map(({ head }) => head) });
  const empty = Array.from({ length: CHAINS }, (_, chain) => ({ chain, head: undefined, seals: [] }));
  expect(verifySeals([], empty, NOW)).toEqual({ intact: true, entries: 0, heads: [] });
});

const sealedKey = (stored: Stored, chain: number, sequence: number, at = 0): string =>
  sealAt(stored, chain, sequence).entries[at]?.key ?? "";
const entryAt = (stored: Stored, key: string): number => stored.entries.findIndex((entry) => entry.key === key);
const edit = (stored: Stored, key: string, change: (entry: StoredEntry) => StoredEntry) => {
  const at = entryAt(stored, key);
  stored.entries.splice(at, 1, change(stored.entries[at] as StoredEntry));
};
const swapContents = (stored: Stored, one: string, other: string) => {
  const [a, b] = [stored.entries[entryAt(stored, one)], stored.entries[entryAt(stored, other)]];
  edit(stored, one, (entry) => ({ ...entry, content: b?.content ?? {} }));
  edit(stored, other, (entry) => ({ ...entry, content: a?.content ?? {} }));
};

/** Each deed, the fault it must be called by, the seal of chain 1 that is named, and the seal whose first entry is. */
const deeds: readonly (readonly [string, Fault, number, (stored: Stored) => unknown, number | undefined])[] = [
  ["a field is edited", "altered", 2, (s) => edit(s, sealedKey(s, 1, 2), (e) => ({ ...e, content: { ...e.content, requestId: "x" } })), 2],
  ["a field is added", "altered", 2, (s) => edit(s, sealedKey(s, 1, 2), (e) => ({ ...e, content: { ...e.content, more: 1 } })), 2],
  ["an entry is dropped", "missing", 2, (s) => s.entries.splice(entryAt(s, sealedKey(s, 1, 2)), 1), 2],
  ["two entries of a seal are swapped", "swapped", 2, (s) => swapContents(s, sealedKey(s, 1, 2), sealedKey(s, 1, 2, 1)), 2],
  ["entries of two chains are swapped", "swapped", 2, (s) => swapContents(s, sealedKey(s, 1, 2), sealedKey(s, 3, 1)), 2],
  ["an entry that was just made says it is old", "late", 4, (s) => edit(s, sealedKey(s, 1, 4), (e) => ({ ...e, at: plusDays(e.at, -40) })), 4],
  ["an entry is sealed again", "inserted", 3, (s) => {
    const again = sealAt(s, 1, 1).entries;
    const { hash } = sealAt(s, 1, 2);
    let previousHash = hash;
    for (const seal of s.chains[1]?.seals.slice(2) ?? []) {
      const next = remade({ ...seal, previousHash, entries: seal.sequence === 3 ? again : seal.entries });
      replaceSeal(s, 1, seal.sequence, next);
      previousHash = next.hash;
    }
    Object.assign(s.chains[1]?.head ?? {}, { hash: previousHash });
  }, 1],
  ["a seal is edited", "altered", 2, (s) => replaceSeal(s, 1, 2, { ...sealAt(s, 1, 2), sealedAt: NOW }), undefined],
  ["a seal's hash is edited", "altered", 2, (s) => replaceSeal(s, 1, 2, { ...sealAt(s, 1, 2), hash: "x" }), undefined],
  ["a seal is made anew without an entry", "altered", 2, (s) => replaceSeal(s, 1, 2, remade({ ...sealAt(s, 1, 2), entries: sealAt(s, 1, 2).entries.slice(1) })), undefined],
  ["the first seal is made anew", "altered", 1, (s) => replaceSeal(s, 1, 1, remade({ ...sealAt(s, 1, 1), previousHash: "x" })), undefined],
  ["a seal is dropped", "missing", 2, (s) => s.chains[1]?.seals.splice(1, 1), undefined],
  ["the first seal is dropped", "missing", 1, (s) => s.chains[1]?.seals.shift(), undefined],
  ["two seals change places", "swapped", 2, (s) => s.chains[1]?.seals.splice(1, 2, sealAt(s, 1, 3), sealAt(s, 1, 2)), undefined],
  ["two seals change what they hold, but not their numbers", "swapped", 2, (s) => {
    const [a, b] = [sealAt(s, 1, 2), sealAt(s, 1, 3)];
    replaceSeal(s, 1, 2, { ...b, sequence: 2 });
    replaceSeal(s, 1, 3, { ...a, sequence: 3 });
  }, undefined],
  ["the last seal is cut off", "truncated", 7, (s) => s.chains[1]?.seals.pop(), undefined],
  ["a whole chain but its head is cut off", "truncated", 1, (s) => s.chains[1]?.seals.splice(0), undefined],
  ["a head is taken away", "truncated", 1, (s) => Object.assign(s.chains[1] ?? {}, { head: undefined }), undefined],
  ["a chain is continued behind its head", "inserted", 8, (s) => {
    const chain = s.chains[1];
    if (chain?.head) chain.seals.push(nextSeal(1, chain.head, [{ key: "AUDIT_ENTRY#forged", digest: "d" }], NOW));
  }, undefined],
  ["a head is edited", "altered", 7, (s) => Object.assign(s.chains[1]?.head ?? {}, { hash: "x" }), undefined],
  ["a head is turned back", "inserted", 4, (s) => Object.assign(s.chains[1] ?? {}, { head: { ...headOf(sealAt(s, 1, 3)) } }), undefined],
]; // prettier-ignore

describe("who lays hands on it is found", () => {
  test.each(deeds)("%s: %s", (_deed, fault, place, lay, of) => {
    const touched = copyOf(whole);
    const key = of && sealedKey(touched, 1, of);
    lay(touched);
    const { intact, firstBreak } = verdict(touched);
    expect(intact).toBe(false);
    expect(firstBreak).toEqual({ fault, chain: 1, sequence: place, ...(key && { key }) });
  });

  test("an entry that nobody sealed is one when its grace is over, and not before", () => {
    const touched = copyOf(whole);
    const [fresh] = sealedState([auditItem(999, START)]).entries;
    touched.entries.push(fresh as StoredEntry);
    const end = plusMilliseconds(START, GRACE_MS);
    expect(verdict(touched, end)).toMatchObject({ intact: true });
    const late = verdict(touched, plusMilliseconds(end, 1));
    expect(late).toMatchObject({ intact: false, firstBreak: { fault: "unsealed", key: fresh?.key } });
  });

  test("a torn chain's forged seals vouch for no row of another chain", () => {
    const touched = copyOf(whole);
    const planted = Array.from({ length: 20 }, (_, at) => auditItem(900 + at, START)).find(
      ({ pk }) => chainOf(pk) !== 1,
    )!;
    touched.entries.push(...sealedState([planted]).entries);
    replaceSeal(touched, 1, 2, { ...sealAt(touched, 1, 2), previousHash: "0".repeat(64) });
    const forged = { ...sealAt(touched, 1, 3), entries: [writtenOf(planted)] };
    replaceSeal(touched, 1, 3, remade(forged));
    expect(breaksOf(touched.entries, touched.chains, NOW)).toContainEqual({ fault: "unsealed", key: planted.pk });
  });

  test("seals that come a day late are seals: the stream may have been held up for so long", () => {
    const item = auditItem(1, START);
    const late = (hours: number): Stored => {
      const chain = chainOf(item.pk);
      const seal = nextSeal(chain, undefined, [writtenOf(item)], plusHours(START, hours));
      return {
        entries: sealedState([item]).entries,
        chains: [{ chain, head: headOf(seal), seals: [seal] }],
      };
    };
    expect(verdict(late(24), plusDays(START, 3)).intact).toBe(true);
    expect(verdict(late(26), plusDays(START, 3)).firstBreak?.fault).toBe("late");
  });
});

/** Every place in a value that is not an object or a list. */
const leaves = (value: unknown, path: readonly string[] = []): (readonly string[])[] =>
  typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([name, inner]) => leaves(inner, [...path, name]))
    : [path];
function withLeaf(value: unknown, [name = "", ...rest]: readonly string[], leaf: (was: unknown) => unknown): unknown {
  const copy = structuredClone(value) as Record<string, unknown>;
  copy[name] = rest.length === 0 ? leaf(copy[name]) : withLeaf(copy[name], rest, leaf);
  return copy;
}

test("no character of any field can be changed anywhere without being found", () => {
  const places = [
    ...whole.entries.flatMap(({ content }, at) =>
      leaves(content).map((path) => ["entries", String(at), "content", ...path]),
    ),
    ...whole.chains.flatMap(({ seals, head }, at) => [
      ...leaves(seals).map((path) => ["chains", String(at), "seals", ...path]),
      ...leaves(head).map((path) => ["chains", String(at), "head", ...path]),
    ]),
  ];
  const changed = (was: unknown, at: number): unknown => {
    if (typeof was === "number") return was + 1;
    const text = String(was);
    const place = at % Math.max(1, text.length);
    return was === null ? "null" : `${text.slice(0, place)}~${text.slice(place + 1)}`;
  };
  let looked = 0;
  fc.assert(
    fc.property(fc.constantFrom(...places), fc.nat(200), (place, at) => {
      looked += 1;
      const touched = withLeaf(whole, place, (was) => changed(was, at)) as Stored;
      return !verdict(touched).intact;
    }),
    { numRuns: 200 },
  );
  expect(looked).toBe(200);
});

test("any entry or seal that is dropped, and any two that are exchanged, are found", () => {
  const pair = <T>(those: readonly T[]) => fc.shuffledSubarray([...those.keys()], { minLength: 2, maxLength: 2 });
  fc.assert(
    fc.property(pair(whole.entries), fc.nat(CHAINS - 1), fc.boolean(), (two, chain, drop) => {
      const touched = copyOf(whole);
      const [one = 0, other = 0] = two;
      if (drop) touched.entries.splice(one, 1);
      else swapContents(touched, touched.entries[one]?.key ?? "", touched.entries[other]?.key ?? "");
      const seals = copyOf(whole);
      const own = seals.chains[chain]?.seals ?? [];
      own.splice(one % own.length, 1);
      return [
        [touched, drop ? "missing" : "swapped"] as const,
        [seals, one % (own.length + 1) === own.length ? "truncated" : "missing"] as const,
      ].every(([stored, fault]) => verdict(stored).firstBreak?.fault === fault);
    }),
    { numRuns: 100 },
  );
});

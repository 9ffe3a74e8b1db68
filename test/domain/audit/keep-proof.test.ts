/** How far the trail is proven, from one run to the next. */
import { expect, test } from "@jest/globals";
import { keepProof } from "#shared/domain/audit/keep-proof";
import { type Break } from "#shared/domain/audit/verify-seals";
import { countedAs, findingsOf, NOTHING_PROVEN, type Proven } from "#shared/domain/audit/proof";

const NOW = "2026-11-25T12:00:00.000Z";
const BREAK: Break = { fault: "altered", chain: 1, sequence: 7, key: "AUDIT_ENTRY#aud_1" };
const proven = (rows: number, ...breaks: Break[]): Proven => ({
  heads: [],
  rows,
  known: [],
  breaks,
});
const kept = (added: Proven, again: Proven, left: number) =>
  keepProof(undefined, { proven: added, left: 0 }, { proven: again, left }, NOW).proof;

test("what is found broken by going through it again is told at once, and not at the end of the round", () => {
  const proof = kept(proven(900), proven(300, BREAK), 5);
  expect(proof).toMatchObject({ proven: proven(900, BREAK), again: proven(300, BREAK) });
  const [finding] = findingsOf(proof.proven, undefined);
  expect(() => countedAs(finding!)).toThrow("altered, AUDIT_ENTRY#aud_1, chain 1, seal 7");
  const [known] = findingsOf(proof.proven, proof);
  expect(countedAs(known!)).toBe("still broken: altered, AUDIT_ENTRY#aud_1, chain 1, seal 7");
});

test("the first break of all stays the first, and each entry and chain is named once", () => {
  const first: Break = { ...BREAK, fault: "missing" };
  const other: Break = { ...BREAK, key: "AUDIT_ENTRY#aud_2" };
  const torn: Break = { fault: "truncated", chain: 2, sequence: 9 };
  const again = proven(300, other, BREAK, torn, { ...torn, sequence: 12 });
  expect(kept(proven(900, first), again, 5).proven.breaks).toEqual([first, other, torn]);
});

test("a round that finds everything whole is what holds: what was brought back is broken no more", () => {
  const proof = kept(proven(900, BREAK), proven(900), 0);
  expect(proof).toMatchObject({ proven: proven(900), again: NOTHING_PROVEN });
  expect(findingsOf(proof.proven, undefined).map(countedAs)).toEqual(["intact"]);
});

test("of very many breaks the first fifty are named", () => {
  const many = Array.from({ length: 80 }, (_, at): Break => ({ ...BREAK, key: `AUDIT_ENTRY#aud_${at}` }));
  expect(kept(proven(900), proven(300, ...many), 5).proven.breaks).toEqual(many.slice(0, 50));
});

test("a torn chain is named among however many entries were found broken before it, and what was known of it is kept", () => {
  const many = Array.from({ length: 80 }, (_, at): Break => ({ ...BREAK, key: `AUDIT_ENTRY#aud_${at}` }));
  const torn: Break = { fault: "truncated", chain: 2, sequence: 9 };
  const head = { chain: 2, sequence: 9, hash: "h", sealedAt: NOW };
  const stored = kept({ ...proven(900), heads: [head] }, proven(300), 5);
  const added = { ...proven(900, ...many, torn), heads: [{ ...head, sequence: 12, hash: "other" }] };
  const { proof } = keepProof(stored, { proven: added, left: 0 }, { proven: proven(300), left: 5 }, NOW);
  expect(proof.proven.breaks).toEqual([...many.slice(0, 49), torn]);
  expect(proof.proven).toMatchObject({ heads: added.heads, known: [head] });
});

test("a torn chain is named by every run of the next round, which may take many, until one has passed the place and found it whole", () => {
  const torn = (): Break => ({ fault: "altered", chain: 2, sequence: 9 });
  const upTo = (sequence: number, ...breaks: Break[]): Proven => ({
    ...proven(900, ...breaks),
    heads: [{ chain: 2, sequence, hash: "h", sealedAt: NOW }],
  });
  let stored = keepProof(
    undefined,
    { proven: upTo(40, torn()), left: 0 },
    { proven: upTo(20, torn()), left: 1 },
    NOW,
  ).proof;
  const run = (length: number, again: Proven) => {
    const { proof } = keepProof(stored, { proven: upTo(length), left: 0 }, { proven: again, left: 1 }, NOW);
    const names = findingsOf(proof.proven, stored).map(countedAs);
    stored = proof;
    return { names, heads: proof.proven.heads.map(({ sequence }) => sequence) };
  };
  const still = ["still broken: altered, chain 2, seal 9"];
  expect(run(41, upTo(4))).toEqual({ names: still, heads: [41] });
  expect(run(42, upTo(8))).toEqual({ names: still, heads: [42] });
  expect(run(43, upTo(12, torn()))).toEqual({ names: still, heads: [43] });
  expect(run(44, upTo(4))).toEqual({ names: still, heads: [44] });
  expect(run(45, upTo(12))).toEqual({ names: ["intact"], heads: [45] });
});

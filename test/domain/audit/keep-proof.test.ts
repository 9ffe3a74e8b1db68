/** How far the trail is proven, from one run to the next. */
import { expect, test } from "@jest/globals";
import { keepProof } from "#shared/domain/audit/keep-proof";
import { type Break } from "#shared/domain/audit/verify-seals";
import { countedAs, findingsOf, NOTHING_PROVEN, type Proven } from "#shared/domain/audit/proof";

const NOW = "2026-11-25T12:00:00.000Z";
const BREAK: Break = { fault: "altered", chain: 1, sequence: 7, key: "AUDIT_ENTRY#aud_1" };
const proven = (rows: number, ...breaks: Break[]): Proven => ({ heads: [], rows, breaks });
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

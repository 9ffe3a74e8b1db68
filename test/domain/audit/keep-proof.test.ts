/** How far the trail is proven, from one run to the next. */
import { expect, test } from "@jest/globals";
import { keepProof } from "#shared/domain/audit/keep-proof";
import { type Break } from "#shared/domain/audit/verify-seals";
import { NOTHING_PROVEN, type Proven, requireIntact } from "#shared/domain/audit/proof";

const NOW = "2026-11-25T12:00:00.000Z";
const BREAK: Break = { fault: "altered", chain: 1, sequence: 7, key: "AUDIT_ENTRY#aud_1" };
const proven = (rows: number, firstBreak?: Break): Proven => ({ heads: [], rows, ...(firstBreak && { firstBreak }) });
const kept = (added: Proven, again: Proven, left: number) =>
  keepProof(undefined, { proven: added, left: 0 }, { proven: again, left }, NOW).proof;

test("what is found broken by going through it again is told at once, and not at the end of the round", () => {
  const proof = kept(proven(900), proven(300, BREAK), 5);
  expect(proof).toMatchObject({ proven: { rows: 900, firstBreak: BREAK }, again: { rows: 300, firstBreak: BREAK } });
  expect(() => requireIntact(proof.proven)).toThrow("altered, AUDIT_ENTRY#aud_1, chain 1, seal 7");
});

test("the first break of all stays the first", () => {
  const first: Break = { ...BREAK, fault: "missing" };
  expect(kept(proven(900, first), proven(300, BREAK), 5).proven.firstBreak).toEqual(first);
});

test("a round that finds everything whole is what holds: what was brought back is broken no more", () => {
  const proof = kept(proven(900, BREAK), proven(900), 0);
  expect(proof).toMatchObject({ proven: proven(900), again: NOTHING_PROVEN });
  expect(requireIntact(proof.proven)).toBe("intact");
});

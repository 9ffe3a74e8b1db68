/**
 * What is missing on a creator's account at the processor because the transfer of a payout was reversed by hand although its bank
 * has the money. An account is one pot, so what was reversed is another payout's; the house has it, and so that other one
 * need not bring it back. Nobody is sent anything for it, and nobody loses anything by it.
 */
import { changed, type EntityChange } from "../change.ts";
import type { Payout } from "./payout.ts";

/** How much of its transfer the books have back. */
export const backMinor = ({ reversedMinor, status, amount }: Payout): number =>
  reversedMinor ?? (status === "failed" || status === "reversed" ? amount.amount : 0);

/** Whether its money has left the account for a bank, as far as anybody knows. */
export const isAtBank = ({ status, step }: Payout): boolean => status === "paid" || step === "arrival";

/** A payout that is short by so much, or has so much left over there; neither when that is nothing. */
export function shortBy({ shortMinor: _before, ...payout }: Payout, minor: number): Payout {
  return minor === 0 ? payout : { ...payout, shortMinor: minor };
}

/** Of a creator's those on the same account: money of one that was closed is on no other. */
export const shortOn = ({ processorAccountId }: Payout, short: readonly Payout[]): readonly Payout[] =>
  short.filter((one) => one.processorAccountId === processorAccountId);

/** What is missing on their account: what stands over there of one makes up for another. */
export const shortSum = (short: readonly Payout[]): number =>
  Math.max(
    0,
    short.reduce((sum, { shortMinor = 0 }) => sum + shortMinor, 0),
  );

/** What a payout leaves on the account makes up for those that are short there, one after the other. */
export function madeUpFor(short: readonly Payout[], leftMinor: number): readonly EntityChange[] {
  let left = leftMinor;
  return short.flatMap((payout) => {
    const part = Math.min(left, Math.max(0, payout.shortMinor ?? 0));
    left -= part;
    return part > 0 ? [changed("payout", payout, shortBy(payout, (payout.shortMinor ?? 0) - part))] : [];
  });
}

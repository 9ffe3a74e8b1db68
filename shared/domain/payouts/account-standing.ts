/** Whether a creator's account at the processor holds what our transfers have brought there and nothing has taken away. */
import type { Money } from "../kernel/money.ts";
import type { Payout } from "./payout.ts";
import { backMinor, shortSum } from "./shortfall.ts";

/** An account on which money of payouts stands, or may. */
export interface AccountInUse {
  readonly creatorId: string;
  readonly processorAccountId: string;
}

/** Each once, by what is under way. */
export const accountsOf = (payouts: readonly Payout[]): readonly AccountInUse[] => [
  ...new Map(
    payouts.map(({ creatorId, processorAccountId }) => [processorAccountId, { creatorId, processorAccountId }]),
  ).values(),
];

/** A creator's newest payouts that are looked at; those that are short are found however old they are. */
export const MOST_ON_ACCOUNT = 100;

export interface AccountSight extends AccountInUse {
  /** The creator's payouts before the processor was asked, and after it; any of them, in any order. */
  readonly before: readonly Payout[];
  readonly after: readonly Payout[];
  /** What the account holds; undefined where nobody sees into it any more. */
  readonly held: readonly Money[] | undefined;
}

/** `in_motion`: something moved meanwhile, or nobody knows whether it has. */
export type AccountStanding =
  | { readonly is: "agrees" | "in_motion" | "out_of_sight" }
  | { readonly is: "differs"; readonly expectedMinor: number; readonly heldMinor: number };

export function standingOf({ processorAccountId, before, after, held }: AccountSight): AccountStanding {
  const payouts = onAccount(before, processorAccountId);
  const [first] = payouts;
  if (held === undefined) return { is: "out_of_sight" };
  if (first === undefined || payouts.some(isMoving)) return { is: "in_motion" };
  if (versionsOf(payouts) !== versionsOf(onAccount(after, processorAccountId))) return { is: "in_motion" };
  const expectedMinor = payouts.reduce((sum, payout) => sum + standsThere(payout), -shortSum(payouts));
  const { currency } = first.amount;
  const heldMinor = held.filter((one) => one.currency === currency).reduce((sum, { amount }) => sum + amount, 0);
  return expectedMinor === heldMinor ? { is: "agrees" } : { is: "differs", expectedMinor, heldMinor };
}

/** Of an account those that may have something there, or be short there. */
function onAccount(payouts: readonly Payout[], accountId: string): readonly Payout[] {
  const those = payouts.filter(
    (one) => one.processorAccountId === accountId && (one.step !== undefined || one.shortMinor !== undefined),
  );
  return [...new Map(those.map((payout) => [payout.id, payout])).values()];
}

/** Its transfer, or its payout to a bank, may have been made a moment ago. */
const isMoving = ({ step, status }: Payout): boolean => step === "transfer" || status === "unknown";

const standsThere = (payout: Payout): number =>
  payout.step === "payout" || payout.step === "reversal" ? payout.amount.amount - backMinor(payout) : 0;

const versionsOf = (payouts: readonly Payout[]): string =>
  payouts
    .map(({ id, version }) => `${id} ${version}`)
    .sort()
    .join();

/** What a simulated creator's earning must be, by what became of its payouts. */
import { plusMilliseconds } from "#shared/domain/kernel/time";
import { FINAL_STATUSES, type Payout } from "#shared/domain/payouts/payout";
import type { Earning } from "#shared/domain/wallets/earning";
import { HOUR_MS } from "./processor.ts";

/** Jobs have their turns that much apart when nobody is at work. */
const RELEASED_MS = 26 * HOUR_MS;

export const hasEnded = ({ status }: Payout): boolean => FINAL_STATUSES.includes(status);

/** What is wrong with it, if anything; held: its creator is banned, and their money waits for the end of that. */
export function earningFault(
  earning: Earning,
  payouts: readonly Payout[],
  { now, isHeld }: { readonly now: string; readonly isHeld: boolean },
): string | undefined {
  const { status, availableAt, amount, allocatedMinor, paidMinor } = earning;
  const parts = payouts.flatMap((payout) =>
    payout.parts
      .filter(({ earningId }) => earningId === earning.id)
      .map(({ amountMinor }) => ({ payout, amountMinor })),
  );
  const sumOf = (which: (payout: Payout) => boolean): number =>
    parts.filter(({ payout }) => which(payout)).reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const paid = sumOf((payout) => payout.status === "paid");
  const waiting = sumOf((payout) => !hasEnded(payout));
  if (status === "pending" && !isHeld && plusMilliseconds(availableAt, RELEASED_MS) <= now)
    return `pending since ${availableAt}`;
  if (paidMinor !== paid) return `${paidMinor} paid, its payouts paid ${paid}`;
  if (status !== "cancelled" && allocatedMinor !== paid + waiting)
    return `${allocatedMinor} on their way or paid, ${paid} paid, ${waiting} on their way`;
  if (status === "paid" && paid !== amount.amount) return `paid, but for ${amount.amount - paid}`;
  return undefined;
}

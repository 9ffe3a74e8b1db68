/** Payouts at each of their steps, and what an answer makes of them. */
import { systemActor } from "#shared/domain/kernel/actor";
import type { Change } from "#shared/domain/change";
import { accountName } from "#shared/domain/ledger/account";
import { followPayout } from "#shared/domain/payouts/follow-payout";
import type { Payout } from "#shared/domain/payouts/payout";
import { askOf, type StepAnswer } from "#shared/domain/payouts/steps";
import { anEarning, aPayout } from "../../support/money-builders.ts";
import { sequentialIds } from "../../support/stage.ts";

export const now = "2026-11-25T12:00:00.000Z";
export const occasion = () => ({ actor: systemActor("carry-out-payouts"), now, newId: sequentialIds() });
export const active = { ownerStatus: "active" } as const;
export const earning = anEarning({ allocatedMinor: 10_000 });
export const whole = anEarning({ ...earning, paidMinor: 10_000, status: "paid", paidAt: now });

export function follow(payout: Payout, answer: StepAnswer, paid = earning): Change {
  const ask = askOf(payout, active);
  if (ask === undefined) throw new Error("nothing is to be asked");
  return followPayout({ payout, earnings: [paid], short: [] }, ask, answer, occasion());
}
export const payoutIn = ({ entities }: Change): Payout => {
  const found = entities.find(({ entity }) => entity === "payout")?.next;
  if (found === undefined) throw new Error("the change writes no payout");
  return found as Payout;
};
export const linesOf = ({ entries = [] }: Change) =>
  entries.map(({ key, lines }) => [key, lines.map(({ account, amount }) => [accountName(account), amount])]);
export const earningIn = ({ entities }: Change) => entities.find(({ entity }) => entity === "earning")?.next;

export const steps = {
  transfer: aPayout(),
  payout: aPayout({ status: "submitted", step: "payout", transferId: "tr_1" }),
  arrival: aPayout({ status: "in_transit", step: "arrival", transferId: "tr_1", processorPayoutId: "po_1" }),
  reversal: aPayout({
    status: "in_transit",
    step: "reversal",
    transferId: "tr_1",
    processorPayoutId: "po_1",
    failureCode: "account_closed",
  }),
};

import type { Currency } from "#shared/domain/kernel/money";
import { known } from "#shared/domain/kernel/refusal";
import type { Payout, PayoutStep } from "#shared/domain/payouts/payout";
import type { StepAnswer } from "#shared/domain/payouts/steps";
import { Unavailable } from "#shared/ports/outside";
import type { PayoutProcessor } from "#shared/ports/payouts";
import type { MemoryConnectedAccounts } from "./connected-accounts.ts";

/**
 * What becomes of a write. `lost_before`, `lost_after`: no reply, and it has not happened or has; `failed_before`,
 * `failed_after`: an error that says nothing, repeated under the key for a day; `in_use`: its key's first request is under way;
 * `limited`: turned away before anything began.
 */
export type Disturbance = "lost_before" | "lost_after" | "failed_before" | "failed_after" | "in_use" | "limited";
export const disturbances: readonly Disturbance[] = [
  "lost_before", "lost_after", "failed_before", "failed_after", "in_use", "limited",
]; // prettier-ignore

export interface MemoryTransfer {
  readonly id: string;
  readonly payoutId: string;
  readonly accountId: string;
  readonly amount: number;
  readonly currency: Currency;
  /** Taken back, and whether by us. */
  readonly reversal?: { readonly id: string; readonly isOurs: boolean };
}
export interface MemoryBankPayout {
  readonly id: string;
  readonly payoutId: string;
  readonly accountId: string;
  readonly amount: number;
  readonly currency: Currency;
  readonly status: "pending" | "paid" | "failed";
  readonly failureCode?: string;
}

/** The processor's side of payouts in memory, and everybody's hands there. */
export interface MemoryPayoutProcessor extends PayoutProcessor {
  /** The house's money there grows. */
  fund(currency: Currency, amountMinor: number): void;
  /** The bank has it, or sends it back. */
  settle(processorPayoutId: string, failureCode?: string): void;
  /** The processor takes a transfer back by itself, also after its payout. */
  takeBack(transferId: string): void;
  /** Decides about each write from now on. */
  disturb(by: (step: PayoutStep) => Disturbance | undefined): void;
  readonly transfers: () => readonly MemoryTransfer[];
  readonly bankPayouts: () => readonly MemoryBankPayout[];
  /** What the house holds there. */
  readonly held: (currency: Currency) => number;
  /** What all creators' accounts hold there together. */
  readonly heldByCreators: (currency: Currency) => number;
}

const DAY_MS = 86_400_000;

/** Somebody who cannot be given this, by the processor's code. */
class Refused extends Error {}

/** @param nowMs for keys, which are forgotten after a day; unless given, no day passes. */
export function memoryPayoutProcessor(
  accounts: MemoryConnectedAccounts,
  nowMs = (): number => 0,
): MemoryPayoutProcessor {
  const bank = new Bank(accounts);
  const keys = new Map<string, { readonly untilMs: number; readonly outcome: Outcome }>();
  let disturb: (step: PayoutStep) => Disturbance | undefined = () => undefined;

  /** What the processor does under a key: once a day, and then it says the same. */
  function underKey(key: string, act: () => string, without?: "failed_before" | "failed_after"): Outcome {
    const known = keys.get(key);
    if (known && known.untilMs > nowMs()) return known.outcome;
    const acted = without === "failed_before" ? undefined : attempt(act);
    const outcome: Outcome = without === undefined && acted ? acted : { is: "failed" };
    keys.set(key, { untilMs: nowMs() + DAY_MS, outcome });
    return outcome;
  }
  async function once(step: PayoutStep, key: string, look: () => string | undefined, act: () => string) {
    const there = look();
    if (there !== undefined) return done(there);
    await onTheWay();
    const hit = disturb(step);
    if (hit === "limited") throw new Unavailable("the payment processor");
    const isCarriedOut = hit !== "lost_before" && hit !== "in_use";
    const failing = hit === "failed_before" || hit === "failed_after" ? hit : undefined;
    const outcome = isCarriedOut ? underKey(key, act, failing) : undefined;
    await onTheWay();
    if (hit === "lost_after" || outcome === undefined) return UNKNOWN;
    const meanwhile = look();
    if (meanwhile !== undefined) return done(meanwhile);
    return outcome.is === "failed" ? UNKNOWN : outcome;
  }
  const steps: Readonly<Record<PayoutStep, (payout: Payout) => Promise<StepAnswer>>> = {
    transfer: (payout) =>
      once(
        "transfer",
        `transfer-${payout.id}`,
        () => bank.transferOf(payout)?.id,
        () => bank.transfer(payout),
      ),
    payout: (payout) =>
      once(
        "payout",
        `payout-${payout.id}`,
        () => bank.payoutOf(payout)?.id,
        () => bank.payOut(payout),
      ),
    arrival: (payout) => Promise.resolve(bank.arrivalOf(known(payout.processorPayoutId, "processor's payout"))),
    reversal: (payout) =>
      once(
        "reversal",
        `reversal-${payout.id}-${payout.attempts}`,
        () => bank.transferOf(payout)?.reversal?.id,
        () => bank.reverse(known(payout.transferId, "processor's transfer")),
      ),
  };
  return {
    carryOut: ({ step, payout }) => steps[step](payout),
    whatChanged: ({ objectType, objectId }) =>
      Promise.resolve(
        objectType === "transfer" ? bank.transferChanged(objectId) : bank.payoutChanged(objectType, objectId),
      ),
    fund: (currency, amount) => bank.add(currency, amount),
    settle: (id, failureCode) => bank.settle(id, failureCode),
    takeBack: (id) => void bank.reverse(id, { isOurs: false }),
    disturb: (by) => {
      disturb = by;
    },
    transfers: () => [...bank.transfers.values()],
    bankPayouts: () => [...bank.payouts.values()],
    held: (currency) => bank.held(currency),
    heldByCreators: (currency) => bank.heldByCreators(currency),
  };
}

type Outcome = Extract<StepAnswer, { is: "done" | "refused" }> | { readonly is: "failed" };
const UNKNOWN: StepAnswer = { is: "unknown" };
const done = (id: string): Extract<StepAnswer, { is: "done" }> => ({ is: "done", id });
/** Others may come in between. */
const onTheWay = (): Promise<void> => Promise.resolve();

function attempt(act: () => string): Outcome {
  try {
    return done(act());
  } catch (error) {
    if (error instanceof Refused) return { is: "refused", code: error.message };
    throw error;
  }
}

/** The money at the processor, and what moves it. */
class Bank {
  readonly transfers = new Map<string, MemoryTransfer>();
  readonly payouts = new Map<string, MemoryBankPayout>();
  readonly #accounts: MemoryConnectedAccounts;
  readonly #funded = new Map<Currency, number>();

  constructor(accounts: MemoryConnectedAccounts) {
    this.#accounts = accounts;
  }

  add(currency: Currency, amount: number): void {
    this.#funded.set(currency, (this.#funded.get(currency) ?? 0) + amount);
  }

  held(currency: Currency): number {
    return (this.#funded.get(currency) ?? 0) - sumOf(this.#standing(currency));
  }

  heldByCreators(currency: Currency, accountId?: string): number {
    const ofAccount = (one: { readonly accountId: string }) => accountId === undefined || one.accountId === accountId;
    const left = [...this.payouts.values()].filter((one) => one.currency === currency && one.status !== "failed");
    return sumOf(this.#standing(currency).filter(ofAccount)) - sumOf(left.filter(ofAccount));
  }

  transferOf = ({ id }: Payout) => [...this.transfers.values()].find(({ payoutId }) => payoutId === id);
  payoutOf = ({ id }: Payout) => [...this.payouts.values()].find(({ payoutId }) => payoutId === id);

  transfer({ id: payoutId, amount: { amount, currency }, processorAccountId: accountId }: Payout): string {
    const account = this.#accounts.peek(accountId);
    if (!account) throw new Refused("resource_missing");
    if (!account.transfersEnabled) throw new Refused("insufficient_capabilities_for_transfer");
    if (amount > this.held(currency)) throw new Refused("balance_insufficient");
    return put(this.transfers, { id: `tr_${this.transfers.size + 1}`, payoutId, accountId, amount, currency });
  }

  payOut({ id: payoutId, amount: { amount, currency }, processorAccountId: accountId }: Payout): string {
    if (this.#accounts.peek(accountId)?.payoutsEnabled !== true) throw new Refused("payouts_not_allowed");
    if (amount > this.heldByCreators(currency, accountId)) throw new Refused("balance_insufficient");
    const id = `po_${this.payouts.size + 1}`;
    return put(this.payouts, { id, payoutId, accountId, amount, currency, status: "pending" });
  }

  reverse(transferId: string, { isOurs } = { isOurs: true }): string {
    const transfer = known(this.transfers.get(transferId), "transfer");
    const { amount, currency, accountId } = transfer;
    if (transfer.reversal) throw new Refused("invalid_request_error");
    if (isOurs && amount > this.heldByCreators(currency, accountId)) throw new Refused("balance_insufficient");
    const reversal = { id: `trr_${transferId}`, isOurs };
    put(this.transfers, { ...transfer, reversal });
    return reversal.id;
  }

  settle(id: string, failureCode: string | undefined): void {
    const payout = known(this.payouts.get(id), "processor's payout");
    const outcome =
      failureCode === undefined ? { status: "paid" as const } : { status: "failed" as const, failureCode };
    put(this.payouts, { ...payout, ...outcome });
  }

  arrivalOf(id: string): StepAnswer {
    const { status, failureCode } = known(this.payouts.get(id), "processor's payout");
    if (status === "failed") return { is: "refused", code: failureCode ?? status };
    return status === "paid" ? done(id) : { is: "waiting" };
  }

  transferChanged(id: string) {
    const { payoutId, reversal } = known(this.transfers.get(id), "transfer");
    return { payoutId, ...(reversal?.isOurs === false && { reversalId: reversal.id }) };
  }

  payoutChanged(objectType: string, id: string) {
    if (objectType !== "payout") return undefined;
    return { payoutId: known(this.payouts.get(id), "processor's payout").payoutId };
  }

  #standing = (currency: Currency) =>
    [...this.transfers.values()].filter((one) => one.currency === currency && one.reversal === undefined);
}

const sumOf = (parts: readonly { readonly amount: number }[]): number =>
  parts.reduce((sum, { amount }) => sum + amount, 0);

function put<T extends { readonly id: string }>(all: Map<string, T>, one: T): string {
  all.set(one.id, one);
  return one.id;
}

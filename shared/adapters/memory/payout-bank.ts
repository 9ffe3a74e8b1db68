import type { Currency } from "#shared/domain/kernel/money";
import { known } from "#shared/domain/kernel/refusal";
import type { ProcessorMovement } from "#shared/domain/processor/movement";
import type { Payout } from "#shared/domain/payouts/payout";
import type { StepAnswer } from "#shared/domain/payouts/steps";
import type { MemoryConnectedAccounts } from "./connected-accounts.ts";

export interface MemoryTransfer {
  readonly id: string;
  readonly payoutId: string;
  readonly accountId: string;
  readonly amount: number;
  readonly currency: Currency;
  /** What of it was taken back; newest last. */
  readonly reversals: readonly { readonly id: string; readonly amount: number }[];
}

/** What of a transfer was not taken back. */
export const leftOfTransfer = ({ amount, reversals }: Pick<MemoryTransfer, "amount" | "reversals">): number =>
  amount - sumOf(reversals);

export interface MemoryBankPayout {
  readonly id: string;
  readonly payoutId: string;
  readonly accountId: string;
  readonly amount: number;
  readonly currency: Currency;
  readonly status: "pending" | "paid" | "failed";
  readonly failureCode?: string;
}

/** Somebody who cannot be given this, by the processor's code. */
export class Refused extends Error {}

/** The money at the processor, and what moves it. */
export class Bank {
  readonly transfers = new Map<string, MemoryTransfer>();
  readonly payouts = new Map<string, MemoryBankPayout>();
  readonly #accounts: MemoryConnectedAccounts;
  readonly #funded = new Map<Currency, number>();
  readonly #owed = new Map<Currency, number>();
  readonly #nowMs: () => number;
  /** What transfers have moved of the house's money. */
  readonly movements: ProcessorMovement[] = [];

  constructor(accounts: MemoryConnectedAccounts, nowMs: () => number) {
    this.#accounts = accounts;
    this.#nowMs = nowMs;
  }

  add(currency: Currency, amount: number): void {
    addTo(this.#funded, currency, amount);
  }

  owe(currency: Currency, amount: number): void {
    addTo(this.#owed, currency, amount);
  }

  held(currency: Currency): number {
    return (this.#funded.get(currency) ?? 0) - this.#standing(currency, all);
  }

  heldByCreators(currency: Currency, accountId?: string): number {
    const ofAccount = (one: { readonly accountId: string }) => accountId === undefined || one.accountId === accountId;
    const left = [...this.payouts.values()].filter((one) => one.currency === currency && one.status !== "failed");
    return this.#standing(currency, ofAccount) - sumOf(left.filter(ofAccount)) - (this.#owed.get(currency) ?? 0);
  }

  currencies = (): ReadonlySet<Currency> => new Set([...this.transfers.values()].map(({ currency }) => currency));
  transferOf = ({ id }: Payout) => [...this.transfers.values()].find(({ payoutId }) => payoutId === id);
  payoutOf = ({ id }: Payout) => [...this.payouts.values()].find(({ payoutId }) => payoutId === id);

  transfer({ id: payoutId, amount: { amount, currency }, processorAccountId: accountId }: Payout): string {
    const account = this.#accounts.peek(accountId);
    if (!account) throw new Refused("resource_missing");
    if (!account.transfersEnabled) throw new Refused("insufficient_capabilities_for_transfer");
    if (amount > this.held(currency)) throw new Refused("balance_insufficient");
    const id = `tr_${this.transfers.size + 1}`;
    this.#moved("transfer", [id], -amount, currency);
    return put(this.transfers, { id, payoutId, accountId, amount, currency, reversals: [] });
  }

  payOut({ id: payoutId, amount: { amount, currency }, processorAccountId: accountId }: Payout): string {
    if (this.#accounts.peek(accountId)?.payoutsEnabled !== true) throw new Refused("payouts_not_allowed");
    if (amount > this.heldByCreators(currency, accountId)) throw new Refused("balance_insufficient");
    const id = `po_${this.payouts.size + 1}`;
    return put(this.payouts, { id, payoutId, accountId, amount, currency, status: "pending" });
  }

  /** Takes this much of a transfer back. By us only what its account holds. */
  reverse(transferId: string, amount: number, { isOurs } = { isOurs: true }): string {
    const transfer = known(this.transfers.get(transferId), "transfer");
    const { currency, accountId, reversals } = transfer;
    if (amount > leftOfTransfer(transfer)) throw new Refused("invalid_request_error");
    if (isOurs && amount > this.heldByCreators(currency, accountId)) throw new Refused("balance_insufficient");
    const reversal = { id: `trr_${transferId}_${reversals.length + 1}`, amount };
    this.#moved("transfer_refund", [reversal.id, transferId], amount, currency);
    put(this.transfers, { ...transfer, reversals: [...reversals, reversal] });
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
    return status === "paid" ? { is: "done", id } : { is: "waiting" };
  }

  transferChanged(id: string) {
    const transfer = known(this.transfers.get(id), "transfer");
    const { payoutId, amount, reversals } = transfer;
    const last = reversals.at(-1);
    const reversed = last && { id: last.id, amountMinor: amount - leftOfTransfer(transfer) };
    return { payoutId, objectId: id, ...(reversed && { reversed }) };
  }

  payoutChanged(objectType: string, id: string) {
    if (objectType !== "payout") return undefined;
    const { payoutId, status, failureCode } = known(this.payouts.get(id), "processor's payout");
    return { payoutId, objectId: id, ...(status === "failed" && { failureCode }) };
  }

  #moved(type: string, objectIds: string[], amountMinor: number, currency: Currency): void {
    const id = `txn_payouts_${this.movements.length + 1}`;
    const createdAt = new Date(this.#nowMs()).toISOString();
    this.movements.push({ id, type, category: type, currency, amountMinor, feeMinor: 0, createdAt, objectIds });
  }

  #standing(currency: Currency, isMeant: (transfer: MemoryTransfer) => boolean): number {
    const those = [...this.transfers.values()].filter((one) => one.currency === currency && isMeant(one));
    return those.reduce((sum, transfer) => sum + leftOfTransfer(transfer), 0);
  }
}

const all = (): boolean => true;

const addTo = (sums: Map<Currency, number>, currency: Currency, amount: number): void =>
  void sums.set(currency, (sums.get(currency) ?? 0) + amount);

const sumOf = (parts: readonly { readonly amount: number }[]): number =>
  parts.reduce((sum, { amount }) => sum + amount, 0);

function put<T extends { readonly id: string }>(all: Map<string, T>, one: T): string {
  all.set(one.id, one);
  return one.id;
}

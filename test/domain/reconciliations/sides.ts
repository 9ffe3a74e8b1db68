/** Both sides of a comparison: rows that agree, and one difference of each kind. */
import { platformAccount, walletAccount } from "#shared/domain/ledger/account";
import type { JournalEntry } from "#shared/domain/ledger/journal-entry";
import type { ProcessorMovement } from "#shared/domain/processor/movement";
import type { BothSides } from "#shared/domain/reconciliations/groups";
import type { DifferenceKind } from "#shared/domain/reconciliations/reconciliation";
import type { Elsewhere } from "#shared/domain/reconciliations/whole";
import { BRAND_ID } from "../../support/builders.ts";

export const DAY = "2026-11-25";
export const at = `${DAY}T12:00:00.000Z`;
const id = (prefix: string, number: number) => `${prefix}_${String(number).padStart(26, "0")}`;
const fee = (amount: number) => Math.round(amount * 0.029) + 30;

export const movement = (number: number, parts: Partial<ProcessorMovement> = {}): ProcessorMovement => ({
  id: `txn_${number}`,
  type: "charge",
  category: "charge",
  currency: "USD",
  amountMinor: 1_000 + number,
  feeMinor: fee(1_000 + number),
  createdAt: at,
  objectIds: [`ch_${number}`, `pi_${number}`],
  ...parts,
});
export const entry = (number: number, parts: Partial<JournalEntry>): JournalEntry => ({
  id: id("jrn", number),
  key: `k${number}`,
  type: "deposit",
  currency: "USD",
  lines: [],
  referenceId: "r",
  description: "d",
  actorId: "system:test",
  effectiveAt: at,
  postedAt: at,
  commitId: id("cmt", number),
  ...parts,
});
export const credit = (number: number, amount = 1_000 + number): JournalEntry =>
  entry(number, {
    key: `deposit:pi_${number}`,
    processorIds: [`pi_${number}`],
    lines: [
      { account: platformAccount("stripe_balance"), amount: -amount },
      { account: walletAccount(BRAND_ID, "available"), amount },
    ],
  });
export const feeOf = (number: number, amount = fee(1_000 + number)): JournalEntry =>
  entry(number, {
    key: `fee:txn_${number}`,
    type: "processing",
    processorIds: [`txn_${number}`],
    lines: [
      { account: platformAccount("stripe_fees"), amount: -amount },
      { account: platformAccount("stripe_balance"), amount },
    ],
  });
interface Times {
  readonly movedAt?: string;
  readonly creditedAt?: string;
  readonly feeBookedAt?: string;
}
/** A payment that is booked, with its fee. */
export const clean = (number: number, { movedAt = at, creditedAt = at, feeBookedAt = at }: Times = {}): BothSides => ({
  movements: [movement(number, { createdAt: movedAt })],
  entries: [
    { ...credit(number), postedAt: creditedAt },
    { ...feeOf(number), postedAt: feeBookedAt },
  ],
});

/** One difference of each kind, by name. */
export const planted: Readonly<Record<DifferenceKind, (number: number) => BothSides>> = {
  not_booked: (number) => ({ movements: [movement(number)], entries: [] }),
  not_at_processor: (number) => ({ movements: [], entries: [credit(number)] }),
  amount_differs: (number) => ({ movements: [movement(number)], entries: [credit(number, 7), feeOf(number)] }),
  fee_differs: (number) => ({ movements: [movement(number)], entries: [credit(number), feeOf(number, 1)] }),
  fee_not_booked: (number) => ({ movements: [movement(number)], entries: [credit(number)] }),
  currency_differs: (number) => ({
    movements: [movement(number, { currency: "EUR" })],
    entries: [credit(number), feeOf(number)],
  }),
  booked_twice: (number) => ({
    movements: [movement(number)],
    entries: [credit(number), { ...credit(number), key: `again:${number}` }, feeOf(number)],
  }),
  unconfirmed: (number) => ({ movements: [movement(number, { type: "payout" })], entries: [] }),
  unknown_kind: (number) => ({ movements: [movement(number, { type: "something_new" })], entries: [] }),
};
export const together = (sides: readonly BothSides[]): BothSides => ({
  movements: sides.flatMap(({ movements }) => movements),
  entries: sides.flatMap(({ entries }) => entries),
});

/** Everything that there is, to be looked up by what it is about; there is always time. */
export function elsewhereOf({ movements, entries }: BothSides): Elsewhere {
  const named = Map.groupBy(entries, ({ processorIds }) => processorIds?.[0] ?? "");
  const keyed = new Map(entries.map((one) => [one.key, one]));
  const moved = new Map<string, ProcessorMovement[]>();
  for (const one of movements)
    for (const objectId of [one.id, ...one.objectIds]) moved.set(objectId, [...(moved.get(objectId) ?? []), one]);
  return {
    journal: {
      about: (ids) => Promise.resolve(ids.flatMap((objectId) => named.get(objectId) ?? [])),
      some: (keys) => Promise.resolve(keys.flatMap((key) => keyed.get(key) ?? [])),
    },
    statements: { about: (ids) => Promise.resolve([...new Set(ids.flatMap((one) => moved.get(one) ?? []))]) },
    shareLeft: () => 1,
  };
}

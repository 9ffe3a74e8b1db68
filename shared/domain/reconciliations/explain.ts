/** What a difference means, in words, and what somebody does about it. */
import type { Group } from "./groups.ts";
import type { Difference, DifferenceKind } from "./reconciliation.ts";

export interface Finding {
  readonly kind: DifferenceKind;
  readonly group: Group;
  readonly processorMinor: number;
  readonly booksMinor: number;
}

const said: Readonly<Record<DifferenceKind, { readonly reason: string; readonly action: string }>> = {
  not_booked: {
    reason: "The processor moved money, and no entry of ours names it",
    action:
      "Replay the processor's events of the day. What stays was moved by hand or belongs to no deposit: find out who did it and " +
      "why, then POST /v1/admin/ledger/house-movements with each txn_. A payment that is `processing` waits for the payer's bank: " +
      "it is booked by its deposit, or has come to nothing, when the bank has answered",
  },
  not_at_processor: {
    reason: "An entry of ours moves the processor's money, and the processor knows nothing of it",
    action: "Find the commit's audit row; reverse the entry if the processor never did it",
  },
  amount_differs: {
    reason: "Both sides have it, in different amounts",
    action:
      "Replay the processor's events of its days: what was not heard of is booked then. If it stays, compare the object at the " +
      "processor with the entry; book the difference by an entry that names both",
  },
  fee_differs: {
    reason: "The processor kept another fee than the one that is booked",
    action: "Book the difference as a fee that names the movement",
  },
  fee_not_booked: {
    reason: "The processor kept a fee that no entry books yet",
    action: "Wait for the next run of sweep-deposits, which asks for it; replay the events if it stays",
  },
  currency_differs: {
    reason: "It is in one currency at the processor and in another in our books",
    action: "Reverse the entry, and book the movement in its own currency",
  },
  booked_twice: {
    reason: "Several entries book what moved once",
    action: "Reverse the later entry",
  },
  unconfirmed: {
    reason: "Money of the house's own account moved, or the processor took a fee of it, and nobody has booked it yet",
    action:
      "Find out who moved it and why: a payout may be customers' money. Then POST /v1/admin/ledger/house-movements with each txn_ that no entry names",
  },
  unknown_kind: {
    reason: "The processor moved money in a way that we never ask for",
    action:
      "Look it up at the processor; no command books it before its kind is listed with an account (movement-kinds.ts). What is " +
      "held back for a creator's overdrawn account needs none: it stays ours",
  },
};

/** Names of either side that one difference tells: a day's record must fit into an item of 400 kB. */
const MOST_NAMES = 10;

export function toDifference({ kind, group, processorMinor, booksMinor }: Finding): Difference {
  const { movements, entries } = group;
  const [first] = [...movements, ...entries];
  return {
    kind,
    // A group is never empty.
    currency: first?.currency ?? "USD",
    processorIds: [...new Set(movements.flatMap(({ id, objectIds }) => [id, ...objectIds]))].slice(0, MOST_NAMES),
    entryKeys: entries.map(({ key }) => key).slice(0, MOST_NAMES),
    processorMinor,
    booksMinor,
    ...said[kind],
  };
}

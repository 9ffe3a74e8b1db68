/**
 * Payments at the processor that no deposit is credited for, and none can be: a payment that nobody here asked for, or one that
 * does not fit its deposit. What was paid and what came of it are the house's own, and its debt to whoever paid.
 */
import type { Written } from "../change.ts";
import type { Deposit } from "../deposits/deposit.ts";
import { forgone } from "../deposits/forgo.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { refuse } from "../kernel/refusal.ts";
import { type PaymentPart, paymentPartOf, whoBooks } from "../processor/movement-kinds.ts";
import type { ProcessorMovement } from "../processor/movement.ts";
import type { Payment } from "../processor/payment.ts";
import { entryKeys } from "./entry-keys.ts";
import type { JournalEntry } from "./journal-entry.ts";
import { houseMovementRefusals } from "./refusals.ts";

/** What is known of the payment that a movement is part of. */
export interface PaymentState {
  /** As the processor tells it now; asked for of a charge alone. */
  readonly payment?: Payment | undefined;
  /** Whose payment it is by our own word, whatever the payment says of itself. */
  readonly deposit?: Deposit | undefined;
  /** The entry under the payment's own key. */
  readonly credit?: JournalEntry | undefined;
}

/** A deposit that is given up. */
export type DepositChange = Written<"deposit">;

/** How what is part of such a payment is booked. */
export interface StrayBooking {
  /** A payment's first charge has its key: it is credited to a brand or booked as the house's own, and never both. */
  readonly key?: string;
  readonly processorIds: readonly string[];
  readonly entities: readonly DepositChange[];
}

/** The intent of a payment that a charge is of, which says whose it is; undefined for any other movement. */
export const chargedIntent = (movement: ProcessorMovement | undefined): string | undefined =>
  movement && paymentPartOf(movement) === "charge" ? movement.objectIds.find(isIntent) : undefined;

/** The key that whoever books a payment's charge takes; none of what is part of no payment. */
export const keysOfPayment = (movement: ProcessorMovement | undefined): readonly string[] =>
  movement === undefined ? [] : paymentIdsIn(movement).map(entryKeys.deposit);

/** @throws Refusal that says who books it, while a deposit is credited for it or can be */
export function strayBooking(moved: ProcessorMovement, state: PaymentState, occasion: Occasion): StrayBooking {
  const part = paymentPartOf(moved);
  const [paymentId] = paymentIdsIn(moved);
  if (part === undefined || paymentId === undefined || state.credit?.type === "deposit")
    throw refuse(houseMovementRefusals.notTheHouses, whoBooks(moved));
  return byPart[part](moved, paymentId, state, occasion);
}

const byPart: Readonly<
  Record<PaymentPart, (...of: [ProcessorMovement, string, PaymentState, Occasion]) => StrayBooking>
> = {
  charge: ({ id }, paymentId, { payment, deposit, credit }, occasion) => ({
    // A payment whose charge failed days later may be charged again: by then its key is taken, and nothing is credited for it.
    ...((credit === undefined || isOf(credit, id)) && { key: entryKeys.deposit(paymentId) }),
    // The payment first, as in a deposit's entry: what is about it is found by it.
    processorIds: [paymentId, id],
    entities:
      credit === undefined && deposit !== undefined && deposit.status !== "failed"
        ? [forgone({ deposit, payment }, occasion)]
        : [],
  }),
  // Once the charge is the house's own it never becomes a brand's, so nothing that is decided on it can change.
  sequel(moved, _paymentId, { credit }) {
    if (credit !== undefined) return { processorIds: [moved.id], entities: [] };
    const first = "of a payment that no deposit can be credited for, by this command, once the payment's charge is";
    throw refuse(houseMovementRefusals.notTheHouses, `${whoBooks(moved)}; ${first}`);
  },
};

const isOf = ({ processorIds = [] }: JournalEntry, id: string): boolean => processorIds.includes(id);

const isIntent = (id: string): boolean => id.startsWith("pi_");
/** Of a payment that was made without an intent. */
const isCharge = (id: string): boolean => /^(ch|py)_/.test(id);

/** The payment's name, if the movement has one: its intent's, or its charge's where there is none. */
function paymentIdsIn({ objectIds }: ProcessorMovement): readonly string[] {
  const id = objectIds.find(isIntent) ?? objectIds.find(isCharge);
  return id === undefined ? [] : [id];
}

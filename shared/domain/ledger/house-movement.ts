/** How the house's own money at the processor comes into the books: by a person who says why, movement by movement. */
import type { Change } from "../change.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { found, refuse } from "../kernel/refusal.ts";
import { houseAccountOf, kindOf } from "../processor/movement-kinds.ts";
import { netOf, type ProcessorMovement } from "../processor/movement.ts";
import { type PlatformAccount, platformAccount } from "./account.ts";
import { entryKeys } from "./entry-keys.ts";
import { type EntryView, entryView } from "./entry-view.ts";
import type { DecidedEntry, JournalEntry } from "./journal-entry.ts";
import { entry } from "./posting.ts";
import { houseMovementRefusals } from "./refusals.ts";
import { type DepositChange, keysOfPayment, type PaymentState, strayBooking } from "./stray-payment.ts";

/** Every key under which a balance transaction may be booked: what came with a payment or a dispute may look like the house's. */
export const keysOfMovement = (id: string): readonly string[] => [
  entryKeys.houseMovement(id),
  entryKeys.processingFee(id),
  entryKeys.cardDispute(id),
];

export interface HouseMovementState extends Pick<PaymentState, "payment" | "deposit"> {
  /** As the processor tells it now. */
  readonly movement: ProcessorMovement | undefined;
  /** By any of `keysOfMovement` and `keysOfPayment`. */
  readonly booked: readonly JournalEntry[];
}

/** What a movement is booked as, besides what the processor says of it. */
export interface Booking {
  /** On the other side of what moved, but for the fee. */
  readonly account: PlatformAccount;
  /** Unless it is the movement's own. */
  readonly key?: string;
  /** Unless it is the movement alone. */
  readonly processorIds?: readonly string[];
}

/**
 * Books what the processor says has moved, on its own day. What we hold there changes by what is left of the movement after
 * its fee; the fee is the house's expense, whatever moved.
 */
export function bookHouseMovement(
  state: HouseMovementState,
  reason: string,
  occasion: Occasion,
): { readonly change: Change; readonly entry: EntryView } {
  const moved = found(state.movement, houseMovementRefusals.unknown);
  const { entities, ...booking } = bookingOf(moved, state, occasion);
  const own = [...keysOfMovement(moved.id), booking.key];
  const existing = state.booked.find(({ key }) => own.includes(key));
  if (existing !== undefined)
    throw refuse(houseMovementRefusals.booked, `It is in entry ${existing.key}`, { currentState: "booked" });

  const decided = houseEntry(moved, booking, occasion);
  const audit = {
    action: "house_movement.booked",
    resource: { type: "balance_transaction", id: moved.id },
    changes: [
      { field: "entry", before: null, after: decided.key },
      { field: "reason", before: null, after: reason },
      ...entities.map(({ next }) => ({ field: "deposit", before: null, after: next.id })),
    ],
  };
  return { change: { entities, entries: [decided], audit }, entry: entryView(decided) };
}

/** @throws Refusal that says who books it, for what is somebody else's */
function bookingOf(
  moved: ProcessorMovement,
  { booked, ...payment }: HouseMovementState,
  occasion: Occasion,
): Booking & { readonly entities: readonly DepositChange[] } {
  const account = houseAccountOf(moved);
  if (netOf(moved) === 0 && (account === "stripe_fees" || moved.amountMinor === 0))
    throw refuse(houseMovementRefusals.notTheHouses, "It moves nothing");
  if (account !== undefined) return { account, entities: [] };
  const names = keysOfPayment(moved);
  const credit = booked.find(({ key }) => names.includes(key));
  return { account: "house_capital", ...strayBooking(moved, { ...payment, credit }, occasion) };
}

/** The entry of a movement, whoever books it. */
export function houseEntry(moved: ProcessorMovement, booking: Booking, occasion: Occasion): DecidedEntry {
  const { id, currency, createdAt } = moved;
  const { account, key = entryKeys.houseMovement(id), processorIds = [id] } = booking;
  const net = netOf(moved);
  const feesMinor = account === "stripe_fees" ? net : 0 - moved.feeMinor;
  return entry(
    {
      key,
      type: "processing",
      currency,
      referenceId: id,
      description: `The house's own at the processor: ${kindOf(moved)}`,
      effectiveAt: createdAt,
      processorIds: [...processorIds],
    },
    [
      { account: platformAccount("stripe_balance"), amount: 0 - net },
      { account: platformAccount(account), amount: net - feesMinor },
      { account: platformAccount("stripe_fees"), amount: feesMinor },
    ],
    occasion,
  );
}

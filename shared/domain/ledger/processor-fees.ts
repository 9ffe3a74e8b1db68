/** What the processor takes of the house's own account: it can be nothing but a fee, so a job books it, up to a bound a day. */
import * as z from "zod";
import type { Change } from "../change.ts";
import { isSystem } from "../kernel/actor.ts";
import { Currency } from "../kernel/money.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { dayOf, type Instant, plusDays } from "../kernel/time.ts";
import { feeTypes } from "../processor/movement-kinds.ts";
import { netOf, type ProcessorMovement } from "../processor/movement.ts";
import { houseEntry, keysOfMovement } from "./house-movement.ts";
import type { JournalEntry } from "./journal-entry.ts";

/** The most of fees that is booked of one day without anybody having looked, minor units by currency, where it is not the house's. */
export const ProcessorFeeBounds = z.partialRecord(Currency, z.int().min(0));
export type ProcessorFeeBounds = z.infer<typeof ProcessorFeeBounds>;

/**
 * 1,000 dollars, euros or pounds: what Connect takes for 500 active accounts, or for 2,000 payouts of a hundred dollars
 * (stripe.com/connect/pricing: 2.00 a month; 0.25 % and 0.25). A bill above it is worth a person's look, and a bound that is too
 * low for a stage or a currency only makes them look more often.
 */
const BOUND_MINOR = 100_000;

const boundOf = (currency: Currency, bounds: ProcessorFeeBounds): number => bounds[currency] ?? BOUND_MINOR;

/** Days besides today that a run looks at: what a run could not book, the next ones do. */
const DAYS_BACK = 3;

/** Whole days, so that each one's sum is known. */
export const daysWithFees = (now: Instant): readonly [from: Instant, to: Instant] => [
  `${dayOf(plusDays(now, -DAYS_BACK))}T00:00:00.000Z`,
  `${dayOf(plusDays(now, 1))}T00:00:00.000Z`,
];

/** One that can be nothing else. What is given back is not: somebody asked for it, or the processor was wrong. */
const isOnlyFee = (movement: ProcessorMovement): boolean => feeTypes.includes(movement.type) && netOf(movement) < 0;

export interface FeesFound {
  readonly movements: readonly ProcessorMovement[];
  /** Entries under any of their `keysOfMovement`. */
  readonly booked: readonly JournalEntry[];
}

/**
 * Which fees a job books, the oldest first, and which it must not: those that take a day's sum beyond the bound. What an admin
 * has booked was looked at, and does not count.
 */
export function feesToBook({ movements, booked }: FeesFound, bounds: ProcessorFeeBounds) {
  const entryOf = new Map(booked.flatMap((entry) => (entry.processorIds ?? []).map((id) => [id, entry] as const)));
  const sums = new Map<string, number>();
  const placeOf = ({ createdAt, currency }: ProcessorMovement): string => `${dayOf(createdAt)} ${currency}`;
  const sumWith = (fee: ProcessorMovement): number => (sums.get(placeOf(fee)) ?? 0) - netOf(fee);
  const fees = movements.filter(isOnlyFee).sort(byAge);
  for (const fee of fees) {
    const entry = entryOf.get(fee.id);
    if (entry && isSystem({ userId: entry.actorId, roles: [] })) sums.set(placeOf(fee), sumWith(fee));
  }
  const due: ProcessorMovement[] = [];
  const held: ProcessorMovement[] = [];
  for (const fee of fees.filter(({ id }) => !entryOf.has(id))) {
    const isWithin = sumWith(fee) <= boundOf(fee.currency, bounds);
    if (isWithin) sums.set(placeOf(fee), sumWith(fee));
    (isWithin ? due : held).push(fee);
  }
  return { due, held };
}

/** What the processor and our journal are asked. */
interface FeeSources {
  readonly statements: {
    movementsOfType(type: string, from: Instant, to: Instant): Promise<readonly ProcessorMovement[]>;
  };
  readonly journal: { some(keys: readonly string[]): Promise<readonly JournalEntry[]> };
}

/** Fees that the processor has taken, and that the next run will book. */
export async function feesToCome(
  { statements, journal }: FeeSources,
  bounds: ProcessorFeeBounds,
  now: Instant,
): Promise<readonly ProcessorMovement[]> {
  const ofEach = feeTypes.map((type) => statements.movementsOfType(type, ...daysWithFees(now)));
  const movements = (await Promise.all(ofEach)).flat();
  return feesToBook(
    { movements, booked: await journal.some(movements.flatMap(({ id }) => keysOfMovement(id))) },
    bounds,
  ).due;
}

const byAge = (one: ProcessorMovement, other: ProcessorMovement): number =>
  one.createdAt.localeCompare(other.createdAt) || one.id.localeCompare(other.id);

/** Books a fee as an admin's command would; nothing when somebody has meanwhile. @param booked by any of its `keysOfMovement` */
export function bookProcessorFee(
  movement: ProcessorMovement,
  booked: readonly JournalEntry[],
  occasion: Occasion,
): Change | undefined {
  const names = new Set(keysOfMovement(movement.id));
  if (booked.some(({ key }) => names.has(key))) return undefined;
  const entry = houseEntry(movement, { account: "stripe_fees" }, occasion);
  const audit = {
    action: "processor_fee.booked",
    resource: { type: "balance_transaction", id: movement.id },
    changes: [{ field: "entry", before: null, after: entry.key }],
  };
  return { entities: [], entries: [entry], audit };
}

/** What fees come to, by currency. */
export function feeSums(fees: readonly ProcessorMovement[]) {
  const currencies = [...new Set(fees.map(({ currency }) => currency))].sort();
  return currencies.map((currency) => {
    const own = fees.filter((fee) => fee.currency === currency);
    return { currency, fees: own.length, feesMinor: own.reduce((sum, fee) => sum - netOf(fee), 0) };
  });
}

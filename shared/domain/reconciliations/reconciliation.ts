import * as z from "zod";
import { CalendarDay, Instant } from "../kernel/time.ts";
import { Currency } from "../kernel/money.ts";

/**
 * What may differ between our books and the processor's:
 * `not_booked`: it moved money and we booked nothing; `not_at_processor`: we booked what it knows nothing of;
 * `amount_differs`, `fee_differs`, `currency_differs`: both have it, and not alike; `booked_twice`: several entries book one
 * movement beyond its amount; `fee_not_booked`: all but its fee; `unconfirmed`: the house's own money moved, and nobody has
 * said yet that it may; `unknown_kind`: a movement of a kind that we never cause.
 */
export const DifferenceKind = z.enum([
  "not_booked", "not_at_processor", "amount_differs", "fee_differs", "currency_differs", "booked_twice", "fee_not_booked",
  "unconfirmed", "unknown_kind",
]); // prettier-ignore
export type DifferenceKind = z.infer<typeof DifferenceKind>;

/** One thing that does not agree, by name, with what somebody should do about it. Nothing repairs itself. */
export const Difference = z.object({
  kind: DifferenceKind,
  currency: Currency,
  /** The processor's objects, when there are any. */
  processorIds: z.array(z.string()),
  /** Keys of our entries, when there are any. */
  entryKeys: z.array(z.string()),
  /** Signed minor units of what the processor holds for us, by its word and by ours. */
  processorMinor: z.int(),
  booksMinor: z.int(),
  reason: z.string(),
  action: z.string(),
});
export type Difference = z.infer<typeof Difference>;

export const CurrencyTotals = z.object({
  currency: Currency,
  /** Movements and entries that agree. */
  matched: z.int(),
  processorMinor: z.int(),
  booksMinor: z.int(),
});

/** How our books and the processor's agree about one UTC day. */
export const Reconciliation = z.object({
  date: CalendarDay,
  /** `not_judged`: nothing differs of what could be judged, and something could not. */
  status: z.enum(["matched", "differs", "not_judged"]),
  totals: z.array(CurrencyTotals),
  /** How many there are; the first of them are in `differences`. */
  differenceCount: z.int(),
  differences: z.array(Difference),
  /** How many things do not agree by what was read, and could not be looked up on other days; left out when there are none. */
  notJudgedCount: z.int().min(1).optional(),
  reconciledAt: Instant,
  version: z.int(),
});
export type Reconciliation = z.infer<typeof Reconciliation>;

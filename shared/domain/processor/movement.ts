import * as z from "zod";
import { Currency } from "../kernel/money.ts";
import { Instant } from "../kernel/time.ts";

/**
 * One movement of the money that the processor holds for us, as the processor tells it (Stripe: a balance transaction).
 * Amounts are signed minor units, positive when we hold more; `amountMinor` less `feeMinor` is what moved.
 */
export const ProcessorMovement = z.object({
  id: z.string(),
  /** The processor's word for it: `charge`, `refund`, `transfer`, … */
  type: z.string(),
  /** How it groups such words for accounts (Stripe's `reporting_category`): tells adjustments apart. */
  category: z.string(),
  currency: Currency,
  amountMinor: z.int(),
  feeMinor: z.int(),
  createdAt: Instant,
  /** Every object of the processor that it is about, itself included: an entry of ours that names one of them books it. */
  objectIds: z.array(z.string()),
});
export type ProcessorMovement = z.infer<typeof ProcessorMovement>;

export const netOf = ({ amountMinor, feeMinor }: ProcessorMovement): number => amountMinor - feeMinor;

import * as z from "zod";

/** What the stage decides about money and time, changed at any moment by `POST /_settings`. */
export interface Settings {
  /** The time in milliseconds. */
  readonly now: () => number;
  /** Where the fake is reached, for the addresses it hands out. */
  origin: string;
  /** Stripe's fee on a charge, in the charge's minor units. */
  chargeFee: (amountMinor: number, currency: string) => number;
  /** How long a charge's funds stay pending. */
  fundsDelaySeconds: number;
  /**
   * How long after an asynchronously captured charge its balance transaction comes, with `charge.updated`; null for
   * at once. https://docs.stripe.com/payments/payment-intents/asynchronous-capture
   */
  asyncCaptureDelayMs: number | null;
  /** How long a refund that is not immediate stays pending, and how long one that will fail seems to succeed. */
  refundDelayMs: number;
  /** How soon after its charge a dispute is opened. */
  disputeDelayMs: number;
  /** How long a payout stays pending, and then in transit; null until it is told. */
  payoutDelayMs: number | null;
}

const delay = z.int().min(0);

/** The body of `POST /_settings`. */
export const settingsShape = z.strictObject({
  fundsDelaySeconds: delay.optional(),
  asyncCaptureDelayMs: delay.nullable().optional(),
  refundDelayMs: delay.optional(),
  disputeDelayMs: delay.optional(),
  payoutDelayMs: delay.nullable().optional(),
});

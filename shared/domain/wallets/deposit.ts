import * as z from "zod";
import { idOf, UserId } from "../kernel/ids.ts";
import { Money } from "../kernel/money.ts";
import { Instant } from "../kernel/time.ts";

export const DepositStatus = z.enum(["pending", "completed", "failed"]);
export type DepositStatus = z.infer<typeof DepositStatus>;

/** Money a brand pays in by one PaymentIntent. It is credited once, on Stripe's word alone. */
export const Deposit = z.object({
  id: idOf("deposit"),
  userId: UserId,
  paymentIntentId: z.string(),
  clientSecret: z.string(),
  /** Who pays, at the processor; missing on deposits from before it was kept. */
  customerId: z.string().optional(),
  amount: Money,
  status: DepositStatus,
  version: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type Deposit = z.infer<typeof Deposit>;

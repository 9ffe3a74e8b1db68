import * as z from "zod";
import { idOf, UserId } from "../kernel/ids.ts";
import { Money } from "../kernel/money.ts";
import { Instant } from "../kernel/time.ts";

export const EarningStatus = z.enum(["pending", "available", "paid", "cancelled"]);
export type EarningStatus = z.infer<typeof EarningStatus>;

/** What a creator earned with one settled unit, after the platform's fee. */
export const Earning = z.object({
  id: idOf("earning"),
  creatorId: UserId,
  campaignId: z.string(),
  campaignName: z.string(),
  /** With `deliverableId` and `unit`: what was settled. */
  participationId: idOf("participation"),
  deliverableId: idOf("deliverable"),
  unit: z.int(),
  submissionId: z.string(),
  amount: Money,
  /** How much of it payouts pay, on their way or arrived; and how much has arrived. */
  allocatedMinor: z.int(),
  paidMinor: z.int(),
  status: EarningStatus,
  availableAt: Instant,
  paidAt: Instant.optional(),
  version: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type Earning = z.infer<typeof Earning>;

/** What of an earning is neither paid out nor on its way. */
export const leftOf = ({ amount, allocatedMinor }: Earning): number => amount.amount - allocatedMinor;

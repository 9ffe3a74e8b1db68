import * as z from "zod";
import { UserId } from "../../kernel/ids.ts";
import { Instant } from "../../kernel/time.ts";

/**
 * The record of one mail to one person about one event. `sending` is claimed before the mail leaves and `sent` recorded
 * after: a redelivered event finds `sent` and does nothing; only a crash between the two can send twice.
 */
export const Mail = z.object({
  id: z.string(),
  userId: UserId,
  template: z.string(),
  status: z.enum(["sending", "sent"]),
  claimedUntil: Instant,
  /** The delivery that sends it. */
  claimedBy: z.string(),
  sentAt: Instant.optional(),
  version: z.int(),
  createdAt: Instant,
});
export type Mail = z.infer<typeof Mail>;

import * as z from "zod";
import { UserId } from "../../kernel/ids.ts";
import { Instant } from "../../kernel/time.ts";

/**
 * The record of one mail to one person about one event. `sending` is claimed before the mail leaves and `sent` recorded
 * after: an event that comes again finds `sent` and does nothing.
 *
 * A mail can go out twice in two cases, as SES knows no key to tell them apart: its answer was not heard (the process
 * died, or the connection did), or `sent` could not be recorded and the event then comes again for another reason.
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

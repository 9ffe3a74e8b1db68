import * as z from "zod";
import { Instant } from "../kernel/time.ts";

/**
 * `received`: it waits for its consumer. `processed`: what it tells of is in the books. `ignored`: nothing of ours follows from
 * it. `parked`: it was tried again and again, and waits for a person.
 */
export const StripeEventStatus = z.enum(["received", "processed", "ignored", "parked"]);
export type StripeEventStatus = z.infer<typeof StripeEventStatus>;

/**
 * An event of the processor's, kept for 30 days to be looked at: as long as the processor itself lists it. It guards nothing: what it causes is guarded by the
 * keys of journal entries, for ever.
 */
export const StripeEvent = z.object({
  id: z.string(),
  type: z.string(),
  connectedAccountId: z.string().nullable(),
  objectType: z.string(),
  objectId: z.string().nullable(),
  paymentIntentId: z.string().nullable(),
  /** As it came, until it has ended: it may say where somebody lives. */
  rawBody: z.string().optional(),
  status: StripeEventStatus,
  /** How often it was put into the queue. */
  sends: z.int(),
  /** When it is late: the sweep looks at it then. Missing once it has ended. */
  dueAt: Instant.optional(),
  version: z.int(),
  /** At the processor. */
  createdAt: Instant,
  receivedAt: Instant,
  updatedAt: Instant,
});
export type StripeEvent = z.infer<typeof StripeEvent>;

import * as z from "zod";
import { idOf, UserId } from "../kernel/ids.ts";
import { Instant } from "../kernel/time.ts";

/** An admin's wish that everybody be paid who can be. Each payout is asked for on its own. */
export const PayoutRun = z.object({
  id: idOf("jobRun"),
  startedBy: UserId,
  /** Creators whose payouts it asks for. */
  queued: z.int(),
  version: z.int(),
  createdAt: Instant,
});
export type PayoutRun = z.infer<typeof PayoutRun>;

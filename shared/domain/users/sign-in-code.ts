import * as z from "zod";
import { UserId } from "../kernel/ids.ts";
import { Instant } from "../kernel/time.ts";

/** A person's code, as stored. For a name that is nobody's there is the same row, which no code ever comes to. */
export const SignInCode = z.object({
  id: z.string(),
  /** Whom the code goes to, and where; null where nobody may be written to. */
  person: z.object({ userId: UserId, address: z.email() }).nullable(),
  requestedAt: Instant,
  /** Of the last day, the newest last. */
  requests: z.array(Instant),
  /** Of the code that was last mailed; missing until it is, and once it was used. */
  digest: z.string().optional(),
  expiresAt: Instant.optional(),
  /** The delivery that mails it, until when no other does, and when it had. */
  claimedBy: z.string().optional(),
  claimedUntil: Instant.optional(),
  mailedAt: Instant.optional(),
  triesLeft: z.int().min(0),
  version: z.int(),
  createdAt: Instant,
});
export type SignInCode = z.infer<typeof SignInCode>;

import * as z from "zod";
import { UserId } from "../kernel/ids.ts";
import { Instant } from "../kernel/time.ts";

/** `onboarding`: something is still asked for; `active`: money can be paid out; `restricted`: the processor has stopped it. */
export const PayoutAccountStatus = z.enum(["onboarding", "active", "restricted"]);
export type PayoutAccountStatus = z.infer<typeof PayoutAccountStatus>;

/** A creator's account at the processor, as it was when it was last asked about. */
export const PayoutAccount = z.object({
  creatorId: UserId,
  processorAccountId: z.string(),
  status: PayoutAccountStatus,
  /** Money may be sent to it, and on from it to the creator's bank. */
  payoutsEnabled: z.boolean(),
  /** What the processor still wants to know, in its own words (`external_account`, `individual.dob.day`, …). */
  requirementsDue: z.array(z.string()),
  /** Those that it can be paid in; missing where it was not looked at since they are noted. */
  currencies: z.array(z.string()).optional(),
  version: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type PayoutAccount = z.infer<typeof PayoutAccount>;

/** What the processor says of an account. */
export interface ProcessorAccount {
  readonly processorAccountId: string;
  /** Whose it is, as we noted it there; missing on accounts that are none of ours. */
  readonly creatorId: string | undefined;
  readonly transfersEnabled: boolean;
  readonly payoutsEnabled: boolean;
  /** Why the processor stopped it; null while it has not. */
  readonly disabledReason: string | null;
  readonly detailsSubmitted: boolean;
  readonly requirementsDue: readonly string[];
  /**
   * Of its banks, and the one that it keeps books in, ISO 4217. What is sent there in any other is converted, at somebody's
   * cost, and cannot be sent on as what it was.
   */
  readonly currencies: readonly string[];
}

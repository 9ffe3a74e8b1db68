import * as z from "zod";
import { idOf, UserId } from "../kernel/ids.ts";
import { Currency } from "../kernel/money.ts";
import { Instant } from "../kernel/time.ts";
import { WalletAccount } from "./wallet.ts";

/** Accounts of the house. They have no balance item: their balance is the sum of their entries. */
export const PlatformAccount = z.enum(["stripe_clearing", "platform_fees", "stripe_fees", "disputes_receivable"]);
export type PlatformAccount = z.infer<typeof PlatformAccount>;

/** Accounts of a campaign: `unassigned` is promised to nobody yet, `secured` is held by participants. */
export const CampaignAccount = z.enum(["unassigned", "secured"]);
export type CampaignAccount = z.infer<typeof CampaignAccount>;

export const LedgerAccount = z.discriminatedUnion("of", [
  z.object({ of: z.literal("wallet"), userId: UserId, account: WalletAccount }),
  z.object({ of: z.literal("campaign"), campaignId: z.string(), brandId: UserId, account: CampaignAccount }),
  z.object({ of: z.literal("platform"), account: PlatformAccount }),
]);
export type LedgerAccount = z.infer<typeof LedgerAccount>;

/** One leg: `amount` is signed minor units, positive when the account grows. */
export const Entry = z.object({ account: LedgerAccount, amount: z.int() });
export type Entry = z.infer<typeof Entry>;

/** Kinds of movement a user sees in a wallet. */
export const TransactionType = z.enum([
  "deposit", "reservation", "release", "transfer", "fee", "maturity", "withdrawal", "refund", "reversal", "dispute",
]); // prettier-ignore
export type TransactionType = z.infer<typeof TransactionType>;

/** `securing` and `unsecuring` move money between a campaign's two accounts: no wallet sees them. */
export const JournalType = z.enum([...TransactionType.options, "securing", "unsecuring"]);
export type JournalType = z.infer<typeof JournalType>;

/**
 * An immutable, balanced movement of money. `key` names the business event for ever (`deposit:pi_…`,
 * `settlement:cmp_…`): a second journal with the same key cannot be written.
 */
export const Journal = z.object({
  id: idOf("journal"),
  key: z.string().min(1).max(500),
  type: JournalType,
  currency: Currency,
  entries: z.array(Entry).min(2),
  /** What it is about: a campaign's, deposit's, submission's or payout's id. */
  referenceId: z.string(),
  description: z.string(),
  actorId: z.string(),
  at: Instant,
});
export type Journal = z.infer<typeof Journal>;

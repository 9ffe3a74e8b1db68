/** The chart of accounts. An account has a class and from it a normal side: the side on which it grows. docs/money.md shows it. */
import * as z from "zod";
import { UserId } from "../kernel/ids.ts";

/** What an account is in the books. Assets and expenses grow by debits, all others by credits. */
export type AccountClass = "asset" | "liability" | "equity" | "revenue" | "expense";
export type Side = "debit" | "credit";

/** Accounts of the house. They have no balance item: their balance is the sum of their lines. */
export const platformAccounts = {
  /** What the processor holds for us, net of its fees. */
  stripe_balance: "asset",
  /** What stands on creators' accounts at the processor, on its way to their banks. */
  connected_balance: "asset",
  stripe_fees: "expense",
  /** What the house keeps of a settlement, from the creator's side. */
  platform_fees: "revenue",
  /** What campaigns paid for work: the other side of their `spent`. */
  creator_compensation: "expense",
  /** What the house put into its balance at the processor, less what it took out to its own bank: on either side of zero. */
  house_capital: "equity",
} as const satisfies Record<string, AccountClass>;

/** Accounts of one person, on their wallet. */
export const walletAccounts = {
  /** A brand's own money: deposited, not set aside. */
  available: "liability",
  /** A creator's earnings on hold. */
  pending: "liability",
  /** A creator's earnings that can be paid out. */
  payable: "liability",
  /** On its way to a creator's bank. */
  inFlight: "liability",
  /** What the processor took back for a disputed payment when it was no longer there: the brand owes it. */
  disputesReceivable: "asset",
} as const satisfies Record<string, AccountClass>;

/** Accounts of one campaign, on its budget. */
export const campaignAccounts = {
  /** Set aside, and promised to nobody yet. */
  unassigned: "liability",
  /** Held for participants. */
  secured: "liability",
  /** What went to creators and, out of their share, to the house. */
  spent: "revenue",
} as const satisfies Record<string, AccountClass>;

const nameOf = <T extends object>(accounts: T) =>
  z.enum(Object.keys(accounts) as [keyof T & string, ...(keyof T & string)[]]);

export const PlatformAccount = nameOf(platformAccounts);
export type PlatformAccount = z.infer<typeof PlatformAccount>;
export const WalletAccount = nameOf(walletAccounts);
export type WalletAccount = z.infer<typeof WalletAccount>;
export const CampaignAccount = nameOf(campaignAccounts);
export type CampaignAccount = z.infer<typeof CampaignAccount>;

export const LedgerAccount = z.discriminatedUnion("of", [
  z.object({ of: z.literal("wallet"), userId: UserId, account: WalletAccount }),
  z.object({ of: z.literal("campaign"), campaignId: z.string(), brandId: UserId, account: CampaignAccount }),
  z.object({ of: z.literal("platform"), account: PlatformAccount }),
]);
export type LedgerAccount = z.infer<typeof LedgerAccount>;

export const walletAccount = (userId: string, account: WalletAccount): LedgerAccount => ({
  of: "wallet",
  userId,
  account,
});
/** @param of a campaign, or anything else that names one and its brand */
export const campaignAccount = (
  { campaignId, brandId }: { readonly campaignId: string; readonly brandId: string },
  account: CampaignAccount,
): LedgerAccount => ({ of: "campaign", campaignId, brandId, account });
export const platformAccount = (account: PlatformAccount): LedgerAccount => ({ of: "platform", account });

export function classOf(account: LedgerAccount): AccountClass {
  if (account.of === "platform") return platformAccounts[account.account];
  if (account.of === "wallet") return walletAccounts[account.account];
  return campaignAccounts[account.account];
}

export const normalSideOf = (account: LedgerAccount): Side =>
  ["asset", "expense"].includes(classOf(account)) ? "debit" : "credit";

/** A line's or a sum's signed amount (credits are positive) as the account counts it: positive when it grows. */
export const onNormalSide = (account: LedgerAccount, amount: number): number =>
  normalSideOf(account) === "credit" ? amount : 0 - amount;

/** Stable name of an account, for sums and reports. */
export function accountName(account: LedgerAccount): string {
  if (account.of === "platform") return `platform:${account.account}`;
  if (account.of === "wallet") return `wallet:${account.userId}:${account.account}`;
  return `campaign:${account.campaignId}:${account.account}`;
}

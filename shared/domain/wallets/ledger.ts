/**
 * Double entry. A journal's entries sum to zero; what it does to wallets and budgets follows from the entries alone,
 * so that figures and journals cannot disagree. The model and its invariants M1-M15: docs/money.md.
 */
import { OwnError } from "../kernel/own-error.ts";
import type { NewId } from "../kernel/ids.ts";
import type { Currency } from "../kernel/money.ts";
import { MAX_MOVEMENT_MINOR } from "../kernel/money.ts";
import type { Instant } from "../kernel/time.ts";
import type { CampaignAccount, Entry, Journal, JournalType, LedgerAccount, PlatformAccount } from "./journal.ts";
import type { Effects } from "./transaction.ts";
import type { Wallet, WalletAccount } from "./wallet.ts";

export const walletAccount = (userId: string, account: WalletAccount): LedgerAccount => ({
  of: "wallet",
  userId,
  account,
});
export const campaignAccount = (
  of: { campaignId: string; brandId: string },
  account: CampaignAccount,
): LedgerAccount => ({
  of: "campaign",
  campaignId: of.campaignId,
  brandId: of.brandId,
  account,
});
export const platformAccount = (account: PlatformAccount): LedgerAccount => ({ of: "platform", account });

/** Everything of a journal but its movement. */
export interface JournalHead {
  readonly key: string;
  readonly type: JournalType;
  readonly currency: Currency;
  readonly referenceId: string;
  readonly description: string;
  readonly actorId: string;
  readonly at: Instant;
  readonly newId: NewId;
}

/** A journal that takes `amount` out of one account and puts it into another. */
export const move = (head: JournalHead, amount: number, from: LedgerAccount, to: LedgerAccount): Journal =>
  journal(head, [
    { account: from, amount: -amount },
    { account: to, amount },
  ]);

/** A journal of several legs. Throws when they do not balance: that is a defect of the rule, never a client's fault. */
export function journal({ newId, ...head }: JournalHead, entries: readonly Entry[]): Journal {
  const legs = entries.filter((entry) => entry.amount !== 0);
  const sum = legs.reduce((total, entry) => total + entry.amount, 0);
  if (legs.length < 2 || sum !== 0)
    throw new OwnError(`journal ${head.key} does not balance: ${legs.length} legs, sum ${sum}`);
  // No sum of some of its legs, as a wallet or a budget sees them, is larger than all that came in.
  const moved = legs.reduce((total, { amount }) => total + Math.max(amount, 0), 0);
  if (legs.some(({ amount }) => !Number.isSafeInteger(amount)) || moved > MAX_MOVEMENT_MINOR) {
    throw new OwnError(`journal ${head.key} has an amount out of bounds`);
  }
  return { id: newId("journal"), ...head, entries: legs };
}

/** A wallet's stored figures, or signed changes of them. */
type WalletFigures = Pick<Wallet, "available" | "pending" | "payable" | "inFlight">;
/** What a journal does to what one person has: to their wallet, and to what their campaigns hold. */
export interface WalletDelta extends WalletFigures {
  readonly reserved: number;
}
export const walletFigures = ["available", "pending", "payable", "inFlight"] as const;
export const budgetFigures = ["total", "unassigned", "secured", "spent"] as const;

/** Signed changes of one budget's stored figures. */
export interface BudgetDelta {
  readonly total: number;
  readonly unassigned: number;
  readonly secured: number;
  readonly spent: number;
}

const noWalletDelta: WalletDelta = { available: 0, reserved: 0, pending: 0, payable: 0, inFlight: 0 };
const noBudgetDelta: BudgetDelta = { total: 0, unassigned: 0, secured: 0, spent: 0 };

/** What a journal does to what each person has, by user. A campaign's accounts show in its brand's `reserved`. */
export function walletDeltas(entries: readonly Entry[]): ReadonlyMap<string, WalletDelta> {
  const deltas = new Map<string, WalletDelta>();
  for (const { account, amount } of entries) {
    if (account.of === "platform") continue;
    const userId = account.of === "wallet" ? account.userId : account.brandId;
    const figure = account.of === "wallet" ? account.account : "reserved";
    const delta = deltas.get(userId) ?? noWalletDelta;
    deltas.set(userId, { ...delta, [figure]: delta[figure] + amount });
  }
  return new Map([...deltas].filter(([, delta]) => Object.values(delta).some((change) => change !== 0)));
}

/** Two sets of the same figures, added up. */
export const addFigures = <F extends { readonly [K in keyof F]: number }>(a: F, b: F): F =>
  Object.fromEntries(Object.entries<number>(a).map(([figure, amount]) => [figure, amount + b[figure as keyof F]])) as F;

/** What a journal does to each budget it touches, by campaign. Money that leaves by a `transfer` is spent. */
export function budgetDeltas({ type, entries }: Pick<Journal, "type" | "entries">): ReadonlyMap<string, BudgetDelta> {
  const deltas = new Map<string, BudgetDelta>();
  for (const { account, amount } of entries) {
    if (account.of !== "campaign") continue;
    const delta = deltas.get(account.campaignId) ?? noBudgetDelta;
    deltas.set(account.campaignId, {
      ...delta,
      [account.account]: delta[account.account] + amount,
      ...(type === "transfer" ? { spent: delta.spent - amount } : { total: delta.total + amount }),
    });
  }
  return deltas;
}

/** A wallet's figures as its owner sees them: a creator's payable money is simply available. */
export const visibleFigures = (figures: WalletDelta): Effects => ({
  available: figures.available + figures.payable,
  reserved: figures.reserved,
  pending: figures.pending,
  inFlight: figures.inFlight,
});

/** The size of a movement as one wallet sees it: its largest effect. */
export const amountOf = (effects: Effects): number => Math.max(...Object.values(effects).map(Math.abs));

/** Stable name of an account, for sums and reports. */
export function accountName(account: LedgerAccount): string {
  if (account.of === "platform") return `platform:${account.account}`;
  if (account.of === "wallet") return `wallet:${account.userId}:${account.account}`;
  return `campaign:${account.campaignId}:${account.account}`;
}

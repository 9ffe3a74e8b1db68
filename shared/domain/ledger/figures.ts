/** What lines do to the figures that are stored and shown. Each figure is the sum of an account's lines, on its normal side. */
import { campaignAccounts, type CampaignAccount, onNormalSide, type WalletAccount, walletAccounts } from "./account.ts";
import type { Line } from "./journal-entry.ts";

/** A wallet's stored figures, or signed changes of them. */
export type WalletFigures = Readonly<Record<WalletAccount, number>>;
export const walletFigures = Object.keys(walletAccounts) as readonly WalletAccount[];
/** A budget's stored figures, or signed changes of them. */
export type BudgetFigures = Readonly<Record<CampaignAccount, number>>;
export const budgetFigures = Object.keys(campaignAccounts) as readonly CampaignAccount[];

/** What lines do to what one person has: to their wallet, and to what their campaigns hold. */
export interface WalletDelta extends WalletFigures {
  readonly reserved: number;
}

/** What a movement did to one wallet as its owner sees it, signed minor units. */
export interface VisibleFigures {
  readonly available: number;
  readonly reserved: number;
  readonly pending: number;
  readonly inFlight: number;
}

/** Nothing, under every name. */
export const zeros = <K extends string>(names: readonly K[]): Record<K, number> =>
  Object.fromEntries(names.map((name) => [name, 0])) as Record<K, number>;
export const noWalletDelta: WalletDelta = { ...zeros(walletFigures), reserved: 0 };
export const noBudgetFigures: BudgetFigures = zeros(budgetFigures);

/** What lines do to each person, by user. What a campaign holds shows in its brand's `reserved`. */
export function walletDeltas(lines: readonly Line[]): ReadonlyMap<string, WalletDelta> {
  const deltas = new Map<string, WalletDelta>();
  for (const { account, amount } of lines) {
    if (account.of === "platform" || (account.of === "campaign" && account.account === "spent")) continue;
    const userId = account.of === "wallet" ? account.userId : account.brandId;
    const figure = account.of === "wallet" ? account.account : "reserved";
    const delta = deltas.get(userId) ?? noWalletDelta;
    deltas.set(userId, { ...delta, [figure]: delta[figure] + onNormalSide(account, amount) });
  }
  return new Map([...deltas].filter(([, delta]) => Object.values(delta).some((change) => change !== 0)));
}

/** What lines do to each budget they touch, by campaign. */
export function budgetDeltas(lines: readonly Line[]): ReadonlyMap<string, BudgetFigures> {
  const deltas = new Map<string, BudgetFigures>();
  for (const { account, amount } of lines) {
    if (account.of !== "campaign") continue;
    const delta = deltas.get(account.campaignId) ?? noBudgetFigures;
    const figure = delta[account.account] + onNormalSide(account, amount);
    deltas.set(account.campaignId, { ...delta, [account.account]: figure });
  }
  return deltas;
}

/** Two sets of the same figures, added up. */
export const addFigures = <F extends { readonly [K in keyof F]: number }>(a: F, b: F): F =>
  Object.fromEntries(Object.entries<number>(a).map(([figure, amount]) => [figure, amount + b[figure as keyof F]])) as F;

/** A wallet's figures as its owner sees them: a creator's payable money is simply available. */
export const visibleFigures = (figures: WalletDelta): VisibleFigures => ({
  available: figures.available + figures.payable,
  reserved: figures.reserved,
  pending: figures.pending,
  inFlight: figures.inFlight,
});

/** The size of a movement as one wallet sees it: its largest effect. */
export const amountOf = (effects: VisibleFigures): number => Math.max(...Object.values(effects).map(Math.abs));

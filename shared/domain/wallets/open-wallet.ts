import { type Change, changed, created, differences } from "../change.ts";
import { setAside } from "../campaigns/budget.ts";
import type { Budget } from "../campaigns/campaign.ts";
import type { Currency } from "../kernel/money.ts";
import { refuse } from "../kernel/refusal.ts";
import type { Instant } from "../kernel/time.ts";
import { DEFAULT_CURRENCY } from "../users/sign-up.ts";
import { visibleFigures } from "../ledger/figures.ts";
import { walletRefusals } from "./refusals.ts";
import { hasMoved, newWallet, ownWallet, type Wallet } from "./wallet.ts";
import { knownProfile, newWalletProfile, type WalletProfile } from "./wallet-profile.ts";

function requireUnused({ wallet, profile }: OpenedWallet, currency: Currency): void {
  if (currency === wallet.currency || !(profile.currencyFixed || hasMoved(wallet))) return;
  throw refuse(
    walletRefusals.currencyMismatch,
    `The wallet holds ${wallet.currency}; a used wallet keeps its currency`,
  );
}

interface OpenedWallet {
  readonly wallet: Wallet;
  readonly profile: WalletProfile;
}

export interface WalletState {
  readonly userId: string;
  readonly wallet: Wallet | undefined;
  /** There when the wallet is. */
  readonly profile: WalletProfile | undefined;
  /** At the payment processor. */
  readonly customerId: string;
}

/** A wallet in the wished currency with its customer; changes nothing when it is so already. */
export function openWallet(
  { userId, wallet, profile, customerId }: WalletState,
  wished: Currency | undefined,
  now: Instant,
): { readonly change: Change | undefined; readonly wallet: Wallet } {
  if (wallet !== undefined) return adjusted({ wallet, profile: knownProfile(profile) }, wished, customerId, now);
  const opened = created("wallet", newWallet(userId, wished ?? DEFAULT_CURRENCY, now));
  const about = created("walletProfile", { ...newWalletProfile(userId, now), stripeCustomerId: customerId });
  const audit = { action: "wallet.opened", resource: { type: "wallet", id: userId } };
  return { wallet: opened.next, change: { entities: [opened, about], audit } };
}

function adjusted(
  opened: OpenedWallet,
  wished: Currency | undefined,
  customerId: string,
  now: Instant,
): { readonly change: Change | undefined; readonly wallet: Wallet } {
  const { wallet, profile } = opened;
  const currency = wished ?? wallet.currency;
  requireUnused(opened, currency);
  const inCurrency = { ...wallet, currency, updatedAt: now };
  const known = { ...profile, stripeCustomerId: profile.stripeCustomerId ?? customerId, updatedAt: now };
  const changes = [
    ...(differences(wallet, inCurrency, ["currency"]) ?? []),
    ...(differences(profile, known, ["stripeCustomerId"]) ?? []),
  ];
  if (changes.length === 0) return { change: undefined, wallet };
  const audit = { action: "wallet.changed", resource: { type: "wallet", id: wallet.userId }, changes };
  // A promise in the old currency that comes at the same time writes the profile, too: one of the two is refused.
  const entities = [changed("walletProfile", profile, known)];
  if (currency === wallet.currency) return { wallet, change: { entities, audit } };
  const update = changed("wallet", wallet, inCurrency);
  return { wallet: update.next, change: { entities: [update, ...entities], audit } };
}

/**
 * A wallet as its owner sees it: `spendable` funds campaigns, `payable` can be paid out, `available` is both. What is
 * reserved is what the owner's campaigns hold.
 */
export function walletView(stored: Wallet | undefined, funded: readonly Budget[]) {
  const wallet = ownWallet(stored);
  const { userId, currency, available, payable } = wallet;
  const updatedAt = [wallet, ...funded].map((one) => one.updatedAt).reduce((a, b) => (a > b ? a : b));
  return {
    userId,
    currency,
    ...visibleFigures({ ...wallet, reserved: setAside(funded) }),
    spendable: available,
    payable,
    updatedAt,
  };
}

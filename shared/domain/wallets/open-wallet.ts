import { type Change, changed, created, differences } from "../change.ts";
import { setAside } from "../campaigns/budget.ts";
import type { Budget } from "../campaigns/campaign.ts";
import type { Currency } from "../kernel/money.ts";
import { refuse } from "../kernel/refusal.ts";
import type { Instant } from "../kernel/time.ts";
import { DEFAULT_CURRENCY } from "../users/sign-up.ts";
import { visibleFigures, walletFigures } from "./ledger.ts";
import { walletRefusals } from "./refusals.ts";
import { newWallet, ownWallet, type Wallet } from "./wallet.ts";

/** Whether money ever moved here, or was promised to come. */
const wasUsed = (wallet: Wallet, hasTransactions: boolean): boolean =>
  wallet.currencyFixed === true || hasTransactions || walletFigures.some((figure) => wallet[figure] !== 0);

function requireUnused(wallet: Wallet, currency: Currency, hasTransactions: boolean): void {
  if (currency === wallet.currency || !wasUsed(wallet, hasTransactions)) return;
  throw refuse(
    walletRefusals.currencyMismatch,
    `The wallet holds ${wallet.currency}; a used wallet keeps its currency`,
  );
}

export interface WalletState {
  readonly userId: string;
  readonly wallet: Wallet | undefined;
  readonly hasTransactions: boolean;
  /** At the payment processor. */
  readonly customerId: string;
}

/** A wallet in the wished currency with its customer; changes nothing when it is so already. */
export function openWallet(
  { userId, wallet, hasTransactions, customerId }: WalletState,
  wished: Currency | undefined,
  now: Instant,
): { readonly change: Change | undefined; readonly wallet: Wallet } {
  const audit = (changes: ReturnType<typeof differences>) => ({
    action: wallet ? "wallet.changed" : "wallet.opened",
    resource: { type: "wallet", id: userId },
    changes: changes ?? [],
  });
  if (wallet === undefined) {
    const fresh = newWallet(userId, wished ?? DEFAULT_CURRENCY, now);
    const opened = created("wallet", { ...fresh, stripeCustomerId: customerId });
    return { wallet: opened.next, change: { entities: [opened], audit: audit([]) } };
  }
  const currency = wished ?? wallet.currency;
  requireUnused(wallet, currency, hasTransactions);
  const next: Wallet = { ...wallet, currency, stripeCustomerId: wallet.stripeCustomerId ?? customerId, updatedAt: now };
  const changes = differences(wallet, next, ["currency", "stripeCustomerId"]);
  if (changes?.length === 0) return { change: undefined, wallet };
  const update = changed("wallet", wallet, next);
  return { wallet: update.next, change: { entities: [update], audit: audit(changes) } };
}

/**
 * A wallet as its owner sees it: `spendable` funds campaigns, `payable` can be paid out, `available` is both. What is
 * reserved is what the owner's campaigns hold.
 */
export function walletView(stored: Wallet | undefined, funded: readonly Budget[]) {
  const wallet = ownWallet(stored);
  const { userId, currency, available: spendable, payable } = wallet;
  const updatedAt = [wallet, ...funded].map((one) => one.updatedAt).reduce((a, b) => (a > b ? a : b));
  return {
    userId,
    currency,
    ...visibleFigures({ ...wallet, reserved: setAside(funded) }),
    spendable,
    payable,
    updatedAt,
  };
}

/** A wallet as it was at some instant: what moved since, taken back. */
import { setAside } from "../campaigns/budget.ts";
import type { Budget } from "../campaigns/campaign.ts";
import { refuse } from "../kernel/refusal.ts";
import type { Instant } from "../kernel/time.ts";
import { addFigures, visibleFigures, type VisibleFigures } from "../ledger/figures.ts";
import { walletRefusals } from "./refusals.ts";
import type { WalletTransaction } from "./transaction.ts";
import { ownWallet, type Wallet } from "./wallet.ts";

interface State {
  readonly wallet: Wallet | undefined;
  readonly funded: readonly Budget[];
  /** Those since the instant, and the one before it if there is one. */
  readonly transactions: readonly WalletTransaction[];
}

/** @throws Refusal for an instant that is to come, or at which there was no wallet */
export function walletViewAt({ wallet: stored, funded, transactions }: State, at: Instant, now: Instant) {
  const wallet = ownWallet(stored);
  if (at > now || at < wallet.createdAt) throw refuse(walletRefusals.noSuchInstant);
  const since = transactions.filter(({ createdAt }) => createdAt > at);
  const before = transactions.filter(({ createdAt }) => createdAt <= at).map(({ createdAt }) => createdAt);
  const figures = since.reduce<VisibleFigures>(
    (sum, { effects }) => addFigures(sum, takenBack(effects)),
    visibleFigures({ ...wallet, reserved: setAside(funded) }),
  );
  const payable = since.reduce((sum, one) => sum - (one.payable ?? 0), wallet.payable);
  return {
    userId: wallet.userId,
    currency: wallet.currency,
    ...figures,
    spendable: figures.available - payable,
    payable,
    updatedAt: before.reduce((a, b) => (a > b ? a : b), wallet.createdAt),
  };
}

const takenBack = ({ available, reserved, pending, inFlight }: VisibleFigures): VisibleFigures => ({
  available: -available,
  reserved: -reserved,
  pending: -pending,
  inFlight: -inFlight,
});

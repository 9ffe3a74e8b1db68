/**
 * What must hold of money that is promised: M11. A campaign's against what was set aside, and a wallet's against the things that
 * it stands for. Those are read between two looks at the wallet: while no commit came between, they belong together.
 */
import { GRACE_MS } from "../../audit/seal.ts";
import type { Budget } from "../../campaigns/campaign.ts";
import { DAY_MS, type Instant, plusDays, plusMilliseconds } from "../../kernel/time.ts";
import { inFlightOf } from "../../refunds/refund.ts";
import { leftOf } from "../../wallets/earning.ts";
import type { WalletAccount } from "../account.ts";
import { campaignHolder, walletHolder } from "../postings.ts";
import { type Books, isUnmoved, type Promised } from "./books.ts";
import { type Finding, judged, judgedInPassing, open } from "./finding.ts";
import type { Rule, Sight } from "./sight.ts";

export const promisesAreKept: Rule = {
  id: "M11",
  title:
    "What is promised is there: a campaign's within what was set aside, which its brand finds; a wallet's pending, payable " +
    "and in flight, in its earnings, payouts and refunds",
  findings: (sight) => [
    ...sight.books.budgets.map((budget) => withinWhatWasSetAside(budget, sight)),
    ...standForThings(sight.books),
  ],
};

function withinWhatWasSetAside(budget: Budget, { books, standings }: Sight): Finding {
  const { campaignId, unassigned, secured, spent, commits } = budget;
  const { name } = campaignHolder(campaignId);
  const standing = standings.get(name);
  if (standing?.judged !== true || !isUnmoved(books, campaignId, commits)) return open(name);
  const setAside = Object.values(standing.expected).reduce((sum, amount) => sum + amount, 0);
  return judged(name, (equal) => {
    equal(`${name} within ${setAside}`, true, secured + spent <= setAside);
    if (unassigned + secured > 0) equal(`${name} found by its brand`, true, books.funded.has(campaignId));
  });
}

/** A wallet's accounts that stand for things. */
const promisedAccounts = ["pending", "payable", "inFlight"] as const satisfies readonly WalletAccount[];
type PromisedAccount = (typeof promisedAccounts)[number];
const isPromised = (account: string): boolean => promisedAccounts.some((one) => one === account);

/** After so many days nothing is on hold any more, unless its creator is banned: a campaign holds for 90 at most. */
const LONGEST_HOLD_DAYS = 91;

/**
 * Whose things are looked at: of whom something that is promised moved since the close, or who moved on the closed day and is
 * promised something still (the night looks a moment after the close, and would see nobody's otherwise); whoever has something
 * under way: that is about to leave, whoever wrote it; and whose wallet says that something is, or is on hold for longer than
 * anything can be: what it stands for may be gone, and would be in no list. What can be paid out may rest for years: each day
 * some of those whose it is are asked.
 */
export function usersToAsk(
  { entries, wallets, closings, close }: Moves,
  underWay: OnTheirWay,
  now: Instant,
): readonly string[] {
  const moved = entries.flatMap(({ lines }) =>
    lines.flatMap(({ account }) => (account.of === "wallet" && isPromised(account.account) ? [account.userId] : [])),
  );
  const movedBefore = wallets.filter(
    (wallet) =>
      (closings.get(walletHolder(wallet.userId).name)?.day ?? "") >= (close?.day ?? "9999") &&
      promisedAccounts.some((account) => wallet[account] !== 0),
  );
  const longAgo = plusDays(now, 0 - LONGEST_HOLD_DAYS);
  const waiting = wallets.filter(
    ({ userId, inFlight, pending, payable, updatedAt }) =>
      inFlight !== 0 || (pending !== 0 && updatedAt < longAgo) || (payable !== 0 && isTheirTurn(userId, now)),
  );
  const owners = [
    ...underWay.payouts.map(({ creatorId }) => creatorId),
    ...underWay.refunds.map(({ userId }) => userId),
  ];
  return [...new Set([...moved, ...[...movedBefore, ...waiting].map(({ userId }) => userId), ...owners])];
}

/** Each has a day in four weeks. */
const ROUND_DAYS = 28;
const isTheirTurn = (userId: string, now: Instant): boolean => {
  const place = [...userId].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % ROUND_DAYS;
  return Math.floor(Date.parse(now) / DAY_MS) % ROUND_DAYS === place;
};

type OnTheirWay = Pick<Promised, "payouts" | "refunds">;

type Moves = Pick<Books, "entries" | "wallets" | "closings" | "close">;

type Sums = Readonly<Record<PromisedAccount, number>>;
const nothing: Sums = { pending: 0, payable: 0, inFlight: 0 };

/** What is listed, summed up by user. An earning is its creator's until a payout takes it; a payout or refund, until it has ended. */
function promisedBy({ earnings, payouts, refunds }: Promised): ReadonlyMap<string, Sums> {
  const sums = new Map<string, Sums>();
  const add = (userId: string, account: PromisedAccount, amount: number): void => {
    const was = sums.get(userId) ?? nothing;
    sums.set(userId, { ...was, [account]: was[account] + amount });
  };
  for (const earning of earnings) {
    if (earning.status === "pending") add(earning.creatorId, "pending", leftOf(earning));
    if (earning.status === "available") add(earning.creatorId, "payable", leftOf(earning));
  }
  for (const { creatorId, step, amount } of payouts) if (step !== undefined) add(creatorId, "inFlight", amount.amount);
  for (const refund of refunds) add(refund.userId, "inFlight", inFlightOf(refund));
  return sums;
}

function standForThings({ asOf, promised }: Books): Finding[] {
  const sums = promisedBy(promised);
  return promised.wallets.map((wallet) => {
    const { name } = walletHolder(wallet.userId);
    if (promised.commitsAfter.get(wallet.userId) !== wallet.commits) return open(name);
    const finding = judgedInPassing(name, (equal) => {
      for (const one of promisedAccounts)
        equal(`${name} ${one}`, (sums.get(wallet.userId) ?? nothing)[one], wallet[one]);
    });
    // What came or went so lately may not be in the index yet, or still be.
    const isAtRest = plusMilliseconds(wallet.updatedAt, GRACE_MS) < asOf;
    return finding.violations.length > 0 && !isAtRest ? open(name) : finding;
  });
}

/** What must hold of balances: M2, M3, M4, M15. */
import { type Currency, MAX_MOVEMENT_MINOR } from "../../kernel/money.ts";
import type { WalletTransaction } from "../../wallets/transaction.ts";
import { type AccountClass, classOf, type LedgerAccount, type PlatformAccount } from "../account.ts";
import { visibleFigures, type VisibleFigures, walletDeltas } from "../figures.ts";
import { type JournalEntry, TransactionType } from "../journal-entry.ts";
import { accountsOf, holderOf } from "../postings.ts";
import { balancesIn, knownClassOf, othersIn, sumOf } from "../trial-balance.ts";
import { GRACE_MS } from "../../audit/seal.ts";
import { dayOf, plusMilliseconds } from "../../kernel/time.ts";
import type { Books } from "./books.ts";
import { type Equal, type Finding, judged, open } from "./finding.ts";
import type { Rule, Sight } from "./sight.ts";
import { type Standing, withoutItem } from "./standing.ts";

const accountsSumToZero: Rule = {
  id: "M2",
  title: "All accounts of a currency sum to zero, and the class of each is known",
  findings: (sight) => [
    ...currenciesIn(sight).map((currency) => {
      if (!sight.complete(currency)) return open(currency);
      const drifts = [...sight.drifts.values()].filter((drift) => drift.currency === currency);
      const sum = drifts.reduce((total, { amount }) => total + amount, sumOf(balancesIn(sight.trial, currency)));
      return judged(currency, (equal) => equal(currency, 0, sum));
    }),
    ...currenciesIn(sight).map((currency) => holdersOf(currency, sight)),
    ...sight.books.entries.flatMap(({ key, lines }) =>
      lines.some(({ account }) => knownClassOf(account) === undefined)
        ? [judged(key, (equal) => equal(key, "accounts of the chart", "another account"))]
        : [],
    ),
  ],
};

/**
 * What closings and the entries since make of wallets and campaigns is what the sealed close and the same entries make of
 * their classes: a closing is moved forward, and not sealed itself.
 */
function holdersOf(currency: Currency, { standings, trial }: Sight): Finding {
  const sums: Record<AccountClass, number> = { asset: 0, liability: 0, equity: 0, revenue: 0, expense: 0 };
  for (const standing of standings.values()) {
    if (standing.currency !== currency) continue;
    for (const [account, amount] of Object.entries(standing.expected))
      sums[classOf({ of: standing.holder.of, account } as LedgerAccount)] += amount;
  }
  const balances = balancesIn(trial, currency);
  return judged(`closings ${currency}`, (equal) => {
    for (const [its, sum] of Object.entries(sums) as [AccountClass, number][])
      equal(`closings ${currency} ${its}`, othersIn(balances, its), sum);
  });
}

const currenciesIn = ({ trial, standings }: Sight): Currency[] =>
  [...new Set([...trial.keys(), ...[...standings.values()].map(({ currency }) => currency)])].sort();

/**
 * What the processor holds for us may be less than nothing: it takes disputed payments back whatever is there. And the house
 * may take more to its bank than it ever put in: what it has earned. And it may give a fee back before it took another one. A
 * creator's account owes what was reversed of a transfer after its payout had left.
 */
const MAY_BE_OVERDRAWN: ReadonlySet<string> = new Set<PlatformAccount>([
  "stripe_balance",
  "connected_balance",
  "house_capital",
  "stripe_fees",
]);

const notBelowZero: Rule = {
  id: "M3",
  title: "No account is below zero on its normal side",
  findings: (sight) => [
    ...[...sight.standings.values()].map(({ holder, figures }) =>
      judged(holder.name, (equal) => {
        for (const account of accountsOf(holder)) {
          const amount = figures[account] ?? 0;
          equal(`${holder.name} ${account}`, Math.max(amount, 0), amount);
        }
      }),
    ),
    ...[...sight.trial].flatMap(([currency, { platform }]) =>
      Object.entries(platform).flatMap(([account, amount]) => {
        const name = `platform:${account} ${currency}`;
        if (MAY_BE_OVERDRAWN.has(account)) return [];
        return sight.complete(currency)
          ? judged(name, (equal) => equal(name, Math.max(amount, 0), amount))
          : open(name);
      }),
    ),
  ],
};

const figuresAreTheirLines: Rule = {
  id: "M4",
  title: "Figures are the sum of lines and of transactions' effects, and every commit is counted",
  findings: ({ books, standings }) => [
    ...[...standings.values()].map((standing) =>
      standing.judged
        ? judged(standing.holder.name, (equal) => compareFigures(standing, equal))
        : open(standing.holder.name),
    ),
    ...withoutItem(books, standings).map(({ name }) => judged(name, (equal) => equal(name, "an item", "none"))),
    ...transactionsOfEach(books),
  ],
};

function compareFigures({ holder, figures, expected, commits, found, lastKnown }: Standing, equal: Equal): void {
  for (const account of accountsOf(holder))
    equal(`${holder.name} ${account}`, expected[account] ?? 0, figures[account] ?? 0);
  equal(`${holder.name} commits`, found, commits);
  equal(`${holder.name} last commit found`, true, lastKnown);
}

/** An entry's rows are written with it: whose entry was found has its row, with what the lines do and nothing else. */
function transactionsOfEach(books: Books): Finding[] {
  const expected = new Map(
    books.entries.flatMap((entry) =>
      effectsOf(entry).map(([userId, effects]) => [`${userId} ${entry.id}`, spelled(entry.type, effects)]),
    ),
  );
  const found = new Map(
    rowsSince(books)
      .filter((row) => isDue(row, books.asOf, expected))
      .map((row) => [`${row.userId} ${row.id}`, spelled(row.type, row.effects)]),
  );
  return [...new Set([...expected.keys(), ...found.keys()])].map((name) =>
    judged(`transaction ${name}`, (equal) =>
      equal(`transaction of wallet:${name}`, expected.get(name) ?? "none", found.get(name) ?? "none"),
    ),
  );
}

const rowsSince = ({ close, transactions }: Books): readonly WalletTransaction[] =>
  [...transactions.values()].flat().filter(({ createdAt }) => dayOf(createdAt) > (close?.day ?? ""));

/** A row whose entry was not found may have come after it was looked for. */
const isDue = (row: WalletTransaction, asOf: string, expected: ReadonlyMap<string, string>): boolean =>
  expected.has(`${row.userId} ${row.id}`) || plusMilliseconds(row.createdAt, GRACE_MS) < asOf;

const effectsOf = ({ type, lines }: JournalEntry): [string, VisibleFigures][] =>
  TransactionType.safeParse(type).success
    ? [...walletDeltas(lines)].map(([userId, delta]) => [userId, visibleFigures(delta)])
    : [];

const spelled = (type: string, { available, reserved, pending, inFlight }: VisibleFigures): string =>
  `${type}: available ${available}, reserved ${reserved}, pending ${pending}, in flight ${inFlight}`;

const amountsAreWhole: Rule = {
  id: "M15",
  title: "Amounts are whole and in bounds, a wallet has one currency, and owes nothing while it holds money",
  findings: ({ books, standings }) => [
    ...books.entries.map((entry) => judged(entry.key, (equal) => compareAmounts(entry, standings, equal))),
    ...[...standings.values()].map(({ holder, currency, figures }) =>
      judged(holder.name, (equal) => {
        equal(`${holder.name} currency`, books.closings.get(holder.name)?.currency ?? currency, currency);
        equal(`${holder.name} whole`, true, Object.values(figures).every(Number.isSafeInteger));
        const { disputesReceivable = 0, available = 0 } = figures;
        equal(`${holder.name} owes while it holds`, false, disputesReceivable > 0 && available > 0);
      }),
    ),
  ],
};

function compareAmounts(
  { key, currency, lines }: JournalEntry,
  standings: ReadonlyMap<string, Standing>,
  equal: Equal,
): void {
  for (const { account, amount } of lines) {
    equal(`${key} ${account.account}`, true, Number.isSafeInteger(amount) && Math.abs(amount) <= MAX_MOVEMENT_MINOR);
    const holder = holderOf(account);
    const standing = holder && standings.get(holder.name);
    if (standing) equal(`${key} ${standing.holder.name}`, standing.currency, currency);
  }
}

export const accountRules = { accountsSumToZero, notBelowZero, figuresAreTheirLines, amountsAreWhole };

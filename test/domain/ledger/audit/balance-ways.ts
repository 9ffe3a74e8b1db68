/** Ways to break balances and lines: M1 to M4, in each class of account. */
import { platformAccount } from "#shared/domain/ledger/account";
import {
  BRAND,
  CREATOR,
  OTHER,
  oneMore,
  withAnother,
  withBudget,
  withEntry,
  withLine,
  withoutEntry,
  withWallet,
  later,
  type Broken,
} from "./broken-books.ts";

export const balanceWays: readonly Broken[] = [
  // M1, an account of each class
  [
    "an asset's line, the house's",
    ["M1", "M2", "M10"],
    (books) => withLine(books, "dispute", "stripe_balance", oneMore),
  ],
  ["an asset's line, a wallet's", ["M1", "M4"], (books) => withLine(books, "dispute", "disputesReceivable", oneMore)],
  ["a liability's line, a wallet's", ["M1", "M4"], (books) => withLine(books, "payout", "inFlight", oneMore)],
  [
    "a liability's line, a campaign's",
    ["M1", "M4", "M6"],
    (books) => withLine(books, "settlement", "secured", oneMore),
  ],
  ["a revenue's line, a campaign's", ["M1", "M4"], (books) => withLine(books, "settlement", "spent", oneMore)],
  ["a revenue's line, the house's", ["M1", "M2"], (books) => withLine(books, "fee", "platform_fees", oneMore)],
  ["an expense's line", ["M1", "M2"], (books) => withLine(books, "settlement", "creator_compensation", oneMore)],
  ["an expense's line, of fees", ["M1", "M2"], (books) => withLine(books, "txn", "stripe_fees", oneMore)],
  // M2
  [
    "an account that the chart does not have",
    ["M2"],
    (books) =>
      withLine(books, "settlement", "creator_compensation", (line) => ({
        ...line,
        account: { of: "platform", account: "slush_fund" as "stripe_fees" },
      })),
  ],
  ["available out of nothing", ["M2", "M4"], (books) => withWallet(books, BRAND, () => ({ available: 401 }))],
  [
    "pending out of nothing",
    ["M2", "M4"],
    (books) => withWallet(books, CREATOR, (was) => ({ pending: was.pending + 1 })),
  ],
  [
    "payable out of nothing",
    ["M2", "M4"],
    (books) => withWallet(books, CREATOR, (was) => ({ payable: was.payable + 1 })),
  ],
  [
    "in flight out of nothing",
    ["M2", "M4"],
    (books) => withWallet(books, CREATOR, (was) => ({ inFlight: was.inFlight + 1 })),
  ],
  ["a debt forgotten", ["M2", "M4"], (books) => withWallet(books, OTHER, () => ({ disputesReceivable: 0 }))],
  [
    "unassigned out of nothing",
    ["M2", "M4"],
    (books) => withBudget(books, (was) => ({ unassigned: was.unassigned + 1 })),
  ],
  ["spent out of nothing", ["M2", "M4"], (books) => withBudget(books, (was) => ({ spent: was.spent + 1 }))],
  ["secured for nobody", ["M2", "M4", "M6"], (books) => withBudget(books, (was) => ({ secured: was.secured + 1 }))],
  [
    "a closing with money out of nothing, and its wallet alike",
    ["M2"],
    (books) => {
      const was = books.closings.get(`wallet:${BRAND}`);
      if (was === undefined) throw new Error("no closing");
      const closing = { ...was, figures: { ...was.figures, available: 500 } };
      const rich = withWallet(books, BRAND, () => ({ available: 500 }));
      return { ...rich, closings: new Map([...books.closings, [was.account, closing]]) };
    },
  ],
  // M3, an account of each class
  [
    "a wallet's liability below zero",
    ["M2", "M3", "M4"],
    (books) => withWallet(books, BRAND, () => ({ available: -1 })),
  ],
  [
    "a wallet's asset below zero",
    ["M2", "M3", "M4"],
    (books) => withWallet(books, OTHER, () => ({ disputesReceivable: -1 })),
  ],
  ["a campaign's liability below zero", ["M2", "M3", "M4"], (books) => withBudget(books, () => ({ unassigned: -1 }))],
  ["a campaign's revenue below zero", ["M2", "M3", "M4"], (books) => withBudget(books, () => ({ spent: -1 }))],
  [
    "the house's revenue below zero",
    ["M2", "M3", "M4"],
    (books) =>
      withEntry(books, "fee", (one) => ({
        ...one,
        lines: one.lines.map((line) => ({ ...line, amount: -line.amount })),
      })),
  ],
  [
    "an expense below zero",
    ["M3"],
    (books) =>
      withAnother(books, {
        lines: [
          { account: platformAccount("creator_compensation"), amount: 500 },
          { account: platformAccount("stripe_balance"), amount: -500 },
        ],
      }),
    [{ amount: 1_415, currency: "USD" }],
  ],
  // M4
  [
    "a transaction that is missing",
    ["M4"],
    (books) => ({
      ...books,
      transactions: new Map([...books.transactions].map(([user, rows]) => [user, rows.slice(1)])),
    }),
  ],
  [
    "a transaction of another size",
    ["M4"],
    (books) => ({
      ...books,
      transactions: new Map(
        [...books.transactions].map(([user, rows]) => [
          user,
          rows.map((row) => (row.type === "fee" ? { ...row, effects: { ...row.effects, pending: -9 } } : row)),
        ]),
      ),
    }),
  ],
  [
    "a transaction that no entry made",
    ["M4"],
    (books) => {
      const rows = books.transactions.get(CREATOR) ?? [];
      const forged = { ...rows[0], id: `jrn_${"8".repeat(26)}` } as (typeof rows)[number];
      return later({ ...books, transactions: new Map([...books.transactions, [CREATOR, [...rows, forged]]]) });
    },
  ],
  [
    "a commit that a wallet did not count",
    ["M4"],
    (books) => withWallet(books, CREATOR, (was) => ({ commits: was.commits - 1 })),
  ],
  [
    "a commit that a budget did not count",
    ["M4"],
    (books) => withBudget(books, (was) => ({ commits: was.commits - 1 })),
  ],
  ["a commit too many", ["M4"], (books) => later(withWallet(books, CREATOR, (was) => ({ commits: was.commits + 1 })))],
  [
    "another last commit",
    ["M4"],
    (books) => later(withWallet(books, CREATOR, () => ({ lastCommitId: `cmt_${"7".repeat(26)}` }))),
  ],
  ["an entry that is gone", ["M4"], (books) => later(withoutEntry(books, "maturity"))],
  [
    "an entry between a wallet and the house that is gone",
    ["M2", "M4", "M10"],
    (books) => later(withoutEntry(books, "dispute")),
  ],
  ["a part of a commit that is gone", ["M2", "M4"], (books) => later(withoutEntry(books, "fee"))],
  [
    "a wallet that is gone",
    ["M2", "M4"],
    (books) => ({ ...books, wallets: books.wallets.filter(({ userId }) => userId !== CREATOR) }),
  ],
  [
    "an entry that was put past the balances",
    ["M2", "M4"],
    (books) => {
      const lines = books.entries.find(({ key }) => key === "payout:1")?.lines ?? [];
      const [out, into] = lines;
      if (!out || !into) throw new Error("no lines");
      const fees = { of: "platform", account: "stripe_fees" } as const;
      return withAnother(books, {
        type: "processing",
        lines: [
          { account: fees, amount: -3 },
          { ...into, amount: 3 },
        ],
      });
    },
  ],
];

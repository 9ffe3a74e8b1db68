/** The auditor, and books that are broken in one way after the other: each is named by its invariant, and by no other that holds. */
import { beforeAll, describe, expect, test } from "@jest/globals";
import { auditLedger } from "#shared/domain/ledger/audit/auditor";
import type { Books } from "#shared/domain/ledger/audit/books";
import type { Money } from "#shared/domain/kernel/money";
import { plusHours } from "#shared/domain/kernel/time";
import { booksOf, HELD, twoDays } from "../../../support/ledger-days.ts";
import {
  BRAND,
  brokenIn,
  CREATOR,
  HELD_THEN,
  MOVED_AT,
  oneMore,
  openIn,
  OTHER,
  withAnother,
  withBudget,
  withContent,
  withEntry,
  withLine,
  withoutEntry,
  withUnits,
  withWallet,
} from "./broken-books.ts";

let books: Books;
beforeAll(async () => {
  books = await booksOf(await twoDays());
});

/** Two hours later: no index lags as long. */
const later = (of: Books): Books => ({ ...of, asOf: plusHours(of.asOf, 2) });
const suspended = (userId: string, suspendedAt: string, of = books): Books =>
  withWallet(of, userId, () => ({ ownerStatus: "suspended", suspendedAt }));
const BEFORE = "2026-11-26T11:00:00.000Z";

type Broken = readonly [name: string, ids: readonly string[], breakIt: () => Books, held?: readonly Money[]];

const cases: readonly Broken[] = [
  // M1, an account of each class
  ["an asset's line, the house's", ["M1", "M2", "M10"], () => withLine(books, "dispute", "stripe_balance", oneMore)],
  ["an asset's line, a wallet's", ["M1", "M4"], () => withLine(books, "dispute", "disputesReceivable", oneMore)],
  ["a liability's line, a wallet's", ["M1", "M4"], () => withLine(books, "payout", "inFlight", oneMore)],
  ["a liability's line, a campaign's", ["M1", "M4", "M6"], () => withLine(books, "settlement", "secured", oneMore)],
  ["a revenue's line, a campaign's", ["M1", "M4"], () => withLine(books, "settlement", "spent", oneMore)],
  ["a revenue's line, the house's", ["M1", "M2"], () => withLine(books, "fee", "platform_fees", oneMore)],
  ["an expense's line", ["M1", "M2"], () => withLine(books, "settlement", "creator_compensation", oneMore)],
  ["an expense's line, of fees", ["M1", "M2"], () => withLine(books, "txn", "stripe_fees", oneMore)],
  // M2
  [
    "an account that the chart does not have",
    ["M2"],
    () =>
      withLine(books, "settlement", "creator_compensation", (line) => ({
        ...line,
        account: { of: "platform", account: "slush_fund" as "stripe_fees" },
      })),
  ],
  ["available out of nothing", ["M2", "M4"], () => withWallet(books, BRAND, () => ({ available: 401 }))],
  ["pending out of nothing", ["M2", "M4"], () => withWallet(books, CREATOR, (was) => ({ pending: was.pending + 1 }))],
  ["payable out of nothing", ["M2", "M4"], () => withWallet(books, CREATOR, (was) => ({ payable: was.payable + 1 }))],
  ["in flight out of nothing", ["M2", "M4"], () => withWallet(books, CREATOR, (was) => ({ inFlight: was.inFlight + 1 }))],
  ["a debt forgotten", ["M2", "M4"], () => withWallet(books, OTHER, () => ({ disputesReceivable: 0 }))],
  ["unassigned out of nothing", ["M2", "M4"], () => withBudget(books, (was) => ({ unassigned: was.unassigned + 1 }))],
  ["spent out of nothing", ["M2", "M4"], () => withBudget(books, (was) => ({ spent: was.spent + 1 }))],
  ["secured for nobody", ["M2", "M4", "M6"], () => withBudget(books, (was) => ({ secured: was.secured + 1 }))],
  [
    "a closing with money out of nothing, and its wallet alike",
    ["M2"],
    () => {
      const was = books.closings.get(`wallet:${BRAND}`);
      if (was === undefined) throw new Error("no closing");
      const closing = { ...was, figures: { ...was.figures, available: 500 } };
      const rich = withWallet(books, BRAND, () => ({ available: 500 }));
      return { ...rich, closings: new Map([...books.closings, [was.account, closing]]) };
    },
  ],
  // M3, an account of each class
  ["a wallet's liability below zero", ["M2", "M3", "M4"], () => withWallet(books, BRAND, () => ({ available: -1 }))],
  ["a wallet's asset below zero", ["M2", "M3", "M4"], () => withWallet(books, OTHER, () => ({ disputesReceivable: -1 }))],
  ["a campaign's liability below zero", ["M2", "M3", "M4"], () => withBudget(books, () => ({ unassigned: -1 }))],
  ["a campaign's revenue below zero", ["M2", "M3", "M4"], () => withBudget(books, () => ({ spent: -1 }))],
  [
    "the house's revenue below zero",
    ["M2", "M3", "M4"],
    () => withEntry(books, "fee", (one) => ({ ...one, lines: one.lines.map((line) => ({ ...line, amount: -line.amount })) })),
  ],
  [
    "an expense below zero",
    ["M3"],
    () => {
      const lines = books.entries.find(({ key }) => key === "txn:2")?.lines ?? [];
      return withAnother(books, { lines: lines.map((line) => ({ ...line, amount: -8 * line.amount })) });
    },
    [{ amount: 955, currency: "USD" }],
  ],
  // M4
  [
    "a transaction that is missing",
    ["M4"],
    () => ({ ...books, transactions: new Map([...books.transactions].map(([user, rows]) => [user, rows.slice(1)])) }),
  ],
  [
    "a transaction of another size",
    ["M4"],
    () => ({
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
    () => {
      const rows = books.transactions.get(CREATOR) ?? [];
      const forged = { ...rows[0], id: `jrn_${"8".repeat(26)}` } as (typeof rows)[number];
      return later({ ...books, transactions: new Map([...books.transactions, [CREATOR, [...rows, forged]]]) });
    },
  ],
  ["a commit that a wallet did not count", ["M4"], () => withWallet(books, CREATOR, (was) => ({ commits: was.commits - 1 }))],
  ["a commit that a budget did not count", ["M4"], () => withBudget(books, (was) => ({ commits: was.commits - 1 }))],
  ["a commit too many", ["M4"], () => later(withWallet(books, CREATOR, (was) => ({ commits: was.commits + 1 })))],
  ["another last commit", ["M4"], () => later(withWallet(books, CREATOR, () => ({ lastCommitId: `cmt_${"7".repeat(26)}` })))],
  ["an entry that is gone", ["M4"], () => later(withoutEntry(books, "maturity"))],
  ["an entry between a wallet and the house that is gone", ["M2", "M4", "M10"], () => later(withoutEntry(books, "dispute"))],
  ["a part of a commit that is gone", ["M2", "M4"], () => later(withoutEntry(books, "fee"))],
  [
    "a wallet that is gone",
    ["M2", "M4"],
    () => ({ ...books, wallets: books.wallets.filter(({ userId }) => userId !== CREATOR) }),
  ],
  [
    "an entry that was put past the balances",
    ["M2", "M4"],
    () => {
      const lines = books.entries.find(({ key }) => key === "payout:1")?.lines ?? [];
      const [out, into] = lines;
      if (!out || !into) throw new Error("no lines");
      const fees = { of: "platform", account: "stripe_fees" } as const;
      return withAnother(books, { type: "processing", lines: [{ account: fees, amount: -3 }, { ...into, amount: 3 }] });
    },
  ],
  // M5
  ["an id twice", ["M5"], () => withAnother(books, { id: books.entries[0]?.id ?? "" }), HELD_THEN],
  ["a key twice", ["M5"], () => withAnother(books, { key: "payout:1" }), HELD_THEN],
  // M6
  ["a unit settled twice", ["M6"], () => withAnother(books, { settles: books.entries[0]?.settles ?? [] }), HELD_THEN],
  ["a unit paid at another price", ["M6"], () => withUnits(books, ({ state }) => (state === "approved" ? { priceMinor: 99 } : {}))],
  ["a unit that is settled and still open", ["M6"], () => withUnits(books, ({ state }) => (state === "approved" ? { state: "open", dueAt: MOVED_AT, priceMinor: 100 } : {}))],
  ["a unit settled without its money", ["M6"], () => withUnits(books, ({ unit }) => (unit === 2 ? { state: "released" } : {}))],
  ["a unit without a date", ["M6"], () => withUnits(books, ({ unit }) => (unit === 2 ? { dueAt: undefined } : {}))],
  ["nobody who is owed what is secured", ["M6"], () => ({ ...books, participants: [] })],
  [
    "a unit settled by no entry, its price with another",
    ["M6"],
    () => {
      const joined = books.participants.map((one) => ({ ...one, joinedAt: MOVED_AT }));
      const changed = withUnits({ ...books, participants: joined }, ({ unit }) =>
        unit === 2 ? { state: "approved" } : unit === 3 ? { priceMinor: 200 } : {},
      );
      return changed;
    },
  ],
  // M7
  ["a description that is another", ["M7"], () => withContent(books, "JOURNAL_ENTRY#payout", (one) => ({ ...one, description: "x" }))],
  ["a line that is another", ["M7"], () => withContent(books, "JOURNAL_ENTRY#payout", (one) => ({ ...one, lines: [] }))],
  ["an entry that was sealed and is gone", ["M7"], () => withContent(books, "JOURNAL_ENTRY#payout", () => undefined)],
  ["an audit row that is another", ["M7"], () => withContent(books, "AUDIT_ENTRY#", (one) => ({ ...one, actorId: "x" }))],
  ["a close that is another", ["M7"], () => withContent(books, "LEDGER_CLOSE#", (one) => ({ ...one, entries: 0 }))],
  [
    "an entry that nobody sealed",
    ["M7"],
    () => later({ ...books, stored: [...books.stored, { key: "JOURNAL_ENTRY#x", at: MOVED_AT, content: {} }] }),
  ],
  [
    "a chain that was cut off",
    ["M7"],
    () => ({ ...books, chains: books.chains.map((chain) => ({ ...chain, seals: chain.seals.slice(0, -1) })) }),
  ],
  [
    "a seal that was made anew",
    ["M7"],
    () => ({
      ...books,
      chains: books.chains.map((chain) => ({ ...chain, seals: chain.seals.map((seal) => ({ ...seal, entries: [] })) })),
    }),
  ],
  // M8
  ["a fee booked twice", ["M8"], () => withAnother(books, { processorIds: ["txn_2"] }), HELD_THEN],
  // M9
  [
    "a notice that is stuck",
    ["M9"],
    () => ({ ...books, notices: [{ id: "evt_1", receivedAt: "2026-11-26T11:44:59.000Z", status: "received" }] }),
  ],
  // M10
  ["nothing at the processor", ["M10"], () => books, []],
  ["a cent more at the processor", ["M10"], () => books, [{ amount: 916, currency: "USD" }]],
  ["another currency at the processor", ["M10"], () => books, [...HELD, { amount: 1, currency: "JPY" }]],
  // M11
  ["more spent than was set aside", ["M2", "M4", "M11"], () => withBudget(books, () => ({ spent: 401 }))],
  ["a campaign with money that its brand does not find", ["M11"], () => ({ ...books, funded: new Set() })],
  // M12
  ["what somebody suspended did", ["M12"], () => suspended(CREATOR, BEFORE, withEntry(books, "payout", (one) => ({ ...one, actorId: CREATOR })))],
  [
    "what an admin did for somebody suspended",
    ["M12"],
    () => suspended(BRAND, BEFORE, { ...books, auditRows: new Map([...books.auditRows].map(([id, row]) => [id, { ...row, onBehalfOf: BRAND }])) }),
  ],
  // M13
  ["something that was booked before it happened", ["M13"], () => withEntry(books, "payout", (one) => ({ ...one, effectiveAt: "2026-11-27T00:00:00.000Z" }))],
  // M14
  ["a commit without a row of the audit", ["M14"], () => ({ ...books, auditRows: new Map([...books.auditRows].slice(1)) })],
  // M15
  ["half a cent", ["M15"], () => withAnother(books, { lines: halves(books) }), [{ amount: 914.5, currency: "USD" }]],
  ["an amount out of bounds", ["M10", "M15"], () => withAnother(books, { lines: halves(books).map((line) => ({ ...line, amount: line.amount * 2e13 })) })],
  ["another currency than the wallet's", ["M2", "M15"], () => withWallet(books, BRAND, () => ({ currency: "EUR" }))],
  ["a figure that is no whole number", ["M2", "M4", "M15"], () => withWallet(books, BRAND, () => ({ available: 400.5 }))],
  ["a debt beside money", ["M2", "M4", "M15"], () => withWallet(books, OTHER, () => ({ available: 1 }))],
];

const halves = (of: Books) =>
  (of.entries.find(({ key }) => key === "txn:2")?.lines ?? []).map((line) => ({ ...line, amount: Math.sign(line.amount) * 0.5 }));

describe("the auditor", () => {
  test("finds nothing wrong with right books, and judges everything", () => {
    expect(auditLedger(books, HELD).filter(({ passed, notJudged }) => !passed || notJudged > 0)).toEqual([]);
    expect(auditLedger(later(books), HELD).filter(({ passed, notJudged }) => !passed || notJudged > 0)).toEqual([]);
  });

  test("is broken in forty ways and more, every invariant among them", () => {
    expect(cases.length).toBeGreaterThanOrEqual(40);
    const named = new Set(cases.flatMap(([, ids]) => ids));
    expect(auditLedger(books).map(({ id }) => id).filter((id) => !named.has(id))).toEqual([]);
  });

  const named = cases.map(([name, ids, breakIt, held = HELD]) => ({ name, ids, breakIt, held }));
  test.each(named)("names $name", ({ ids, breakIt, held }) => {
    expect(brokenIn(breakIt(), held)).toEqual(ids);
  });

  test("shows fifty violations of a ledger that has more, and counts what it looked at", () => {
    const [wallet] = books.wallets;
    const wallets = Array.from({ length: 60 }, (_, at) => ({ ...wallet, userId: `u${at}`, available: -1 }));
    const broken = auditLedger({ ...books, wallets: wallets as never }).find(({ id }) => id === "M3");
    expect(broken).toMatchObject({ passed: false, checked: 64 });
    expect(broken?.violations).toHaveLength(50);
    expect(broken?.violations[0]).toEqual({ subject: "wallet:u0 available", expected: "0", actual: "-1" });
  });
});

describe("what is not wrong", () => {
  test("a settlement that an admin makes for a brand that is suspended, or what came before", () => {
    const auditRows = new Map([...books.auditRows].map(([id, row]) => [id, { ...row, onBehalfOf: BRAND }]));
    const settlement = { ...books, auditRows, entries: books.entries.filter(({ key }) => /^(settlement|fee)/.test(key)) };
    const openings = { ...settlement, wallets: settlement.wallets.filter(({ userId }) => userId === BRAND) };
    expect(brokenIn(suspended(BRAND, BEFORE, openings), HELD)).not.toContain("M12");
    expect(brokenIn(suspended(BRAND, MOVED_AT, { ...books, auditRows }))).toEqual([]);
  });

  test("notices that are young, processed or parked", () => {
    const receivedAt = "2026-11-26T11:00:00.000Z";
    const notices = [
      { id: "evt_1", receivedAt, status: "processed" },
      { id: "evt_2", receivedAt, status: "parked" },
      { id: "evt_3", receivedAt: "2026-11-26T11:50:00.000Z", status: "received" },
    ];
    expect(brokenIn({ ...books, notices })).toEqual([]);
  });

  test("a row that came after its entry was looked for", () => {
    const rows = books.transactions.get(CREATOR) ?? [];
    const next = { ...rows[0], id: `jrn_${"8".repeat(26)}`, createdAt: MOVED_AT } as (typeof rows)[number];
    expect(brokenIn({ ...books, transactions: new Map([...books.transactions, [CREATOR, [...rows, next]]]) })).toEqual([]);
  });

  test("money on its way, or what nobody asked the processor: neither right nor wrong", () => {
    const unposted = [{ id: "pi_1", currency: "USD" as const }];
    expect([brokenIn({ ...books, unposted }, []), openIn({ ...books, unposted }, [])]).toEqual([[], ["M10"]]);
    expect(auditLedger(books).filter(({ notJudged }) => notJudged > 0).map(({ id }) => id)).toEqual(["M10"]);
  });

  test("somebody suspended of whom nobody knows since when: not judged", () => {
    const of = withWallet(books, BRAND, () => ({ ownerStatus: "suspended" }));
    expect([brokenIn(of), openIn(of)]).toEqual([[], ["M12"]]);
  });
});

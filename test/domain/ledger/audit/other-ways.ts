/** Ways to break everything else: M5 to M15. */
import type { Books } from "#shared/domain/ledger/audit/books";
import { HELD } from "../../../support/ledger-days.ts";
import {
  BRAND,
  CREATOR,
  HELD_THEN,
  MOVED_AT,
  OTHER,
  withAnother,
  withBudget,
  withContent,
  withEntry,
  withUnits,
  withWallet,
  later,
  suspended,
  BEFORE,
  type Broken,
} from "./broken-books.ts";

export const otherWays: readonly Broken[] = [
  // M5
  ["an id twice", ["M5"], (books) => withAnother(books, { id: books.entries[0]?.id ?? "" }), HELD_THEN],
  ["a key twice", ["M5"], (books) => withAnother(books, { key: "payout:1" }), HELD_THEN],
  // M6
  [
    "a unit settled twice",
    ["M6"],
    (books) => withAnother(books, { settles: books.entries[0]?.settles ?? [] }),
    HELD_THEN,
  ],
  [
    "a unit paid at another price",
    ["M6"],
    (books) => withUnits(books, ({ state }) => (state === "approved" ? { priceMinor: 99 } : {})),
  ],
  [
    "a unit that is settled and still open",
    ["M6"],
    (books) =>
      withUnits(books, ({ state }) =>
        state === "approved" ? { state: "open", dueAt: MOVED_AT, priceMinor: 100 } : {},
      ),
  ],
  [
    "a unit settled without its money",
    ["M6"],
    (books) => withUnits(books, ({ unit }) => (unit === 2 ? { state: "released" } : {})),
  ],
  [
    "a unit without a date",
    ["M6"],
    (books) => withUnits(books, ({ unit }) => (unit === 2 ? { dueAt: undefined } : {})),
  ],
  ["nobody who is owed what is secured", ["M6"], (books) => ({ ...books, participants: [] })],
  [
    "a unit settled by no entry, its price with another",
    ["M6"],
    (books) => {
      const joined = books.participants.map((one) => ({ ...one, joinedAt: MOVED_AT }));
      const changed = withUnits({ ...books, participants: joined }, ({ unit }) =>
        unit === 2 ? { state: "approved" } : unit === 3 ? { priceMinor: 200 } : {},
      );
      return changed;
    },
  ],
  // M7
  [
    "a description that is another",
    ["M7"],
    (books) => withContent(books, "JOURNAL_ENTRY#payout", (one) => ({ ...one, description: "x" })),
  ],
  [
    "a line that is another",
    ["M7"],
    (books) => withContent(books, "JOURNAL_ENTRY#payout", (one) => ({ ...one, lines: [] })),
  ],
  [
    "an entry that was sealed and is gone",
    ["M7"],
    (books) => withContent(books, "JOURNAL_ENTRY#payout", () => undefined),
  ],
  [
    "an audit row that is another",
    ["M7"],
    (books) => withContent(books, "AUDIT_ENTRY#", (one) => ({ ...one, actorId: "x" })),
  ],
  [
    "a close that is another",
    ["M7"],
    (books) => withContent(books, "LEDGER_CLOSE#", (one) => ({ ...one, entries: 0 })),
  ],
  [
    "an entry that nobody sealed",
    ["M7"],
    (books) => later({ ...books, stored: [...books.stored, { key: "JOURNAL_ENTRY#x", at: MOVED_AT, content: {} }] }),
  ],
  [
    "a chain that was cut off",
    ["M7"],
    (books) => ({ ...books, chains: books.chains.map((chain) => ({ ...chain, seals: chain.seals.slice(0, -1) })) }),
  ],
  [
    "a seal that was made anew",
    ["M7"],
    (books) => ({
      ...books,
      chains: books.chains.map((chain) => ({ ...chain, seals: chain.seals.map((seal) => ({ ...seal, entries: [] })) })),
    }),
  ],
  // M8
  ["a fee booked twice", ["M8"], (books) => withAnother(books, { processorIds: ["txn_2"] }), HELD_THEN],
  // M9
  [
    "a notice that is stuck",
    ["M9"],
    (books) => ({ ...books, notices: [{ id: "evt_1", receivedAt: "2026-11-25T23:59:59.000Z", status: "received" }] }),
  ],
  // M10
  ["nothing at the processor", ["M10"], (books) => books, []],
  ["a cent more at the processor", ["M10"], (books) => books, [{ amount: 916, currency: "USD" }]],
  ["another currency at the processor", ["M10"], (books) => books, [...HELD, { amount: 1, currency: "JPY" }]],
  // M11
  ["more spent than was set aside", ["M2", "M4", "M11"], (books) => withBudget(books, () => ({ spent: 401 }))],
  ["a campaign with money that its brand does not find", ["M11"], (books) => ({ ...books, funded: new Set() })],
  // M12
  [
    "what somebody suspended did",
    ["M12"],
    (books) =>
      suspended(
        CREATOR,
        BEFORE,
        withEntry(books, "payout", (one) => ({ ...one, actorId: CREATOR })),
      ),
  ],
  [
    "what an admin did for somebody suspended",
    ["M12"],
    (books) =>
      suspended(BRAND, BEFORE, {
        ...books,
        auditRows: new Map([...books.auditRows].map(([id, row]) => [id, { ...row, onBehalfOf: BRAND }])),
      }),
  ],
  // M13
  [
    "something that was booked before it happened",
    ["M13"],
    (books) => withEntry(books, "payout", (one) => ({ ...one, effectiveAt: "2026-11-27T00:00:00.000Z" })),
  ],
  // M14
  [
    "a commit without a row of the audit",
    ["M14"],
    (books) => ({ ...books, auditRows: new Map([...books.auditRows].slice(1)) }),
  ],
  // M15
  [
    "half a cent",
    ["M15"],
    (books) => withAnother(books, { lines: halves(books) }),
    [{ amount: 914.5, currency: "USD" }],
  ],
  [
    "an amount out of bounds",
    ["M10", "M15"],
    (books) => withAnother(books, { lines: halves(books).map((line) => ({ ...line, amount: line.amount * 2e13 })) }),
  ],
  [
    "another currency than the wallet's",
    ["M2", "M15"],
    (books) => withWallet(books, BRAND, () => ({ currency: "EUR" })),
  ],
  [
    "a figure that is no whole number",
    ["M2", "M4", "M15"],
    (books) => withWallet(books, BRAND, () => ({ available: 400.5 })),
  ],
  ["a debt beside money", ["M2", "M4", "M15"], (books) => withWallet(books, OTHER, () => ({ available: 1 }))],
];

const halves = (of: Books) =>
  (of.entries.find(({ key }) => key === "txn:2")?.lines ?? []).map((line) => ({
    ...line,
    amount: Math.sign(line.amount) * 0.5,
  }));

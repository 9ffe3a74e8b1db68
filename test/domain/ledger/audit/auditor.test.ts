import { beforeEach, describe, expect, test } from "@jest/globals";
import { auditLedger } from "#shared/domain/ledger/audit/auditor";
import type { Books } from "#shared/domain/ledger/audit/books";
import type { Journal } from "#shared/domain/ledger/journal-entry";
import { aWallet } from "../../../support/builders.ts";
import { rightBooks } from "./books.ts";

let books: Books;
beforeEach(() => {
  books = rightBooks();
});
const failing = (broken: Books): string[] =>
  auditLedger(broken)
    .filter(({ passed }) => !passed)
    .map(({ id }) => id);
const withFigures = (parts: Partial<Books["before"]>): Books => {
  const figures = { ...books.before, ...parts };
  return { ...books, before: figures, after: figures };
};
const withWallet = (parts: object) =>
  withFigures({ wallets: books.before.wallets.map((wallet, at) => (at === 0 ? { ...wallet, ...parts } : wallet)) });
const withBudget = (parts: object) =>
  withFigures({ budgets: books.before.budgets.map((budget) => ({ ...budget, ...parts })) });
/** Right books, but for the amounts of the first journal. */
const firstJournal = (bent: (amount: number) => number): Books => ({
  ...books,
  entries: books.entries.map((one, at) =>
    at === 0 ? { ...one, entries: one.entries.map((entry) => ({ ...entry, amount: bent(entry.amount) })) } : one,
  ),
});

describe("the auditor", () => {
  test("finds nothing wrong with right books, and looks at everything", () => {
    const invariants = auditLedger(books);
    expect(failing(books)).toEqual([]);
    expect(invariants.every(({ checked }) => checked > 0)).toBe(true);
  });

  test.each<[string, string[], () => Books]>([
    [
      "an unbalanced journal",
      ["M1", "M2", "M4a"],
      () => firstJournal((amount) => Math.abs(amount) + (amount < 0 ? -2_000 : 1)),
    ],
    ["a wallet below zero", ["M3", "M4a", "M4b"], () => withWallet({ available: -1 })],
    ["a wallet that has too much", ["M4a", "M4b"], () => withWallet({ available: 401 })],
    ["a campaign with money that its brand does not find", ["M11b"], () => ({ ...books, fundings: new Map() })],
    [
      "a transaction that is missing",
      ["M4b"],
      () => ({ ...books, transactions: new Map([...books.transactions].slice(0, 1)) }),
    ],
    [
      "a journal written twice",
      ["M4a", "M5", "M11a"],
      () => ({ ...books, entries: [...books.entries, books.entries[1] as Journal] }),
    ],
    [
      "a journal that is gone",
      ["M4a", "M11a"],
      () => ({ ...books, entries: books.entries.filter((_, at) => at !== 1) }),
    ],
    ["a budget whose parts are not its total", ["M11a"], () => withBudget({ total: 601 })],
    ["more secured than is owed", ["M11a", "M6", "M11b"], () => withBudget({ secured: 101, total: 601 })],
    [
      "a unit that was settled without its money",
      ["M6"],
      () => ({
        ...books,
        participants: books.participants.map((one) => ({
          ...one,
          units: one.units.map((unit) => ({ ...unit, state: "approved" as const })),
        })),
      }),
    ],
    ["half a cent", ["M4a", "M15"], () => firstJournal((amount) => amount + Math.sign(amount) * 0.5)],
    ["a wallet in another currency", ["M15"], () => withWallet({ currency: "EUR" })],
  ])("names what is broken: %s", (_name, ids, breakIt) => {
    expect(failing(breakIt())).toEqual(ids);
  });

  test("names a deposit that was credited under two keys", () => {
    const again = { ...(books.entries[0] as Journal), key: "deposit:pi_2" };
    expect(failing({ ...books, entries: [...books.entries, again] })).toEqual(["M4a", "M8"]);
  });

  test("shows fifty violations of a ledger that has more, and counts what it looked at", () => {
    const wallets = Array.from({ length: 60 }, (_, at) => aWallet({ userId: `u${at}`, available: -1 }));
    const [broken] = auditLedger(withFigures({ wallets })).filter(({ id }) => id === "M3");
    expect(broken).toMatchObject({ passed: false, checked: 61 });
    expect(broken?.violations).toHaveLength(50);
    expect(broken?.violations[0]).toEqual({ subject: "wallet u0", expected: "true", actual: "false" });
  });
});

describe("the auditor beside writers", () => {
  test("does not judge figures that moved while it read", () => {
    const moved = {
      ...books.before,
      wallets: books.before.wallets.map((wallet) => ({ ...wallet, available: 7, version: 2 })),
    };
    expect(failing({ ...books, after: moved })).toEqual([]);
  });

  test("is not misled by money that is set aside between its second look at wallets and at campaigns", () => {
    const budgets = books.after.budgets.map((budget) => ({ ...budget, total: 700, unassigned: 500, version: 2 }));
    expect(failing({ ...books, after: { ...books.after, budgets } })).toEqual([]);
  });
});

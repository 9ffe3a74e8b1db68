import { beforeEach, describe, expect, test } from "@jest/globals";
import { auditLedger, type Books, proofOf } from "#shared/domain/wallets/auditor";
import { chainHead } from "#shared/domain/wallets/chain";
import { campaignAccount, type JournalHead, move, platformAccount, walletAccount } from "#shared/domain/wallets/ledger";
import type { Journal } from "#shared/domain/wallets/journal";
import { aBudget, aParticipant, aWallet, BRAND_ID, CAMPAIGN_ID, CREATOR_ID } from "../../support/builders.ts";
import { sequentialIds } from "../../support/stage.ts";

const newId = sequentialIds();
const now = "2026-11-25T12:00:00.000Z";
const head = (key: string, type: JournalHead["type"]): JournalHead => ({
  key,
  type,
  currency: "USD",
  referenceId: key,
  description: "d",
  actorId: BRAND_ID,
  at: "2026-11-25T12:00:00.000Z",
  newId,
});
const campaign = { campaignId: CAMPAIGN_ID, brandId: BRAND_ID };
const transaction = (one: Journal, userId: string, effects: object) => ({
  id: one.id,
  userId,
  type: one.type as "deposit",
  amount: { amount: 1, currency: "USD" as const },
  status: "completed" as const,
  referenceId: "r",
  description: "d",
  createdAt: one.at,
  effects: { available: 0, reserved: 0, pending: 0, inFlight: 0, ...effects },
});

/** Right books: 1,000 paid in, 600 set aside, 200 secured for two units, one of them approved. */
function rightBooks(): Books {
  const paid = move(
    head("deposit:pi_1", "deposit"),
    1_000,
    platformAccount("stripe_clearing"),
    walletAccount(BRAND_ID, "available"),
  );
  const aside = move(
    head("publication:c", "reservation"),
    600,
    walletAccount(BRAND_ID, "available"),
    campaignAccount(campaign, "unassigned"),
  );
  const secured = move(
    head("acceptance:c", "securing"),
    200,
    campaignAccount(campaign, "unassigned"),
    campaignAccount(campaign, "secured"),
  );
  const earned = move(
    head("settlement:c", "transfer"),
    100,
    campaignAccount(campaign, "secured"),
    walletAccount(CREATOR_ID, "pending"),
  );
  const figures = {
    wallets: [aWallet({ available: 400, reserved: 500 }), aWallet({ userId: CREATOR_ID, pending: 100 })],
    budgets: [aBudget({ total: 600, unassigned: 400, secured: 100, spent: 100 })],
  };
  const [one, two] = aParticipant().units;
  return {
    before: figures,
    journals: [paid, aside, secured, earned],
    participants: [
      aParticipant({
        units: [
          { ...one, priceMinor: 100, state: "approved" },
          { ...two, priceMinor: 100 },
        ] as never,
      }),
    ],
    transactions: new Map([
      [
        BRAND_ID,
        [
          transaction(paid, BRAND_ID, { available: 1_000 }),
          transaction(aside, BRAND_ID, { available: -600, reserved: 600 }),
          transaction(earned, BRAND_ID, { reserved: -100 }),
        ],
      ],
      [CREATOR_ID, [transaction(earned, CREATOR_ID, { pending: 100 })]],
    ]),
    after: figures,
  };
}

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
      () => ({
        ...books,
        journals: books.journals.map((one, at) =>
          at === 0
            ? {
                ...one,
                entries: one.entries.map((entry) => ({
                  ...entry,
                  amount: Math.abs(entry.amount) + (entry.amount < 0 ? -2_000 : 1),
                })),
              }
            : one,
        ),
      }),
    ],
    ["a wallet below zero", ["M3", "M4a", "M4b"], () => withWallet({ available: -1 })],
    ["a wallet that has too much", ["M4a", "M4b"], () => withWallet({ available: 401 })],
    ["a reserve that no campaign holds", ["M4a", "M4b", "M11b"], () => withWallet({ reserved: 501 })],
    [
      "a transaction that is missing",
      ["M4b"],
      () => ({ ...books, transactions: new Map([...books.transactions].slice(0, 1)) }),
    ],
    [
      "a journal written twice",
      ["M4a", "M5", "M11a"],
      () => ({ ...books, journals: [...books.journals, books.journals[1] as Journal] }),
    ],
    [
      "a journal that is gone",
      ["M4a", "M11a"],
      () => ({ ...books, journals: books.journals.filter((_, at) => at !== 1) }),
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
    [
      "half a cent",
      ["M4a", "M15"],
      () => ({
        ...books,
        journals: books.journals.map((one, at) =>
          at === 0
            ? {
                ...one,
                entries: one.entries.map((entry) => ({
                  ...entry,
                  amount: entry.amount + Math.sign(entry.amount) * 0.5,
                })),
              }
            : one,
        ),
      }),
    ],
    ["a wallet in another currency", ["M15"], () => withWallet({ currency: "EUR" })],
  ])("names what is broken: %s", (_name, ids, breakIt) => {
    expect(failing(breakIt())).toEqual(ids);
  });

  test("names a deposit that was credited under two keys", () => {
    const again = { ...(books.journals[0] as Journal), key: "deposit:pi_2" };
    expect(failing({ ...books, journals: [...books.journals, again] })).toEqual(["M4a", "M8"]);
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

  test("looks again when a journal is not in the index yet, and calls broken only what stays so", async () => {
    const lagging = { ...books, journals: books.journals.slice(0, 3) };
    expect(failing(lagging)).not.toEqual([]);
    const sights = [lagging, lagging, books];
    const read = () => Promise.resolve(sights.shift() ?? books);
    expect((await proofOf(read, [], now)).balanced).toBe(true);
    expect(sights).toEqual([]);
    let looks = 0;
    const broken = await proofOf(() => Promise.resolve(((looks += 1), lagging)), [], now);
    expect({ balanced: broken.balanced, looks }).toEqual({ balanced: false, looks: 3 });
    expect(broken.invariants.filter(({ passed }) => !passed).map(({ id }) => id)).toEqual(failing(lagging));
  });
});

describe("the proof", () => {
  test("says what the processor must hold, and looks once at right books", async () => {
    let looks = 0;
    const read = () => Promise.resolve(((looks += 1), books));
    expect(
      await proofOf(
        read,
        [
          { amount: 990, currency: "USD" },
          { amount: 5, currency: "EUR" },
        ],
        now,
      ),
    ).toMatchObject({
      balanced: true,
      asOf: now,
      currencies: [{ currency: "USD", debits: 1_900, credits: 1_900 }],
      liabilities: [
        { currency: "EUR", ledger: 0, stripe: 5, difference: 5 },
        { currency: "USD", ledger: 1_000, stripe: 990, difference: -10 },
      ],
    });
    expect(looks).toBe(1);
  });

  test("chains every journal: order of reading is nothing, any change of the past is everything", () => {
    const [first, ...others] = books.journals as [Journal, ...Journal[]];
    const headOf = chainHead(books.journals);
    expect(headOf).toMatch(/^[0-9a-f]{64}$/);
    expect(chainHead([...books.journals].reverse())).toBe(headOf);
    const altered: readonly Journal[][] = [
      others,
      [...books.journals, { ...first, id: newId("journal") }],
      ...[
        { key: "k" },
        { referenceId: "x" },
        { actorId: "x" },
        { at: "2026-11-24T12:00:00.000Z" },
        { entries: [...first.entries].reverse() },
      ].map((parts) => [{ ...first, ...parts }, ...others]),
    ];
    expect(new Set(altered.map(chainHead)).add(headOf).size).toBe(altered.length + 1);
  });
});

import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as proveLedger } from "#lambdas/wallets/prove-ledger";
import { auditLedger, lookAt, looksSuffice, proofOf } from "#shared/domain/ledger/audit/auditor";
import type { Books } from "#shared/domain/ledger/audit/books";
import { chainHead } from "#shared/domain/ledger/audit/chain";
import type { Journal } from "#shared/domain/ledger/journal-entry";
import { admin, testStage } from "../../../support/stage.ts";
import { newId, rightBooks } from "./books.ts";

const now = "2026-11-25T12:00:00.000Z";
let books: Books;
let lagging: Books;
beforeEach(() => {
  books = rightBooks();
  lagging = { ...books, entries: books.entries.slice(0, 3) };
});
const failing = (broken: Books): string[] =>
  auditLedger(broken)
    .filter(({ passed }) => !passed)
    .map(({ id }) => id);

/** The action, on a ledger that reads like this, one sight after the other, and then the last for ever. */
async function proved(...sights: Books[]) {
  let reads = 0;
  const ledger = { books: () => Promise.resolve(sights[Math.min(reads++, sights.length - 1)] ?? books) };
  const stage = testStage(now);
  const run: typeof proveLedger.run = (call, ports) => proveLedger.run(call, { ...ports, ledger });
  const proof = await stage.run({ contract: proveLedger.contract, run }, { actor: admin() });
  return { proof, reads };
}

describe("looks at the books", () => {
  test("suffice when everything held in one of them, or there were three", () => {
    const [good, bad] = [lookAt(books), lookAt(lagging)];
    expect([[], [good], [bad], [bad, bad], [bad, good], [bad, bad, bad]].map(looksSuffice)).toEqual([
      false,
      true,
      false,
      false,
      true,
      true,
    ]);
  });

  test("that do not suffice prove nothing", () => {
    for (const looks of [[], [lookAt(lagging)]]) expect(() => proofOf(looks, [], now)).toThrow("suffice");
  });

  test("hold together: what held in any of them is not broken", () => {
    const wallets = books.before.wallets.map((wallet) => ({ ...wallet, inFlight: wallet.inFlight + 1 }));
    const figures = { ...books.before, wallets };
    const odd = { ...books, before: figures, after: figures };
    expect(failing(odd).filter((id) => !failing(lagging).includes(id))).not.toEqual([]);
    const { invariants } = proofOf([lookAt(lagging), lookAt(odd), lookAt(lagging)], [], now);
    const broken = invariants.filter(({ passed }) => !passed).map(({ id }) => id);
    expect(broken).toEqual(failing(lagging).filter((id) => failing(odd).includes(id)));
  });
});

describe("the proof", () => {
  test("looks again when a journal is not in the index yet, and calls broken only what stays so", async () => {
    expect(failing(lagging)).not.toEqual([]);
    const { proof, reads } = await proved(lagging, lagging, books);
    expect({ balanced: proof.balanced, reads }).toEqual({ balanced: true, reads: 3 });
    const broken = await proved(lagging);
    expect({ balanced: broken.proof.balanced, reads: broken.reads }).toEqual({ balanced: false, reads: 3 });
    expect(broken.proof.invariants.filter(({ passed }) => !passed).map(({ id }) => id)).toEqual(failing(lagging));
  });

  test("looks once at right books", async () => {
    expect((await proved(books)).reads).toBe(1);
  });

  test("says what the processor must hold", () => {
    const held = [
      { amount: 990, currency: "USD" },
      { amount: 5, currency: "EUR" },
    ] as const;
    expect(proofOf([lookAt(books)], held, now)).toMatchObject({
      balanced: true,
      asOf: now,
      currencies: [{ currency: "USD", debits: 1_900, credits: 1_900 }],
      liabilities: [
        { currency: "EUR", ledger: 0, stripe: 5, difference: 5 },
        { currency: "USD", ledger: 1_000, stripe: 990, difference: -10 },
      ],
    });
  });

  test("chains every journal: order of reading is nothing, any change of the past is everything", () => {
    const [first, ...others] = books.entries as [Journal, ...Journal[]];
    const headOf = chainHead(books.entries);
    expect(headOf).toMatch(/^[0-9a-f]{64}$/);
    expect(chainHead([...books.entries].reverse())).toBe(headOf);
    const altered: readonly Journal[][] = [
      others,
      [...books.entries, { ...first, id: newId("journalEntry") }],
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

/** What several looks make of the books, while others write and the index lags. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { type Audit, isOver, lookedAt, newAudit, proofOf, verdictOf } from "#shared/domain/ledger/audit/auditor";
import type { Books } from "#shared/domain/ledger/audit/books";
import type { Money } from "#shared/domain/kernel/money";
import type { ProcessorMovement } from "#shared/domain/processor/movement";
import { aHouseMovement } from "../../../support/house-movements.ts";
import { booksOf, HELD, paysIn, sealed, twoDays } from "../../../support/ledger-days.ts";
import type { TestStage } from "../../../support/stage.ts";
import { BRAND, brokenOf, CREATOR, openOf, withoutEntry, withWallet } from "./broken-books.ts";

let stage: TestStage;
let books: Books;
beforeEach(async () => {
  stage = await twoDays();
  books = await booksOf(stage);
});

/** Look after look until it is over; the last one for ever. */
function audited(sights: readonly Books[], held: readonly Money[] = HELD): Audit {
  let audit = newAudit;
  while (!isOver(audit)) {
    const sight = sights[Math.min(audit.looks, sights.length - 1)];
    if (sight === undefined) throw new Error("nothing to look at");
    audit = lookedAt(audit, { books: sight, held });
  }
  return audit;
}

describe("looks at the books", () => {
  test("are over when everything was judged, and after four", () => {
    expect(audited([books]).looks).toBe(1);
    expect(audited([withoutEntry(books, "maturity")]).looks).toBe(4);
    expect(() => proofOf(newAudit)).toThrow("suffice");
    expect(() => proofOf(lookedAt(newAudit, { books: withoutEntry(books, "maturity"), held: HELD }))).toThrow(
      "suffice",
    );
  });

  test("that lack an entry judge nobody whom it moved, and go on until it is there", () => {
    const audit = audited([withoutEntry(books, "maturity"), books]);
    expect([audit.looks, proofOf(audit).balanced]).toEqual([2, true]);
    const lasting = audited([withoutEntry(books, "maturity")]);
    expect([brokenOf(lasting), openOf(lasting)]).toEqual([[], ["M2", "M3", "M4", "M10"]]);
    expect(verdictOf(proofOf(lasting))).toEqual({
      verdict: "not_judged",
      broken: [],
      notJudged: ["M2", "M3", "M4", "M10"],
    });
  });

  test("that have found a commit in part do not judge by it", () => {
    const audit = audited([withoutEntry(books, "fee")]);
    expect([brokenOf(audit), openOf(audit)]).toEqual([
      [],
      ["M2", "M3", "M4", "M10", "M11"].filter((id) => openOf(audit).includes(id)),
    ]);
    expect(openOf(audit)).toContain("M4");
  });

  test("remember whom they have judged: everybody is, though somebody moves in each", () => {
    const audit = audited([withoutEntry(books, "maturity"), withoutEntry(books, "dispute")]);
    // The creator was judged in the second look and the other brand in the first; only what is compared in one look is left.
    expect([brokenOf(audit), openOf(audit)]).toEqual([[], ["M10"]]);
  });

  test("find money out of nothing in a wallet that moves between them", async () => {
    const before = withWallet(books, BRAND, (was) => ({ available: was.available + 1 }));
    await paysIn(stage, 500);
    await sealed(stage);
    const after = withWallet(await booksOf(stage), BRAND, (was) => ({ available: was.available + 1 }));
    const moving = { ...before, wallets: after.wallets };
    const first = lookedAt(newAudit, { books: moving, held: HELD });
    expect([brokenOf(first), openOf(first)]).toEqual([[], ["M2", "M3", "M4", "M10"]]);
    const audit = audited([moving, after], [{ amount: 1_415, currency: "USD" }]);
    expect([brokenOf(audit), proofOf(audit).balanced, audit.looks]).toEqual([["M2", "M4"], false, 2]);
  });

  test("compare with the processor at several moments: one in which both agree is enough", () => {
    let audit = lookedAt(newAudit, { books, held: [] });
    expect([isOver(audit), brokenOf(audit)]).toEqual([false, ["M10"]]);
    audit = lookedAt(audit, { books, held: HELD });
    expect([isOver(audit), brokenOf(audit)]).toEqual([true, []]);
  });
});

describe("a processor's balance that is not what was booked", () => {
  const usd = (amount: number): readonly Money[] => [{ amount, currency: "USD" }];
  const notice = { id: "evt_1", receivedAt: "2026-11-26T11:00:00.000Z", status: "received" };
  const shortly = (of: Books, parts: Partial<Books>): Books => ({ ...of, ...parts });

  test.each<[string, (of: Books) => Parameters<typeof lookedAt>[1], "open" | "broken" | "fine"]>([
    ["stays so", (of) => ({ books: of, held: usd(920), heldBefore: usd(920) }), "broken"],
    ["moves while the books are read", (of) => ({ books: of, held: usd(920), heldBefore: usd(917) }), "open"],
    ["moves after they were read", (of) => ({ books: of, held: usd(920), heldBefore: HELD }), "fine"],
    ["moved before they were read", (of) => ({ books: of, held: HELD, heldBefore: usd(900) }), "fine"],
    [
      "is told of by a notice that waits",
      (of) => ({ books: shortly(of, { notices: [notice] }), held: usd(920) }),
      "open",
    ],
    [
      "was told of by a notice that is worked through",
      (of) => ({ books: shortly(of, { notices: [{ ...notice, status: "processed" }] }), held: usd(920) }),
      "broken",
    ],
    [
      "was told of by a notice of the day before yesterday",
      (of) => ({
        books: shortly(of, { notices: [{ ...notice, receivedAt: "2026-11-25T11:59:00.000Z" }] }),
        held: usd(920),
      }),
      "broken",
    ],
  ])("and %s", (_how, lookOf, is) => {
    const audit = lookedAt(newAudit, lookOf(books));
    expect([brokenOf(audit).includes("M10"), openOf(audit).includes("M10")]).toEqual([is === "broken", is === "open"]);
  });

  test.each<[string, Partial<ProcessorMovement>, boolean]>([
    ["that no entry names explains it to the cent", {}, true],
    ["in another currency explains nothing", { currency: "EUR" }, false],
    ["that an entry has named meanwhile explains nothing", { id: "txn_2" }, false],
    ["of the day before yesterday explains nothing", { createdAt: "2026-11-25T12:00:00.000Z" }, false],
  ])("a fee %s", (_what, parts, explains) => {
    const fee = {
      ...aHouseMovement({ type: "stripe_fee", amountMinor: -7, feeMinor: 0 }),
      createdAt: "2026-11-26T11:00:00.000Z",
    };
    const audit = lookedAt(newAudit, { books, held: usd(908), feesToCome: [{ ...fee, ...parts }] });
    expect(brokenOf(audit).includes("M10")).toBe(!explains);
  });

  test("is in motion when nothing else is open, and not judged otherwise", () => {
    let audit = newAudit;
    while (!isOver(audit)) audit = lookedAt(audit, { books, held: usd(920 + audit.looks), heldBefore: usd(919) });
    expect(verdictOf(proofOf(audit))).toEqual({ verdict: "in_motion", broken: [], notJudged: ["M10"] });
  });
});

describe("the proof", () => {
  test("says what the processor must hold, and what the house owes it for its fees", () => {
    const held = [...HELD, { amount: 5, currency: "EUR" }] as const;
    expect(proofOf(audited([books], held))).toMatchObject({
      balanced: false,
      asOf: "2026-11-26T12:00:00.000Z",
      // Held 915, owed by a brand 50, spent on fees 35 and on creators 100; owed 990, earned 10, spent by a campaign 100.
      currencies: [{ currency: "USD", debits: 1_100, credits: 1_100 }],
      liabilities: [
        { currency: "EUR", ledger: 0, stripe: 5, difference: 5, topUp: 0 },
        { currency: "USD", ledger: 915, stripe: 915, difference: 0, topUp: 75 },
      ],
    });
  });

  test("of money in the books and nothing at the processor is not balanced", () => {
    const proof = proofOf(audited([books], []));
    expect([proof.balanced, verdictOf(proof).verdict]).toEqual([false, "unbalanced"]);
  });

  test("chains everything that was sealed: its head moves with what comes, and is the same for the same", async () => {
    const { chainHead } = proofOf(audited([books]));
    expect(chainHead).toMatch(/^[0-9a-f]{64}$/);
    expect(proofOf(audited([await booksOf(stage)])).chainHead).toBe(chainHead);
    await paysIn(stage, 1);
    await sealed(stage);
    expect(proofOf(audited([await booksOf(stage)])).chainHead).not.toBe(chainHead);
  });

  test("names an entry that was changed where it is stored", async () => {
    const item = stage.table.all().find((one) => one["key"] === "payout:1");
    if (item === undefined) throw new Error("no entry");
    const changed = { ...item, pk: String(item["pk"]), sk: String(item["sk"]), description: "another" };
    await stage.table.write({ kind: "put", item: changed, when: { any: true } });
    const { invariants } = proofOf(audited([await booksOf(stage)]));
    expect(invariants.flatMap(({ violations }) => violations)).toEqual([
      { subject: item["pk"], expected: "as sealed", actual: "altered" },
    ]);
  });

  test("takes amounts and accounts as they are stored, whatever they are", async () => {
    const item = stage.table.all().find((one) => one["key"] === "payout:1");
    if (item === undefined) throw new Error("no entry");
    const lines = [
      { account: { of: "platform", account: "slush" }, amount: 1.5 },
      { account: { of: "wallet", userId: CREATOR, account: "payable" }, amount: -1.5 },
    ];
    const changed = { ...item, pk: String(item["pk"]), sk: String(item["sk"]), currency: "XXX", lines };
    await stage.table.write({ kind: "put", item: changed, when: { any: true } });
    expect(brokenOf(audited([await booksOf(stage)]))).toEqual(["M2", "M4", "M7", "M15"]);
  });
});

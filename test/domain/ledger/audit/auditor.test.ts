/** The auditor, and books that are broken in one way after the other: each is named by its invariant, and by no other that holds. */
import { beforeAll, describe, expect, test } from "@jest/globals";
import { auditLedger, isOver, lookedAt, newAudit } from "#shared/domain/ledger/audit/auditor";
import type { Books } from "#shared/domain/ledger/audit/books";
import { plusHours } from "#shared/domain/kernel/time";
import { DEPOSIT_ID } from "../../../support/builders.ts";
import { aRefund } from "../../../support/money-builders.ts";
import { booksOf, HELD, twoDays } from "../../../support/ledger-days.ts";
import { balanceWays } from "./balance-ways.ts";
import {
  BEFORE,
  BRAND,
  brokenIn,
  brokenOf,
  CREATOR,
  later,
  MOVED_AT,
  openIn,
  suspended,
  withWallet,
} from "./broken-books.ts";
import { otherWays } from "./other-ways.ts";
import { promiseWays } from "./promise-ways.ts";

let books: Books;
beforeAll(async () => {
  books = await booksOf(await twoDays());
});

const cases = [...balanceWays, ...otherWays, ...promiseWays];

describe("the auditor", () => {
  test("finds nothing wrong with right books, and judges everything", () => {
    expect(auditLedger(books, HELD).filter(({ passed, notJudged }) => !passed || notJudged > 0)).toEqual([]);
    expect(auditLedger(later(books), HELD).filter(({ passed, notJudged }) => !passed || notJudged > 0)).toEqual([]);
  });

  test("is broken in forty ways and more, every invariant among them", () => {
    expect(cases.length).toBeGreaterThanOrEqual(40);
    const named = new Set(cases.flatMap(([, ids]) => ids));
    expect(
      auditLedger(books)
        .map(({ id }) => id)
        .filter((id) => !named.has(id)),
    ).toEqual([]);
  });

  const named = cases.map(([name, ids, breakIt, held = HELD]) => ({ name, ids, breakIt, held }));
  test.each(named)("names $name", ({ ids, breakIt, held }) => {
    expect(brokenIn(breakIt(books), held)).toEqual(ids);
  });

  test("shows fifty violations of a ledger that has more, and counts what it looked at", () => {
    const wallet = books.wallets.find(({ userId }) => userId === BRAND);
    const wallets = Array.from({ length: 60 }, (_, at) => ({ ...wallet, userId: `u${at}`, available: -1 }));
    const broken = auditLedger({ ...books, wallets: wallets as never }).find(({ id }) => id === "M3");
    expect(broken).toMatchObject({ passed: false, checked: 63 });
    expect(broken?.violations).toHaveLength(50);
    expect(broken?.violations[0]).toEqual({ subject: "wallet:u0 available", expected: "0", actual: "-1" });
  });
});

describe("what is not wrong", () => {
  test("a settlement that an admin makes for a brand that is suspended, or what came before", () => {
    const auditRows = new Map([...books.auditRows].map(([id, row]) => [id, { ...row, onBehalfOf: BRAND }]));
    const settlement = {
      ...books,
      auditRows,
      entries: books.entries.filter(({ key }) => /^(settlement|fee)/.test(key)),
    };
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
    expect(brokenIn({ ...books, transactions: new Map([...books.transactions, [CREATOR, [...rows, next]]]) })).toEqual(
      [],
    );
  });

  test("what nobody asked the processor: neither right nor wrong", () => {
    expect(
      auditLedger(books)
        .filter(({ notJudged }) => notJudged > 0)
        .map(({ id }) => id),
    ).toEqual(["M10"]);
  });

  test("money on its way explains a difference of its size: neither right nor wrong. A larger one is wrong", () => {
    const [is] = HELD;
    const held = (more: number) => [{ ...is!, amount: is!.amount + more }];
    const underWay = {
      ...books,
      unposted: [{ id: "pi_1", currency: "USD" as const, amountMinor: 500, since: BEFORE }],
    };
    const found = (more: number) => [brokenIn(underWay, held(more)), openIn(underWay, held(more))];
    expect([found(500), found(-500)]).toEqual([
      [[], ["M10"]],
      [[], ["M10"]],
    ]);
    expect([found(501), found(-501)]).toEqual([
      [["M10"], []],
      [["M10"], []],
    ]);
  });

  test("money on its way that has not moved: somebody is always about to pay", () => {
    const unposted = [{ id: "pi_1", currency: "USD" as const, amountMinor: 500, since: BEFORE }];
    expect([brokenIn({ ...books, unposted }, HELD), openIn({ ...books, unposted }, HELD)]).toEqual([[], []]);
  });

  test("money that has been on its way for more than a day explains nothing", () => {
    const [is] = HELD;
    const held = [{ ...is!, amount: is!.amount + 500 }];
    const since = (hours: number) => ({
      ...books,
      unposted: [
        { id: "pi_1", currency: "USD" as const, amountMinor: 500, since: plusHours(books.asOf, -hours) },
        { id: "pi_2", currency: "USD" as const, amountMinor: 20, since: BEFORE },
      ],
    });
    const found = (hours: number) => [brokenIn(since(hours), held), openIn(since(hours), held)];
    expect([found(23), found(24), found(24 * 7)]).toEqual([
      [[], ["M10"]],
      [["M10"], []],
      [["M10"], []],
    ]);
  });

  test("what wallets stand for, half an hour after they moved at the latest: until then it may not be listed", () => {
    const earnings = books.promised.earnings.slice(1);
    const lagging = { ...books, promised: { ...books.promised, earnings } };
    expect([brokenIn(lagging), openIn(lagging)]).toEqual([[], ["M11"]]);
    expect([brokenIn(later(lagging)), openIn(later(lagging))]).toEqual([["M11"], []]);
  });

  test("what a wallet stands for that moved while it was read: not judged", () => {
    const [was] = books.promised.wallets;
    const commitsAfter = new Map([[CREATOR, (was?.commits ?? 0) + 1]]);
    const moving = later({ ...books, promised: { ...books.promised, earnings: [], commitsAfter } });
    expect([brokenIn(moving), openIn(moving)]).toEqual([[], ["M11"]]);
  });

  test("what was listed wrongly in one look and rightly in another", () => {
    const missed = later({ ...books, promised: { ...books.promised, payouts: [] } });
    const first = lookedAt(newAudit, { books: missed, held: HELD });
    const second = lookedAt(first, { books: later(books), held: HELD });
    expect([isOver(first), brokenOf(first), isOver(second), brokenOf(second)]).toEqual([false, ["M11"], true, []]);
  });

  test("a refund of which one part has left and one has come back: the third is on its way", () => {
    const part = { depositId: DEPOSIT_ID, paymentIntentId: "pi_1", processorRefundId: "re_1" };
    const refund = aRefund({
      userId: CREATOR,
      parts: [
        { ...part, amountMinor: 7, status: "submitted", booked: true },
        { ...part, amountMinor: 8, status: "failed", booked: false },
        { ...part, amountMinor: 9, status: "submitted", booked: false },
      ],
    });
    const withRefund = (inFlight: number): Books => {
      const promised = { ...books.promised, refunds: [refund] };
      const wallets = promised.wallets.map((one) => ({ ...one, inFlight: one.inFlight + inFlight }));
      return later({ ...books, promised: { ...promised, wallets } });
    };
    expect([brokenIn(withRefund(9)), brokenIn(withRefund(16))]).toEqual([[], ["M11"]]);
  });

  test("somebody suspended of whom nobody knows since when: not judged", () => {
    const of = withWallet(books, BRAND, () => ({ ownerStatus: "suspended" }));
    expect([brokenIn(of), openIn(of)]).toEqual([[], ["M12"]]);
  });
});

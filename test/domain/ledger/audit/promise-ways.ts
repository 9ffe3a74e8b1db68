/** Ways to break what wallets stand for: M11. Told an hour after anything moved, when no index may lag any more. */
import type { Books, Promised } from "#shared/domain/ledger/audit/books";
import { anEarning, aPayout, aRefund } from "../../../support/money-builders.ts";
import { CREATOR, later, withWallet, type Broken } from "./broken-books.ts";

type Listed = "earnings" | "payouts" | "refunds";

const withListed = <K extends Listed>(books: Books, kind: K, change: (was: Promised[K]) => readonly object[]): Books =>
  later({ ...books, promised: { ...books.promised, [kind]: change(books.promised[kind]) } });
const usd = (amount: number) => ({ amount, currency: "USD" as const });

type Earning = Promised["earnings"][number];
const ofStatus = (books: Books, status: Earning["status"], change: (was: Earning) => readonly object[]): Books =>
  withListed(books, "earnings", (earnings) => earnings.flatMap((one) => (one.status === status ? change(one) : [one])));

export const promiseWays: readonly Broken[] = [
  ["an earning on hold that is deleted", ["M11"], (books) => ofStatus(books, "pending", () => [])],
  [
    "an earning on hold that is changed",
    ["M11"],
    (books) => ofStatus(books, "pending", (one) => [{ ...one, amount: usd(31) }]),
  ],
  [
    "an earning on hold that is doubled",
    ["M11"],
    (books) => ofStatus(books, "pending", (one) => [one, anEarning({ ...one, id: `ern_${"7".repeat(26)}` })]),
  ],
  [
    "an earning that matured without its entry",
    ["M11"],
    (books) => ofStatus(books, "pending", (one) => [{ ...one, status: "available" }]),
  ],
  ["an earning to be paid out that is deleted", ["M11"], (books) => ofStatus(books, "available", () => [])],
  [
    "an earning to be paid out that is changed",
    ["M11"],
    (books) => ofStatus(books, "available", (one) => [{ ...one, amount: usd(6_000) }]),
  ],
  [
    "an earning to be paid out that is doubled",
    ["M11"],
    (books) => ofStatus(books, "available", (one) => [one, anEarning({ ...one, id: `ern_${"7".repeat(26)}` })]),
  ],
  [
    "an earning of which more is free than was not asked for",
    ["M11"],
    (books) => ofStatus(books, "available", (one) => [{ ...one, allocatedMinor: 0 }]),
  ],
  ["a payout that is closed without its entry", ["M11"], (books) => withListed(books, "payouts", () => [])],
  [
    "a payout that is final and still listed",
    ["M11"],
    (books) => withListed(books, "payouts", ([one]) => [{ ...one, status: "paid", step: undefined }]),
  ],
  [
    "a payout of more than is on its way",
    ["M11"],
    (books) => withListed(books, "payouts", ([one]) => [{ ...one, amount: usd(21) }]),
  ],
  [
    "a payout that is there twice",
    ["M11"],
    (books) => withListed(books, "payouts", ([one]) => [one ?? {}, aPayout({ ...one, id: `pay_${"7".repeat(26)}` })]),
  ],
  [
    "a refund of money that is not on its way",
    ["M11"],
    (books) => withListed(books, "refunds", () => [aRefund({ userId: CREATOR, amount: usd(5) })]),
  ],
  [
    "money on its way that no payout and no refund is about",
    ["M2", "M4", "M11"],
    (books) => later(withWallet(books, CREATOR, (was) => ({ inFlight: was.inFlight + 1 }))),
  ],
];

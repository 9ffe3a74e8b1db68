import type { RefusalCode } from "../kernel/refusal.ts";

export const payoutRefusals = {
  notFound: { kind: "not_found", code: "payout.not_found", title: "There is no such payout" },
  noAccount: {
    kind: "unprocessable",
    code: "payout.no_account",
    title: "The account that payouts go to is not ready",
  },
  exceedsAvailable: {
    kind: "unprocessable",
    code: "payout.exceeds_available",
    title: "That is more than can be paid out",
  },
  belowMinimum: { kind: "unprocessable", code: "payout.below_minimum", title: "That is less than is paid out" },
  tooManyEarnings: {
    kind: "unprocessable",
    code: "payout.too_many_earnings",
    title: "That is made of more earnings than one payout holds",
  },
  accountNotFound: {
    kind: "not_found",
    code: "payout_account.not_found",
    title: "There is no account for payouts yet",
  },
  settled: { kind: "conflict", code: "payout.settled", title: "The payout has come to its end" },
} as const satisfies Record<string, RefusalCode>;

import type { RefusalCode } from "../kernel/refusal.ts";

export const walletRefusals = {
  currencyMismatch: {
    kind: "unprocessable",
    code: "wallet.currency_mismatch",
    title: "The wallet is in another currency",
  },
  notFound: { kind: "not_found", code: "wallet.not_found", title: "There is no such wallet" },
  insufficientFunds: {
    kind: "unprocessable",
    code: "wallet.insufficient_funds",
    title: "The wallet does not hold that much",
  },
  amountNotPayable: {
    kind: "unprocessable",
    code: "wallet.amount_not_payable",
    title: "Exactly this amount cannot be paid in its currency",
  },
  noSuchInstant: {
    kind: "invalid",
    code: "wallet.no_such_instant",
    title: "There was no such wallet at that instant, or it is still to come",
  },
  tooLongAgo: {
    kind: "unprocessable",
    code: "wallet.too_long_ago",
    title: "Too much has moved since that instant to count it back",
  },
} as const satisfies Record<string, RefusalCode>;

/** Rows of the catalogue about what brands pay in, and what comes of it. */
import { stored } from "./capability.ts";
import type { Deposits } from "./deposits.ts";
import type { CardDisputes, Refunds } from "./refunds.ts";

export const depositCapabilities = {
  "deposits:read": stored<Pick<Deposits, "get">>()({ gets: ["deposit"] }),
  /** A deposit with all that is decided on when the processor says something about its payment. */
  "deposits:follow": stored<Pick<Deposits, "caseOf">>()({ gets: ["deposit", "wallet", "refund", "cardDispute"] }),
  /** The same, where refunds that name none of ours are heard of. */
  "deposits:followAny": stored<Pick<Deposits, "caseOfAny">>()({
    gets: ["deposit", "wallet", "refund", "cardDispute"],
    lists: ["journalEntry.about"],
  }),
  "deposits:find": stored<Pick<Deposits, "ofPayment">>()({ lists: ["deposit.ofPayment"] }),
  "deposits:listDue": stored<Pick<Deposits, "due">>()({ lists: ["deposit.due"] }),
  "deposits:listRefundable": stored<Pick<Deposits, "refundable">>()({ lists: ["deposit.ofOwner"] }),
  "deposits:write": stored()({ commits: ["deposit"] }),
  "refunds:read": stored<Pick<Refunds, "get">>()({ gets: ["refund"] }),
  "refunds:list": stored<Pick<Refunds, "ofOwner">>()({ lists: ["refund.ofOwner"] }),
  "refunds:listDue": stored<Pick<Refunds, "due">>()({ lists: ["refund.due"] }),
  "refunds:write": stored()({ commits: ["refund"] }),
  "cardDisputes:list": stored<CardDisputes>()({ lists: ["cardDispute.all"] }),
  "cardDisputes:write": stored()({ commits: ["cardDispute"] }),
} as const;

import type { RefusalCode } from "../kernel/refusal.ts";

export const disputeRefusals = {
  notFound: { kind: "not_found", code: "dispute.not_found", title: "There is no such dispute" },
  alreadyDecided: { kind: "conflict", code: "dispute.already_decided", title: "The dispute has been decided" },
  notDecided: { kind: "conflict", code: "dispute.not_decided", title: "The dispute has not been decided yet" },
  appealClosed: { kind: "conflict", code: "dispute.appeal_closed", title: "It is too late for an appeal" },
  alreadyAppealed: {
    kind: "conflict",
    code: "dispute.already_appealed",
    title: "There is one appeal, and it was made",
  },
  exceedsUnit: {
    kind: "unprocessable",
    code: "dispute.exceeds_unit",
    title: "The creator cannot get more than the unit's price",
  },
  fundsSpent: {
    kind: "unprocessable",
    code: "dispute.funds_spent",
    title: "What went back to the brand by the first decision is no longer there",
  },
  tooMuchEvidence: {
    kind: "unprocessable",
    code: "dispute.too_much_evidence",
    title: "The dispute has all the evidence of this side that it can",
  },
} as const satisfies Record<string, RefusalCode>;

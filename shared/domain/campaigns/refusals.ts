import type { RefusalCode } from "../kernel/refusal.ts";

export const campaignRefusals = {
  notFound: { kind: "not_found", code: "campaign.not_found", title: "There is no such campaign" },
  notDraft: { kind: "conflict", code: "campaign.not_draft", title: "The campaign is not a draft" },
  notPublished: { kind: "conflict", code: "campaign.not_published", title: "The campaign is still a draft" },
  notActive: { kind: "conflict", code: "campaign.not_active", title: "The campaign is not active" },
  notPaused: { kind: "conflict", code: "campaign.not_paused", title: "The campaign is not paused" },
  notDeletable: {
    kind: "conflict",
    code: "campaign.not_deletable",
    title: "Only a draft can be deleted; what was published is cancelled",
  },
  termsFixed: {
    kind: "conflict",
    code: "campaign.terms_fixed",
    title: "What creators were promised is fixed once the campaign is published",
  },
  ended: { kind: "conflict", code: "campaign.ended", title: "The campaign has ended" },
  noSuchDeliverable: { kind: "not_found", code: "deliverable.not_found", title: "There is no such deliverable" },
  unfunded: {
    kind: "unprocessable",
    code: "campaign.unfunded",
    title: "The wallet does not hold the campaign's budget",
  },
  noDeliverables: {
    kind: "unprocessable",
    code: "campaign.no_deliverables",
    title: "The campaign asks for nothing yet",
  },
  endNotFuture: {
    kind: "unprocessable",
    code: "campaign.end_not_future",
    title: "The campaign must end in the future",
  },
  endNotAfterStart: {
    kind: "unprocessable",
    code: "campaign.end_not_after_start",
    title: "The campaign must end after its start",
  },
  currencyMismatch: {
    kind: "unprocessable",
    code: "campaign.currency_mismatch",
    title: "The campaign is in another currency",
  },
  tooManyDeliverables: {
    kind: "unprocessable",
    code: "campaign.too_many_deliverables",
    title: "The campaign has all the deliverables it can",
  },
  priceTooHigh: {
    kind: "unprocessable",
    code: "campaign.price_too_high",
    title: "One creator would cost more than an amount can be",
  },
  budgetTooHigh: {
    kind: "unprocessable",
    code: "campaign.budget_too_high",
    title: "The campaign would have more than a campaign can",
  },
  insufficientFunds: {
    kind: "unprocessable",
    code: "campaign.insufficient_funds",
    title: "The campaign's budget does not cover it",
  },
} as const satisfies Record<string, RefusalCode>;

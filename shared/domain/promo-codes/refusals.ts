import type { RefusalCode } from "../kernel/refusal.ts";

export const promoCodeRefusals = {
  notFound: { kind: "not_found", code: "promo_code.not_found", title: "There is no such promo code" },
  taken: {
    kind: "conflict",
    code: "promo_code.taken",
    title: "The brand has this promo code already, or one that looks like it",
  },
  ended: { kind: "conflict", code: "promo_code.ended", title: "The promo code has ended" },
  campaignEnded: { kind: "conflict", code: "promo_code.campaign_ended", title: "The campaign has ended" },
  creatorNotTakingPart: {
    kind: "unprocessable",
    code: "promo_code.creator_not_taking_part",
    title: "The creator does not take part in the campaign",
  },
} as const satisfies Record<string, RefusalCode>;

import { type CampaignSeen, refuseBothSides, takesPart } from "../campaigns/access.ts";
import type { Campaign } from "../campaigns/campaign.ts";
import { ENDED_STATUSES } from "../campaigns/lifecycle.ts";
import { type Change, created, unchanged } from "../change.ts";
import { actingFor, type Occasion } from "../kernel/occasion.ts";
import { refuse } from "../kernel/refusal.ts";
import { skeletonOf } from "../kernel/skeleton.ts";
import type { NewPromoCode, PromoCode } from "./promo-code.ts";
import { promoCodeRefusals } from "./refusals.ts";

/** The campaign as the code's creator sees it, and the code of the brand's that looks like the new one. */
export interface PromoCodeState extends CampaignSeen {
  readonly alike: PromoCode | undefined;
}

/** A new code for somebody who takes part. Once given it is that creator's for ever, also after its end. */
export function createPromoCode(
  { campaign, participant, alike }: PromoCodeState,
  { code, creatorId }: NewPromoCode,
  { actor, now }: Occasion,
): { readonly change: Change; readonly promoCode: PromoCode } {
  refuseBothSides(campaign, creatorId, actor, "brand");
  requireNotEnded(campaign);
  if (alike !== undefined)
    throw refuse(promoCodeRefusals.taken, undefined, { currentState: alike.endedAt === null ? "active" : "ended" });
  if (participant === undefined || !takesPart({ participant })) throw refuse(promoCodeRefusals.creatorNotTakingPart);
  const addition = created("promoCode", {
    code,
    skeleton: skeletonOf(code),
    brandId: campaign.brandId,
    campaignId: campaign.id,
    creatorId,
    endedAt: null,
    createdAt: now,
    updatedAt: now,
  });
  const change: Change = {
    entities: [addition],
    // Nobody is given a code in the moment they are removed.
    requires: [unchanged("participant", participant)],
    audit: {
      action: "promo_code.created",
      resource: { type: "promo_code", id: code },
      changes: [{ field: "creatorId", before: null, after: creatorId }],
      ...actingFor(actor, campaign.brandId),
    },
  };
  return { change, promoCode: addition.next };
}

/** What can be told before it is said which code it will be, and whose. */
export function requireNotEnded({ status }: Campaign): void {
  if (ENDED_STATUSES.includes(status))
    throw refuse(promoCodeRefusals.campaignEnded, `The campaign is ${status}`, { currentState: status });
}

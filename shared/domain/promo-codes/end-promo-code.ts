import type { Campaign } from "../campaigns/campaign.ts";
import { type Change, changed } from "../change.ts";
import { requireVersion } from "../kernel/if-match.ts";
import { actingFor, type Occasion } from "../kernel/occasion.ts";
import { refuse } from "../kernel/refusal.ts";
import type { PromoCode } from "./promo-code.ts";
import { promoCodeRefusals } from "./refusals.ts";

/** Ends a code of this campaign: orders from now on are not its. It stays taken, and what it credited stays credited. */
export function endPromoCode(
  { campaign, promoCode }: { readonly campaign: Campaign; readonly promoCode: PromoCode | undefined },
  code: string,
  occasion: Occasion,
): Change {
  const { actor, now } = occasion;
  if (promoCode?.code !== code || promoCode.campaignId !== campaign.id) throw refuse(promoCodeRefusals.notFound);
  requireVersion(promoCode, occasion);
  if (promoCode.endedAt !== null) throw refuse(promoCodeRefusals.ended, undefined, { currentState: "ended" });
  return {
    entities: [changed("promoCode", promoCode, { ...promoCode, endedAt: now, updatedAt: now })],
    audit: {
      action: "promo_code.ended",
      resource: { type: "promo_code", id: code },
      changes: [{ field: "endedAt", before: null, after: now }],
      ...actingFor(actor, campaign.brandId),
    },
  };
}

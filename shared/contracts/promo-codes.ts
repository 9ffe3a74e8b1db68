import * as z from "zod";
import { campaignRefusals } from "#shared/domain/campaigns/refusals";
import { accessRefusals } from "#shared/domain/kernel/refusals";
import { NewPromoCode, PromoCode, PromoCodeText } from "#shared/domain/promo-codes/promo-code";
import { promoCodeRefusals } from "#shared/domain/promo-codes/refusals";
import { http, list } from "./contract.ts";
import { campaignPath } from "./paths.ts";

const PromoCodeView = PromoCode.omit({ skeleton: true, brandId: true }).meta({ id: "PromoCode" });

export const createPromoCode = http({
  route: "POST /v1/campaigns/{campaignId}/promo-codes",
  roles: ["brand", "admin"],
  path: campaignPath,
  body: NewPromoCode,
  reply: PromoCodeView,
  status: 201,
  refuses: [
    campaignRefusals.notFound,
    accessRefusals.conflictOfInterest,
    promoCodeRefusals.campaignEnded,
    promoCodeRefusals.taken,
    promoCodeRefusals.creatorNotTakingPart,
  ],
  uses: ["campaigns:read", "promoCodes:read", "promoCodes:write"],
  summary: "Make a promo code for a creator: orders that used it are theirs",
  ifItFails: "creators cannot be credited where nobody clicks",
});

export const listPromoCodes = list({
  route: "GET /v1/campaigns/{campaignId}/promo-codes",
  roles: ["creator", "brand", "admin"],
  path: campaignPath,
  reply: PromoCodeView,
  refuses: [campaignRefusals.notFound],
  uses: ["campaigns:read", "promoCodes:list"],
  summary: "List a campaign's promo codes; a creator sees only their own",
  ifItFails: "nobody finds their promo codes",
});

export const endPromoCode = http({
  route: "DELETE /v1/campaigns/{campaignId}/promo-codes/{promoCode}",
  roles: ["brand", "admin"],
  path: campaignPath.extend({ promoCode: PromoCodeText }),
  reply: z.undefined(),
  status: 204,
  ifMatch: "promoCode",
  refuses: [campaignRefusals.notFound, promoCodeRefusals.notFound, promoCodeRefusals.ended],
  uses: ["campaigns:read", "promoCodes:read", "promoCodes:write"],
  summary: "End a promo code: orders from then on are not its",
  ifItFails: "a code that got onto coupon sites goes on crediting its creator",
});

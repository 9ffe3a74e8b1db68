/** What an order is credited to that used a promo code and came of links as well. */
import { known } from "../kernel/refusal.ts";
import type { AttributionRules } from "./attribution-rules.ts";
import type { Counted, Judgement } from "./judge-touches.ts";
import type { Found } from "./named.ts";

export interface Preferred extends Judgement {
  /** By which of the two; null when only one of them counts. */
  readonly precedence: AttributionRules["promoCodePrecedence"] | null;
}

/** The code or the links alone, as the code's campaign says; what would have counted of the other is passed over. */
export function preferred({ counted, passedOver }: Judgement, { campaigns }: Pick<Found, "campaigns">): Preferred {
  const [[code], [link, ...links]] = [counted.filter(isPromoCode), counted.filter((one) => !isPromoCode(one))];
  if (code === undefined || link === undefined) return { counted, passedOver, precedence: null };
  const { promoCodePrecedence: precedence } = known(campaigns.get(code.touch.campaignId), "campaign").attribution;
  const codeFirst = precedence === "code";
  const reason = codeFirst ? "promo_code_first" : "click_first";
  const losers = codeFirst ? [link, ...links] : [code];
  return {
    counted: codeFirst ? [code] : [link, ...links],
    passedOver: [...passedOver, ...losers.map((one) => ({ ...one, reason }) as const)],
    precedence,
  };
}

const isPromoCode = ({ touch }: Counted): boolean => touch.by === "promo_code";

/** What is said of each touch in the explanation of a conversion. */
import type { Conversion } from "./conversion.ts";
import type { PassedOver, Touch } from "./touch.ts";

/** @param shown whether whoever asks may know whose it is */
export function countedDetail(touch: Touch, { occurredAt }: Conversion, shown: boolean): string {
  const { by, clickedAt, windowDays } = touch;
  const name = nameOf(touch, shown);
  if (by === "promo_code") return `The order of ${occurredAt} used ${name}.`;
  return clickedAt === null
    ? `The brand named ${name}. No click is proven, so no window was measured from one.`
    : `Our edge sent a visitor on over ${name} at ${clickedAt}; the order is of ${occurredAt}, within ${windowDays} days.`;
}

function nameOf({ by, code, promoCode }: Touch, shown: boolean): string {
  const thing = by === "promo_code" ? "promo code" : "link";
  return shown ? `${thing} ${promoCode ?? code ?? ""}` : `another's ${thing}`;
}

type Sentence = (touch: Pick<Touch, "clickedAt" | "windowDays">, conversion: Conversion) => string;

const sentences: Readonly<Record<PassedOver["reason"], Sentence>> = {
  not_yours: () => "No link or promo code of the brand's, and no click on one, is known by this.",
  after_the_order: ({ clickedAt }, { occurredAt }) =>
    `The order is of ${occurredAt}, before ${clickedAt === null ? "the campaign began" : `the click at ${clickedAt}`}.`,
  too_old: ({ clickedAt, windowDays }, { occurredAt }) =>
    `The order is of ${occurredAt}, more than ${windowDays} days after ${clickedAt === null ? "the campaign's end" : `the click at ${clickedAt}`}.`,
  other_currency: (_touch, { value }) => `The order is in ${value.currency}, and the campaign is not.`,
  code_ended: (_touch, { occurredAt }) => `The order is of ${occurredAt}, after the promo code ended.`,
  creator_banned: () => "The promo code's creator is suspended.",
  promo_code_first: () => "The order used a promo code, whose campaign puts codes before clicks.",
  click_first: () => "The order came of links as well, and the promo code's campaign puts clicks before codes.",
};

export const passedOverDetail = ({ reason, touch }: PassedOver, conversion: Conversion): string =>
  sentences[reason](touch ?? unknown, conversion);

/** Of what is not the brand's nothing is known, and nothing is said. */
const unknown = { clickedAt: null, windowDays: 0 };

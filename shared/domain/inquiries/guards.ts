import type { Conversion } from "../conversions/conversion.ts";
import { credits } from "../conversions/touch.ts";
import type { Guard } from "../kernel/lifecycle.ts";
import type { Inquiry } from "./inquiry.ts";
import { inquiryRefusals } from "./refusals.ts";

/** What an answer that credits is held against. */
export interface CreditState {
  readonly inquiry: Inquiry;
  /** The order's, when it has one by now. */
  readonly conversion: Conversion | undefined;
  /** The one that the brand names. */
  readonly conversionId: string;
}

export const isCredited: Guard<CreditState> = {
  says: "the conversion that is named is of this order, and credits the creator",
  refuses: [inquiryRefusals.notCredited],
  stops: ({ inquiry: { creatorId }, conversion, conversionId }) =>
    conversion?.id === conversionId && credits(conversion.touches, creatorId)
      ? []
      : [{ refusal: inquiryRefusals.notCredited, detail: inquiryRefusals.notCredited.title }],
};

import { type Actor, isAdmin } from "../kernel/actor.ts";
import { refuse } from "../kernel/refusal.ts";
import type { Inquiry } from "./inquiry.ts";
import { inquiryRefusals } from "./refusals.ts";

const isBrands = ({ brandId }: Inquiry, { userId, roles }: Actor): boolean =>
  roles.includes("brand") && brandId === userId;
const isCreators = ({ creatorId }: Inquiry, { userId, roles }: Actor): boolean =>
  roles.includes("creator") && creatorId === userId;

/** An inquiry for its two sides and admins; for everybody else there is none. */
export function readableInquiry(actor: Actor, inquiry: Inquiry | undefined): Inquiry {
  if (inquiry !== undefined && (isAdmin(actor) || isBrands(inquiry, actor) || isCreators(inquiry, actor)))
    return inquiry;
  throw refuse(inquiryRefusals.notFound);
}

/** An inquiry for the brand that is asked. */
export function askedOf(actor: Actor, inquiry: Inquiry | undefined): Inquiry {
  if (inquiry !== undefined && isBrands(inquiry, actor)) return inquiry;
  throw refuse(inquiryRefusals.notFound);
}

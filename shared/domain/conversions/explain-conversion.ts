import { type Actor, isAdmin } from "../kernel/actor.ts";
import { money } from "../kernel/money.ts";
import { refuse } from "../kernel/refusal.ts";
import type { Conversion } from "./conversion.ts";
import { netMinor } from "./net.ts";
import { conversionRefusals } from "./refusals.ts";
import { WINDOW_DAYS } from "./window.ts";

/** Ways to share a conversion's credit among the touches before it. Conversions are credited by the first of these. */
export const attributionModels = ["last", "first", "linear", "position"] as const;

/** A conversion is its brand's, its creator's and an admin's to ask about; for everybody else there is none. */
export function explainable(conversion: Conversion | undefined, actor: Actor): Conversion {
  if (conversion === undefined || !(isAdmin(actor) || isSideOf(conversion, actor)))
    throw refuse(conversionRefusals.notFound);
  return conversion;
}

const isSideOf = ({ brandId, creatorId }: Conversion, { userId, roles }: Actor): boolean =>
  (roles.includes("brand") && brandId === userId) || (roles.includes("creator") && creatorId === userId);

/** Why a conversion is credited as it is, and what other models would say. */
export function explainConversion(conversion: Conversion) {
  const { id, campaignId, attributedTo, occurredAt, value, reversedMinor } = conversion;
  const { creatorId, code, by, clickedAt } = attributedTo;
  const [counted] = attributionModels;
  return {
    conversionId: id,
    campaignId,
    model: counted,
    windowDays: WINDOW_DAYS,
    occurredAt,
    value,
    reversed: money(reversedMinor, value.currency),
    net: money(netMinor(conversion), value.currency),
    // A visitor is somebody else every day, so no two clicks are ever known to be one person's: the touch that was named
    // is the only one there is proof of, and every model gives a single touch everything.
    touches: [{ creatorId, code, by, clickedAt, detail: detailOf(conversion) }],
    models: attributionModels.map((model) => ({ model, shares: [{ creatorId, code, percent: 100 }] })),
  };
}

function detailOf({ attributedTo: { code, clickedAt }, occurredAt }: Conversion): string {
  return clickedAt === null
    ? `The brand named link ${code}. No click is proven, so no window was measured from one.`
    : `Our edge sent a visitor on over link ${code} at ${clickedAt}; the order is of ${occurredAt}, within ${WINDOW_DAYS} days.`;
}

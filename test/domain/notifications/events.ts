/** Events as consumers receive them, complete and valid. */
import type { DeliveredEvent, EventDetail } from "#shared/domain/events/events";
import type { TellingEvent } from "#shared/domain/notifications/texts";
import { BRAND_ID, CAMPAIGN_ID, CREATOR_ID, SUBMISSION_ID } from "../../support/builders.ts";

const about = { campaignId: CAMPAIGN_ID, campaignName: "Autumn", brandId: BRAND_ID, creatorId: CREATOR_ID };
const amount = { amount: 12_345, currency: "USD" } as const;

const details = {
  "invitation.sent": { ...about, compensation: amount, expiresAt: "2026-12-09T12:00:00.000Z", message: null },
  "invitation.accepted": { ...about, secured: amount },
  "submission.created": { ...about, submissionId: SUBMISSION_ID, round: 2 },
  "submission.reviewed": {
    ...about,
    submissionId: SUBMISSION_ID,
    decision: "approved",
    feedback: "Lovely",
    earned: amount,
  },
  "deposit.completed": { depositId: `dep_${"0".repeat(25)}1`, userId: BRAND_ID, amount },
  "earning.available": {
    campaignId: CAMPAIGN_ID,
    campaignName: "Autumn",
    creatorId: CREATOR_ID,
    earningId: `ern_${"0".repeat(25)}1`,
    amount,
  },
} as const satisfies { [T in TellingEvent["type"]]: EventDetail<T> };

/** A delivery of an event of this type, with what a test cares about named. */
export function anEvent<T extends TellingEvent["type"]>(
  type: T,
  detail: Partial<EventDetail<T>> = {},
  over: { readonly id?: string; readonly at?: string } = {},
): DeliveredEvent<T> {
  const event = {
    id: `evt_${"0".repeat(25)}1`,
    at: "2026-11-25T12:00:00.000Z",
    requestId: "r",
    type,
    ...over,
    detail: { ...details[type], ...detail },
  };
  // The type parameter ties type and detail together, which an object literal cannot say.
  return event as unknown as DeliveredEvent<T>;
}

export const tellingTypes = Object.keys(details) as TellingEvent["type"][];

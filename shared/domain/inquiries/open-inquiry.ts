/** A creator says that an order of the brand's was theirs. */
import { type CampaignSeen, workSeenBy } from "../campaigns/access.ts";
import { type Change, created } from "../change.ts";
import type { Conversion } from "../conversions/conversion.ts";
import { conversionRefusals } from "../conversions/refusals.ts";
import { credits } from "../conversions/touch.ts";
import { requireHappened } from "../conversions/window.ts";
import type { Participant } from "../invitations/participant.ts";
import type { Actor } from "../kernel/actor.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { found, refuse } from "../kernel/refusal.ts";
import { type Instant, plusDays } from "../kernel/time.ts";
import { ANSWER_DAYS, type Inquiry, inquiryIdOf, type InquiryView, inquiryView, type NewInquiry } from "./inquiry.ts";
import { inquiryRefusals } from "./refusals.ts";

export interface OpeningState extends CampaignSeen {
  /** The creator's about the order. */
  readonly present: Inquiry | undefined;
  /** The order's. */
  readonly conversion: Conversion | undefined;
  /** The creator's newest in the campaign, `MOST_A_DAY` of them at most. */
  readonly latest: readonly Inquiry[];
}

/** What a creator may ask of a campaign within 24 hours: each is a mail to the brand, and is for a person to look into. */
export const MOST_A_DAY = 20;

export function openInquiry(
  { campaign, present, conversion, latest, ...seen }: OpeningState,
  { orderId, occurredAt, note }: NewInquiry,
  { actor, now }: Occasion,
): { readonly change: Change; readonly inquiry: InquiryView } {
  if (present !== undefined) throw refuse(inquiryRefusals.exists, undefined, { currentState: present.status });
  if (conversion !== undefined && credits(conversion.touches, actor.userId))
    throw refuse(inquiryRefusals.alreadyCredited, undefined, { currentState: "credited" });
  const participant = requireParticipant(actor, { campaign, ...seen });
  if (occurredAt !== undefined) requireTheirTime(occurredAt, participant, now);
  requireFewer(latest, now);
  const { brandId, id: campaignId, name: campaignName } = campaign;
  const creatorId = actor.userId;
  const opening = created("inquiry", {
    id: inquiryIdOf(brandId, orderId, creatorId),
    campaignId,
    brandId,
    creatorId,
    orderId,
    occurredAt: occurredAt ?? null,
    note: note ?? null,
    status: "open",
    dueAt: plusDays(now, ANSWER_DAYS),
    remindedAt: null,
    answer: null,
    createdAt: now,
    updatedAt: now,
  });
  const { id: inquiryId, dueAt } = opening.next;
  const detail = { campaignId, campaignName, brandId, creatorId, inquiryId, orderId };
  const change: Change = {
    entities: [opening],
    events: [{ type: "inquiry.opened", detail: { ...detail, dueAt } }],
    audit: {
      action: "inquiry.opened",
      resource: { type: "inquiry", id: inquiryId },
      changes: [{ field: "orderId", before: null, after: orderId }],
    },
  };
  return { change, inquiry: inquiryView(opening.next, now) };
}

/** Somebody who takes part, or did: links that are out lead on. Told apart from those who only know of the campaign. */
export function requireParticipant(actor: Actor, seen: CampaignSeen): Participant {
  return found(workSeenBy(actor, seen).participant, inquiryRefusals.notTakingPart);
}

/** Of many at once a few more may pass: that nobody is flooded with mail needs no exact count. */
function requireFewer(latest: readonly Inquiry[], now: Instant): void {
  const oldest = latest[MOST_A_DAY - 1];
  if (oldest === undefined) return;
  const again = plusDays(oldest.createdAt, 1);
  if (now >= again) return;
  const retryAfterSeconds = Math.ceil((Date.parse(again) - Date.parse(now)) / 1_000);
  throw refuse(inquiryRefusals.tooMany, `${MOST_A_DAY} within a day`, { currentState: "open", retryAfterSeconds });
}

/** No order came of a creator before they first joined. One without a time is the brand's to judge. */
function requireTheirTime(occurredAt: Instant, { joinedAt, earlier = [] }: Participant, now: Instant): void {
  requireHappened(occurredAt, now);
  const first = earlier[0]?.joinedAt ?? joinedAt;
  if (occurredAt < first) throw refuse(conversionRefusals.outsideWindow, `It happened before you joined at ${first}`);
}

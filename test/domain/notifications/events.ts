/** Events as consumers receive them, complete and valid. */
import type { DeliveredEvent, EventDetail, EventType } from "#shared/domain/events/events";
import { type Notice, noticesOf } from "#shared/domain/notifications/notice";
import type { Stationery } from "#shared/domain/notifications/mail/write-mail";
import type { Channel } from "#shared/domain/notifications/tellings";
import {
  BRAND_ID,
  CAMPAIGN_ID,
  CREATOR_ID,
  DELIVERABLE_ID,
  DISPUTE_ID,
  PAYOUT_ID,
  SUBMISSION_ID,
} from "../../support/builders.ts";

const DUE_AT = "2026-11-30T12:00:00.000Z";
const about = { campaignId: CAMPAIGN_ID, campaignName: "Autumn", brandId: BRAND_ID, creatorId: CREATOR_ID };
const amount = { amount: 12_345, currency: "USD" } as const;

export const ANNOUNCEMENT_ID = `ann_${"0".repeat(25)}1`;
const disputed = { ...about, submissionId: SUBMISSION_ID, disputeId: DISPUTE_ID };
const inquired = { ...about, inquiryId: `inq_${"0".repeat(26)}`, orderId: "order-1" };
const charged = {
  disputeId: "dp_1",
  depositId: `dep_${"0".repeat(25)}1`,
  userId: BRAND_ID,
  adminIds: [],
  amount,
};

const details = {
  "account.created": { userId: CREATOR_ID, email: "ada@example.com" },
  "account.roles_changed": { userId: CREATOR_ID, roles: ["creator"] },
  "account.suspended": { userId: CREATOR_ID, reason: "Fraud" },
  "account.reinstated": { userId: CREATOR_ID },
  "account.profile_changed": { userId: CREATOR_ID },
  "account.address_changed": { userId: CREATOR_ID, before: "mover@example.com" },
  "creator.results_changed": { userId: CREATOR_ID },
  "creator_index.turn_due": { turn: 1 },
  "creator.passed_over": { userId: CREATOR_ID },
  "sign_in_code.requested": { codeId: "c0de", requestedAt: "2026-11-25T12:00:00.000Z" },
  "link.created": { code: "abcdefgh23", campaignId: CAMPAIGN_ID, brandId: BRAND_ID, creatorId: CREATOR_ID },
  "link_prefix.awarded": { brandId: BRAND_ID, prefix: "acme", replaced: null },
  "link_prefix.lost": { brandId: BRAND_ID, prefix: "acme", reason: "Trade mark" },
  "export.turn_due": { exportId: `exp_${"0".repeat(26)}`, turn: 0 },
  "social.account_connected": { userId: CREATOR_ID, platform: "instagram" },
  "social.account_disconnected": { userId: CREATOR_ID, platform: "instagram", byAdmin: true },
  "social.account_synced": { userId: CREATOR_ID, platform: "instagram" },
  "social.reconnect_needed": { userId: CREATOR_ID, platform: "instagram" },
  "export.ended": {
    exportId: `exp_${"0".repeat(26)}`,
    userId: CREATOR_ID,
    kind: "campaign-analytics",
    format: "csv",
    rows: 1_200,
    result: { fetchableUntil: DUE_AT },
    tookLong: true,
  },
  "social.sync_requested": { userId: CREATOR_ID },
  "creator.seen": { creatorId: CREATOR_ID, day: "2026-11-25", visitor: "0123456789abcdef" },
  "announcement.made": { announcementId: ANNOUNCEMENT_ID },
  "announcement.addressed": {
    announcementId: ANNOUNCEMENT_ID,
    madeAt: "2026-11-25T12:00:00.000Z",
    userIds: [CREATOR_ID],
    title: "We are closed on Sunday",
    message: "The office rests.",
    category: "system",
  },
  "campaign.published": { campaignId: CAMPAIGN_ID, brandId: BRAND_ID },
  "campaign.status_changed": {
    campaignId: CAMPAIGN_ID,
    campaignName: "Autumn",
    brandId: BRAND_ID,
    from: "active",
    to: "completed",
  },
  "invitation.sent": { ...about, compensation: amount, expiresAt: "2026-12-09T12:00:00.000Z", message: null },
  "invitation.accepted": { ...about, secured: amount },
  "invitation.declined": about,
  "invitation.withdrawn": about,
  "invitation.expired": about,
  "submission.created": { ...about, submissionId: SUBMISSION_ID, round: 2 },
  "submission.reviewed": {
    ...about,
    submissionId: SUBMISSION_ID,
    decision: "approved",
    feedback: "Lovely",
    reasons: ["Sharp"],
    earned: amount,
  },
  "deposit.completed": { depositId: `dep_${"0".repeat(25)}1`, userId: BRAND_ID, amount },
  "participation.ended": { ...about, campaignStatus: "cancelled", released: amount },
  "participant.removed": { ...about, released: amount, submissionIds: [SUBMISSION_ID] },
  "submission.deemed_approved": { ...about, submissionId: SUBMISSION_ID, earned: amount },
  "submission.review_due": { ...about, submissionId: SUBMISSION_ID, percent: 50, reviewDueAt: DUE_AT },
  "submission.due": { ...about, deliverableId: DELIVERABLE_ID, dueAt: DUE_AT, sinceAt: "2026-11-25T12:00:00.000Z" },
  "submission.extension_offered": { ...about, submissionId: SUBMISSION_ID, of: "review", dueAt: DUE_AT },
  "submission.extension_agreed": { ...about, submissionId: SUBMISSION_ID, of: "review", dueAt: DUE_AT },
  "submission.released": { ...about, submissionId: SUBMISSION_ID, released: amount },
  "dispute.opened": { ...disputed, openedBy: BRAND_ID, reason: "No" },
  "dispute.decided": { ...disputed, creatorShare: amount, returned: amount, reason: "Half", isFinal: false },
  "dispute.expired": { ...disputed, of: "review", dueAt: DUE_AT },
  "dispute.appealed": { ...disputed, appealedBy: CREATOR_ID, reason: "All" },
  "inquiry.opened": { ...inquired, dueAt: DUE_AT },
  "inquiry.answered": { ...inquired, outcome: "declined", declinedFor: "other", message: "Not one of ours" },
  "inquiry.overdue": { ...inquired, dueAt: DUE_AT },
  "refund.requested": { refundId: `rfd_${"0".repeat(25)}1`, userId: BRAND_ID, amount },
  "refund.succeeded": { refundId: `rfd_${"0".repeat(25)}1`, userId: BRAND_ID, amount },
  "refund.failed": { refundId: `rfd_${"0".repeat(25)}1`, userId: BRAND_ID, amount },
  "card_dispute.opened": { ...charged, evidenceDueAt: null },
  "card_dispute.closed": { ...charged, outcome: "lost" },
  "earning.available": {
    campaignId: CAMPAIGN_ID,
    campaignName: "Autumn",
    creatorId: CREATOR_ID,
    earningId: `ern_${"0".repeat(25)}1`,
    amount,
  },
  "payout.step_due": { payoutId: PAYOUT_ID },
  "payout.run_due": { runId: `run_${"0".repeat(25)}1`, creatorIds: [CREATOR_ID] },
  "payout_account.link_given": { creatorId: CREATOR_ID },
  "payout.paid": { payoutId: PAYOUT_ID, creatorId: CREATOR_ID, amount },
  "payout.failed": { payoutId: PAYOUT_ID, creatorId: CREATOR_ID, amount },
  "job.run_requested": { job: "advance-campaigns", runId: `run_${"0".repeat(25)}1` },
  "processor.object_changed": { objectType: "payout", objectId: "po_1", connectedAccountId: "acct_1" },
} as const satisfies { [T in EventType]: EventDetail<T> };

/** A delivery of an event of this type, with what a test cares about named. */
export function anEvent<T extends EventType>(
  type: T,
  detail: Partial<EventDetail<T>> = {},
  over: { readonly id?: string; readonly at?: string } = {},
): DeliveredEvent<T> {
  return {
    id: `evt_${"0".repeat(25)}1`,
    at: "2026-11-25T12:00:00.000Z",
    requestId: "r",
    type,
    ...over,
    detail: { ...details[type], ...detail },
  };
}

/** The only notice of an event in a channel. */
export function aNotice(event: DeliveredEvent, channel: Channel): Notice {
  const notices = noticesOf(event, channel);
  const [notice] = notices;
  if (notice === undefined || notices.length > 1) throw new Error(`${event.type} is told to ${notices.length} people`);
  return notice;
}

/** What mails are written with. */
export const stationery: Stationery = {
  links: { apiOrigin: "https://api.example.com", appUrl: "https://app.example.com" },
  key: Buffer.alloc(32, 7),
};

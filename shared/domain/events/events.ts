import * as z from "zod";
import { ExportFormat, ExportKind } from "../exports/export.ts";
import { declineReasons } from "../inquiries/inquiry.ts";
import { Role } from "../kernel/actor.ts";
import { Money } from "../kernel/money.ts";
import { NotificationCategory } from "../notifications/notification.ts";
import { SocialPlatform } from "../social/platform.ts";
import { ReviewDecision } from "../submissions/submission.ts";

/** Who says what happened, on a bus that others may use as well. */
export const EVENT_SOURCE = "atomic-influence";

/** A campaign, and the two sides of one participation in it. */
const sides = { campaignId: z.string(), campaignName: z.string(), brandId: z.string(), creatorId: z.string() };
/** What its two sides disagree about. */
const disputed = { ...sides, submissionId: z.string(), disputeId: z.string() };
/** What a creator asks about an order. */
const inquired = { ...sides, inquiryId: z.string(), orderId: z.string() };
/** A payer's bank, a deposit, and who is told. */
const CardDisputeDetail = z.object({
  disputeId: z.string(),
  depositId: z.string(),
  userId: z.string(),
  adminIds: z.array(z.string()),
  amount: Money,
});

/**
 * Everything the system says happened. An event is stored with the change that caused it and delivered at least once,
 * in no particular order, so it carries all that its consumers need.
 */
export const events = {
  "account.created": z.object({ userId: z.string(), email: z.string() }),
  /** `isFirst`: they are the roles that an account begins with. */
  "account.roles_changed": z.object({ userId: z.string(), roles: z.array(Role), isFirst: z.boolean().optional() }),
  /** What a person says of themselves is another, or what an operator says of them in the console. */
  "account.profile_changed": z.object({ userId: z.string() }),
  /** It has another address than `before`, which its owner has shown to be theirs. Earlier ones do not say what it was. */
  "account.address_changed": z.object({ userId: z.string(), before: z.string().optional() }),
  "account.suspended": z.object({ userId: z.string(), reason: z.string().nullable().optional() }),
  "account.reinstated": z.object({ userId: z.string() }),
  /** Somebody, or nobody, wants to sign in with a code by e-mail. */
  "sign_in_code.requested": z.object({ codeId: z.string(), requestedAt: z.string() }),
  /** One more account is proven to be theirs, or one is theirs no longer. */
  "social.account_connected": z.object({ userId: z.string(), platform: SocialPlatform }),
  "social.account_disconnected": z.object({
    userId: z.string(),
    platform: SocialPlatform,
    /** An admin did it for them. */
    byAdmin: z.literal(true).optional(),
  }),
  /** The network was asked: what it says is not what it said before, or it says the same on another UTC day. */
  "social.account_synced": z.object({ userId: z.string(), platform: SocialPlatform }),
  /** The network takes our token no longer. */
  "social.reconnect_needed": z.object({ userId: z.string(), platform: SocialPlatform }),
  /** Somebody wants their accounts read now; null: everybody's are. */
  "social.sync_requested": z.object({ userId: z.string().nullable() }),
  /** What became of their part in a campaign, as it counts for the next. */
  "creator.results_changed": z.object({ userId: z.string() }),
  /** The rebuild of the index went on without them: it could not look at them. */
  "creator.passed_over": z.object({ userId: z.string() }),
  /** The next creators' places in the index can be looked at, under this number. */
  "creator_index.turn_due": z.object({ turn: z.int() }),
  "link.created": z.object({
    code: z.string(),
    campaignId: z.string(),
    brandId: z.string(),
    creatorId: z.string(),
  }),
  /** An admin gave it to this brand, in place of what it had. */
  "link_prefix.awarded": z.object({ brandId: z.string(), prefix: z.string(), replaced: z.string().nullable() }),
  /** An admin gave it, or what looks like it, to another brand. */
  "link_prefix.lost": z.object({ brandId: z.string(), prefix: z.string(), reason: z.string() }),
  /** A creator made a signed-in request, from what visitors are known by on that UTC day. */
  "creator.seen": z.object({ creatorId: z.string(), day: z.string(), visitor: z.string() }),
  "announcement.made": z.object({ announcementId: z.string() }),
  /** Some of those whom an announcement is for. */
  "announcement.addressed": z.object({
    announcementId: z.string(),
    madeAt: z.string(),
    userIds: z.array(z.string()),
    title: z.string(),
    message: z.string(),
    category: NotificationCategory,
  }),
  "campaign.published": z.object({ campaignId: z.string(), brandId: z.string() }),
  "campaign.status_changed": z.object({
    campaignId: z.string(),
    campaignName: z.string(),
    brandId: z.string(),
    from: z.string(),
    to: z.string(),
  }),
  "deposit.completed": z.object({ depositId: z.string(), userId: z.string(), amount: Money }),
  "refund.requested": z.object({ refundId: z.string(), userId: z.string(), amount: Money }),
  "refund.succeeded": z.object({ refundId: z.string(), userId: z.string(), amount: Money }),
  "refund.failed": z.object({ refundId: z.string(), userId: z.string(), amount: Money }),
  "card_dispute.opened": CardDisputeDetail.extend({ evidenceDueAt: z.string().nullable() }),
  "card_dispute.closed": CardDisputeDetail.extend({ outcome: z.string() }),
  "invitation.sent": z.object({
    campaignId: z.string(),
    campaignName: z.string(),
    brandId: z.string(),
    creatorId: z.string(),
    compensation: Money,
    expiresAt: z.string(),
    message: z.string().nullable(),
  }),
  "invitation.accepted": z.object({
    campaignId: z.string(),
    campaignName: z.string(),
    brandId: z.string(),
    creatorId: z.string(),
    secured: Money,
  }),
  "invitation.declined": z.object({
    campaignId: z.string(),
    campaignName: z.string(),
    brandId: z.string(),
    creatorId: z.string(),
  }),
  "invitation.withdrawn": z.object(sides),
  "invitation.expired": z.object(sides),
  "submission.created": z.object({
    campaignId: z.string(),
    campaignName: z.string(),
    brandId: z.string(),
    creatorId: z.string(),
    submissionId: z.string(),
    round: z.int(),
  }),
  "submission.reviewed": z.object({
    campaignId: z.string(),
    campaignName: z.string(),
    brandId: z.string(),
    creatorId: z.string(),
    submissionId: z.string(),
    decision: ReviewDecision,
    feedback: z.string().nullable(),
    reasons: z.array(z.string()).optional(),
    /** Of changes to make: past it the unit is released. */
    resubmissionDueAt: z.string().optional(),
    earned: Money.nullable(),
  }),
  /** The campaign is over before its time, or what a creator had not begun is given up at its end. */
  "participation.ended": z.object({ ...sides, campaignStatus: z.string(), released: Money }),
  /** `submissionIds`: those whose units were given up with it. */
  "participant.removed": z.object({ ...sides, released: Money, submissionIds: z.array(z.string()) }),
  "submission.deemed_approved": z.object({ ...sides, submissionId: z.string(), earned: Money }),
  /** So much of the time to review is over. */
  "submission.review_due": z.object({
    ...sides,
    submissionId: z.string(),
    percent: z.int(),
    reviewDueAt: z.string(),
  }),
  /** Something that this creator has not begun is due soon; they are reminded of it since `sinceAt`. */
  "submission.due": z.object({ ...sides, deliverableId: z.string(), dueAt: z.string(), sinceAt: z.string() }),
  "submission.extension_offered": z.object({ ...sides, submissionId: z.string(), of: z.string(), dueAt: z.string() }),
  "submission.extension_agreed": z.object({ ...sides, submissionId: z.string(), of: z.string(), dueAt: z.string() }),
  "submission.released": z.object({ ...sides, submissionId: z.string(), released: Money }),
  "dispute.opened": z.object({ ...disputed, openedBy: z.string(), reason: z.string() }),
  "dispute.decided": z.object({
    ...disputed,
    creatorShare: Money,
    returned: Money,
    reason: z.string(),
    /** There is no appeal against it. */
    isFinal: z.boolean(),
  }),
  /** Nobody decided, and what the dispute stopped goes on: `dueAt` is when it is due. */
  "dispute.expired": z.object({ ...disputed, of: z.enum(["review", "resubmission"]), dueAt: z.string() }),
  "dispute.appealed": z.object({ ...disputed, appealedBy: z.string(), reason: z.string() }),
  /** A creator misses a sale. */
  "inquiry.opened": z.object({ ...inquired, dueAt: z.string() }),
  "inquiry.answered": z.object({
    ...inquired,
    outcome: z.enum(["credited", "declined"]),
    declinedFor: z.enum(declineReasons).nullable(),
    message: z.string().nullable(),
  }),
  "inquiry.overdue": z.object({ ...inquired, dueAt: z.string() }),
  "earning.available": z.object({
    campaignId: z.string(),
    campaignName: z.string(),
    creatorId: z.string(),
    earningId: z.string(),
    amount: Money,
  }),
  /** The next part of an exported file can be written, under this number. */
  "export.turn_due": z.object({ exportId: z.string(), turn: z.int() }),
  /** A file that somebody asked for is there, or will never be. */
  "export.ended": z.object({
    exportId: z.string(),
    userId: z.string(),
    kind: ExportKind,
    format: ExportFormat,
    rows: z.int(),
    result: z.union([z.object({ fetchableUntil: z.string() }), z.object({ failed: z.string() })]),
    /** Whoever asked has gone on to something else by now. */
    tookLong: z.boolean(),
  }),
  /** The next step of a payout can be taken. */
  "payout.step_due": z.object({ payoutId: z.string() }),
  /** An admin was given the link where it is said where somebody's money goes. */
  "payout_account.link_given": z.object({ creatorId: z.string() }),
  "payout.run_due": z.object({ runId: z.string(), creatorIds: z.array(z.string()) }),
  "payout.paid": z.object({ payoutId: z.string(), creatorId: z.string(), amount: Money }),
  "payout.failed": z.object({ payoutId: z.string(), creatorId: z.string(), amount: Money }),
  /** An admin wants a job to run now. Its own rule hands this to it. */
  "job.run_requested": z.object({ job: z.string(), runId: z.string() }),
  /** Something of ours at the payment processor is another than it was: whoever follows it asks there what it is now. */
  "processor.object_changed": z.object({
    objectType: z.enum(["account", "transfer", "payout"]),
    objectId: z.string(),
    /** The account at the processor that it belongs to; null when it is the platform's. */
    connectedAccountId: z.string().nullable(),
  }),
} as const;

export type EventType = keyof typeof events;
export const eventTypes = Object.keys(events) as [EventType, ...EventType[]];

type Details = { [T in EventType]: z.infer<(typeof events)[T]> };
export type EventDetail<T extends EventType> = Details[T];

/** An event on its way: what a rule decides, before it has an id. */
export type DomainEvent = { [T in EventType]: { readonly type: T; readonly detail: EventDetail<T> } }[EventType];

/** An event as consumers receive it. `id` is the same on every delivery. */
export type DeliveredEvent<T extends EventType = EventType> = {
  [E in T]: {
    readonly id: string;
    readonly type: E;
    readonly at: string;
    readonly requestId: string;
    readonly detail: EventDetail<E>;
  };
}[T];

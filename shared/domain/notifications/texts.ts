/** What people are told about an event, in one place for every channel. */
import type { DeliveredEvent } from "../events/events.ts";
import { derivedId } from "../kernel/derived-id.ts";
import { formatMoney } from "../kernel/money.ts";
import type * as z from "zod";
import type { Notification, NotificationCategory } from "./notification.ts";

/** Events that somebody is told about. */
export type TellingEvent = DeliveredEvent<
  | "invitation.sent"
  | "invitation.accepted"
  | "submission.created"
  | "submission.reviewed"
  | "deposit.completed"
  | "earning.available"
>;

interface Telling {
  readonly userId: string;
  readonly category: z.infer<typeof NotificationCategory>;
  readonly title: string;
  readonly message: string;
}

const decisions = {
  approved: "approved",
  changes_requested: "sent back with changes to make",
  rejected: "rejected",
} as const;

/** Who is told what. Names the campaign it is about. */
export function tellingOf(event: TellingEvent): Telling {
  switch (event.type) {
    case "invitation.sent":
      return {
        userId: event.detail.creatorId,
        category: "campaigns",
        title: `You are invited to “${event.detail.campaignName}”`,
        message: `The campaign offers ${formatMoney(event.detail.compensation)}. Answer by ${event.detail.expiresAt.slice(0, 10)}.`,
      };
    case "invitation.accepted":
      return {
        userId: event.detail.brandId,
        category: "campaigns",
        title: `A creator joined “${event.detail.campaignName}”`,
        message: `${formatMoney(event.detail.secured)} of the budget are secured for them.`,
      };
    case "submission.created":
      return {
        userId: event.detail.brandId,
        category: "submissions",
        title: `New content in “${event.detail.campaignName}”`,
        message: `Round ${event.detail.round} waits for your review.`,
      };
    case "submission.reviewed":
      return {
        userId: event.detail.creatorId,
        category: "submissions",
        title: `Your content in “${event.detail.campaignName}” was ${decisions[event.detail.decision]}`,
        message: reviewMessage(event.detail),
      };
    case "deposit.completed":
      return {
        userId: event.detail.userId,
        category: "payments",
        title: "Your payment was received",
        message: `${formatMoney(event.detail.amount)} are in your wallet.`,
      };
    case "earning.available":
      return {
        userId: event.detail.creatorId,
        category: "payments",
        title: `Your earnings in “${event.detail.campaignName}” are available`,
        message: `${formatMoney(event.detail.amount)} can be paid out.`,
      };
  }
}

function reviewMessage({ earned, feedback }: DeliveredEvent<"submission.reviewed">["detail"]): string {
  const money = earned ? `You earned ${formatMoney(earned)}.` : "";
  return [money, feedback === null ? "" : `The brand says: ${feedback}`].filter((part) => part !== "").join(" ");
}

/** The notification of one event and person: its id follows from both, so that it exists once. */
export function notificationOf(event: TellingEvent): Notification {
  const { userId, category, title, message } = tellingOf(event);
  const ids = Object.entries(event.detail).filter(([name, value]) => /Id$/.test(name) && typeof value === "string");
  return {
    id: derivedId("notification", `${event.id} ${userId}`, event.at),
    userId,
    type: event.type,
    title,
    message,
    category,
    readAt: null,
    metadata: Object.fromEntries(ids.map(([name, value]) => [name, String(value)])),
    version: 1,
    createdAt: event.at,
  };
}

/** Who is told what about an event: the one table that every channel reads. */
import { type EventDetail, type EventType, eventTypes } from "../events/events.ts";
import { formatMoney } from "../kernel/money.ts";
import type { NotificationCategory } from "./notification.ts";

/** How somebody is told: inside the product, by mail. */
export type Channel = "inApp" | "mail";

/** Text of one telling; names the campaign it is about. */
export interface TellingText {
  readonly title: string;
  readonly message: string;
  /** A last paragraph that only the mail has. */
  readonly postscript?: string | undefined;
}

/** Who is told about an event of this type: one person, or several alike. */
export interface Telling<T extends EventType> {
  /** Their ids, which the event carries. */
  readonly who: (detail: EventDetail<T>) => string | readonly string[];
  readonly channels: readonly Channel[];
  readonly category: NotificationCategory;
  readonly text: (detail: EventDetail<T>) => TellingText;
}

/** Every type of event has its line: one that nobody is told about says so with an empty list. */
type Tellings = { readonly [T in EventType]: readonly Telling<T>[] };

const brand = ({ brandId }: { readonly brandId: string }): string => brandId;
const creator = ({ creatorId }: { readonly creatorId: string }): string => creatorId;

/** The side that did not do it. */
const otherThan = (userId: string, { brandId, creatorId }: { readonly brandId: string; readonly creatorId: string }) =>
  userId === brandId ? creatorId : brandId;
const owner = ({ userId }: { readonly userId: string }): string => userId;
const admins = ({ adminIds }: { readonly adminIds: readonly string[] }): readonly string[] => adminIds;

const closings: Readonly<Record<string, string>> = { won: "won", lost: "lost" };

const decisions = {
  approved: "approved",
  changes_requested: "sent back with changes to make",
  rejected: "rejected",
} as const;

export const tellings: Tellings = {
  "account.created": [],
  "account.roles_changed": [],
  "processor.object_changed": [],
  "payout.step_due": [],
  "payout.run_due": [],
  "payout.paid": [
    {
      who: creator,
      channels: ["inApp", "mail"],
      category: "payments",
      text: ({ amount }) => ({
        title: "Your payout has arrived",
        message: `${formatMoney(amount)} were paid to your bank account.`,
      }),
    },
  ],
  "payout.failed": [
    {
      who: creator,
      channels: ["inApp", "mail"],
      category: "payments",
      text: ({ amount }) => ({
        title: "Your payout did not arrive",
        message: `${formatMoney(amount)} are available again. Check the account that payouts go to, then ask again.`,
      }),
    },
  ],
  "campaign.published": [],
  "campaign.status_changed": [],
  "deposit.completed": [
    {
      who: ({ userId }) => userId,
      channels: ["inApp", "mail"],
      category: "payments",
      text: ({ amount }) => ({
        title: "Your payment was received",
        message: `${formatMoney(amount)} are in your wallet.`,
      }),
    },
  ],
  "refund.requested": [],
  "refund.succeeded": [
    {
      who: owner,
      channels: ["inApp", "mail"],
      category: "payments",
      text: ({ amount }) => ({
        title: "Your refund is on its way to your bank",
        message: `${formatMoney(amount)} were sent back by the way you paid. Banks take up to ten days to show it.`,
      }),
    },
  ],
  "refund.failed": [
    {
      who: owner,
      channels: ["inApp", "mail"],
      category: "payments",
      text: ({ amount }) => ({
        title: "Your refund did not go through",
        message: `Of ${formatMoney(amount)}, what could not be sent back is in your wallet again.`,
      }),
    },
  ],
  "card_dispute.opened": [
    {
      who: owner,
      channels: ["inApp", "mail"],
      category: "payments",
      text: ({ amount, evidenceDueAt }) => ({
        title: "A payment of yours is disputed",
        message: [
          `The bank of the card disputes a deposit of ${formatMoney(amount)}. While it does, that money is held back.`,
          ...(evidenceDueAt === null ? [] : [`Evidence is taken until ${evidenceDueAt.slice(0, 10)}.`]),
        ].join(" "),
      }),
    },
    {
      who: admins,
      channels: ["inApp", "mail"],
      category: "payments",
      text: ({ amount, disputeId, evidenceDueAt }) => ({
        title: `Card dispute ${disputeId} was opened`,
        message: [
          `A brand's deposit is disputed for ${formatMoney(amount)}.`,
          ...(evidenceDueAt === null ? [] : [`Evidence is due by ${evidenceDueAt.slice(0, 10)}.`]),
        ].join(" "),
      }),
    },
  ],
  "card_dispute.closed": [
    {
      who: owner,
      channels: ["inApp", "mail"],
      category: "payments",
      text: ({ amount, outcome }) => ({
        title: `The dispute of your payment was ${closings[outcome] ?? "closed"}`,
        message: `It was about ${formatMoney(amount)}. Your wallet shows what holds now.`,
      }),
    },
    {
      who: admins,
      channels: ["inApp"],
      category: "payments",
      text: ({ amount, disputeId, outcome }) => ({
        title: `Card dispute ${disputeId} was ${closings[outcome] ?? "closed"}`,
        message: `It was about ${formatMoney(amount)}.`,
      }),
    },
  ],
  "invitation.sent": [
    {
      who: creator,
      channels: ["inApp", "mail"],
      category: "campaigns",
      text: ({ campaignName, compensation, expiresAt, message }) => ({
        title: `You are invited to “${campaignName}”`,
        message: `The campaign offers ${formatMoney(compensation)}. Answer by ${expiresAt.slice(0, 10)}.`,
        postscript: message === null ? undefined : `The brand writes: ${message}`,
      }),
    },
  ],
  "invitation.accepted": [
    {
      who: brand,
      channels: ["inApp", "mail"],
      category: "campaigns",
      text: ({ campaignName, secured }) => ({
        title: `A creator joined “${campaignName}”`,
        message: `${formatMoney(secured)} of the budget are secured for them.`,
      }),
    },
  ],
  "invitation.declined": [],
  "submission.created": [
    {
      who: brand,
      channels: ["inApp"],
      category: "submissions",
      text: ({ campaignName, round }) => ({
        title: `New content in “${campaignName}”`,
        message: `Round ${round} waits for your review.`,
      }),
    },
  ],
  "submission.reviewed": [
    {
      who: creator,
      channels: ["inApp", "mail"],
      category: "submissions",
      text: ({ campaignName, decision, earned, feedback }) => ({
        title: `Your content in “${campaignName}” was ${decisions[decision]}`,
        message: [
          ...(earned === null ? [] : [`You earned ${formatMoney(earned)}.`]),
          ...(feedback === null ? [] : [`The brand says: ${feedback}`]),
        ].join(" "),
      }),
    },
  ],
  "participation.ended": [
    {
      who: creator,
      channels: ["inApp", "mail"],
      category: "campaigns",
      text: ({ campaignName, campaignStatus, released }) => ({
        title: `“${campaignName}” ${campaignStatus === "cancelled" ? "was cancelled" : "has ended"}`,
        message: [
          ...(released.amount > 0
            ? [`${formatMoney(released)} for work you had not begun went back to the brand.`]
            : []),
          "What you handed in stays secured until it is decided.",
        ].join(" "),
      }),
    },
  ],
  "participant.removed": [
    {
      who: creator,
      channels: ["inApp", "mail"],
      category: "campaigns",
      text: ({ campaignName, released }) => ({
        title: `You were removed from “${campaignName}”`,
        message: `${formatMoney(released)} that were secured for you went back. What you earned before stays yours.`,
      }),
    },
  ],
  "submission.deemed_approved": [
    {
      who: creator,
      channels: ["inApp", "mail"],
      category: "submissions",
      text: ({ campaignName, earned }) => ({
        title: `Your content in “${campaignName}” was approved`,
        message: `The brand did not answer in time. You earned ${formatMoney(earned)}.`,
      }),
    },
    {
      who: brand,
      channels: ["inApp", "mail"],
      category: "submissions",
      text: ({ campaignName }) => ({
        title: `Content in “${campaignName}” was approved`,
        message: "The time to review it was over, so the creator is paid.",
      }),
    },
  ],
  "submission.released": [
    {
      who: creator,
      channels: ["inApp", "mail"],
      category: "submissions",
      text: ({ campaignName, released }) => ({
        title: `Time is up for your content in “${campaignName}”`,
        message: `No further round came in time: ${formatMoney(released)} went back.`,
      }),
    },
    {
      who: brand,
      channels: ["inApp"],
      category: "submissions",
      text: ({ campaignName, released }) => ({
        title: `Content in “${campaignName}” did not come`,
        message: `The changes you asked for did not come in time: ${formatMoney(released)} went back.`,
      }),
    },
  ],
  "dispute.opened": [
    {
      who: (detail) => otherThan(detail.openedBy, detail),
      channels: ["inApp", "mail"],
      category: "submissions",
      text: ({ campaignName, reason }) => ({
        title: `Content in “${campaignName}” is disputed`,
        message: "Its payment is frozen until it is decided. You can add evidence.",
        postscript: `The other side writes: ${reason}`,
      }),
    },
  ],
  "dispute.decided": [brand, creator].map((who): Telling<"dispute.decided"> => ({
    who,
    channels: ["inApp", "mail"],
    category: "payments",
    text: ({ campaignName, creatorShare, returned, reason, isFinal }) => ({
      title: `The dispute in “${campaignName}” was decided`,
      message: [
        `The creator gets ${formatMoney(creatorShare)}, ${formatMoney(returned)} go back.`,
        ...(isFinal ? [] : ["Either side may appeal once, within seven days."]),
      ].join(" "),
      postscript: `The decision says: ${reason}`,
    }),
  })),
  "dispute.appealed": [
    {
      who: (detail) => otherThan(detail.appealedBy, detail),
      channels: ["inApp", "mail"],
      category: "submissions",
      text: ({ campaignName, reason }) => ({
        title: `The decision in “${campaignName}” was appealed`,
        message: "It will be decided once more.",
        postscript: `The other side writes: ${reason}`,
      }),
    },
  ],
  "earning.available": [
    {
      who: creator,
      channels: ["inApp", "mail"],
      category: "payments",
      text: ({ campaignName, amount }) => ({
        title: `Your earnings in “${campaignName}” are available`,
        message: `${formatMoney(amount)} can be paid out.`,
      }),
    },
  ],
};

/** Types of the events that somebody is told about in this channel: what its consumer listens to. */
export const eventsTold = (channel: Channel): readonly EventType[] =>
  eventTypes.filter((type) => tellings[type].some(({ channels }) => channels.includes(channel)));

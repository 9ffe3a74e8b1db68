/** What people are told about content, its reviews and disputes about it. */
import type { EventDetail } from "../../events/events.ts";
import { formatMoney } from "../../kernel/money.ts";
import { brand, creator, minute, otherThan, type TellingsOf, type Telling } from "./telling.ts";

const decisions = {
  approved: "approved",
  changes_requested: "sent back with changes to make",
  rejected: "rejected",
} as const;

/** What the decision means for the creator. */
function outcomeOf({ decision, earned, resubmissionDueAt }: EventDetail<"submission.reviewed">): readonly string[] {
  if (earned !== null) return [`You earned ${formatMoney(earned)}.`];
  if (decision === "rejected") return ["Its price goes back to the brand."];
  if (resubmissionDueAt === undefined) return [];
  return [`Hand in the next round by ${minute(resubmissionDueAt)}; after that its price goes back to the brand.`];
}

const wordsOf = ({ feedback, reasons = [] }: EventDetail<"submission.reviewed">): readonly string[] => [
  ...(reasons.length === 0 ? [] : [`Reasons: ${reasons.join("; ")}.`]),
  ...(feedback === null ? [] : [`The brand says: ${feedback}`]),
];

export const submissionsTellings: TellingsOf<`dispute.${string}` | `submission.${string}`> = {
  "submission.created": [
    {
      who: brand,
      channels: ["inApp", "mail"],
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
      text: (detail) => ({
        title: `Your content in “${detail.campaignName}” was ${decisions[detail.decision]}`,
        message: [...outcomeOf(detail), ...wordsOf(detail)].join(" "),
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
  "submission.review_due": [
    {
      who: brand,
      channels: ["inApp", "mail"],
      category: "submissions",
      text: ({ campaignName, percent, reviewDueAt }) => ({
        title: `Content in “${campaignName}” waits for your review`,
        message: `${percent} % of the time to review it is over. Without a decision by ${minute(reviewDueAt)} it is approved.`,
      }),
    },
  ],
  "submission.due": [
    {
      who: creator,
      channels: ["inApp", "mail"],
      category: "submissions",
      standsFor: ({ deliverableId, sinceAt }) => ({ eventId: deliverableId, at: sinceAt }),
      text: ({ campaignName, dueAt }) => ({
        title: `Your content for “${campaignName}” is due soon`,
        message: `Hand it in by ${minute(dueAt)}. What comes later is taken while the campaign runs, and marked as late.`,
      }),
    },
  ],
  "submission.extension_offered": [
    {
      who: creator,
      channels: ["inApp", "mail"],
      category: "submissions",
      text: ({ campaignName, of, dueAt }) => ({
        title: `“${campaignName}”: the brand offers a later date`,
        message:
          of === "review"
            ? `It asks for time to review your content until ${minute(dueAt)}. The date moves only if you agree.`
            : `You would have until ${minute(dueAt)} for your next round. The date moves only if you agree.`,
      }),
    },
  ],
  "submission.extension_agreed": [
    {
      who: brand,
      channels: ["inApp"],
      category: "submissions",
      text: ({ campaignName, of, dueAt }) => ({
        title: `The creator agreed to a later date in “${campaignName}”`,
        message: `${of === "review" ? "Your review" : "Their next round"} is due by ${minute(dueAt)}.`,
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
    owed: "safety of money: it says by when one may appeal",
    text: ({ campaignName, creatorShare, returned, reason, isFinal }) => ({
      title: `The dispute in “${campaignName}” was decided`,
      message: [
        `The creator gets ${formatMoney(creatorShare)}, ${formatMoney(returned)} go back.`,
        ...(isFinal ? [] : ["Either side may appeal once, within seven days."]),
      ].join(" "),
      postscript: `The decision says: ${reason}`,
    }),
  })),
  "dispute.expired": [brand, creator].map((who): Telling<"dispute.expired"> => ({
    who,
    channels: ["inApp", "mail"],
    category: "submissions",
    text: ({ campaignName, of, dueAt }) => ({
      title: `The dispute in “${campaignName}” was not decided in time`,
      message:
        of === "review"
          ? `The content waits for the brand's review again. Without a decision by ${minute(dueAt)} it is approved.`
          : `The changes are wanted again. Without another round by ${minute(dueAt)} the price goes back to the brand.`,
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
};

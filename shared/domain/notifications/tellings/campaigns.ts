/** What people are told about campaigns, invitations and taking part. */
import { formatMoney } from "../../kernel/money.ts";
import type { EventDetail } from "../../events/events.ts";
import { brand, creator, type TellingsOf, type TellingText } from "./telling.ts";

const news: Readonly<Record<string, string>> = {
  paused: "is paused",
  completed: "has ended",
  cancelled: "was cancelled",
};

const statusText = ({ campaignName, from, to }: EventDetail<"campaign.status_changed">): TellingText => ({
  title: `“${campaignName}” ${news[to] ?? (from === "paused" ? "goes on" : "has started")}`,
  message: statusMessages[to] ?? "Creators who joined can hand in their work.",
});
const statusMessages: Readonly<Record<string, string>> = {
  paused: "Nobody can join while it is. What was handed in can still be reviewed.",
  completed: "What nobody had begun went back to your wallet. What was handed in waits for your review.",
  cancelled: "What nobody had begun went back to your wallet. What was handed in waits for your review.",
};
/** These the brand need not have done itself, and may not be there to see. */
const mailedStatuses: readonly string[] = ["active", "completed"];

export const campaignsTellings: TellingsOf<
  `campaign.${string}` | `invitation.${string}` | `participant.${string}` | `participation.${string}`
> = {
  "campaign.published": [],
  "campaign.status_changed": [
    { who: brand, channels: ["inApp"], category: "campaigns", text: statusText },
    {
      who: ({ brandId, from, to }) => (mailedStatuses.includes(to) && from !== "paused" ? brandId : []),
      channels: ["mail"],
      category: "campaigns",
      text: statusText,
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
  "invitation.withdrawn": [
    {
      who: creator,
      channels: ["inApp", "mail"],
      category: "campaigns",
      text: ({ campaignName }) => ({
        title: `The invitation to “${campaignName}” was withdrawn`,
        message: "The brand took it back before you answered. There is nothing for you to do.",
      }),
    },
  ],
  "invitation.expired": [
    {
      who: brand,
      channels: ["inApp", "mail"],
      category: "campaigns",
      text: ({ campaignName }) => ({
        title: `An invitation to “${campaignName}” has expired`,
        message: "The creator did not answer in time. You can invite them again.",
      }),
    },
    {
      who: creator,
      channels: ["inApp"],
      category: "campaigns",
      text: ({ campaignName }) => ({
        title: `Your invitation to “${campaignName}” has expired`,
        message: "You did not answer in time. The brand can invite you again.",
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
};

/** What people are told about campaigns, invitations and taking part. */
import { formatMoney } from "../../kernel/money.ts";
import { brand, creator, type TellingsOf } from "./telling.ts";

export const campaignsTellings: TellingsOf<
  `campaign.${string}` | `invitation.${string}` | `participant.${string}` | `participation.${string}`
> = {
  "campaign.published": [],
  "campaign.status_changed": [],
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

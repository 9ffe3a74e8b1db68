/** What people are told about sales that creators miss. */
import type { DeclineReason } from "../../inquiries/inquiry.ts";
import { brand, creator, minute, type TellingsOf } from "./telling.ts";

const declined: Readonly<Record<DeclineReason, string>> = {
  no_such_order: "there is no such order",
  order_cancelled: "the order was cancelled",
  outside_window: "it was outside of the campaign's window",
  no_touch_of_creator: "it came of no click or code of yours",
  credited_to_another: "it is credited to somebody else",
  own_purchase: "it was your own purchase",
  other: "for a reason of its own",
};

export const inquiriesTellings: TellingsOf<`inquiry.${string}`> = {
  "inquiry.opened": [
    {
      who: brand,
      channels: ["inApp", "mail"],
      category: "campaigns",
      text: ({ campaignName, orderId, dueAt }) => ({
        title: `A creator misses a sale in “${campaignName}”`,
        message: `They ask about your order ${orderId}. Please answer by ${minute(dueAt)}.`,
      }),
    },
  ],
  "inquiry.answered": [
    {
      who: creator,
      channels: ["inApp", "mail"],
      category: "campaigns",
      text: ({ campaignName, orderId, outcome, declinedFor, message }) => ({
        title:
          outcome === "credited"
            ? `The sale you missed in “${campaignName}” is credited to you`
            : `The sale you missed in “${campaignName}” is not credited to you`,
        message:
          outcome === "credited"
            ? `Order ${orderId} counts for you now.`
            : `The brand says of order ${orderId}: ${declined[declinedFor ?? "other"]}.`,
        postscript: message === null ? undefined : `The brand writes: ${message}`,
      }),
    },
  ],
  "inquiry.overdue": [
    {
      who: brand,
      channels: ["inApp", "mail"],
      category: "campaigns",
      text: ({ campaignName, orderId, dueAt }) => ({
        title: `A creator in “${campaignName}” waits for your answer`,
        message: `You were asked about your order ${orderId}; the answer was due by ${minute(dueAt)}.`,
      }),
    },
    {
      who: creator,
      channels: ["inApp"],
      category: "campaigns",
      text: ({ campaignName, orderId }) => ({
        title: `Your question to the brand of “${campaignName}” is overdue`,
        message: `The brand has not answered about order ${orderId}, and was reminded.`,
      }),
    },
  ],
};

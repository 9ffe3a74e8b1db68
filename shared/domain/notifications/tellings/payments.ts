/** What people are told about money. */
import { formatMoney } from "../../kernel/money.ts";
import { admins, creator, owner, type TellingsOf } from "./telling.ts";

const closings: Readonly<Record<string, string>> = { won: "won", lost: "lost" };

export const paymentsTellings: TellingsOf<
  | `card_dispute.${string}`
  | `deposit.${string}`
  | `earning.${string}`
  | `payout.${string}`
  | `payout_account.${string}`
  | `processor.${string}`
  | `refund.${string}`
> = {
  "processor.object_changed": [],
  "payout.step_due": [],
  "payout.run_due": [],
  "payout_account.link_given": [
    {
      who: creator,
      channels: ["inApp", "mail"],
      category: "payments",
      owed: "safety of money: whoever has the link can say where it goes",
      text: () => ({
        title: "The account that your payouts go to",
        message:
          "One of our admins was given the link where this account is set up, to pass it on to you. If you did not ask for that, write to us before your next payout.",
      }),
    },
  ],
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
      owed: "safety of money: the account that it goes to must be put right",
      text: ({ amount }) => ({
        title: "Your payout did not arrive",
        message: `${formatMoney(amount)} are available again. Check the account that payouts go to, then ask again.`,
      }),
    },
  ],
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
      owed: "safety of money: it is not where it was sent",
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
      owed: "safety of money: it is held back, and evidence is taken until a date",
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

import type { Payout } from "#shared/domain/payouts/payout";
import type { PayoutRun } from "#shared/domain/payouts/payout-run";
import type { PayoutAccount } from "#shared/domain/payouts/payout-account";
import type { Declaration } from "../item.ts";
import { SPREAD } from "../schema.ts";

/** When it must be looked at; only those in the listings have it. */
const dueAt = (payout: Payout): string => payout.dueAt ?? "";
const isDue = ({ dueAt: due }: Payout): boolean => due !== undefined;

export const payout = {
  kind: "payout",
  prefix: "PAYOUT",
  partition: ["id"],
  sort: [],
  listings: {
    ofCreator: { index: "owner", prefix: "PAYOUTS_OF_CREATOR", partition: ["creatorId"], sort: ["createdAt", "id"] },
    /** Short on their creator's account at the processor: nearly none, ever. */
    short: {
      index: "kind",
      prefix: "SHORT_PAYOUTS_OF_CREATOR",
      partition: ["creatorId"],
      sort: ["id"],
      when: ({ shortMinor }: Payout) => shortMinor !== undefined,
    },
    /** On their way. */
    due: {
      index: "due",
      prefix: "PAYOUTS_DUE",
      partition: [],
      sort: [dueAt, "id"],
      spread: SPREAD,
      when: (one: Payout) => isDue(one) && one.status !== "paid",
    },
    /** Paid, and to be looked at late: two weeks' worth, which nobody reads who asks what is on its way. */
    paidDue: {
      index: "due",
      prefix: "PAID_PAYOUTS_DUE",
      partition: [],
      sort: [dueAt, "id"],
      spread: SPREAD,
      when: (one: Payout) => isDue(one) && one.status === "paid",
    },
  },
} as const satisfies Declaration<Payout>;

export const payoutAccount = {
  kind: "payoutAccount",
  prefix: "PAYOUT_ACCOUNT",
  partition: ["creatorId"],
  sort: [],
} as const satisfies Declaration<PayoutAccount>;

export const payoutRun = {
  kind: "payoutRun",
  prefix: "PAYOUT_RUN",
  partition: ["id"],
  sort: [],
} as const satisfies Declaration<PayoutRun>;

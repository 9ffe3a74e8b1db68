import type { Lifecycle } from "../kernel/lifecycle.ts";
import type { PayoutStatus } from "./payout.ts";
import { payoutRefusals } from "./refusals.ts";

const byProcessor = { who: ["system"], otherwise: payoutRefusals.settled } as const;

/** Only the processor's word moves a payout. */
export const payoutLifecycle = {
  submit: {
    ...byProcessor,
    from: ["requested", "unknown"],
    to: "submitted",
    effect: "the money is on the creator's account there",
  },
  send: {
    ...byProcessor,
    from: ["submitted", "unknown"],
    to: "in_transit",
    effect: "the money is on its way to their bank",
  },
  arrive: { ...byProcessor, from: ["in_transit", "unknown"], to: "paid", effect: "its earnings are paid" },
  fail: {
    ...byProcessor,
    from: ["requested", "submitted", "in_transit", "unknown"],
    to: "failed",
    effect: "the money can be paid out again",
  },
  reverse: {
    ...byProcessor,
    from: ["in_transit", "unknown"],
    to: "reversed",
    effect: "its bank sent it back, and somebody else had taken all of its transfer back: it can be paid out again",
  },
  bounce: {
    ...byProcessor,
    from: ["paid"],
    to: "in_transit",
    effect: "the bank sent it back, late: it is taken back like one that never arrived",
  },
  lose: {
    ...byProcessor,
    from: ["requested", "submitted", "in_transit"],
    to: "unknown",
    effect: "nobody answered: it is asked again",
  },
} as const satisfies Lifecycle<PayoutStatus>;

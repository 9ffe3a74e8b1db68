import type { Lifecycle } from "../kernel/lifecycle.ts";
import type { RefundStatus } from "./refund.ts";
import { refundRefusals } from "./refusals.ts";

const step = { who: ["system"], otherwise: refundRefusals.ended } as const;

/** Only the processor's word moves a refund. A bank may send back what it had taken: success is not always the end. */
export const refundLifecycle = {
  submit: { ...step, from: ["requested"], to: "submitted" },
  succeed: { ...step, from: ["requested", "submitted"], to: "succeeded", effect: "the money has left the processor" },
  fail: {
    ...step,
    from: ["requested", "submitted", "succeeded"],
    to: "failed",
    effect: "what did not go back is available again, once",
  },
} as const satisfies Lifecycle<RefundStatus>;

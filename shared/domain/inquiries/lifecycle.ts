import type * as z from "zod";
import type { Lifecycle } from "../kernel/lifecycle.ts";
import { isCredited } from "./guards.ts";
import type { InquiryStatus } from "./inquiry.ts";
import { inquiryRefusals } from "./refusals.ts";

/** Every way an inquiry's status may change. Time alone changes none: one that is overdue can still be answered. */
export const inquiryLifecycle = {
  credit: {
    from: ["open"],
    to: "credited",
    who: ["brand"],
    guard: isCredited,
    effect: "names the conversion that the brand has recorded",
    otherwise: inquiryRefusals.alreadyAnswered,
  },
  decline: {
    from: ["open"],
    to: "declined",
    who: ["brand"],
    effect: "says why, and in words",
    otherwise: inquiryRefusals.alreadyAnswered,
  },
} as const satisfies Lifecycle<z.infer<typeof InquiryStatus>>;

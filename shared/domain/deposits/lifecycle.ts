import type { Lifecycle } from "../kernel/lifecycle.ts";
import type { DepositStatus } from "./deposit.ts";
import { cameToNothing, moneyReceived } from "./guards.ts";
import { depositRefusals } from "./refusals.ts";

/** Only the processor's word moves a deposit, whoever asked for it; both ends are final. */
export const depositLifecycle = {
  complete: {
    from: ["pending"],
    to: "completed",
    who: ["system", "brand", "admin"],
    guard: moneyReceived,
    effect: "credits it in full, once",
    otherwise: depositRefusals.notTheSamePayment,
  },
  fail: {
    from: ["pending"],
    to: "failed",
    who: ["system", "brand", "admin"],
    guard: cameToNothing,
    otherwise: depositRefusals.notTheSamePayment,
  },
} as const satisfies Lifecycle<DepositStatus>;

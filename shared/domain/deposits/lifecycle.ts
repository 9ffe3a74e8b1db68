import type { Lifecycle } from "../kernel/lifecycle.ts";
import { houseMovementRefusals } from "../ledger/refusals.ts";
import type { DepositStatus } from "./deposit.ts";
import { cameToNothing, moneyReceived, paidOtherwise } from "./guards.ts";
import { depositRefusals } from "./refusals.ts";

/** Only the processor's word moves a deposit, whoever asked for it; but for one that it can never be credited by. Both ends are final. */
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
  forgo: {
    from: ["pending"],
    to: "failed",
    who: ["admin"],
    guard: paidOtherwise,
    effect: "its payment is booked as the house's own",
    otherwise: houseMovementRefusals.notTheHouses,
  },
} as const satisfies Lifecycle<DepositStatus>;

import type { Lifecycle } from "../kernel/lifecycle.ts";
import type { DisputeStatus } from "./dispute.ts";
import { appealIsOpen, appealIsOverdue, decisionIsOverdue, mayBeAppealed } from "./guards.ts";
import { disputeRefusals } from "./refusals.ts";

/** Every way a dispute's status may change. */
export const disputeLifecycle = {
  decide: {
    from: ["open"],
    to: "decided",
    who: ["admin"],
    effect: "splits the unit's price; the creator's share stays on hold for an appeal",
    otherwise: disputeRefusals.alreadyDecided,
  },
  appeal: {
    from: ["decided"],
    to: "appealed",
    who: ["brand", "creator"],
    guard: mayBeAppealed,
    effect: "the creator's share stays on hold until it is decided again, for thirty days at most",
    otherwise: disputeRefusals.alreadyAppealed,
    exactly: { open: disputeRefusals.notDecided, expired: disputeRefusals.appealClosed },
  },
  decideAppeal: {
    from: ["appealed"],
    to: "closed",
    who: ["admin"],
    guard: appealIsOpen,
    effect: "takes the first split back and books another",
    otherwise: disputeRefusals.alreadyDecided,
  },
  uphold: {
    from: ["appealed"],
    to: "closed",
    who: ["system"],
    guard: appealIsOverdue,
    effect: "the first decision stands",
    otherwise: disputeRefusals.alreadyDecided,
  },
  expire: {
    from: ["open"],
    to: "expired",
    who: ["system"],
    guard: decisionIsOverdue,
    effect:
      "settles the unit as silence would have, where it was its opener's turn; else the other side's turn goes on",
    otherwise: disputeRefusals.alreadyDecided,
  },
} as const satisfies Lifecycle<DisputeStatus>;

import { type Change, changed } from "../change.ts";
import { dueStep, transition } from "../kernel/lifecycle.ts";
import type { Occasion } from "../kernel/occasion.ts";
import type { Dispute } from "./dispute.ts";
import { disputeLifecycle } from "./lifecycle.ts";

/** Nobody decided about an appeal in time: the first decision stands, and what it gave the creator matures. Undefined otherwise. */
export function upholdDecision(dispute: Dispute | undefined, occasion: Occasion): Change | undefined {
  const { uphold } = disputeLifecycle;
  if (dispute === undefined || dueStep(dispute, [uphold], occasion, dispute) === undefined) return undefined;
  const upheld = transition(dispute, uphold, occasion, dispute);
  return {
    entities: [changed("dispute", dispute, upheld)],
    audit: {
      action: "dispute.upheld",
      resource: { type: "dispute", id: dispute.id },
      changes: [{ field: "status", before: dispute.status, after: upheld.status }],
    },
  };
}

import { type Change, changed } from "../change.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { refuse } from "../kernel/refusal.ts";
import { type Dispute, type Evidence, MAX_EVIDENCE_OF_SIDE } from "./dispute.ts";
import type { NewEvidence } from "./input.ts";
import { disputeRefusals } from "./refusals.ts";

/** A side lays something more before whoever decides, for as long as there is something to decide. */
export function addEvidence(
  dispute: Dispute,
  input: NewEvidence,
  occasion: Occasion,
): { readonly change: Change; readonly dispute: Dispute } {
  const { status } = dispute;
  if (status !== "open" && status !== "appealed")
    throw refuse(disputeRefusals.alreadyDecided, undefined, { currentState: status });
  const evidence = withEvidence(dispute.evidence, input.evidence, occasion);
  const added = changed("dispute", dispute, { ...dispute, evidence, updatedAt: occasion.now });
  const change: Change = {
    entities: [added],
    audit: {
      action: "dispute.evidence_added",
      resource: { type: "dispute", id: dispute.id },
      changes: [{ field: "evidence", before: dispute.evidence.length, after: evidence.length }],
    },
  };
  return { change, dispute: added.next };
}

export function withEvidence(
  present: readonly Evidence[],
  texts: readonly string[],
  { actor, now }: Occasion,
): Evidence[] {
  const all = [...present, ...texts.map((text): Evidence => ({ by: actor.userId, at: now, text }))];
  if (all.filter(({ by }) => by === actor.userId).length > MAX_EVIDENCE_OF_SIDE)
    throw refuse(disputeRefusals.tooMuchEvidence, `A dispute takes ${MAX_EVIDENCE_OF_SIDE} pieces of each side`);
  return all;
}

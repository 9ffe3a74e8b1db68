/** Who may see, and who takes part in, a dispute. */
import { isOwner } from "../campaigns/access.ts";
import type { Campaign } from "../campaigns/campaign.ts";
import type { Actor } from "../kernel/actor.ts";
import { refuse } from "../kernel/refusal.ts";
import { accessRefusals } from "../kernel/refusals.ts";
import { submissionRefusals } from "../submissions/refusals.ts";
import type { Submission } from "../submissions/submission.ts";
import type { Dispute } from "./dispute.ts";
import { disputeRefusals } from "./refusals.ts";

interface Seen {
  readonly campaign: Campaign | undefined;
  readonly submission: Submission | undefined;
}
interface Disputable {
  readonly campaign: Campaign;
  readonly submission: Submission;
}

/** A submission for its two sides; for everybody else there is none to dispute. */
export function disputableBy(actor: Actor, { campaign, submission }: Seen): Disputable {
  const author = actor.roles.includes("creator") && submission?.creatorId === actor.userId;
  if (campaign && submission && (author || isOwner(campaign, actor))) return { campaign, submission };
  throw refuse(submissionRefusals.notFound);
}

/** The dispute that was named, about the submission that was named. */
export function namedDispute(dispute: Dispute | undefined, disputeId: string): Dispute {
  if (dispute?.id === disputeId) return dispute;
  throw refuse(disputeRefusals.notFound);
}

/** Nobody decides about their own side. */
export function refuseParty({ brandId, creatorId }: Dispute, { userId }: Actor): void {
  if (userId !== brandId && userId !== creatorId) return;
  throw refuse(accessRefusals.conflictOfInterest, undefined, {
    currentState: userId === brandId ? "brand" : "creator",
  });
}

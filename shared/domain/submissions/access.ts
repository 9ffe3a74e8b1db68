import { isOwner } from "../campaigns/access.ts";
import type { Campaign } from "../campaigns/campaign.ts";
import { type Actor, isAdmin } from "../kernel/actor.ts";
import type { Participant } from "../invitations/participant.ts";
import { known, refuse } from "../kernel/refusal.ts";
import { submissionRefusals } from "./refusals.ts";
import type { Submission } from "./submission.ts";

interface Reading {
  readonly campaign: Campaign | undefined;
  readonly submission: Submission | undefined;
}
interface Readable {
  readonly campaign: Campaign;
  readonly submission: Submission;
}

/** A submission for its author, its campaign's brand and admins; for everybody else there is none. */
export function readableBy(actor: Actor, { campaign, submission }: Reading): Readable {
  const own = actor.roles.includes("creator") && submission?.creatorId === actor.userId;
  if (campaign && submission && (own || isOwner(campaign, actor) || isAdmin(actor))) return { campaign, submission };
  throw refuse(submissionRefusals.notFound);
}

/** A submission for its author alone. */
export function authoredBy(actor: Actor, { campaign, submission }: Reading): Readable {
  if (campaign && submission?.creatorId === actor.userId) return { campaign, submission };
  throw refuse(submissionRefusals.notFound);
}

/** The file that was handed in, and where it is; undefined when there is none. */
export function fileOf(submission: Submission | undefined) {
  if (submission?.file === undefined || submission.fileId === null) return undefined;
  const { campaignId, creatorId, fileId, file } = submission;
  return { address: { campaignId, creatorId, fileId }, file };
}

/** The participation that a submission belongs to. */
export const knownParticipant = (participant: Participant | undefined): Participant =>
  known(participant, "submission's participant");

/** A submission for whom it falls to review: brand and admins. */
export function reviewableBy(actor: Actor, { campaign, submission }: Reading): Readable {
  if (campaign && submission && (isOwner(campaign, actor) || isAdmin(actor))) return { campaign, submission };
  throw refuse(submissionRefusals.notFound);
}

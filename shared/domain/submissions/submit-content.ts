import { type CampaignSeen, refuseBothSides } from "../campaigns/access.ts";
import type { Campaign } from "../campaigns/campaign.ts";
import type { Deliverable } from "../campaigns/deliverable.ts";
import { isRunning } from "../campaigns/lifecycle.ts";
import { type Change, changed, created, type Unversioned } from "../change.ts";
import { type Participant, type Unit, withUnit } from "../invitations/participant.ts";
import { type Actor, isAdmin } from "../kernel/actor.ts";
import { actingFor, type Occasion } from "../kernel/occasion.ts";
import { refuse } from "../kernel/refusal.ts";
import type { Instant } from "../kernel/time.ts";
import { campaignRefusals } from "../campaigns/refusals.ts";
import { claimFile, type Uploaded } from "../uploads/claim-file.ts";
import type { NewSubmission } from "./input.ts";
import { submissionRefusals } from "./refusals.ts";
import { lateness } from "./remind-creators.ts";
import { remindersOf } from "./remind-reviewer.ts";
import { reviewDueAt, reviewTimeOf } from "./review-window.ts";
import type { Submission } from "./submission.ts";

/** For whom content is handed in: a creator's own, or the one an admin names. */
export function subjectOf(actor: Actor, named: string | undefined): string {
  if (isAdmin(actor) && !actor.roles.includes("creator") && named === undefined)
    throw refuse(submissionRefusals.subjectNeeded);
  if (named === undefined || named === actor.userId) return actor.userId;
  // Nobody else's campaigns exist for a creator.
  if (!isAdmin(actor)) throw refuse(campaignRefusals.notFound);
  return named;
}

/** The campaign as the creator sees it, and the file that they name. */
export interface SubmissionState extends Pick<CampaignSeen, "campaign" | "participant">, Uploaded {
  /** Of the campaign. */
  readonly deliverables: readonly Deliverable[];
}

/** Hands content in for one unit: its first round, or the next after changes were asked for. */
export function submitContent(
  { campaign, participant, deliverables, ...uploaded }: SubmissionState,
  input: NewSubmission,
  occasion: Occasion,
): { readonly change: Change; readonly submission: Submission } {
  const { actor, now } = occasion;
  if (participant) refuseBothSides(campaign, participant.creatorId, actor, "creator");
  if (participant?.status !== "active") {
    throw refuse(submissionRefusals.participantNotActive, undefined, { currentState: participant?.status ?? "none" });
  }
  const unit = unitFor(campaign, participant, input, now);
  if (unit.rounds >= campaign.maxRounds)
    throw refuse(submissionRefusals.roundsExhausted, `All ${campaign.maxRounds} rounds are used`);
  const content = contentOf(input, (fileId) => ({ fileId, file: claimFile(uploaded, participant, now) }));
  const late = lateness(deliverables, unit, now);
  const round = created("submission", { ...submissionOf(campaign, participant, unit, occasion), ...content, ...late });
  const submission = round.next;
  const waiting: Unit = {
    ...unit,
    state: "submitted",
    rounds: unit.rounds + 1,
    submissionId: submission.id,
    dueAt: submission.reviewDueAt,
  };
  const change: Change = {
    entities: [round, changed("participant", participant, withUnit(participant, waiting, now))],
    events: [{ type: "submission.created", detail: detailOf(campaign, submission) }],
    audit: {
      action: "submission.created",
      resource: { type: "submission", id: submission.id },
      changes: [{ field: "unit", before: unit.state, after: "submitted" }],
      ...actingFor(actor, participant.creatorId),
    },
  };
  return { change, submission };
}

type Content = Pick<Submission, "type" | "contentUrl" | "fileId" | "file" | "text" | "description">;

/** What was handed in: the field that its type names, and no other. */
function contentOf(input: NewSubmission, claimed: (fileId: string) => Pick<Content, "fileId" | "file">): Content {
  const none = { contentUrl: null, fileId: null, text: null, description: input.description ?? null };
  if (input.type === "url") return { ...none, type: input.type, contentUrl: input.contentUrl };
  if (input.type === "text") return { ...none, type: input.type, text: input.text };
  return { ...none, type: input.type, ...claimed(input.fileId) };
}

function submissionOf(
  campaign: Campaign,
  { id: participationId, creatorId }: Participant,
  unit: Unit,
  { now, newId }: Occasion,
): Omit<Unversioned<"submission">, keyof Content> {
  const time = reviewTimeOf(campaign);
  const dueAt = reviewDueAt(now, campaign.reviewWindowHours, time);
  return {
    id: newId("submission"),
    campaignId: campaign.id,
    brandId: campaign.brandId,
    creatorId,
    participationId,
    deliverableId: unit.deliverableId,
    unit: unit.unit,
    status: "pending_review",
    round: unit.rounds + 1,
    ...(unit.submissionId !== undefined && { previousSubmissionId: unit.submissionId }),
    submittedAt: now,
    reviewDueAt: dueAt,
    reminders: remindersOf(now, dueAt, time),
    createdAt: now,
    updatedAt: now,
  };
}

const detailOf = (campaign: Campaign, { id, creatorId, round }: Submission) => ({
  campaignId: campaign.id,
  campaignName: campaign.name,
  brandId: campaign.brandId,
  creatorId,
  submissionId: id,
  round,
});

/** The named unit, or the first open one of the deliverable that the campaign still takes content for. */
function unitFor(
  campaign: Campaign,
  { units }: Participant,
  { deliverableId, unit }: NewSubmission,
  now: Instant,
): Unit {
  const owed = units.filter((one) => one.deliverableId === deliverableId && (unit === undefined || one.unit === unit));
  const open = owed.filter(({ state }) => state === "open");
  const wanted = open.find((one) => takesContentFor(one, campaign, now));
  if (wanted) return wanted;
  const [first] = owed;
  if (open.length === 0 && first) throw refuse(submissionRefusals.unitTaken, undefined, { currentState: first.state });
  if (!isRunning(campaign, now)) {
    const { status } = campaign;
    throw refuse(submissionRefusals.campaignNotOpen, `The campaign is ${status}`, { currentState: status });
  }
  throw refuse(submissionRefusals.noSuchUnit);
}

/** New content comes in while a campaign runs; after its end only further rounds of what was handed in before. */
const takesContentFor = (unit: Unit, campaign: Campaign, now: Instant): boolean =>
  isRunning(campaign, now) || (unit.rounds > 0 && campaign.status !== "draft");

/**
 * A model of campaign work that fits into one's head: who was asked, who takes part, what became of each piece, and when. It
 * knows nothing of lifecycle tables; the test holds what it has seen against them.
 */
import type { CampaignStatus } from "#shared/domain/campaigns/campaign";
import type { DisputeStatus } from "#shared/domain/disputes/dispute";
import type { InvitationStatus } from "#shared/domain/invitations/invitation";
import type { UnitState } from "#shared/domain/invitations/participant";
import type { SubmissionStatus } from "#shared/domain/submissions/submission";

export const PRICE = 7_001;
export const UNITS = 2;
export const MAX_ROUNDS = 2;
const DAY_MS = 86_400_000;

export interface Piece {
  state: UnitState;
  rounds: number;
  /** The latest that was handed in. */
  latest?: Round;
  dueAt: string;
}
export interface Part {
  readonly id: string;
  readonly project: Project;
  readonly creatorId: string;
  status: "active" | "inactive" | "completed";
  readonly pieces: readonly Piece[];
}
export interface Project {
  readonly id: string;
  readonly deliverableId: string;
  readonly start: string;
  readonly end: string;
  readonly budget: number;
  status: CampaignStatus;
  pausedForBan: boolean;
  /** Its status has moved, and its creators are still to be told. */
  isNews: boolean;
  unassigned: number;
  spent: number;
  readonly invitations: Map<string, { status: InvitationStatus; expiresAt: string }>;
  /** The latest participation of each. */
  readonly parts: Map<string, Part>;
}
/** Content that was handed in once. */
export interface Round {
  readonly id: string;
  readonly part: Part;
  readonly piece: Piece;
  readonly number: number;
  readonly submittedAt: string;
  status: SubmissionStatus;
  reviewDueAt: string;
  reminders: { readonly percent: number; readonly at: string }[];
  offer?: { readonly of: "review" | "resubmission"; readonly dueAt: string };
  /** It was disputed, and goes on. */
  isResumed?: true;
}
export interface Quarrel {
  readonly id: string;
  readonly round: Round;
  readonly openedFrom: SubmissionStatus;
  readonly openedBy: string;
  /** Milliseconds that were left then, to review it or for its next round. */
  readonly leftMs: number;
  status: DisputeStatus;
  decidedAt: string;
  appealDueAt: string;
  share: number;
  /** What of the price did not go to the creator went home to the brand, and not back into the budget. */
  restWentHome: boolean;
}
export interface Model {
  now: string;
  spendable: number;
  readonly pending: Map<string, number>;
  readonly banned: Set<string>;
  readonly projects: readonly Project[];
  readonly rounds: Round[];
  readonly quarrels: Quarrel[];
  /** Percents that brands were reminded of, by the content's id. */
  readonly reminded: string[];
}

/** Arrows of the lifecycle tables that were seen, and how often: `campaign.pause active > paused`. */
export const arrows = new Map<string, number>();
export const took = (step: string, from: string, to: string): void => {
  const arrow = `${step} ${from} > ${to}`;
  arrows.set(arrow, (arrows.get(arrow) ?? 0) + 1);
};

export function moved(project: Project, step: string, to: CampaignStatus): void {
  took(`campaign.${step}`, project.status, to);
  project.status = to;
  project.pausedForBan = step === "pauseForBan";
  project.isNews = true;
}
export function judged(round: Round, step: string, to: SubmissionStatus): void {
  took(`submission.${step}`, round.status, to);
  round.status = to;
}
export function argued(quarrel: Quarrel, step: string, to: DisputeStatus): void {
  took(`dispute.${step}`, quarrel.status, to);
  quarrel.status = to;
}
export function answered(project: Project, creatorId: string, step: string, to: InvitationStatus): void {
  const invitation = project.invitations.get(creatorId);
  if (invitation === undefined) throw new Error(`nobody has invited ${creatorId}`);
  took(`invitation.${step}`, invitation.status, to);
  invitation.status = to;
}

export const plus = (at: string, days: number): string => new Date(Date.parse(at) + days * DAY_MS).toISOString();
export const isUnsettled = ({ state }: Piece): boolean => ["open", "submitted", "disputed"].includes(state);
export const isSpent = ({ spent, unassigned, parts }: Project): boolean =>
  spent > 0 && unassigned === 0 && ![...parts.values()].some(({ pieces }) => pieces.some(isUnsettled));
export const isOver = ({ status, end }: Project, now: string): boolean =>
  status === "completed" || status === "cancelled" || (status !== "draft" && end <= now);
/** New people are asked and join. */
export const isOpen = ({ status, end }: Project, now: string): boolean =>
  (status === "scheduled" || status === "active") && end > now;
/** New content comes in. */
export const isRunning = ({ status, end }: Project, now: string): boolean =>
  (status === "active" || status === "paused") && end > now;
export const isLapsed = ({ invitations }: Project, creatorId: string, now: string): boolean => {
  const invitation = invitations.get(creatorId);
  return invitation?.status === "pending" && invitation.expiresAt <= now;
};
/** Waits for a verdict on this content, or for the round after it. */
export const isAwaited = ({ piece, ...round }: Round): boolean =>
  piece.latest?.id === round.id && (piece.state === "submitted" || piece.state === "open");

/** Reminders of a window without nights and weekends. */
export const remindersOf = (from: string, to: string): Round["reminders"] =>
  [50, 80].map((percent) => {
    const [begin, end] = [Date.parse(from), Date.parse(to)];
    return { percent, at: new Date(begin + Math.round(((end - begin) * percent) / 100)).toISOString() };
  });

/** Money goes back into the budget, or home when the campaign is over. */
export function givenBack(model: Model, project: Project, amount: number): void {
  if (isOver(project, model.now)) model.spendable += amount;
  else project.unassigned += amount;
}
/** The piece has come to its end: the creator gets the share, the rest goes back. */
export function settled(model: Model, round: Pick<Round, "part" | "piece">, state: UnitState, share: number): void {
  const { part, piece } = round;
  piece.state = state;
  part.project.spent += share;
  model.pending.set(part.creatorId, (model.pending.get(part.creatorId) ?? 0) + share);
  givenBack(model, part.project, PRICE - share);
  if (part.status === "active" && !part.pieces.some(isUnsettled)) part.status = "completed";
}

/** What follows of itself, once everybody was told: of an end, and of a ban. */
export function consequences(model: Model, brandId: string): void {
  for (const project of model.projects) {
    if (project.status === "active" && model.banned.has(brandId)) moved(project, "pauseForBan", "paused");
    const { isNews } = project;
    project.isNews = false;
    if (!isNews || !isOver(project, model.now)) continue;
    for (const part of project.parts.values())
      for (const piece of part.pieces)
        if (piece.state === "open" && piece.rounds === 0) settled(model, { part, piece }, "released", 0);
  }
}

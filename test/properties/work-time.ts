/** What time does to campaign work: it passes, and jobs have their turns, late and twice. */
import { expect } from "@jest/globals";
import type { JobRun } from "#shared/domain/jobs/job-run";
import { clocked } from "../actions/settlements/settling.ts";
import { reminded } from "../actions/submissions/delivered.ts";
import { advanced, expired } from "../support/launched.ts";
import type { TestStage } from "../support/stage.ts";
import { BRAND_ID } from "../support/builders.ts";
import { type Command, command, type Drawn, type Real, step } from "./work-history.ts";
import {
  answered,
  argued,
  isLapsed,
  isSpent,
  isUnsettled,
  judged,
  type Model,
  moved,
  type Part,
  type Piece,
  plus,
  PRICE,
  type Project,
  type Quarrel,
  remindersOf,
  settled,
} from "./work-model.ts";

/** Now and then so long that what people have forgotten is over. */
const pause = ({ days, at }: Drawn): number => (at % 6 === 0 ? 4 * days : days / 4);
const waiting = command("wait", {
  may: () => true,
  act(stage, model, drawn) {
    stage.clock.now = plus(model.now, pause(drawn));
    return Promise.resolve();
  },
  then(model, drawn) {
    model.now = plus(model.now, pause(drawn));
  },
});

const job = (name: string, run: (stage: TestStage) => Promise<JobRun>, then: (model: Model) => void) =>
  command(name, {
    may: () => true,
    act: async (stage) => expect(await run(stage)).toMatchObject({ outcome: "succeeded" }),
    then,
  });

function advance(model: Model, project: Project): void {
  const isUp = (): boolean => ["active", "paused"].includes(project.status);
  if (project.status === "scheduled" && project.start <= model.now) moved(project, "start", "active");
  if (isUp() && project.end <= model.now) {
    moved(project, "complete", "completed");
    model.spendable += project.unassigned;
    project.unassigned = 0;
  }
  if (project.status === "active" && isSpent(project)) moved(project, "exhaust", "paused");
}
const advancing = job("advance campaigns", advanced, (model) => {
  for (const project of model.projects) advance(model, project);
});

const expiring = job("expire invitations", expired, (model) => {
  for (const project of model.projects)
    for (const creatorId of project.invitations.keys())
      if (isLapsed(project, creatorId, model.now)) answered(project, creatorId, "expire", "expired");
});

const reminding = job("remind reviewers", reminded, (model) => {
  for (const round of model.rounds) {
    if (round.status !== "pending_review" || round.reviewDueAt <= model.now) continue;
    const due = round.reminders.filter(({ at }) => at <= model.now).at(-1);
    if (due) model.reminded.push(`${round.id} ${due.percent}`);
    round.reminders = round.reminders.filter(({ at }) => at > model.now);
  }
});

/** Of a dispute in the other side's turn, that turn goes on, if any of it was left: for a day at least. */
function resumed({ now }: Model, quarrel: Quarrel): boolean {
  const { round, openedFrom, openedBy, leftMs } = quarrel;
  const isReview = openedFrom === "pending_review";
  const isOwn = isReview === (openedBy === BRAND_ID);
  if (isOwn || leftMs <= 0 || (!isReview && round.part.status === "inactive")) return false;
  const dueAt = new Date(Date.parse(now) + Math.max(leftMs, 24 * 3_600_000)).toISOString();
  argued(quarrel, "expire", "expired");
  judged(round, isReview ? "resumeReview" : "resumeRound", openedFrom);
  round.isResumed = true;
  Object.assign(round.piece, { state: isReview ? "submitted" : "open", dueAt });
  if (isReview) Object.assign(round, { reviewDueAt: dueAt, reminders: remindersOf(now, dueAt) });
  return true;
}

/** Silence approves what was handed in; what nobody handed in again, or ever, is released. */
function settleOverdue(model: Model, part: Part, piece: Piece): void {
  const { latest } = piece;
  const quarrel = model.quarrels.find(({ round, status }) => round === latest && status === "open");
  if (piece.state === "disputed" && quarrel && resumed(model, quarrel)) return;
  if (piece.state === "disputed" && quarrel) argued(quarrel, "expire", "expired");
  const waited = piece.state === "disputed" ? quarrel?.openedFrom === "pending_review" : piece.state === "submitted";
  if (latest && waited) judged(latest, latest.status === "disputed" ? "award" : "deemApproved", "approved");
  else if (latest) judged(latest, "release", "released");
  settled(model, { part, piece }, waited ? "approved" : "released", waited ? PRICE : 0);
}
const settling = job("settle what is overdue", clocked, (model) => {
  for (const part of model.projects.flatMap(({ parts }) => [...parts.values()]))
    for (const piece of part.pieces)
      if (isUnsettled(piece) && piece.dueAt <= model.now) settleOverdue(model, part, piece);
  for (const quarrel of model.quarrels)
    if (quarrel.status === "appealed" && quarrel.appealDueAt <= model.now) argued(quarrel, "uphold", "closed");
});

export const timesCommands: readonly Command[] = [
  ...[waiting, reminding, waiting, settling, waiting, advancing, waiting, reminding, expiring],
];

/** Nobody does anything any more but the clock and its jobs. */
const SILENT_MONTHS = 4;
export async function silence(model: Model, real: Real): Promise<void> {
  const drawn: Drawn = {
    ...{ isTime: true, command: 0, at: 0, who: 0, byAdmin: false, days: 8, verdict: "approved", share: 0 },
    ...{ isBold: true, isToldTwice: false },
  };
  for (let month = 0; month < SILENT_MONTHS; month += 1)
    for (const one of [waiting, reminding, advancing, expiring, settling]) await step([one], drawn, model, real);
}

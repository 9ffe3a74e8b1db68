/** What people do to campaigns and to whoever takes part, each with what the model says must come of it. */
import { handler as banUser } from "#lambdas/users/ban-user";
import { handler as unbanUser } from "#lambdas/users/unban-user";
import type { Actor } from "#shared/domain/kernel/actor";
import { cancelled, removed } from "../actions/settlements/settling.ts";
import { BRAND_ID } from "../support/builders.ts";
import { accepted, declined, invited, paused, published, resumed, withdrawn } from "../support/launched.ts";
import { admin, creator } from "../support/stage.ts";
import { contentCommands } from "./work-content.ts";
import {
  type Command,
  CREATORS,
  command,
  type Drawn,
  mayAct,
  maySteer,
  projectOf,
  steering,
  whoIn,
} from "./work-history.ts";
import {
  answered,
  isLapsed,
  isOpen,
  isOver,
  isSpent,
  isUnsettled,
  judged,
  type Model,
  moved,
  plus,
  PRICE,
  settled,
  UNITS,
} from "./work-model.ts";

const publishing = command("publish", {
  may: (model, drawn) => {
    const { status, end, budget } = projectOf(model, drawn);
    return mayAct(model, BRAND_ID) && status === "draft" && end > model.now && model.spendable >= budget;
  },
  act: (stage, model, drawn) => published(stage, projectOf(model, drawn).id, steering(drawn)),
  then(model, drawn) {
    const project = projectOf(model, drawn);
    const hasStarted = project.start <= model.now;
    moved(project, hasStarted ? "launch" : "schedule", hasStarted ? "active" : "scheduled");
    model.spendable -= project.budget;
    project.unassigned = project.budget;
  },
});

const pausing = command("pause", {
  oneIn: 6,
  may: (model, drawn) => {
    const { status, end } = projectOf(model, drawn);
    return maySteer(model, drawn) && status === "active" && end > model.now;
  },
  act: (stage, model, drawn) => paused(stage, projectOf(model, drawn).id, steering(drawn)),
  then: (model, drawn) => moved(projectOf(model, drawn), "pause", "paused"),
});
const resuming = command("resume", {
  oneIn: 3,
  may: (model, drawn) => {
    const project = projectOf(model, drawn);
    return mayAct(model, BRAND_ID) && project.status === "paused" && project.end > model.now && !isSpent(project);
  },
  act: (stage, model, drawn) => resumed(stage, projectOf(model, drawn).id, steering(drawn)),
  then: (model, drawn) => moved(projectOf(model, drawn), "resume", "active"),
});
const cancelling = command("cancel", {
  oneIn: 12,
  may: (model, drawn) => {
    const project = projectOf(model, drawn);
    return mayAct(model, BRAND_ID) && project.status !== "draft" && !isOver(project, model.now);
  },
  act: (stage, model, drawn) => cancelled(stage, projectOf(model, drawn).id, steering(drawn)),
  then(model, drawn) {
    const project = projectOf(model, drawn);
    moved(project, "cancel", "cancelled");
    model.spendable += project.unassigned;
    project.unassigned = 0;
  },
});

const inviting = command("invite", {
  may: (model, drawn) => {
    const [project, creatorId] = [projectOf(model, drawn), whoIn(drawn)];
    const status = project.invitations.get(creatorId)?.status;
    const isFree =
      isLapsed(project, creatorId, model.now) ||
      status === undefined ||
      ["declined", "expired", "withdrawn"].includes(status);
    const isOwed = project.parts.get(creatorId)?.pieces.some(isUnsettled) ?? false;
    return mayAct(model, BRAND_ID) && mayAct(model, creatorId) && isOpen(project, model.now) && isFree && !isOwed;
  },
  act: (stage, model, drawn) =>
    invited(
      stage,
      projectOf(model, drawn).id,
      { creatorId: whoIn(drawn), ...(drawn.days < 6 && { expiresAt: plus(model.now, drawn.days) }) },
      steering(drawn),
    ),
  then(model, drawn, { expiresAt }) {
    const [project, creatorId] = [projectOf(model, drawn), whoIn(drawn)];
    if (isLapsed(project, creatorId, model.now)) answered(project, creatorId, "expire", "expired");
    if (project.invitations.has(creatorId)) answered(project, creatorId, "renew", "pending");
    project.invitations.set(creatorId, { status: "pending", expiresAt });
  },
});

/** Somebody answers while it stands, for themselves or an admin for them. */
const answering = (drawn: Drawn): Actor => (drawn.byAdmin ? admin() : creator(whoIn(drawn)));
const mayAnswer = (model: Model, drawn: Drawn): boolean => {
  const [project, creatorId] = [projectOf(model, drawn), whoIn(drawn)];
  const isStanding = project.invitations.get(creatorId)?.status === "pending";
  return (drawn.byAdmin || mayAct(model, creatorId)) && isStanding && !isLapsed(project, creatorId, model.now);
};
const accepting = command("accept", {
  may: (model, drawn) => {
    const [project, creatorId] = [projectOf(model, drawn), whoIn(drawn)];
    const isActive = mayAct(model, BRAND_ID) && mayAct(model, creatorId);
    return mayAnswer(model, drawn) && isActive && isOpen(project, model.now) && project.unassigned >= UNITS * PRICE;
  },
  act: (stage, model, drawn) => accepted(stage, projectOf(model, drawn).id, whoIn(drawn), answering(drawn)),
  then(model, drawn, { id }) {
    const [project, creatorId] = [projectOf(model, drawn), whoIn(drawn)];
    answered(project, creatorId, "accept", "accepted");
    const piece = () => ({ state: "open" as const, rounds: 0, dueAt: project.end });
    const pieces = Array.from({ length: UNITS }, piece);
    project.parts.set(creatorId, { id, project, creatorId, status: "active", pieces });
    project.unassigned -= UNITS * PRICE;
  },
});
const declining = command("decline", {
  oneIn: 3,
  may: mayAnswer,
  act: (stage, model, drawn) => declined(stage, projectOf(model, drawn).id, whoIn(drawn), answering(drawn)),
  then: (model, drawn) => answered(projectOf(model, drawn), whoIn(drawn), "decline", "declined"),
});
const withdrawing = command("withdraw", {
  oneIn: 3,
  may: (model, drawn) => {
    const [project, creatorId] = [projectOf(model, drawn), whoIn(drawn)];
    const status = project.invitations.get(creatorId)?.status;
    const isStanding = status === "pending" && !isLapsed(project, creatorId, model.now);
    return status === "withdrawn" || (maySteer(model, drawn) && isStanding);
  },
  act: (stage, model, drawn) =>
    withdrawn(stage, projectOf(model, drawn).id, { creatorId: whoIn(drawn), actor: steering(drawn) }),
  then(model, drawn) {
    const [project, creatorId] = [projectOf(model, drawn), whoIn(drawn)];
    if (project.invitations.get(creatorId)?.status === "pending") answered(project, creatorId, "withdraw", "withdrawn");
  },
});
const removing = command("remove", {
  oneIn: 4,
  may: (model, drawn) => {
    const part = projectOf(model, drawn).parts.get(whoIn(drawn));
    return part !== undefined && (part.status === "inactive" || maySteer(model, drawn));
  },
  act: (stage, model, drawn) =>
    removed(stage, projectOf(model, drawn).id, { creatorId: whoIn(drawn), actor: steering(drawn) }),
  then(model, drawn) {
    const [project, creatorId] = [projectOf(model, drawn), whoIn(drawn)];
    const part = project.parts.get(creatorId);
    if (part === undefined || part.status === "inactive") return;
    for (const piece of part.pieces.filter((one) => isUnsettled(one) && one.state !== "disputed")) {
      if (piece.latest) judged(piece.latest, "release", "released");
      settled(model, { part, piece }, "released", 0);
    }
    part.status = "inactive";
    if (project.invitations.get(creatorId)?.status === "accepted") answered(project, creatorId, "revoke", "withdrawn");
  },
});

const bannable = ({ who, byAdmin }: Drawn): string => (byAdmin ? (CREATORS[who] as string) : BRAND_ID);
const banning = command("ban", {
  oneIn: 6,
  may: () => true,
  act: (stage, _model, drawn) =>
    stage.run(banUser, { actor: admin(), path: { userId: bannable(drawn) }, body: { reason: "fraud" } }),
  then: (model, drawn) => void model.banned.add(bannable(drawn)),
});
const unbanning = command("unban", {
  oneIn: 2,
  may: () => true,
  act: (stage, _model, drawn) => stage.run(unbanUser, { actor: admin(), path: { userId: bannable(drawn) } }),
  then(model, drawn) {
    if (!model.banned.delete(bannable(drawn)) || bannable(drawn) !== BRAND_ID) return;
    for (const project of model.projects)
      if (project.pausedForBan && project.end > model.now && !isSpent(project))
        moved(project, "resumeAfterBan", "active");
  },
});

const often = (weight: number, ...commands: Command[]) =>
  commands.flatMap((one) => Array.from({ length: weight }, () => one));
const { submitting, reviewing, offering, agreeing, disputing, deciding, appealing } = contentCommands;
/** What leads somewhere is likelier than what ends things. */
export const peoplesCommands: readonly Command[] = [
  ...often(3, inviting, accepting, submitting, reviewing),
  ...often(2, publishing, disputing, deciding, appealing, offering, agreeing, resuming),
  ...[pausing, cancelling, declining, withdrawing, removing, banning, unbanning],
];

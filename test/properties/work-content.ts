/** What people do to content: hand it in, decide about it, move its dates, and quarrel. */
import { expect } from "@jest/globals";
import type { Actor } from "#shared/domain/kernel/actor";
import { appealed, decided, disputed } from "../actions/settlements/settling.ts";
import { extensionAgreed, extensionOffered, reviewed, submitted } from "../actions/submissions/delivered.ts";
import { brand, creator } from "../support/stage.ts";
import { type Command, command, type Drawn, maySteer, mayAct, projectOf, steering, whoIn } from "./work-history.ts";
import {
  argued,
  isAwaited,
  isOver,
  isRunning,
  judged,
  MAX_ROUNDS,
  type Model,
  plus,
  PRICE,
  type Quarrel,
  remindersOf,
  type Round,
  settled,
} from "./work-model.ts";

const roundOf = (model: Model, { at }: Drawn): Round | undefined => model.rounds.at(-1 - (at % 4));
const quarrelOf = (model: Model, { at }: Drawn): Quarrel | undefined => model.quarrels.at(-1 - (at % 3));

/** The first piece that content is still taken for. */
const openPiece = (model: Model, drawn: Drawn) => {
  const project = projectOf(model, drawn);
  const part = project.parts.get(whoIn(drawn));
  const takes = (rounds: number): boolean => isRunning(project, model.now) || rounds > 0;
  const piece = part?.pieces.find(({ state, rounds }) => state === "open" && takes(rounds));
  return part && piece && part.status === "active" ? { part, piece } : undefined;
};
const submitting = command("hand in", {
  oneIn: 2,
  may: (model, drawn) => mayAct(model, whoIn(drawn)) && openPiece(model, drawn) !== undefined,
  act: (stage, model, drawn) => {
    const { id: campaignId, deliverableId } = projectOf(model, drawn);
    return submitted(stage, { campaignId, deliverableId }, {}, creator(whoIn(drawn)));
  },
  then(model, drawn, { id, reviewDueAt, round }) {
    const open = openPiece(model, drawn);
    if (open === undefined) return;
    const { piece } = open;
    expect(round).toBe(piece.rounds + 1);
    const reminders = remindersOf(model.now, reviewDueAt);
    const made: Round = {
      ...open,
      ...{ id, number: round, submittedAt: model.now, status: "pending_review", reviewDueAt, reminders },
    };
    model.rounds.push(made);
    Object.assign(piece, { state: "submitted", rounds: round, latest: made, dueAt: reviewDueAt });
  },
});

const verdicts = {
  approved: ["approve", PRICE],
  rejected: ["reject", 0],
  changes_requested: ["requestChanges", 0],
} as const;
const reviewing = command("review", {
  may: (model, drawn) => {
    const round = roundOf(model, drawn);
    if (round === undefined || !maySteer(model, drawn)) return false;
    const isNoneLeft = round.number >= MAX_ROUNDS || round.part.status === "inactive";
    const isInVain = drawn.verdict === "changes_requested" && isNoneLeft;
    return round.status === "pending_review" && isAwaited(round) && !isInVain;
  },
  act: (stage, model, drawn) => {
    const round = roundOf(model, drawn);
    if (round === undefined) return undefined;
    const work = { campaignId: round.part.project.id, deliverableId: "" };
    return reviewed(stage, work, round.id, drawn.verdict, { actor: steering(drawn) });
  },
  then(model, drawn) {
    const round = roundOf(model, drawn) as Round;
    const [step, share] = verdicts[drawn.verdict];
    judged(round, step, drawn.verdict);
    if (drawn.verdict === "changes_requested") Object.assign(round.piece, { state: "open", dueAt: plus(model.now, 3) });
    else settled(model, round, drawn.verdict, share);
  },
});

const workOf = ({ part }: Round) => ({ campaignId: part.project.id, deliverableId: part.project.deliverableId });
const later = (at: string, hours: number): string => plus(at, hours / 24);
const offering = command("offer a later date", {
  oneIn: 2,
  may: (model, drawn) => {
    const round = roundOf(model, drawn);
    return (
      round !== undefined &&
      maySteer(model, drawn) &&
      isAwaited(round) &&
      later(round.piece.dueAt, drawn.days * 24) > model.now
    );
  },
  act: (stage, model, drawn) => {
    const round = roundOf(model, drawn);
    return round && extensionOffered(stage, workOf(round), round.id, { hours: drawn.days * 24 }, steering(drawn));
  },
  then(model, drawn) {
    const round = roundOf(model, drawn) as Round;
    const of = round.piece.state === "submitted" ? "review" : "resubmission";
    round.offer = { of, dueAt: later(round.piece.dueAt, drawn.days * 24) };
  },
});
const agreeing = command("agree to it", {
  may: (model, drawn) => {
    const round = roundOf(model, drawn);
    if (round?.offer === undefined || !isAwaited(round) || !mayAct(model, round.part.creatorId)) return false;
    const of = round.piece.state === "submitted" ? "review" : "resubmission";
    return round.offer.of === of && round.offer.dueAt > round.piece.dueAt && round.offer.dueAt > model.now;
  },
  act: (stage, model, drawn) => {
    const round = roundOf(model, drawn);
    return round && extensionAgreed(stage, workOf(round), round.id, creator(round.part.creatorId));
  },
  then(model, drawn) {
    const round = roundOf(model, drawn) as Round;
    const { of, dueAt } = round.offer as NonNullable<Round["offer"]>;
    delete round.offer;
    round.piece.dueAt = dueAt;
    if (of === "resubmission") return;
    round.reviewDueAt = dueAt;
    round.reminders = remindersOf(round.submittedAt, dueAt).filter(({ at }) => at > model.now);
  },
});

/** A side of the campaign: its brand, or whoever made the content. */
const sideOf = (round: Round, { byAdmin }: Drawn): Actor => (byAdmin ? brand() : creator(round.part.creatorId));
const disputing = command("dispute", {
  may: (model, drawn) => {
    const round = roundOf(model, drawn);
    if (round === undefined || !mayAct(model, sideOf(round, drawn).userId)) return false;
    return ["pending_review", "changes_requested"].includes(round.status) && isAwaited(round) && !round.isResumed;
  },
  act: (stage, model, drawn) => {
    const round = roundOf(model, drawn);
    return round && disputed(stage, workOf(round), round.id, sideOf(round, drawn));
  },
  then(model, drawn, { id, dueAt }) {
    const round = roundOf(model, drawn) as Round;
    const leftMs = Date.parse(round.piece.dueAt) - Date.parse(model.now);
    const opened = { openedFrom: round.status, openedBy: sideOf(round, drawn).userId, leftMs };
    judged(round, "dispute", "disputed");
    Object.assign(round.piece, { state: "disputed", dueAt });
    const none = { decidedAt: "", appealDueAt: "", share: 0, restWentHome: false };
    model.quarrels.push({ id, round, ...opened, status: "open", ...none });
  },
});

/** What another split leaves where the first one's rest went, and where this one's goes. */
function afterAppeal(model: Model, { round, share: first, restWentHome }: Quarrel, share: number) {
  const { project } = round.part;
  const hasEnded = project.status === "completed" || project.status === "cancelled";
  const rest = { budget: 0, home: 0 };
  rest[restWentHome || hasEnded ? "home" : "budget"] -= PRICE - first;
  rest[isOver(project, model.now) ? "home" : "budget"] += PRICE - share;
  return { unassigned: project.unassigned + rest.budget, spendable: model.spendable + rest.home };
}
const shareOf = ({ share }: Drawn): number => (share === 0 ? 0 : share === 1 ? PRICE : 2_000);
const deciding = command("decide a dispute", {
  oneIn: 2,
  may: (model, drawn) => {
    const quarrel = quarrelOf(model, drawn);
    if (quarrel?.status === "open") return true;
    if (quarrel?.status !== "appealed" || quarrel.appealDueAt <= model.now) return false;
    const { unassigned, spendable } = afterAppeal(model, quarrel, shareOf(drawn));
    return unassigned >= 0 && spendable >= 0;
  },
  act: (stage, model, drawn) => {
    const quarrel = quarrelOf(model, drawn);
    const path = quarrel && { ...workOf(quarrel.round), submissionId: quarrel.round.id, id: quarrel.id };
    return path && decided(stage, path, shareOf(drawn));
  },
  then(model, drawn) {
    const quarrel = quarrelOf(model, drawn) as Quarrel;
    const { round, share: before } = quarrel;
    const { project, creatorId } = round.part;
    const share = shareOf(drawn);
    const to = share > 0 ? "approved" : "rejected";
    if (quarrel.status === "open") {
      argued(quarrel, "decide", "decided");
      quarrel.restWentHome = isOver(project, model.now);
      judged(round, share > 0 ? "award" : "deny", to);
      settled(model, round, to, share);
    } else {
      argued(quarrel, "decideAppeal", "closed");
      Object.assign(model, { spendable: afterAppeal(model, quarrel, share).spendable });
      project.unassigned = afterAppeal({ ...model, spendable: 0 }, quarrel, share).unassigned;
      project.spent += share - before;
      model.pending.set(creatorId, (model.pending.get(creatorId) ?? 0) + share - before);
      if (round.status !== to) judged(round, share > 0 ? "reinstate" : "overturn", to);
      // Who left and joined again has other pieces by now; those of the earlier part are history.
      round.piece.state = to;
    }
    Object.assign(quarrel, { share, decidedAt: model.now });
  },
});
const appealing = command("appeal", {
  may: (model, drawn) => {
    const quarrel = quarrelOf(model, drawn);
    if (quarrel?.status !== "decided" || plus(quarrel.decidedAt, 7) <= model.now) return false;
    return mayAct(model, sideOf(quarrel.round, drawn).userId);
  },
  act: (stage, model, drawn) => {
    const quarrel = quarrelOf(model, drawn);
    if (quarrel === undefined) return undefined;
    const path = { ...workOf(quarrel.round), submissionId: quarrel.round.id, id: quarrel.id };
    return appealed(stage, path, sideOf(quarrel.round, drawn));
  },
  then(model, drawn) {
    const quarrel = quarrelOf(model, drawn) as Quarrel;
    argued(quarrel, "appeal", "appealed");
    quarrel.appealDueAt = plus(model.now, 30);
  },
});

export const contentCommands = {
  submitting,
  reviewing,
  offering,
  agreeing,
  disputing,
  deciding,
  appealing,
} as const satisfies Readonly<Record<string, Command>>;

/** How a history of campaign work runs: each command against the model, then everybody is told, and both must agree. */
import { expect } from "@jest/globals";
import fc from "fast-check";
import { handler as followBrandBan } from "#lambdas/campaigns/follow-brand-ban";
import { handler as releaseUntouchedUnits } from "#lambdas/campaigns/release-untouched-units";
import { handler as releaseRemovedSubmissions } from "#lambdas/settlements/release-removed-submissions";
import type { EventType } from "#shared/domain/events/events";
import { parseEvent } from "#shared/domain/events/outbox";
import { type Actor, systemActor } from "#shared/domain/kernel/actor";
import { Refusal } from "#shared/domain/kernel/refusal";
import type { ReviewDecision } from "#shared/domain/submissions/submission";
import { untilDecided } from "#shared/runtime/until-decided";
import { BRAND_ID, CREATOR_ID } from "../support/builders.ts";
import { OTHER_CREATOR_ID } from "../support/launched.ts";
import { admin, brand, type TestStage } from "../support/stage.ts";
import { consequences, isUnsettled, type Model, type Piece, PRICE, type Project, type Quarrel } from "./work-model.ts";

export const CREATORS = [CREATOR_ID, OTHER_CREATOR_ID];

export interface Real {
  readonly stage: TestStage;
  /** Events that everybody was told of. */
  told: number;
}
/** What chance says of a command; each takes of it what it needs. */
export interface Drawn {
  /** It is time's turn, and not people's. */
  readonly isTime: boolean;
  /** Which one, by its place in the list. */
  readonly command: number;
  readonly at: number;
  readonly who: number;
  readonly byAdmin: boolean;
  readonly days: number;
  readonly verdict: ReviewDecision;
  readonly share: number;
  /** Tries it also when nothing will come of it. */
  readonly isBold: boolean;
  /** Everybody is told twice of what came of it. */
  readonly isToldTwice: boolean;
}
const PLACES = 12;
export const anyDraw: fc.Arbitrary<Drawn> = fc.record({
  isTime: fc.nat({ max: 4 }).map((one) => one < 2),
  command: fc.nat({ max: 999 }),
  at: fc.nat({ max: PLACES - 1 }),
  who: fc.nat({ max: 1 }),
  byAdmin: fc.boolean(),
  days: fc.integer({ min: 1, max: 9 }),
  verdict: fc.constantFrom("approved", "rejected", "changes_requested", "changes_requested"),
  share: fc.nat({ max: 2 }),
  isBold: fc.nat({ max: 5 }).map((one) => one === 0),
  isToldTwice: fc.boolean(),
});

export const pick = <T>(all: readonly T[], at: number): T | undefined => all[at % Math.max(all.length, 1)];

export const projectOf = (model: Model, { at }: Drawn): Project => pick(model.projects, at) as Project;
export const whoIn = ({ who }: Drawn): string => CREATORS[who] as string;

/** The brand, or an admin in its place. */
export const steering = ({ byAdmin }: Drawn): Actor => (byAdmin ? admin() : brand());
/** Whoever is banned does nothing. */
export const maySteer = (model: Model, { byAdmin }: Drawn): boolean => byAdmin || !model.banned.has(BRAND_ID);
export const mayAct = (model: Model, userId: string): boolean => !model.banned.has(userId);

export const counts = { commands: 0, refused: new Map<string, number>() };

interface Said<R> {
  /** It ends or holds up so much that histories would come to nothing if it were done whenever it can be. */
  readonly oneIn?: number;
  /** Whether it is done, says the model. */
  may(model: Model, drawn: Drawn): boolean;
  /** Does it; undefined when there is nothing to do it to. */
  act(stage: TestStage, model: Model, drawn: Drawn): Promise<R> | undefined;
  /** What comes of it in the model. */
  then(model: Model, drawn: Drawn, reply: R): void;
}
export interface Command {
  readonly name: string;
  /** What of it can be done, as near to what was drawn as there is; undefined when nothing can. */
  near(model: Model, drawn: Drawn): Drawn | undefined;
  /** @returns whether it was done, which is what the model says */
  take(model: Model, real: Real, drawn: Drawn): Promise<boolean>;
}

export const command = <R>(name: string, { oneIn = 1, may, act, then }: Said<R>): Command => ({
  name,
  near: (model, asDrawn) =>
    asDrawn.at % oneIn !== 0 ? undefined : [...around(asDrawn)].find((one) => may(model, one)),
  async take(model, { stage }, drawn) {
    const isExpected = may(model, drawn);
    const done = await act(stage, model, drawn)?.then((reply) => ({ reply }), refused);
    expect([name, done !== undefined]).toEqual([name, isExpected]);
    if (done) then(model, drawn, done.reply);
    return isExpected;
  },
});

/** What is near to what was drawn: whatever can be done to somebody is done to somebody. */
function* around(one: Drawn): Generator<Drawn> {
  for (let at = one.at; at < one.at + PLACES; at += 1)
    for (const who of [one.who, 1 - one.who])
      for (const byAdmin of [one.byAdmin, !one.byAdmin]) yield { ...one, at: at % PLACES, who, byAdmin };
}

interface Found {
  readonly one: Command;
  readonly near: Drawn;
}
/** The command at this place of the list, or the next of which something can be done. */
function found(commands: readonly Command[], drawn: Drawn, model: Model): Found {
  const inTurn = commands.map((_, at) => commands[(drawn.command + at) % commands.length] as Command);
  for (const one of drawn.isBold ? [] : inTurn) {
    const near = one.near(model, drawn);
    if (near) return { one, near };
  }
  return { one: inTurn[0] as Command, near: drawn };
}

/** One step of a history. @returns what was done */
export async function step(commands: readonly Command[], drawn: Drawn, model: Model, real: Real): Promise<string> {
  const { one, near } = found(commands, drawn, model);
  counts.commands += 1;
  const isDone = await one.take(model, real, near);
  await everybodyTold(real, near.isToldTwice ? 2 : 1);
  consequences(model, BRAND_ID);
  expect(await stored(model, real.stage)).toEqual(modelled(model));
  return `${model.now} ${one.name}${isDone ? "" : ", in vain"} ${JSON.stringify(near)}`;
}

function refused(error: unknown): undefined {
  if (!(error instanceof Refusal)) throw error;
  const { code } = error.refusal;
  counts.refused.set(code, (counts.refused.get(code) ?? 0) + 1);
}

const consumers = [followBrandBan, releaseUntouchedUnits, releaseRemovedSubmissions] as const;

/** Delivers what has happened, and what comes of it, until nothing new does. */
async function everybodyTold(real: Real, times: number): Promise<void> {
  const { stage } = real;
  for (let events = stage.stored("outboxEvent"); real.told < events.length; events = stage.stored("outboxEvent")) {
    const fresh = events.slice(real.told).map((item) => parseEvent(item));
    real.told = events.length;
    for (const event of fresh.flatMap((one) => Array.from({ length: times }, () => one)))
      for (const { contract, run } of consumers) {
        if (!contract.events.some((type: EventType) => type === event.type)) continue;
        const occasion = { actor: systemActor("consumer"), now: stage.clock.now, requestId: "r", newId: stage.newId };
        const ports = stage.granted<never>(contract.uses as never, occasion);
        await untilDecided(() => run(occasion, event as never, ports as never));
      }
  }
}

const dateOf = (piece: Piece) => (isUnsettled(piece) ? piece.dueAt : undefined);

/** Every status, date and figure, as the model has them. */
const modelled = ({ projects, rounds, quarrels, spendable, pending }: Model) => ({
  projects: projects.map(({ id, status, unassigned, spent, parts, invitations }) => {
    const secured = [...parts.values()].flatMap(({ pieces }) => pieces).filter(isUnsettled).length * PRICE;
    const invited = CREATORS.map((creatorId) => invitations.get(creatorId)?.status);
    const taking = CREATORS.map((creatorId) => parts.get(creatorId));
    return {
      ...{ id, status, budget: [status, unassigned, secured, spent], invited },
      parts: taking.map((part) => part && [part.id, part.status]),
      pieces: taking.map((part) => part?.pieces.map((one) => [one.state, one.rounds, dateOf(one)])),
    };
  }),
  rounds: rounds.map(({ id, status }) => [id, status]),
  quarrels: quarrels.map(({ id, status }) => [id, status]),
  figures: [spendable, ...CREATORS.map((creatorId) => pending.get(creatorId) ?? 0)],
});

/** The same, as it is stored. */
async function stored({ projects, rounds, quarrels }: Model, { ports, walletOf }: TestStage) {
  const held = async ({ id }: Project) => {
    const campaign = await ports.campaigns.get(id);
    const budget = await ports.campaigns.budget(id);
    const taking = await Promise.all(CREATORS.map((creatorId) => ports.participants.get(id, creatorId)));
    const invited = await Promise.all(CREATORS.map((creatorId) => ports.invitations.get(id, creatorId)));
    return {
      ...{ id, status: campaign?.status, invited: invited.map((one) => one?.status) },
      budget: [budget?.status, budget?.unassigned, budget?.secured, budget?.spent],
      parts: taking.map((part) => part && [part.id, part.status]),
      pieces: taking.map((part) => part?.units.map(({ state, rounds, dueAt }) => [state, rounds, dueAt])),
    };
  };
  const quarrelled = ({ round }: Quarrel) => ports.disputes.get(round.part.project.id, round.id);
  const written = await Promise.all(rounds.map(({ id, part }) => ports.submissions.get(part.project.id, id)));
  const argued = await Promise.all(quarrels.map(quarrelled));
  const creators = await Promise.all(CREATORS.map(walletOf));
  return {
    projects: await Promise.all(projects.map(held)),
    rounds: written.map((one) => [one?.id, one?.status]),
    quarrels: argued.map((one) => [one?.id, one?.status]),
    figures: [(await walletOf(BRAND_ID)).spendable, ...creators.map((one) => one.pending)],
  };
}

/** A model of the ledger that fits into one's head, and how the real one is held to it. */
import { expect } from "@jest/globals";
import type fc from "fast-check";
import { systemActor } from "#shared/domain/kernel/actor";
import { Refusal } from "#shared/domain/kernel/refusal";
import { brokenInvariants, interrupted, OTHER_BRAND_ID, OTHER_CREATOR_ID } from "../support/launched.ts";
import { BRAND_ID, CREATOR_ID } from "../support/builders.ts";
import type { TestStage } from "../support/stage.ts";

export const brands = [BRAND_ID, OTHER_BRAND_ID];
export const creators = [CREATOR_ID, OTHER_CREATOR_ID];

export interface Work {
  readonly price: number;
  open: number;
  /** Handed in before, and open again. */
  reopened: number;
  waiting: string[];
}
export interface Project {
  readonly id: string;
  readonly brandId: string;
  readonly deliverableId: string;
  readonly price: number;
  readonly quantity: number;
  readonly hold: boolean;
  unassigned: number;
  readonly work: Map<string, Work>;
}
/** Plain integers: what everybody has. */
export interface Model {
  readonly available: Map<string, number>;
  readonly pending: Map<string, number>;
  readonly payable: Map<string, number>;
  readonly projects: Project[];
  readonly deposits: { readonly userId: string; readonly id: string; readonly intent: string }[];
  ended: boolean;
}
export interface Real {
  readonly stage: TestStage;
}
export type Command = fc.AsyncCommand<Model, Real>;
export const add = (sums: Map<string, number>, who: string, amount: number) =>
  void sums.set(who, (sums.get(who) ?? 0) + amount);

export const counts = { commands: 0, cut: 0, refused: new Map<string, number>() };
export class Died extends Error {}
/** The only ways to fail: refused, or dead by our own hand. */
export function expected(error: unknown): void {
  if (error instanceof Died) return void (counts.cut += 1);
  if (!(error instanceof Refusal)) throw error;
  const { code } = error.refusal;
  counts.refused.set(code, (counts.refused.get(code) ?? 0) + 1);
}

/** Before the write; after it, so that the reply is lost; or done by another at the same moment. */
export const cuts = ["none", "before", "after", "twice"] as const;
export type Cut = (typeof cuts)[number];
export type Action<C> = Parameters<typeof interrupted<C, never, unknown>>[0];

/** Does it, cut short as told, and then tries it again as a client would; whether it ever happened. */
export async function attempt<C>({ stage }: Real, action: unknown, call: unknown, cut: Cut): Promise<boolean> {
  const run = stage.run as (action: unknown, call: unknown) => Promise<unknown>;
  let happened = false;
  const really = async () => {
    await run(action, call);
    happened = true;
  };
  const meanwhile: Record<Cut, () => Promise<void>> = {
    none: () => Promise.resolve(),
    before: () => Promise.reject(new Died()),
    after: () => really().then(() => Promise.reject(new Died())),
    twice: really,
  };
  const first = run(interrupted(action as Action<C>, meanwhile[cut]), call);
  await first.then(() => void (happened = true), expected);
  await really().catch(expected);
  return happened;
}

export abstract class Step implements Command {
  check(_model: Readonly<Model>): boolean {
    return true;
  }
  abstract act(model: Model, real: Real): Promise<void>;
  abstract toString(): string;
  async run(model: Model, real: Real): Promise<void> {
    counts.commands += 1;
    await this.act(model, real);
    await expectAsModelled(model, real);
  }
}

export const named = (
  name: string,
  check: (model: Readonly<Model>) => boolean,
  act: (model: Model, real: Real) => Promise<void>,
): Command =>
  new (class extends Step {
    override check = check;
    act = act;
    toString = () => name;
  })();

export async function expectAsModelled(model: Model, { stage }: Real): Promise<void> {
  const ids = [...brands, ...creators];
  const wallets = await Promise.all(ids.map((id) => stage.walletOf(id)));
  const securedOf = ({ work }: Project) =>
    [...work.values()].reduce(
      (sum, { price, open, reopened, waiting }) => sum + price * (open + reopened + waiting.length),
      0,
    );
  expect(wallets.map((one) => [one.spendable, one.reserved, one.pending, one.payable, one.inFlight])).toEqual(
    ids.map((id) => [
      model.available.get(id) ?? 0,
      model.projects
        .filter(({ brandId }) => brandId === id)
        .reduce((sum, one) => sum + one.unassigned + securedOf(one), 0),
      model.pending.get(id) ?? 0,
      model.payable.get(id) ?? 0,
      0,
    ]),
  );
  const budgets = await Promise.all(model.projects.map(({ id }) => stage.ports.campaigns.budget(id)));
  expect(budgets.map((one) => [one?.unassigned, one?.secured])).toEqual(
    model.projects.map((one) => [one.unassigned, securedOf(one)]),
  );
  expect(await brokenInvariants(stage)).toEqual([]);
}

/** What Stripe tells of a payment. */
export const webhookOf = (stage: TestStage, intent: string) => {
  const { rawBody, signature } = stage.payments.webhook(intent);
  return { actor: systemActor("webhook"), rawBody, headers: { "stripe-signature": signature } };
};

/**
 * Invocations of Lambdas, each of which may die between any two of its calls. Whoever dies does nothing any more: a call that
 * it has begun never comes back to it, and no `finally` of its runs.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { createHash } from "node:crypto";
import { type IdKind, idPrefixes } from "#shared/domain/kernel/ids";
import { ulidOf } from "#shared/domain/kernel/ulid";
import { type Chance, chanceOf } from "./chance.ts";

/** Where an invocation dies: at its n-th call, before that has an effect, or after it. */
export interface Death {
  readonly call: number;
  readonly when: "before" | "after";
}

interface Invocation {
  readonly name: string;
  readonly chance: Chance;
  readonly death: Death | undefined;
  readonly died: () => void;
  readonly called: string[];
  isDead: boolean;
  ids: number;
}

const current = new AsyncLocalStorage<Invocation>();
const never = <R>(): Promise<R> => new Promise<R>(() => undefined);

export type Ended<R> = { readonly died: false; readonly reply: R } | { readonly died: true };

/** Runs a handler as an invocation of its own. @returns what became of it, and the names of its calls */
export async function invoked<R>(
  { name, seed, death }: { readonly name: string; readonly seed: number; readonly death?: Death | undefined },
  act: () => Promise<R>,
): Promise<Ended<R> & { readonly called: readonly string[] }> {
  const { promise: dies, resolve } = Promise.withResolvers<Ended<R>>();
  const chance = chanceOf(seed, "within", name);
  const called: string[] = [];
  const died = (): void => resolve({ died: true });
  const invocation: Invocation = { name, chance, death, died, called, isDead: false, ids: 0 };
  const reply = current.run(invocation, act).then((reply): Ended<R> => ({ died: false, reply }));
  const ended = await Promise.race([reply, dies]);
  // Whoever has answered is frozen.
  invocation.isDead = true;
  return { ...ended, called };
}

/** One call that leaves the process. */
export async function calling<R>(name: string, effect: () => Promise<R>): Promise<R> {
  const mine = current.getStore();
  if (mine === undefined) return effect();
  if (mine.isDead) return never();
  const place = mine.called.push(name);
  const dies = mine.death?.call === place ? mine.death.when : undefined;
  const die = (): Promise<R> => {
    mine.isDead = true;
    mine.died();
    return never();
  };
  if (dies === "before") return die();
  // What it asked for has its effect, whether or not somebody is left to hear of it.
  const outcome = await effect().then(
    (value) => () => value,
    (error: unknown) => () => {
      throw error;
    },
  );
  if (mine.isDead) return never();
  return dies === "after" ? die() : outcome();
}

/** A port, each of whose methods is a call. */
export const callingPort = <P extends object>(noun: string, port: P): P =>
  new Proxy(port, {
    get(target, method) {
      const member: unknown = Reflect.get(target, method);
      if (typeof member !== "function" || typeof method !== "string") return member;
      return (...given: unknown[]) =>
        calling(`${noun}.${method}`, async () => (await Reflect.apply(member, target, given)) as unknown);
    },
  });

/** Chance of the invocation at work; outside of all, that of `others`. */
export const chanceWithin = (others: () => number): number => (current.getStore()?.chance ?? { next: others }).next();
/** Who is at work, and at which of its calls. */
export const currentPlace = (): string => {
  const mine = current.getStore();
  return mine === undefined ? "nobody" : `${mine.name} ${mine.called.length}`;
};

/** An id that follows from who makes it and when, and from nothing else. */
export function newIdAt(kind: IdKind, atMs: number): string {
  const maker = current.getStore();
  if (maker === undefined) throw new Error(`nobody is at work who could make an id of ${kind}`);
  const seed = `${maker.name} ${(maker.ids += 1)}`;
  return `${idPrefixes[kind]}_${ulidOf(atMs, createHash("sha256").update(seed).digest())}`;
}

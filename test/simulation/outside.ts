/** What is outside and not to be relied on: calls that end late, badly, or as it is not known. */
import { Unavailable } from "#shared/ports/outside";
import { type Chance, chanceOf } from "./chance.ts";
import { currentPlace } from "./invocations.ts";
import type { Running } from "./running.ts";

/** How a call ends that does not end well. The adapters ask again where they may: what is left of it here is what they tell. */
const endings = [
  /** 429, or a connection that was reset before anything was read: asked again, and answered. */
  "later",
  /** A connection that was reset after it took effect: asked again under the same key. */
  "twice",
  "timeout before",
  "timeout after",
  "500 before",
  "500 after",
] as const;
type Ending = (typeof endings)[number];

const TIMEOUT_MS = 8_000;

interface Trust {
  /** Methods that ask nobody. */
  readonly local?: readonly string[];
  /** Asked again, it does the same again: then it is never asked again by itself. */
  readonly isRepeatable: boolean;
}

/** A port to something outside, as Lambdas see it. */
export function unreliable<P extends object>(running: Running, noun: string, port: P, trust: Trust): P {
  const ends: Record<Ending, (effect: () => Promise<unknown>, chance: Chance) => Promise<unknown>> = {
    later: async (effect, chance) => {
      await running.takes(chance.between(500, 2_000));
      return effect();
    },
    twice: async (effect, chance) => {
      await effect();
      await running.takes(chance.between(500, 2_000));
      return effect();
    },
    "timeout before": () => gone(running, TIMEOUT_MS),
    "timeout after": (effect) => effect().then(() => gone(running, TIMEOUT_MS)),
    "500 before": () => gone(running, 200),
    "500 after": (effect) => effect().then(() => gone(running, 200)),
  };
  const possible = endings.filter((ending) => trust.isRepeatable || ending !== "twice");
  return new Proxy(port, {
    get(target, method) {
      const member: unknown = Reflect.get(target, method);
      if (typeof member !== "function" || typeof method !== "string" || trust.local?.includes(method)) return member;
      return async (...given: unknown[]) => {
        const name = `${currentPlace()} ${noun}.${method}`;
        const chance = chanceOf(running.seed, "outside", name);
        const effect = async (): Promise<unknown> => {
          await running.takes(chance.between(20, 300));
          return Reflect.apply(member, target, given) as unknown;
        };
        if (!running.faults.strikes("outside", name)) return effect();
        const ending = chance.oneOf(possible) ?? "later";
        running.count(`outside: ${ending}`);
        return ends[ending](effect, chance);
      };
    },
  });
}

async function gone(running: Running, afterMs: number): Promise<never> {
  await running.takes(afterMs);
  throw new Unavailable("something outside");
}

/** What goes wrong with requests, as told or by chance. */
import * as z from "zod";
import { SocialPlatform } from "#shared/domain/social/platform";
import { Draws } from "#infra/local/stripe/random";
import { operations } from "./network.ts";

/** Those that end in `_after` take effect first: whoever asked is not told. */
export const kinds = [
  "timeout",
  "timeout_after",
  "reset",
  "reset_after",
  "error_500",
  "error_500_after",
  "busy",
  /** A no with a status of 200. */
  "refused_200",
  "html",
  "half_body",
  "huge_body",
  "redirect",
  "wrong_types",
  /** The answer about somebody else. */
  "stranger",
] as const;
export type Kind = (typeof kinds)[number];

export const faultShape = z.strictObject({
  platform: SocialPlatform.or(z.literal("*")).default("*"),
  operation: z.enum([...operations, "*"]).default("*"),
  kind: z.enum(kinds),
  times: z.int().min(1).default(1),
  retryAfterSeconds: z.int().min(0).optional(),
});
export type Fault = z.output<typeof faultShape>;

export const randomShape = z.strictObject({
  seed: z.int(),
  probabilities: z.partialRecord(z.enum(kinds), z.number().min(0).max(1)),
});

export class Faults {
  #waiting: Fault[] = [];
  #random: { readonly rates: z.output<typeof randomShape>["probabilities"]; readonly draws: Draws } | undefined;

  add(fault: Fault): void {
    this.#waiting.push({ ...fault });
  }

  /** Equal seeds hit the same nth request of each operation. */
  randomize({ seed, probabilities }: z.output<typeof randomShape>): void {
    this.#random = { rates: probabilities, draws: new Draws(seed) };
  }

  clear(): void {
    this.#waiting = [];
    this.#random = undefined;
  }

  /** What hits a request, used up by it. */
  take(platform: string, operation: string): Pick<Fault, "kind" | "retryAfterSeconds"> | undefined {
    const isMeant = (fault: Fault): boolean =>
      [platform, "*"].includes(fault.platform) && [operation, "*"].includes(fault.operation);
    const fault = this.#waiting.find(isMeant);
    if (!fault) return this.#byChance(`${platform} ${operation}`);
    fault.times -= 1;
    this.#waiting = this.#waiting.filter(({ times }) => times > 0);
    return fault;
  }

  #byChance(name: string): Pick<Fault, "kind" | "retryAfterSeconds"> | undefined {
    if (!this.#random) return undefined;
    let left = this.#random.draws.next(name);
    for (const kind of kinds) {
      left -= this.#random.rates[kind] ?? 0;
      if (left < 0) return { kind };
    }
    return undefined;
  }
}

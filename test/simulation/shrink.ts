/** A history that fails, made as short as it still fails: without kinds of faults, then without steps, then without single faults. */
import { type Outcome, type Plan, simulate } from "./simulate.ts";

/** What is wrong, without the names of what it is wrong with. */
export const sentenceOf = (finding: string): string => finding.split(":")[0] ?? finding;

export interface Shrunk {
  readonly plan: Plan;
  readonly outcome: Outcome;
  /** Histories that were tried. */
  readonly tries: number;
}

const TRIES = 90;

export async function shrunk(plan: Plan, failed: Outcome, limit = TRIES): Promise<Shrunk> {
  const wanted = new Set(failed.findings.map(sentenceOf));
  let best = { plan, outcome: failed };
  let tries = 0;
  /** Whether it still fails in one of the ways; then it is the best there is. */
  const fails = async (next: Plan): Promise<boolean> => {
    if (tries >= limit) return false;
    tries += 1;
    const outcome = await simulate(next);
    const same = outcome.findings.some((finding) => wanted.has(sentenceOf(finding)));
    if (same) best = { plan: next, outcome };
    return same;
  };
  const withoutMore = (more: readonly string[]): Plan => ({
    ...best.plan,
    without: new Set([...(best.plan.without ?? []), ...more]),
  });

  const kinds = [...new Set(failed.struck.map((one) => one.split(" ")[0] ?? ""))];
  if (!(await fails(withoutMore([...kinds, "tableLost", "tableThrottled"]))))
    for (const kind of [...kinds, "tableLost", "tableThrottled"]) await fails(withoutMore([kind]));
  await smaller(best.outcome.steps, (keep) => fails({ ...best.plan, keep: new Set(keep) }));
  const remaining = best.outcome.struck;
  await smaller(remaining, (kept) => fails(withoutMore(remaining.filter((one) => !kept.includes(one)))));
  return { ...best, tries };
}

/** Leaves out parts, ever smaller ones, as long as the rest still fails. Source: Zeller and Hildebrandt, "Delta debugging". */
async function smaller<T>(all: readonly T[], fails: (kept: readonly T[]) => Promise<boolean>): Promise<void> {
  let kept = all;
  for (
    let size = Math.ceil(kept.length / 2);
    size >= 1 && kept.length > 0;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  ) {
    for (let at = 0; at < kept.length;) {
      const rest = [...kept.slice(0, at), ...kept.slice(at + size)];
      if (await fails(rest)) kept = rest;
      else at += size;
    }
  }
}

/** A failure as somebody reads it who must find out why, with the command that shows it again. */
export function scriptOf({ plan, outcome }: Pick<Shrunk, "plan" | "outcome">): string {
  const { seed, keep, without = new Set() } = plan;
  const options = [
    `--seed ${seed}`,
    ...(keep ? [`--keep ${[...keep].join(",")}`] : []),
    ...(without.size > 0 ? [`--without "${[...without].join(",")}"`] : []),
  ];
  return [
    `seed ${seed} fails:`,
    ...outcome.findings.map((finding) => `  - ${finding}`),
    "people:",
    ...outcome.script.map((line) => `  ${line}`),
    `faults (${outcome.struck.length}):`,
    ...outcome.struck.map((one) => `  ${one}`),
    `again: npm run test:storm -- ${options.join(" ")}`,
  ].join("\n");
}

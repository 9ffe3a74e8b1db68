/**
 * Crashes, one by one: each area's stories are told again and again, and each time one invocation dies at one of its calls,
 * before or after that has its effect. People ask again, deliveries come again, jobs have their next turn; then everything
 * must be as if nothing had died.
 */
import type { Story } from "./area.ts";
import { chanceOf } from "./chance.ts";
import { everyArea } from "./index.ts";
import type { Death } from "./invocations.ts";
import { judge, peopled, quiet } from "./simulate.ts";
import { worldOf } from "./world.ts";

/** An invocation that dies, and where. */
export interface Point {
  readonly story: Story;
  readonly invocation: string;
  readonly call: string;
  readonly death: Death;
}

const HOUR_MS = 3_600_000;
/** Until the sweepers have come, twice. */
const QUIET_HOURS = 16;

export async function told(story: Story, deaths: ReadonlyMap<string, Death> = new Map()) {
  const areas = await everyArea();
  const world = await worldOf({ seed: 1, areas, faults: 0, deaths, pace: { leastMs: 2 * HOUR_MS } });
  await peopled(world);
  const before = new Set(world.called.keys());
  await story.tell(world);
  const during = [...world.called].filter(([name]) => !before.has(name));
  await quiet(world, QUIET_HOURS);
  await judge(world, areas);
  return { findings: world.findings, called: during, crashes: world.counts["crashes"] ?? 0 };
}

/** Every point at which something can die while a story is told; of jobs and streams, runs that ask the same are one. */
export async function pointsOf(story: Story): Promise<readonly Point[]> {
  const { findings, called } = await told(story);
  if (findings.length > 0) throw new Error(`“${story.name}” fails when nothing dies: ${findings.join("; ")}`);
  const seen = new Set<string>();
  return called.flatMap(([invocation, calls]) => {
    const signature = `${invocation.split(" ")[0]} ${calls.join(" ")}`;
    const isPerson = invocation.includes(".");
    if (seen.has(signature) && !isPerson) return [];
    seen.add(signature);
    return calls.flatMap((call, at) =>
      (["before", "after"] as const).map((when): Point => ({ story, invocation, call, death: { call: at + 1, when } })),
    );
  });
}

/** Of stories with these words in their name; of all of them, unless given. */
export const everyPoint = async (words = ""): Promise<readonly Point[]> => {
  const stories = (await everyArea()).flatMap((area) => area.stories ?? []).filter(({ name }) => name.includes(words));
  const points: Point[] = [];
  for (const story of stories) points.push(...(await pointsOf(story)));
  return points;
};

/** Two or three of a story's points. */
export function severalOf(points: readonly Point[], seed: number): readonly Point[] {
  const chance = chanceOf(seed, "kills");
  const first = chance.oneOf(points);
  const own = points.filter(({ story }) => story === first?.story);
  const more = Array.from({ length: 1 + chance.below(2) }, () => chance.oneOf(own));
  return [first, ...more].filter((one) => one !== undefined);
}

/** What is wrong after these have died; nothing is, when all is well. */
export async function afterDeathsAt(points: readonly Point[]): Promise<readonly string[]> {
  const [first] = points;
  if (first === undefined) return [];
  const deaths = new Map(points.map(({ invocation, death }) => [invocation, death]));
  const { findings } = await told(first.story, deaths);
  const where = points.map(
    ({ invocation, call, death }) => `${invocation} dies ${death.when} call ${death.call} (${call})`,
  );
  return findings.map((finding) => `${where.join(", ")}: ${finding}`);
}

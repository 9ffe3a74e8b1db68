/** `npm run test:storm`: the simulator for as long as one likes, and the large sizes of what CI does in small. */
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { sink } from "#shared/runtime/log";
import { afterDeathsAt, everyPoint, severalOf } from "./crashes.ts";
import { type Outcome, simulate } from "./index.ts";
import { scriptOf, shrunk } from "./shrink.ts";
import { transferStorm } from "./transfers.ts";
import { webhookStorm } from "./webhooks.ts";

const HELP = `npm run test:storm -- [what]
  --seeds N         so many histories (20 unless said otherwise), and each of the parts below once
  --hours N         histories for so long, by the clock on the wall
  --seed N          one history; with --keep 1,2 only these of its steps, with --without "a,b" without these faults
  --from N          the first seed (1); the model takes another for each thousand histories
  --only PART       histories, transfers, notices, crashes, model, work, payouts, hands, races, silence,
                    audit, trails, malformed, clicks, reconciliation or
                    tokens
  --large N         how much of the part: 10,000 transfers, notices, histories of the model or payouts, or crowds that want
                    tokens; 2,000 multiple kills;
                    1,000 races, or histories of campaign work, of what is done by hand at Stripe, or of trails
                    that somebody laid hands on, or malformed requests to each route;
                    250 histories that fall silent; 100,000 rows to reconcile;
                    1,000,000 clicks
  --stories WORDS   of the crashes, those in stories with these words in their name
  --whole           a failing history as it is, not shortened`;

const { values } = parseArgs({
  options: {
    seeds: { type: "string" },
    hours: { type: "string" },
    seed: { type: "string" },
    from: { type: "string", default: "1" },
    keep: { type: "string" },
    without: { type: "string" },
    only: { type: "string" },
    large: { type: "string" },
    stories: { type: "string", default: "" },
    whole: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
sink.write = () => undefined;
const print = (line: string): void => void process.stdout.write(`${line}\n`);
const failed = (line: string): void => {
  process.exitCode = 1;
  print(line);
};
const large = (usual: number): number => Number(values.large ?? usual);

const total: Record<string, number> = {};
function add(counts: Outcome["counts"]): void {
  for (const [name, count] of Object.entries(counts)) total[name] = (total[name] ?? 0) + count;
}
const figures = (counts: Outcome["counts"]): string =>
  ["steps", "requests", "invocations", "commits", "conflicts", "crashes", "faults", "events", "jobs", "hours"]
    .map((name) => `${counts[name] ?? 0} ${name === "hours" ? "simulated hours" : name}`)
    .join(", ");

const setOf = (list: string | undefined): ReadonlySet<string> | undefined =>
  list === undefined ? undefined : new Set(list.split(",").filter((one) => one !== ""));

async function history(seed: number): Promise<void> {
  const [keep, without] = [setOf(values.keep), setOf(values.without)];
  const plan = { seed, ...(keep && { keep: new Set([...keep].map(Number)) }), ...(without && { without }) };
  const outcome = await simulate(plan);
  add(outcome.counts);
  if (outcome.findings.length > 0)
    failed(scriptOf(values.whole || keep ? { plan, outcome } : await shrunk(plan, outcome)));
}

async function histories(): Promise<void> {
  if (values.seed !== undefined) {
    await history(Number(values.seed));
    return print(`seed ${values.seed}: ${figures(total)}`);
  }
  const untilMs = performance.now() + Number(values.hours ?? 0) * 3_600_000;
  const seeds = values.hours === undefined ? Number(values.seeds ?? 20) : Infinity;
  let seed = Number(values.from);
  const first = seed;
  for (; seed < first + seeds && (values.hours === undefined || performance.now() < untilMs); seed += 1) {
    await history(seed);
    if ((seed - first) % 50 === 49) print(`  ${seed - first + 1} histories: ${figures(total)}`);
  }
  print(`seeds ${first} to ${seed - 1}: ${figures(total)}`);
}

async function transfers(): Promise<void> {
  const count = large(10_000);
  const { findings, done, tally } = await transferStorm(Number(values.from), count, count * 17);
  print(`${count} transfers, seed ${values.from}: ${done} done, ${JSON.stringify(tally)}`);
  for (const finding of findings) failed(`  - ${finding}`);
}

async function notices(): Promise<void> {
  const storm = await webhookStorm(Number(values.from), large(10_000));
  const { findings, counts, ...told } = storm;
  print(`notices, seed ${values.from}: ${JSON.stringify(told)}, ${counts["crashes"] ?? 0} crashes`);
  for (const finding of findings) failed(`  - ${finding}`);
}

async function crashes(): Promise<void> {
  const points = await everyPoint(values.stories);
  const kills = large(2_000);
  for (const [{ name }, ofStory] of Map.groupBy(points, ({ story }) => story)) {
    for (const point of ofStory) for (const finding of await afterDeathsAt([point])) failed(`  - ${finding}`);
    print(`  ${name}: ${ofStory.length} points`);
  }
  print(`crashes: all of ${points.length} points`);
  for (let seed = Number(values.from); seed < Number(values.from) + kills; seed += 1)
    for (const finding of await afterDeathsAt(severalOf(points, seed))) failed(`  - seed ${seed}: ${finding}`);
  print(`crashes: ${kills} times two or three at once, from seed ${values.from}`);
}

/** A test of jest's, with so much of what it takes its size from. */
function tested(project: string, file: string, size: string, seed: number, count: number): void {
  const env = { ...process.env, SEED: String(seed), [size]: String(count) };
  // Jest takes whatever stands after its list of projects for one of them.
  const args = ["jest", file, "--injectGlobals=false", "--selectProjects", project];
  const { status } = spawnSync("npx", args, { env, stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}
const from = Number(values.from);
const whole = (project: string, file: string, size: string, usual: number) => (): void =>
  tested(project, file, size, from, large(usual));
/** In lots with a seed each: what is found is told when its lot ends, and what was cut off counts as far as it came. */
const inLots = (project: string, file: string, size: string, usual: number, lot: number) => (): void => {
  for (let done = 0; done < large(usual); done += lot)
    tested(project, file, size, from + done / lot, Math.min(lot, large(usual) - done));
};

const parts: Readonly<Record<string, () => Promise<void> | void>> = {
  ...{ histories, transfers, notices, crashes },
  model: inLots("properties", "test/properties/ledger.test.ts", "RUNS", 10_000, 1_000),
  work: whole("properties", "test/properties/campaign-work.test.ts", "RUNS", 1_000),
  payouts: whole("properties", "test/properties/payout-faults.test.ts", "RUNS", 10_000),
  hands: whole("properties", "test/properties/by-hand.test.ts", "RUNS", 1_000),
  races: whole("properties", "test/properties/settlement-races.test.ts", "RACES", 1_000),
  silence: whole("properties", "test/properties/review-clock.test.ts", "RUNS", 250),
  audit: whole("unit", "test/actions/audit/cost-of-audit.test.ts", "ROWS", 100_000),
  malformed: whole("properties", "test/properties/malformed.test.ts", "REQUESTS", 1_000),
  trails: whole("properties", "test/properties/spoiled-trails.test.ts", "RUNS", 1_000),
  clicks: whole("properties", "test/properties/click-storm.test.ts", "EVENTS", 1_000_000),
  tokens: whole("properties", "test/properties/token-renewals.test.ts", "RUNS", 10_000),
  reconciliation: whole("unit", "test/domain/reconciliations/reconcile.test.ts", "ROWS", 100_000),
};
if (values.help) print(HELP);
else if (values.only !== undefined) {
  const part = parts[values.only];
  if (part === undefined) failed(HELP);
  else await part();
} else if (values.seed !== undefined || values.hours !== undefined) await histories();
else for (const part of Object.values(parts)) await part();
process.exit();

/**
 * `npm run mutants`: takes one condition, requirement, refusal, check or report away at a time and runs the unit tests that
 * come by it, until one fails. A mutant that no test notices is a hole in the tests. `--seed N` chooses the order,
 * `--minutes M` when it ends (15), `--kind "…"` one kind, `--file F` one file, `--workers N` how many at once, `--quick`
 * that neither properties nor whole templates are asked, which come last, `--survivors` only those that survived the last
 * time. Who noticed what is written to `.cache/mutants/report.json`.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import * as z from "zod";
import bundleOnce from "../infra/bundle-once.ts";
import { randomOf } from "../support/random.ts";
import { root } from "../support/steps.ts";
import { Runner } from "./crew.ts";
import { equivalents } from "./equivalents.ts";
import { kinds, type Mutant, mutantsOf } from "./kinds.ts";
import { TestFiles } from "./test-files.ts";

const { values: asked } = parseArgs({
  options: {
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    minutes: { type: "string", default: "15" },
    kind: { type: "string" },
    file: { type: "string" },
    quick: { type: "boolean", default: false },
    survivors: { type: "boolean", default: false },
    workers: { type: "string", default: String(availableParallelism()) },
  },
});

const sources = ["shared", "lambdas", "infra"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name)),
);

function shuffled<T>(all: readonly T[], random: () => number): T[] {
  return all
    .map((one) => [random(), one] as const)
    .sort(([a], [b]) => a - b)
    .map(([, one]) => one);
}

const textOf = ({ file, start, end }: Mutant): string => readFileSync(join(root, file), "utf8").slice(start, end);
const isOf = (mutant: Mutant, { file, was, becomes }: (typeof equivalents)[number]): boolean =>
  file === mutant.file && textOf(mutant) === was && becomes === mutant.text;

/** All of them, a kind after the other in turn, so that a run that ends early has tried some of each. */
function inTurn(mutants: readonly Mutant[], random: () => number): Mutant[] {
  const byKind = kinds.map(({ name }) =>
    shuffled(
      mutants.filter(({ kind }) => kind === name),
      random,
    ),
  );
  const longest = Math.max(...byKind.map(({ length }) => length));
  return Array.from({ length: longest }, (_, at) => byKind.flatMap((all) => all.slice(at, at + 1))).flat();
}

function where({ kind, file, start }: Mutant): string {
  const line = readFileSync(join(root, file), "utf8").slice(0, start).split("\n").length;
  return `${kind}: ${file}:${line}`;
}

interface Outcome {
  readonly mutant: Mutant;
  /** The test that noticed. */
  readonly by?: string;
  readonly seconds: number;
}

/** Runs the tests that come by a mutant until one notices. */
async function tried(mutant: Mutant, tests: TestFiles, runner: Runner): Promise<Outcome> {
  const started = performance.now();
  const seconds = (): number => (performance.now() - started) / 1000;
  for (const file of tests.for(mutant)) {
    if (!(await tests.comesBy(mutant, file, runner))) continue;
    const ran = await runner.run({ file, on: mutant.id });
    if (ran !== undefined && ran.failed === undefined) continue;
    tests.noticed(mutant, file);
    return { mutant, by: `${file}: ${ran?.failed ?? "does not end"}`, seconds: seconds() };
  }
  return { mutant, seconds: seconds() };
}

/** Each takes the next one until there is none left, or no time. */
const together = async <T>(waiting: T[], runners: readonly Runner[], work: (one: T, by: Runner) => Promise<void>) => {
  await Promise.all(
    runners.map(async (runner) => {
      for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) await work(one, runner);
    }),
  );
};

const report = join(root, ".cache", "mutants", "report.json");
mkdirSync(dirname(report), { recursive: true });
const Report = z.array(z.object({ id: z.string(), by: z.string().optional() }));
const survivedBefore = (): string[] =>
  Report.parse(JSON.parse(readFileSync(report, "utf8"))).flatMap(({ id, by }) => (by === undefined ? [id] : []));
const wanted = asked.survivors ? survivedBefore() : undefined;

const every = sources.flatMap((file) => mutantsOf(file, readFileSync(join(root, file), "utf8")));
const outdated = equivalents.filter((equivalent) => !every.some((mutant) => isOf(mutant, equivalent)));
for (const { file, was, becomes } of outdated) console.log(`NO SUCH MUTANT ${file}: "${was}" to "${becomes}"`);

const seed = Number(asked.seed);
const all = inTurn(
  every
    .filter(({ kind, file }) => kind === (asked.kind ?? kind) && file === (asked.file ?? file))
    .filter(({ id }) => wanted?.includes(id) ?? true),
  randomOf(seed),
);
const waiting = all.filter((mutant) => !equivalents.some((equivalent) => isOf(mutant, equivalent)));
const equivalent = all.filter((mutant) => !waiting.includes(mutant));
console.log(`seed ${seed}: ${all.length} mutants, ${equivalent.length} of them equivalent`);

const tests = new TestFiles(asked.quick);
const runners = Array.from({ length: Number(asked.workers) }, () => new Runner());
const started = performance.now();
const minutes = (): number => (performance.now() - started) / 60_000;
const outcomes: Outcome[] = [];

await bundleOnce();
await together(tests.unseen, runners, (file, runner) => tests.look(file, runner));
console.log(`every test file was run without a mutant, properties apart: ${minutes().toFixed(1)} min`);

const late: Mutant[] = [];
await together([...waiting], runners, async (mutant, runner) => {
  if (minutes() > Number(asked.minutes)) return void late.push(mutant);
  const outcome = await tried(mutant, tests, runner);
  outcomes.push(outcome);
  writeFileSync(
    report,
    JSON.stringify(
      outcomes.map(({ mutant: tried, ...rest }) => ({ where: where(tried), ...tried, ...rest })),
      null,
      1,
    ),
  );
  if (outcome.by === undefined) console.log(`SURVIVED ${where(mutant)}\n  - ${textOf(mutant)}\n  + ${mutant.text}`);
});
for (const runner of runners) runner.end();

for (const { name } of kinds) {
  const of = (mutants: readonly Mutant[]): number => mutants.filter(({ kind }) => kind === name).length;
  const killed = outcomes.filter(({ by }) => by !== undefined).map(({ mutant }) => mutant);
  const [total, same, untried] = [of(all), of(equivalent), of(late)];
  console.log(
    `${name.padEnd(32)} ${total} in all: ${of(killed)} killed, ${total - of(killed) - same - untried} survived, ${same} equivalent, ${untried} not tried`,
  );
}
const survived = outcomes.filter(({ by }) => by === undefined).length;
console.log(
  `${outcomes.length} tried in ${minutes().toFixed(1)} min: ${outcomes.length - survived} killed, ${survived} survived; ${equivalent.length} equivalent, ${late.length} not tried`,
);
if (survived + outdated.length + tests.unfit.size > 0 || outcomes.length === 0) process.exitCode = 1;

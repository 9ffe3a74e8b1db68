/**
 * `npm run mutants`: takes one condition, requirement, refusal, check or report away at a time and runs the unit tests that
 * know the file. A mutant that no test notices is a hole in the tests. `--seed N` chooses the order, `--minutes M` when it
 * ends (15), `--kind "…"` one kind, `--file F` one file.
 */
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "../support/steps.ts";
import { equivalents } from "./equivalents.ts";
import { kinds, type Mutant, mutantsIn } from "./kinds.ts";

const { values: asked } = parseArgs({
  options: {
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    minutes: { type: "string", default: "15" },
    kind: { type: "string" },
    file: { type: "string" },
  },
});

const nearestFirst = join(import.meta.dirname, "nearest-first.cjs");
/** Longer than any related tests take; a mutant that hangs is noticed, too. */
const PATIENCE_MS = 240_000;

const sources = ["shared", "lambdas", "infra"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name)),
);

/** The same numbers for the same seed. Source: mulberry32, a public-domain generator. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function shuffled<T>(all: readonly T[], random: () => number): T[] {
  return all
    .map((one) => [random(), one] as const)
    .sort(([a], [b]) => a - b)
    .map(([, one]) => one);
}

const textOf = ({ file, start, end }: Mutant): string => readFileSync(join(root, file), "utf8").slice(start, end);
const reasonOf = (mutant: Mutant): string | undefined =>
  equivalents.find(
    ({ file, was, becomes }) => file === mutant.file && textOf(mutant).includes(was) && becomes === mutant.text,
  )?.reason;

/** All of them, a kind after the other in turn, so that a run that ends early has tried some of each. */
function inTurn(random: () => number): Mutant[] {
  const byKind = kinds
    .filter(({ name }) => asked.kind === undefined || asked.kind === name)
    .map((kind) =>
      shuffled(
        sources
          .filter((file) => kind.files.test(file) && (asked.file === undefined || asked.file === file))
          .flatMap((file) => mutantsIn(kind, file, readFileSync(join(root, file), "utf8"))),
        random,
      ),
    );
  const longest = Math.max(...byKind.map(({ length }) => length));
  return Array.from({ length: longest }, (_, at) => byKind.flatMap((all) => all.slice(at, at + 1))).flat();
}

/** Whether the tests that know the file notice. */
const noticed = (mutant: Mutant): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const project = mutant.file.startsWith("infra/") ? "infra" : "unit";
    const child = spawn(
      join(root, "node_modules", ".bin", "jest"),
      [
        "--selectProjects",
        project,
        "--runInBand",
        "--bail",
        "--silent",
        "--testSequencer",
        nearestFirst,
        "--findRelatedTests",
        mutant.file,
      ],
      {
        cwd: root,
        stdio: "ignore",
        env: { ...process.env, MUTANT: JSON.stringify({ ...mutant, file: join(root, mutant.file) }) },
        timeout: PATIENCE_MS,
      },
    );
    child.once("error", reject);
    child.once("exit", (code) => resolve(code !== 0));
  });

const seed = Number(asked.seed);
const all = inTurn(numbers(seed));
const equivalent = all.filter((mutant) => reasonOf(mutant) !== undefined);
const waiting = all.filter((mutant) => reasonOf(mutant) === undefined);
const until = performance.now() + Number(asked.minutes) * 60_000;
const outcomes: { readonly mutant: Mutant; readonly killed: boolean }[] = [];

async function work(): Promise<void> {
  for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
    const killed = await noticed(mutant);
    outcomes.push({ mutant, killed });
    if (!killed) console.log(`SURVIVED ${where(mutant)}\n  - ${textOf(mutant)}\n  + ${mutant.text}`);
    if (performance.now() > until) return;
  }
}

function where({ kind, file, start }: Mutant): string {
  const line = readFileSync(join(root, file), "utf8").slice(0, start).split("\n").length;
  return `${kind}: ${file}:${line}`;
}

console.log(`seed ${seed}: ${all.length} mutants, ${equivalent.length} of them equivalent`);
await Promise.all(Array.from({ length: availableParallelism() }, work));
for (const { name } of kinds) {
  const tried = outcomes.filter(({ mutant }) => mutant.kind === name);
  const total = all.filter(({ kind }) => kind === name).length;
  const same = equivalent.filter(({ kind }) => kind === name).length;
  const killed = tried.filter((one) => one.killed).length;
  console.log(`${name.padEnd(32)} ${total} in all, ${same} equivalent, ${tried.length} tried, ${killed} killed`);
}
const survived = outcomes.filter(({ killed }) => !killed).length;
console.log(`${outcomes.length - survived} killed, ${survived} survived, ${waiting.length} not tried`);
if (survived > 0 || outcomes.length === 0) process.exitCode = 1;

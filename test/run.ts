/**
 * `npm test`: everything that proves the product, from a clean checkout. `npm test -- emulator journeys` runs those
 * alone. What needs the local stage gets one of its own, without the demo, and it is stopped whatever happens.
 */
import { rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { sourceRules, types, unitTests } from "./check.ts";
import { installLinter, lintTemplates } from "./support/cfn-lint.ts";
import { everyRefusalProduced } from "./refused.ts";
import { REFUSED_IN } from "./support/refused.ts";
import { conclude, execute, jest, jestBeside, root, type StepResult, toolBeside } from "./support/steps.ts";

const STAGE_PROJECTS = ["emulator", "journeys"] as const;
const TEMPLATES = join(".cache", "templates");
const STATE = join(".local", "test");
const REFUSED = join(root, ".cache", "refused");

/** A port whose three successors are free as well: the stage uses four in a row. */
async function freePort(): Promise<number> {
  for (let port = 4700; port < 4900; port += 10) {
    const free = await Promise.all([port, port + 1, port + 2, port + 3].map(isFree));
    if (free.every(Boolean)) return port;
  }
  throw new Error("no four free ports in a row between 4700 and 4900");
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });

async function onStage(projects: readonly string[]): Promise<StepResult[]> {
  const port = String(await freePort());
  const started = performance.now();
  const stop = () => execute("node", ["infra/local/stop.ts", "--state", STATE]);
  try {
    const code = await execute("node", [
      "infra/local/start.ts",
      "--detach",
      "--no-seed",
      "--port",
      port,
      "--state",
      STATE,
      // The template tests of this run have bundled what it deploys.
      ...(wants("infra") ? ["--no-bundle"] : []),
    ]);
    const seconds = (performance.now() - started) / 1000;
    if (code !== 0) return [{ name: "start the local stage", passed: 0, failed: 1, seconds }];
    const env = { STACK_FILE: join(root, STATE, "stack.json") };
    const results = [{ name: "start the local stage", passed: 1, failed: 0, seconds }];
    for (const project of projects) results.push(await jest(project, env, "--runInBand"));
    return results;
  } finally {
    await stop();
  }
}

/** Side by side. A failure is told when both have ended, so that a stage is not left running. */
async function together<A, B>(one: Promise<A>, other: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([one, other]);
  return Promise.all([one, other]);
}

const asked = process.argv.slice(2);
const wants = (part: string): boolean => asked.length === 0 || asked.includes(part);
const stageProjects = STAGE_PROJECTS.filter(wants);

/** What reads sources and templates without running them. */
async function readThrough(): Promise<StepResult[]> {
  const sources = wants("check") ? await sourceRules(toolBeside) : [];
  return wants("infra") ? [...sources, await lintTemplates(join(root, TEMPLATES))] : sources;
}

/** Nothing but time. Beside a stage they have one core, and less of it than they are used to. */
async function propertyTests(): Promise<StepResult[]> {
  if (!wants("properties")) return [];
  if (stageProjects.length === 0) return [await jest("properties", {}, "--maxWorkers", "100%")];
  return [await jestBeside("properties", {}, "--maxWorkers", "1", "--testTimeout", "60000")];
}

async function everything(): Promise<StepResult[]> {
  const results: StepResult[] = [];
  if (wants("check")) {
    const compiled = await types();
    if (compiled.failed > 0) return [compiled];
    results.push(compiled, await unitTests());
  }
  if (wants("infra")) {
    // The synth of the template tests leaves the templates behind that go to AWS.
    const tests = jest("infra", { TEMPLATES: join(root, TEMPLATES) }, "--maxWorkers", "100%");
    results.push((await together(tests, installLinter()))[0]);
  }
  // What runs on the stage waits often, for the emulator and for each other; what needs none computes meanwhile, and gives way.
  const staged = stageProjects.length > 0 ? onStage(stageProjects) : Promise.resolve([]);
  const [onIt, [read, properties]] = await together(staged, together(readThrough(), propertyTests()));
  results.push(...onIt, ...read, ...properties);
  if (wants("check") && wants("properties")) results.push(everyRefusalProduced(REFUSED));
  return results;
}

rmSync(REFUSED, { recursive: true, force: true });
// Every process of the run inherits it.
process.env[REFUSED_IN] = REFUSED;
conclude(await everything());

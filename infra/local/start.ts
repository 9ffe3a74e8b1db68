/** `npm start`: the whole product on this machine. Ctrl-C stops everything it started. */
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { spawn } from "node:child_process";
import { Listr } from "listr2";
import { parseArguments, type StartArguments } from "./arguments.ts";
import { forgetOwner, runningOwner, writeOwner } from "./pid-file.ts";
import { LocalStageProblem } from "./problem.ts";
import { LocalStage } from "./stage.ts";
import { summaryOf } from "./summary.ts";

const rootDir = join(import.meta.dirname, "..", "..");
/** Set for the process that a detached start leaves behind. */
const DETACHED = "LOCAL_STAGE_DETACHED";

try {
  const args = parseArguments(process.argv.slice(2));
  const stateDir = join(rootDir, args.state);
  mkdirSync(stateDir, { recursive: true });
  const owner = runningOwner(join(stateDir, "owner.json"));
  if (owner) throw new LocalStageProblem(`A stage is running already (process ${owner.pid}); stop it with: npm stop`);
  if (args.detach) await startDetached(args, stateDir);
  else await startHere(args, stateDir);
} catch (error) {
  console.error(sentenceOf(error));
  process.exitCode = 1;
}

async function startHere(args: StartArguments, stateDir: string): Promise<void> {
  const ownerFile = join(stateDir, "owner.json");
  writeOwner(ownerFile, process.pid);
  const stage = new LocalStage(rootDir, args);
  const interrupted = Promise.withResolvers<void>();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => interrupted.resolve());
  try {
    // A task that is under way when the interrupt comes is left to end by itself: what it started is then stopped too.
    const ready = bringUp(stage, interrupted.promise);
    if (await ready) {
      console.log(await summaryOf(stage.stack()));
      await interrupted.promise;
    }
  } finally {
    console.log("Stopping …");
    await stage.stop();
    forgetOwner(ownerFile);
  }
}

/** Runs the tasks; false when an interrupt came between two of them. */
async function bringUp(stage: LocalStage, interrupted: Promise<void>): Promise<boolean> {
  let stopped = false;
  void interrupted.then(() => (stopped = true));
  const tasks = stage.tasks().map(({ title, run }) => ({ title, task: run, skip: () => stopped }));
  await new Listr(tasks, {
    concurrent: false,
    exitOnError: true,
    registerSignalListeners: false,
    rendererOptions: { showTimer: true, timer: { condition: true, field: seconds } },
    fallbackRendererOptions: { timer: { condition: true, field: seconds } },
    fallbackRenderer: "simple",
  } as ConstructorParameters<typeof Listr>[1]).run();
  return !stopped;
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;

/** Starts another process of this kind, waits until its stage is ready or has failed, and leaves it running. */
async function startDetached(args: StartArguments, stateDir: string): Promise<void> {
  const logFile = join(stateDir, "start.log");
  const log = openSync(logFile, "w");
  const own = ["--port", String(args.port), "--state", args.state, ...(args.seed ? [] : ["--no-seed"])];
  const child = spawn(process.execPath, [join(import.meta.dirname, "start.ts"), ...own], {
    cwd: rootDir,
    detached: true,
    stdio: ["ignore", log, log],
    env: { ...process.env, [DETACHED]: "1" },
  });
  closeSync(log);
  const ended = new Promise<number>((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
  const { stackFile } = new LocalStage(rootDir, args);
  for (;;) {
    const outcome = await Promise.race([
      ended,
      new Promise<"waiting">((resolve) => setTimeout(() => resolve("waiting"), 100)),
    ]);
    if (outcome !== "waiting") throw new LocalStageProblem(lastLines(logFile));
    if (isThere(stackFile)) break;
  }
  child.unref();
  console.log(readFileSync(logFile, "utf8"));
}

function isThere(file: string): boolean {
  try {
    readFileSync(file);
    return true;
  } catch {
    // Not written yet: the stage is not ready.
    return false;
  }
}

const lastLines = (file: string): string => readFileSync(file, "utf8").trimEnd().split("\n").slice(-12).join("\n");

function sentenceOf(error: unknown): string {
  if (error instanceof LocalStageProblem) return `\n${error.message}`;
  return `\nThe local stage failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

/** `npm start`: the whole product on this machine. Ctrl-C stops everything it started, whenever it comes. */
import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync, closeSync, mkdirSync, openSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Listr, PRESET_TIMER } from "listr2";
import * as z from "zod";
import { parseArguments, spelled, type StartArguments } from "./arguments.ts";
import { becomeFree, portsOf } from "./ports.ts";
import { LocalStageProblem } from "./problem.ts";
import {
  claim,
  disown,
  endGroups,
  groupsStartedBy,
  type Identity,
  isRunning,
  noteChildren,
  readOwner,
} from "./processes.ts";
import { LocalStage, type Task } from "./stage.ts";
import { summaryOf } from "./summary.ts";

/** Somebody pressed Ctrl-C, or asked the process to end, before the stage was ready. */
class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/** What a detached start tells the process that waits for it. */
const Told = z.union([
  z.object({ step: z.string() }),
  z.object({ ready: z.string() }),
  z.object({ failed: z.string() }),
]);
type Told = z.infer<typeof Told>;

const rootDir = join(import.meta.dirname, "..", "..");
const OLDEST_NODE = [24, 2] as const;
/** What a task may take to end after an interrupt, and ports to become free after a crash. */
const PATIENCE_MS = 3_000;
const SHORT_PATIENCE_MS = 300;
/** One Ctrl-C arrives more than once: from the terminal and from npm. */
const SAME_KEY_MS = 1_000;
const INTERRUPTED_CODE = 130;

async function start(given: readonly string[]): Promise<number> {
  try {
    requireNode();
    const args = parseArguments(given);
    const stateDir = resolve(rootDir, args.state);
    prepare(stateDir);
    return await (args.detach ? startDetached(args, stateDir) : startHere(args, stateDir));
  } catch (error) {
    return failWith(error);
  }
}

function prepare(stateDir: string): void {
  mkdirSync(stateDir, { recursive: true });
  // What the emulator puts there is no part of this package: its workers are CommonJS, in files called .js.
  writeFileSync(join(stateDir, "package.json"), `{ "type": "commonjs" }\n`);
}

function requireNode(): void {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  throw new LocalStageProblem(
    `The local stage runs on Node ${OLDEST_NODE.join(".")} or newer, not ${process.versions.node}: use npm start, which brings its own, or install Node 24.`,
  );
}

async function startHere(args: StartArguments, stateDir: string): Promise<number> {
  const ownerFile = join(stateDir, "owner.json");
  const logFile = join(stateDir, "start.log");
  const remains = claim(ownerFile, args.port);
  if (!process.send) writeFileSync(logFile, "");
  const interrupt = onInterrupt();
  const stage = new LocalStage(rootDir, args);
  let code = 0;
  try {
    await cleanUp(remains, args.port);
    await bringUp(stage.tasks(), interrupt, ownerFile);
    const summary = await summaryOf(stage.stack());
    console.log(summary);
    tellStarter({ ready: summary });
    if (!interrupt.aborted) await new Promise((stop) => interrupt.addEventListener("abort", stop, { once: true }));
  } catch (error) {
    code = failWith(error, logFile);
  }
  console.log("Stopping.");
  await stage.stop().catch((error: unknown) => (code = failWith(error, logFile)));
  disown(ownerFile);
  return code;
}

/** Ends what a crashed start left behind. */
async function cleanUp(remains: readonly Identity[], port: number): Promise<void> {
  if (remains.length === 0) return;
  console.log("Ending what an earlier start left running.");
  await endGroups(remains);
  await becomeFree(portsOf(port), PATIENCE_MS);
}

/** Aborted by the first wish to stop; a second one, a moment later, does not wait for anything. */
function onInterrupt(): AbortSignal {
  const controller = new AbortController();
  let first = 0;
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(name, () => {
      // What is still running ends with this process: the emulator watches for that.
      if (controller.signal.aborted && performance.now() - first > SAME_KEY_MS) process.exit(INTERRUPTED_CODE);
      first ||= performance.now();
      controller.abort(new Interrupted("stopped before it was ready"));
    });
  }
  return controller.signal;
}

/** Runs the tasks one after another, showing each with its duration. @throws what the first of them throws. */
async function bringUp(tasks: readonly Task[], interrupt: AbortSignal, ownerFile: string): Promise<void> {
  let failure: unknown;
  const list = tasks.map(({ title, run }) => ({
    title,
    task: async () => {
      const began = performance.now();
      try {
        await untilInterrupted(run, interrupt, ownerFile);
      } catch (error) {
        failure = error;
        throw new Error(error instanceof Interrupted ? "interrupted" : "see below", { cause: error });
      }
      noteChildren(ownerFile, groupsStartedBy(process.pid));
      tellStarter({ step: `${title} [${seconds(performance.now() - began)}]` });
    },
  }));
  const timer = { ...PRESET_TIMER, field: seconds };
  try {
    await new Listr(list, {
      concurrent: false,
      registerSignalListeners: false,
      renderer: "default",
      rendererOptions: { timer, showErrorMessage: false },
      fallbackRenderer: "simple",
      fallbackRendererOptions: { timer },
    }).run();
  } catch (error) {
    throw failure ?? error;
  }
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;

/** Runs a task; an interrupt ends the tools it started, gives it a moment to settle, and then goes on without it. */
async function untilInterrupted(run: () => Promise<void>, interrupt: AbortSignal, ownerFile: string): Promise<void> {
  interrupt.throwIfAborted();
  const lasting = new Set(groupsStartedBy(process.pid).map(({ pid }) => pid));
  const aborted = new Promise<never>((_, reject) => {
    interrupt.addEventListener("abort", () => reject(interrupt.reason as Interrupted), { once: true });
  });
  const running = run();
  // Tools are started at once; a crash of this process would leave them behind.
  noteChildren(ownerFile, groupsStartedBy(process.pid));
  try {
    await Promise.race([running, aborted]);
  } catch (error) {
    if (!interrupt.aborted) throw error;
    const tools = groupsStartedBy(process.pid).filter(({ pid }) => !lasting.has(pid));
    await endGroups(tools);
    const patience = tools.length > 0 ? PATIENCE_MS : SHORT_PATIENCE_MS;
    await Promise.race([Promise.allSettled([running]), pause(patience, undefined, { ref: false })]);
    throw interrupt.reason;
  }
}

/** Says what went wrong in one sentence; what nobody foresaw is kept in full in the log. Gives the exit code. */
function failWith(error: unknown, logFile?: string): number {
  if (error instanceof Interrupted) {
    tellStarter({ failed: "Stopped before it was ready." });
    return INTERRUPTED_CODE;
  }
  const sentence = sentenceOf(error, logFile);
  if (logFile && !(error instanceof LocalStageProblem)) appendFileSync(logFile, `${inFull(error)}\n`);
  console.error(`\n${sentence}`);
  tellStarter({ failed: sentence });
  return 1;
}

function sentenceOf(error: unknown, logFile: string | undefined): string {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof LocalStageProblem) return message;
  return `The local stage failed unexpectedly: ${message.split("\n")[0]}${logFile ? `; more in ${logFile}` : ""}`;
}

const inFull = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const causes = error instanceof AggregateError ? error.errors.map(inFull).join("\n") : "";
  return `${error.stack ?? error.message}\n${causes}`;
};

function tellStarter(told: Told): void {
  if (process.connected) process.send?.(told);
}

/** Starts another process of this kind, shows how far it is, and leaves it running once it is ready. */
async function startDetached(args: StartArguments, stateDir: string): Promise<number> {
  const owner = readOwner(join(stateDir, "owner.json"));
  const logFile = join(stateDir, "start.log");
  if (!owner || !isRunning(owner)) writeFileSync(logFile, "");
  const log = openSync(logFile, "a");
  const child = spawn(process.execPath, [join(import.meta.dirname, "start.ts"), ...spelled(args)], {
    cwd: rootDir,
    detached: true,
    stdio: ["ignore", log, log, "ipc"],
  });
  closeSync(log);
  for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, () => child.kill("SIGTERM"));
  const outcome = await outcomeOf(child);
  if ("ready" in outcome) {
    console.log(outcome.ready);
    child.disconnect();
    child.unref();
    return 0;
  }
  console.error(
    `\n${outcome.failed === "" ? `The local stage ended while starting; more in ${logFile}` : outcome.failed}`,
  );
  return 1;
}

/** How a detached start went; one that failed is waited for, so that nothing of it is left. */
function outcomeOf(child: ChildProcess): Promise<{ readonly ready: string } | { readonly failed: string }> {
  let failed = "";
  return new Promise((tell, reject) => {
    child.on("message", (message) => {
      const told = Told.parse(message);
      if ("ready" in told) tell(told);
      else if ("failed" in told) failed = told.failed;
      else console.log(told.step);
    });
    child.once("error", reject);
    child.once("exit", () => tell({ failed }));
  });
}

process.exitCode = await start(process.argv.slice(2));

import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { delimiter, dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { LocalStageProblem } from "../problem.ts";

export interface EmulatorOptions {
  /** The checkout: its `node_modules` gives Lambdas their Node and CDK's custom resources their AWS SDK. */
  readonly rootDir: string;
  /** A Python that has the pinned packages: what `ensurePython` returns. */
  readonly python: string;
  readonly port: number;
  /** A folder of this emulator's own; `tmp` in it is emptied at every start. */
  readonly stateDir: string;
  /** The file that receives the emulator's output; it is begun anew. */
  readonly log: string;
  /** More environment for the emulator, and so for every Lambda. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface Emulator {
  /** The AWS endpoint, `http://127.0.0.1:<port>`. */
  readonly url: string;
  readonly pid: number;
  /** Ends the emulator and all its workers; safe to call twice. */
  stop(): Promise<void>;
}

const host = "127.0.0.1";
const readySeconds = 30;
const stopSeconds = 5;
// Enough for the kernel; where nothing collects ended workers, their group seems to live for ever.
const killSeconds = 2;
const pollMilliseconds = 50;
const shownLines = 15;

/**
 * Starts the emulator and resolves when it answers. It ends with this process, however this process ends.
 * @throws LocalStageProblem when the port is taken, or the emulator dies or does not answer within 30 s.
 */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  await assertFree(options.port);
  const temporary = join(options.stateDir, "tmp");
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(temporary, { recursive: true });
  mkdirSync(dirname(options.log), { recursive: true });

  const child = launch(options, temporary);
  const url = `http://${host}:${options.port}`;
  try {
    await becomeReady(child, url, options.log);
  } catch (problem) {
    await stop(child);
    throw problem;
  }
  return { url, pid: child.pid!, stop: () => stop(child) };
}

function assertFree(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        error.code === "EADDRINUSE"
          ? new LocalStageProblem(`Port ${port} is in use: stop what listens there, or choose another port.`)
          : new LocalStageProblem(`Port ${port} cannot be used: ${error.message}.`),
      ),
    );
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve()));
  });
}

function launch({ rootDir, python, port, log, env }: EmulatorOptions, temporary: string): ChildProcess {
  const output = openSync(log, "w");
  try {
    return spawn(python, [join(rootDir, "infra/local/emulator/launch.py")], {
      // A group of its own, so that its workers end with it; standard input is its sign that we are alive.
      detached: true,
      stdio: ["pipe", output, output],
      env: {
        ...inherited("HOME", "LANG", "LC_ALL", "TZ", "SYSTEMROOT"),
        // Lambdas inherit all of this, so nothing of the person's own environment or credentials is passed on.
        PATH: [join(rootDir, "node_modules/.bin"), dirname(process.execPath), process.env["PATH"]].join(delimiter),
        NODE_PATH: join(rootDir, "node_modules"),
        TMPDIR: temporary,
        BIND_HOST: host,
        GATEWAY_PORT: String(port),
        IOT_MTLS_ENABLED: "0",
        SFTP_ENABLED: "0",
        PYTHONUNBUFFERED: "1",
        EMULATOR_DIES_WITH_PARENT: "1",
        ...env,
      },
    });
  } finally {
    closeSync(output);
  }
}

function inherited(...names: string[]): Record<string, string> {
  const present = names.flatMap((name): [string, string][] => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(present);
}

async function becomeReady(child: ChildProcess, url: string, log: string): Promise<void> {
  let startError: Error | undefined;
  child.once("error", (error) => (startError = error));
  const deadline = Date.now() + readySeconds * 1000;
  while (Date.now() < deadline) {
    if (startError) throw new LocalStageProblem(`The emulator could not be started: ${startError.message}.`);
    if (hasEnded(child)) throw new LocalStageProblem(`The emulator ended while starting:\n${lastLines(log)}`);
    if (await isReady(url)) return;
    await pause(pollMilliseconds);
  }
  throw new LocalStageProblem(`The emulator did not answer within ${readySeconds} s:\n${lastLines(log)}`);
}

async function isReady(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/_ministack/ready`, { signal: AbortSignal.timeout(1000) });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    // Not listening yet: the caller asks again until its deadline.
    return false;
  }
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

const lastLines = (log: string) => readFileSync(log, "utf8").trimEnd().split("\n").slice(-shownLines).join("\n");

async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) return;
  const deadline = Date.now() + stopSeconds * 1000;
  signalGroup(child.pid, "SIGTERM");
  while (groupLives(child) && Date.now() < deadline) await pause(pollMilliseconds);
  // A hanging custom resource keeps the emulator from ending by itself.
  const killed = Date.now() + killSeconds * 1000;
  while (groupLives(child) && Date.now() < killed) {
    signalGroup(child.pid, "SIGKILL");
    await pause(pollMilliseconds);
  }
}

const groupLives = (child: ChildProcess) => !hasEnded(child) || signalGroup(child.pid!, 0);

/** Whether anything in the group was there to receive the signal. */
function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-pid, signal);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // EPERM: on macOS, a group of nothing but ended processes.
    if (code === "ESRCH" || code === "EPERM") return false;
    throw error;
  }
}

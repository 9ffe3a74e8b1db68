/**
 * Processes told apart from others that have their number by now: only what is provably the stage's own is ever ended.
 * Linux says so in /proc, other systems through `ps`.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import * as z from "zod";
import { LocalStageProblem } from "./problem.ts";

/** A process for all time: a number alone is given again to others. */
const Identity = z.object({ pid: z.int().min(2), startedAt: z.string().min(1) });
export type Identity = z.infer<typeof Identity>;

/** Who runs a stage, where, and what it started that outlives a crash. */
const Owner = Identity.extend({ port: z.int(), children: z.array(Identity) });
export type Owner = z.infer<typeof Owner>;

interface Row extends Identity {
  readonly parent: number;
  readonly group: number;
  /** It ended, and only waits for its parent to take note. */
  readonly ended: boolean;
}

const POLL_MS = 50;

/** The process of that number; undefined when there is none. */
export function identityOf(pid: number): Identity | undefined {
  const row = rowOf(pid);
  return row && !row.ended ? { pid, startedAt: row.startedAt } : undefined;
}

export const isRunning = ({ pid, startedAt }: Identity): boolean => identityOf(pid)?.startedAt === startedAt;

/** Processes that `pid` started with a group of their own, so that their own children end with them. */
export const groupsStartedBy = (pid: number): Identity[] =>
  allRows()
    .filter((row) => row.parent === pid && row.group === row.pid && !row.ended)
    .map((row) => ({ pid: row.pid, startedAt: row.startedAt }));

/** Ends whole groups, those alone that are still led by the process meant; kills what does not end in time. */
export async function endGroups(leaders: readonly Identity[], patienceMs = 3_000): Promise<void> {
  const running = leaders.filter(isRunning);
  for (const leader of running) signalGroup(leader, "SIGTERM");
  const gone = () => !running.some(isRunning);
  if (await becomes(gone, patienceMs)) return;
  for (const leader of running) signalGroup(leader, "SIGKILL");
  await becomes(gone, patienceMs);
}

/** Asks a process to end, and ends it when it does not; resolves when it is gone. */
export async function endProcess(target: Identity, patienceMs: number): Promise<void> {
  const gone = () => !isRunning(target);
  if (gone()) return;
  signal(target.pid, "SIGTERM");
  if (await becomes(gone, patienceMs)) return;
  if (!gone()) signal(target.pid, "SIGKILL");
  await becomes(gone, patienceMs);
}

/** Looks often, for at most `patienceMs`; gives what it saw last. */
export async function becomes(condition: () => boolean | Promise<boolean>, patienceMs: number): Promise<boolean> {
  const until = performance.now() + patienceMs;
  while (!(await condition())) {
    if (performance.now() > until) return false;
    await pause(POLL_MS);
  }
  return true;
}

/**
 * Makes this process the owner of the stage whose state lies beside `file`, and gives what a crashed owner left running.
 * @throws LocalStageProblem while another one runs.
 */
export function claim(file: string, port: number): Identity[] {
  const former = readOwner(file);
  if (former && isRunning(former)) throw alreadyRunning(former);
  const self = identityOf(process.pid);
  if (!self) throw new Error("the system does not tell about this very process");
  rmSync(file, { force: true });
  try {
    // Of two that start at the same moment one finds the other's file.
    writeFileSync(file, JSON.stringify({ ...self, port, children: [] }), { flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") throw alreadyRunning(readOwner(file));
    throw error;
  }
  return former?.children.filter(isRunning) ?? [];
}

/** Remembers what this process started, for whoever must clean up after a crash. */
export function noteChildren(file: string, children: readonly Identity[]): void {
  const owner = readOwner(file);
  if (owner?.pid !== process.pid) return;
  writeFileSync(`${file}.new`, JSON.stringify({ ...owner, children }));
  renameSync(`${file}.new`, file);
}

export const disown = (file: string): void => rmSync(file, { force: true });

export function readOwner(file: string): Owner | undefined {
  try {
    return Owner.safeParse(JSON.parse(readFileSync(file, "utf8"))).data;
  } catch {
    // No file, or half of one: nobody can be proven to own the stage.
    return undefined;
  }
}

function alreadyRunning(owner: Owner | undefined): LocalStageProblem {
  const where = owner ? ` on port ${owner.port} (process ${owner.pid})` : "";
  return new LocalStageProblem(`A local stage is running already${where}: stop it with npm stop, and start again.`);
}

const signalGroup = ({ pid }: Identity, name: NodeJS.Signals): void => signal(-pid, name);

function signal(target: number, name: NodeJS.Signals): void {
  try {
    process.kill(target, name);
  } catch (error) {
    // It ended in the meantime.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

const onLinux = process.platform === "linux";

const rowOf = (pid: number): Row | undefined =>
  onLinux ? rowFromProc(pid) : rowsFromPs(["-p", String(pid)]).find((row) => row.pid === pid);

function allRows(): Row[] {
  if (!onLinux) return rowsFromPs(["-A"]);
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => rowFromProc(Number(pid)) ?? []);
}

/** Source: proc_pid_stat(5); the name in parentheses may itself hold spaces and parentheses. */
function rowFromProc(pid: number): Row | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [state = "", parent, group, ...rest] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // Ticks since the system began, so the system's beginning belongs to it.
    const startedAt = `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}+${rest[16]}`;
    return { pid, startedAt, parent: Number(parent), group: Number(group), ended: /^[ZX]/.test(state) };
  } catch {
    // It ended, or ends while it is looked at.
    return undefined;
  }
}

function rowsFromPs(which: readonly string[]): Row[] {
  const columns = ["-o", "pid=,ppid=,pgid=,stat=,lstart="];
  // Times are compared as they are spelled, so every caller must get the same spelling.
  const { stdout } = spawnSync("ps", [...which, ...columns], {
    encoding: "utf8",
    env: { LC_ALL: "C", TZ: "UTC", PATH: process.env["PATH"] },
  });
  return (stdout ?? "").split("\n").flatMap((line) => {
    const [pid, parent, group, state = "", ...started] = line.trim().split(/\s+/);
    if (!pid || started.length === 0) return [];
    const numbers = { pid: Number(pid), parent: Number(parent), group: Number(group) };
    return [{ ...numbers, startedAt: started.join(" "), ended: state.startsWith("Z") }];
  });
}

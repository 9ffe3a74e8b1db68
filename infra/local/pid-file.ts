/** Which process runs the stage, told apart from another that has its number by now. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import * as z from "zod";

const Owner = z.object({ pid: z.int(), startedAt: z.string() });
export type Owner = z.infer<typeof Owner>;

/** When a process began, in the system's own words; undefined when there is none of that number. */
export function beginningOf(pid: number): string | undefined {
  const { status, stdout } = spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" });
  return status === 0 && stdout.trim() !== "" ? stdout.trim() : undefined;
}

export function writeOwner(file: string, pid: number): void {
  writeFileSync(file, JSON.stringify({ pid, startedAt: beginningOf(pid) ?? "" }));
}

export const forgetOwner = (file: string): void => rmSync(file, { force: true });

/** The process that owns the stage, if it still runs. */
export function runningOwner(file: string): Owner | undefined {
  const owner = Owner.safeParse(parsed(file));
  if (!owner.success || beginningOf(owner.data.pid) !== owner.data.startedAt) return undefined;
  return owner.data;
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    // No file, or half of one from a crash: nobody can be proven to own the stage.
    return undefined;
  }
}

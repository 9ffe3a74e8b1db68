/** `npm stop`: stops a stage, however it was started, and waits until nothing of it is left. Does nothing when none runs. */
import { join, resolve } from "node:path";
import { parseArguments } from "./arguments.ts";
import { becomeFree, portsOf } from "./ports.ts";
import { LocalStageProblem } from "./problem.ts";
import { disown, endGroups, endProcess, isRunning, type Owner, readOwner } from "./processes.ts";
import { removeStackFile } from "./stack-file.ts";

/** A hanging emulator takes its starter seven seconds. */
const PATIENCE_MS = 20_000;
const PORTS_PATIENCE_MS = 5_000;

try {
  const stateDir = resolve(import.meta.dirname, "..", "..", parseArguments(process.argv.slice(2)).state);
  const ownerFile = join(stateDir, "owner.json");
  const owner = readOwner(ownerFile);
  const found = owner !== undefined && [owner, ...owner.children].some(isRunning);
  if (found) await stop(owner);
  disown(ownerFile);
  removeStackFile(join(stateDir, "stack.json"));
  console.log(found ? "Stopped." : "No local stage is running.");
} catch (error) {
  console.error(error instanceof LocalStageProblem ? error.message : error);
  process.exitCode = 1;
}

async function stop(owner: Owner): Promise<void> {
  await endProcess(owner, PATIENCE_MS);
  // Only a starter that had to be killed, or had crashed, leaves any.
  await endGroups(owner.children);
  const ports = portsOf(owner.port);
  if (await becomeFree(ports, PORTS_PATIENCE_MS)) return;
  throw new LocalStageProblem(`The stage ended, but something still listens on one of the ports ${ports.join(", ")}.`);
}

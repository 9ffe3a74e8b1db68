/** `npm stop`: stops a stage that was started with --detach, and waits until it is gone. */
import { join } from "node:path";
import { parseArguments } from "./arguments.ts";
import { forgetOwner, runningOwner } from "./pid-file.ts";

const PATIENCE_MS = 20_000;
const file = join(import.meta.dirname, "..", "..", parseArguments(process.argv.slice(2)).state, "owner.json");
const owner = runningOwner(file);

if (owner === undefined) {
  forgetOwner(file);
  console.log("No local stage is running.");
} else {
  process.kill(owner.pid, "SIGTERM");
  const until = Date.now() + PATIENCE_MS;
  while (runningOwner(file) !== undefined && Date.now() < until)
    await new Promise((resolve) => setTimeout(resolve, 50));
  if (runningOwner(file) !== undefined) process.kill(-owner.pid, "SIGKILL");
  forgetOwner(file);
  console.log("Stopped.");
}

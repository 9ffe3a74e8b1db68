/** Processes that run tests, one for each core; who has none to do takes the next task. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Ran, Task } from "./worker.ts";

/** Longer than any test file takes on a busy machine; a mutant that hangs is noticed, too. */
const PATIENCE_MS = 240_000;
/** Every run leaves something behind; then a fresh process goes on. */
const HELD_BYTES = 1_500_000_000;

export class Runner {
  private child: ChildProcess | undefined;

  /** Runs a test file; undefined when it does not end, or takes its process with it. */
  async run(task: Task): Promise<Ran | undefined> {
    const child = (this.child ??= fork(join(import.meta.dirname, "worker.ts"), { stdio: "ignore" }));
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
    const { signal } = patience;
    child.send(task);
    const ran = await Promise.race([
      once(child, "message", { signal }).then(([answer]) => answer as Ran),
      once(child, "exit", { signal }).then(() => undefined),
    ])
      .catch(() => undefined)
      .finally(() => clearTimeout(timer));
    patience.abort();
    if (ran === undefined || ran.heldBytes > HELD_BYTES) this.end();
    return ran;
  }

  end(): void {
    this.child?.kill("SIGKILL");
    this.child = undefined;
  }
}

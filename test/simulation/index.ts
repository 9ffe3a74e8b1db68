/**
 * The whole system in one process, under one seed and a simulated clock: every Lambda there is, found by its contract, in its
 * own runtime, on a table that conflicts as DynamoDB does. Its stream, the bus, queues and schedules delay, repeat, reorder and
 * lose; invocations die between any two of their calls; the processor answers late, badly or not at all; people of every role
 * do what they like, impatiently and twice. Then it becomes quiet, the clock runs on, and everything must be right.
 *
 * **An area joins with one file in `areas/`**, which exports `area`: what its people do of their own accord (`moves`, weighted;
 * a move looks through the API for something to do, and says `false` when there is nothing), what stands `outside` (a stand-in
 * for each port that leaves the system, with `unreliable` around it), what is still `left` to happen out there, what must
 * hold in the end (`invariants`), and short histories without chance, in which everything is killed once (`stories`). Its
 * Lambdas need no mention: a job is run by the clock, a consumer gets its events, stream and queue; a port that nothing
 * stands in for is named in an error. Whatever it draws, it draws from the chance it is handed, and nowhere else.
 *
 * `npm run test:storm` runs it for as long as one likes; `--help` says how. A seed that fails is printed as a short script.
 */
import { globSync } from "node:fs";
import { basename, join } from "node:path";
import type { Area } from "./area.ts";

const folder = join(import.meta.dirname, "areas");
let found: Promise<readonly Area[]> | undefined;

/** Every area that has joined, in order of its file's name. */
export const everyArea = (): Promise<readonly Area[]> =>
  (found ??= Promise.all(
    globSync("*.ts", { cwd: folder })
      .sort()
      .map(async (file) => {
        const { area } = (await import(`#test/simulation/areas/${basename(file, ".ts")}`)) as { readonly area: Area };
        return area;
      }),
  ));

export { type Outcome, type Plan, simulate } from "./simulate.ts";

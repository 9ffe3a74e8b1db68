/** One process that runs one test file after another, each with one mutant on or with none; what it has loaded stays warm. */
import { join } from "node:path";
import { runCLI } from "jest";
import { root } from "../support/steps.ts";

export interface Task {
  /** Path of a test file, from the root of the project. */
  readonly file: string;
  /** Id of a mutant; none: the code as it is. */
  readonly on: string | undefined;
}

export interface Ran {
  readonly passed: number;
  /** The test that failed, or the file itself where it did not even load. */
  readonly failed?: string;
  /** Ids of the mutants that the code came by. */
  readonly asked: readonly string[];
  readonly ms: number;
  /** What the process holds by now. */
  readonly heldBytes: number;
}

declare global {
  /** Read by `environment.cjs`. */
  var mutation: { readonly on: string | undefined; readonly asked: Set<string> };
}

type Argv = Parameters<typeof runCLI>[0];
const options: Omit<Argv, "_"> = {
  $0: "jest",
  config: join(import.meta.dirname, "jest.config.mjs"),
  runTestsByPath: true,
  runInBand: true,
  // A snapshot that differs is a failure, and is never written.
  ci: true,
  silent: true,
  reporters: [],
  testTimeout: 20_000,
};

async function run({ file, on }: Task): Promise<Ran> {
  globalThis.mutation = { on, asked: new Set() };
  const started = performance.now();
  const { results } = await runCLI({ ...options, _: [join(root, file)] } as Argv, [root]);
  const [result] = results.testResults;
  const failed = result?.testResults.find(({ status }) => status === "failed")?.fullName;
  return {
    passed: results.numPassedTests,
    ...(!results.success && { failed: failed ?? result?.failureMessage ?? "no test was found" }),
    asked: [...globalThis.mutation.asked],
    ms: performance.now() - started,
    heldBytes: process.memoryUsage().rss,
  };
}

process.on("message", (task: Task) => void run(task).then((ran) => process.send?.(ran)));
process.on("disconnect", () => process.exit());

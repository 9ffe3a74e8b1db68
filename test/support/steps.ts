/** Runs the parts of a test run one after another and says what each did. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { setPriority } from "node:os";
import { join } from "node:path";
import * as z from "zod";

export interface StepResult {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly seconds: number;
}

export const root = join(import.meta.dirname, "..", "..");
const reports = join(root, ".cache", "reports");
const bin = (name: string): string => join(root, "node_modules", ".bin", name);

function begin(command: string, args: readonly string[], env: Readonly<Record<string, string>>): ChildProcess {
  const path = `${join(root, "node_modules", ".bin")}:${process.env["PATH"] ?? ""}`;
  return spawn(command, args, { cwd: root, stdio: "inherit", env: { ...process.env, PATH: path, ...env } });
}

const ended = (child: ChildProcess): Promise<number> =>
  new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(code ?? (signal === null ? 0 : 1)));
  });

/** Runs a command of the project's own packages; gives its exit code. Output is passed on. */
export const execute = (
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<number> => ended(begin(command, args, env));

/** A third of an equal's share of a core. Less, and it would never end on a machine that others compute on, too. */
const NICENESS = 5;

/** The same, but it gives way to what runs beside it. */
export function executeBeside(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<number> {
  const child = begin(command, args, env);
  if (child.pid !== undefined) setPriority(child.pid, NICENESS);
  return ended(child);
}

async function timed(name: string, run: () => Promise<Pick<StepResult, "passed" | "failed">>): Promise<StepResult> {
  const started = performance.now();
  console.log(`\n── ${name}`);
  const result = { name, ...(await run()), seconds: (performance.now() - started) / 1000 };
  console.log(`── ${name}: ${result.failed === 0 ? "ok" : "FAILED"} in ${result.seconds.toFixed(1)} s`);
  return result;
}

const toolBy =
  (run: (command: string, args: readonly string[]) => Promise<number>) =>
  (name: string, command: string, ...args: string[]): Promise<StepResult> =>
    timed(name, async () =>
      (await run(bin(command), args)) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 },
    );

/** A tool that is right or wrong as a whole counts as one test. */
export const tool = toolBy(execute);
export const toolBeside: typeof tool = toolBy(executeBeside);

const Report = z.object({ numPassedTests: z.int(), numFailedTests: z.int(), numRuntimeErrorTestSuites: z.int() });

const jestBy =
  (run: typeof execute) =>
  (project: string, env: Readonly<Record<string, string>> = {}, ...args: string[]): Promise<StepResult> =>
    timed(`jest ${project}`, async () => {
      const file = join(reports, `${project}.json`);
      mkdirSync(reports, { recursive: true });
      rmSync(file, { force: true });
      const code = await run(bin("jest"), ["--selectProjects", project, "--json", "--outputFile", file, ...args], env);
      if (!existsSync(file)) return { passed: 0, failed: 1 };
      const report = Report.parse(JSON.parse(readFileSync(file, "utf8")));
      const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
      return { passed: report.numPassedTests, failed: code !== 0 && failed === 0 ? 1 : failed };
    });

/** A Jest project, counted by test. A run that ends without a report, or finds no test, has failed. */
export const jest = jestBy(execute);
export const jestBeside: typeof jest = jestBy(executeBeside);

/** The closing lines: each step with its time, the time of all, some of which ran side by side, then the counts alone. */
export function conclude(results: readonly StepResult[]): void {
  const sum = (count: (result: StepResult) => number): number =>
    results.reduce((total, result) => total + count(result), 0);
  console.log("");
  for (const { name, passed, failed, seconds } of results) {
    console.log(
      `${name.padEnd(28)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed ${seconds.toFixed(1).padStart(7)} s`,
    );
  }
  console.log(`total ${(performance.now() / 1000).toFixed(1)} s\n`);
  console.log(`${sum(({ passed }) => passed)} passed, ${sum(({ failed }) => failed)} failed`);
  process.exitCode = sum(({ failed }) => failed) === 0 ? 0 : 1;
}

/** `npm run check`: types, lint, import law, format and unit tests; no server. What takes time is in `npm run test:properties`. */
import { availableParallelism } from "node:os";
import { conclude, jest, type StepResult, tool } from "./support/steps.ts";

export const types = (): Promise<StepResult> => tool("types", "tsc", "-b");
/** One worker more than cores: some tests wait, for a peer that is silent or a client that tries again. */
export const unitTests = (): Promise<StepResult> =>
  jest("unit", {}, "--maxWorkers", String(availableParallelism() + 1));

/**
 * Tests on every core, the rest beside them: the tests take longer, unless nothing is in the caches yet. What does not
 * compile is said once and ends it.
 */
async function checks(): Promise<StepResult[]> {
  const compiled = await types();
  if (compiled.failed > 0) return [compiled];
  const [rules, tests] = await Promise.all([sourceRules(tool), unitTests()]);
  return [compiled, ...rules, tests];
}

/** @param run gives way, where something else is to come first */
export const sourceRules = async (run: typeof tool): Promise<StepResult[]> => [
  await run("import law", "depcruise", "--config", ".dependency-cruiser.cjs", "shared", "lambdas", "infra"),
  await run(
    "format",
    "prettier",
    "--check",
    "--log-level",
    "warn",
    "--cache",
    "--cache-location",
    ".cache/prettier",
    ".",
  ),
  await run("lint", "eslint", ".", "--cache", "--cache-location", ".cache/eslint"),
];

if (import.meta.main) conclude(await checks());

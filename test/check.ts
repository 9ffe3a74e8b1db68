/** `npm run check`: types, lint, import law, format and unit tests; no server. What takes time is in `npm run test:properties`. */
import { conclude, jest, type StepResult, tool } from "./support/steps.ts";

/**
 * Tests on every core, the rest beside them: the tests take longer, unless nothing is in the caches yet. What does not
 * compile is said once and ends it.
 */
export async function checks(): Promise<StepResult[]> {
  const types = await tool("types", "tsc", "-b");
  if (types.failed > 0) return [types];
  const [rules, tests] = await Promise.all([sourceRules(), jest(["unit"], {}, "--maxWorkers", "100%")]);
  return [types, ...rules, tests];
}

const sourceRules = async (): Promise<StepResult[]> => [
  await tool("import law", "depcruise", "--config", ".dependency-cruiser.cjs", "shared", "lambdas", "infra"),
  await tool(
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
  await tool("lint", "eslint", ".", "--cache", "--cache-location", ".cache/eslint"),
];

if (import.meta.main) conclude(await checks());

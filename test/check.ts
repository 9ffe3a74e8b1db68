/** `npm run check`: types, lint, import law, format and unit tests; no server, under a minute on two cores. */
import { conclude, jest, type StepResult, tool } from "./support/steps.ts";

/** The tests take as long as all the rest, so the two run side by side; what does not compile is said once and ends it. */
export async function checks(): Promise<StepResult[]> {
  const types = await tool("types", "tsc", "-b");
  if (types.failed > 0) return [types];
  const [rules, tests] = await Promise.all([sourceRules(), jest(["unit"])]);
  return [types, ...rules, tests];
}

const sourceRules = async (): Promise<StepResult[]> => [
  await tool("import law", "depcruise", "--config", ".dependency-cruiser.cjs", "shared", "lambdas", "infra"),
  await tool("format", "prettier", "--check", "--log-level", "warn", "."),
  await tool("lint", "eslint", ".", "--cache", "--cache-location", ".cache/eslint"),
];

if (import.meta.main) conclude(await checks());

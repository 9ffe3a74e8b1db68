/** `npm run check`: types, lint, import law, format and unit tests; no server, under a minute on two cores. */
import { conclude, jest, type StepResult, tool } from "./support/steps.ts";

/** Lint takes as long as all the rest, so the two run side by side. */
export async function checks(): Promise<StepResult[]> {
  const types = await tool("types", "tsc", "-b");
  const [lint, others] = await Promise.all([
    tool("lint", "eslint", ".", "--cache", "--cache-location", ".cache/eslint"),
    beside(),
  ]);
  return [types, lint, ...others];
}

const beside = async (): Promise<StepResult[]> => [
  await tool("import law", "depcruise", "--config", ".dependency-cruiser.cjs", "shared", "lambdas", "infra"),
  await tool("format", "prettier", "--check", "--log-level", "warn", "."),
  await jest(["unit"]),
];

if (import.meta.main) conclude(await checks());

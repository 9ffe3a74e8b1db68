/** `npm run check`: types, lint, import law, format and unit tests; no server, under a minute. */
import { conclude, jest, type StepResult, tool } from "./support/steps.ts";

export const checks = async (): Promise<StepResult[]> => [
  await tool("types", "tsc", "-b"),
  await tool("lint", "eslint", ".", "--cache", "--cache-location", ".cache/eslint"),
  await tool("import law", "depcruise", "--config", ".dependency-cruiser.cjs", "shared", "lambdas", "infra"),
  await tool("format", "prettier", "--check", "--log-level", "warn", "."),
  await jest(["unit"]),
];

if (import.meta.main) conclude(await checks());

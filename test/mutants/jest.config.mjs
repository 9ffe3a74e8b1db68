/**
 * Unit and template tests as they are, but compiled with every mutant behind its switch: `switches.ts`. What is set up once for
 * all of them `mutants.ts` does, since each mutant is a run of its own.
 */
import { join } from "node:path";
import config from "../../jest.config.mjs";

const rootDir = join(import.meta.dirname, "..", "..");
const here = (file) => join(import.meta.dirname, file);

export default {
  rootDir,
  projects: config.projects
    .filter(({ displayName }) => ["unit", "infra"].includes(displayName))
    .map((project) => ({
      ...project,
      globalSetup: undefined,
      rootDir,
      testEnvironment: here("environment.cjs"),
      transform: { "^.+\\.[cm]?[tj]s$": here("transform.cjs") },
    })),
};

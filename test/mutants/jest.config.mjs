/** Unit and template tests as they are, but compiled with every mutant behind its switch: `switches.ts`. */
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
      rootDir,
      testEnvironment: here("environment.cjs"),
      transform: { "^.+\\.[cm]?[tj]s$": here("transform.cjs") },
    })),
};

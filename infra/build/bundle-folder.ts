import { join } from "node:path";

/** Where an action's bundle lies. */
export const bundleFolder = (kebabName: string): string =>
  join(import.meta.dirname, "..", "..", "dist", "lambdas", kebabName);

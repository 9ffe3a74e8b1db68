import { join } from "node:path";
import type { Features } from "#shared/contracts/index";
import { root } from "./root.ts";

/** Where the bundles go, and what belongs to them: stages with a test clock have bundles of their own. */
export const distFor = ({ testClock }: Features): string => join(root, "dist", ...(testClock ? ["test-clock"] : []));

/** Where an action's bundle lies, for stages with these features. */
export const bundleFolder = (kebabName: string, features: Features): string =>
  join(distFor(features), "lambdas", kebabName);

/**
 * Bundles every lambda before the first test, for all files: each by itself would write into the others' folder, and take as
 * long again. Once for production, once for stages with a test clock.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import { bundle } from "#infra/build/bundle";
import { distFor } from "#infra/build/bundle-folder";
import type { Features } from "#shared/contracts/index";

/** What is in the bundles of stages with these features. */
export const metafileOf = (features: Features): Metafile =>
  JSON.parse(readFileSync(join(distFor(features), "meta.json"), "utf8")) as Metafile;

export default async function bundleOnce(): Promise<void> {
  await Promise.all([bundle({ testClock: false }), bundle({ testClock: true })]);
}

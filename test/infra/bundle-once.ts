/** Bundles every lambda before the first test, for all files: each by itself would write into the others' folder, and take as long again. */
import { bundle } from "#infra/build/bundle";

export default async function bundleOnce(): Promise<void> {
  await bundle();
}

/** What differs in the bundles of stages where tests move the product's clock; those of others have nothing of it. */
import { join } from "node:path";
import type { Plugin } from "esbuild";
import { root } from "./root.ts";

const NAMESPACE = "test-clock";
const folder = join(root, "shared", "test-clock");
const runtime = join(root, "shared", "runtime");

/** Wraps a lambda file: what is named so as an entry is that file's handler, which first looks at the clock. */
export const onTestClock = (file: string): string => `${NAMESPACE}:${file}`;

/** Wraps entries, and puts the clock that can be moved in the place of the machine's. */
export const testClock: Plugin = {
  name: NAMESPACE,
  setup({ onResolve, onLoad }) {
    onResolve({ filter: new RegExp(`^${NAMESPACE}:`) }, ({ path }) => ({
      path: path.slice(NAMESPACE.length + 1),
      namespace: NAMESPACE,
    }));
    onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path }) => ({
      contents: `import { handler as run } from ${JSON.stringify(path)};
        import { onTestClock } from ${JSON.stringify(join(folder, "handler.ts"))};
        export const handler = onTestClock(run);`,
      loader: "ts",
      resolveDir: folder,
    }));
    onResolve({ filter: /^(#shared\/runtime\/clock|\.\/clock\.ts)$/ }, ({ path, resolveDir }) =>
      path.startsWith("#") || resolveDir === runtime
        ? { path: join(folder, "clock.ts"), sideEffects: false }
        : undefined,
    );
  },
};

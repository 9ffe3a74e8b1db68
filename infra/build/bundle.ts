/**
 * One esbuild pass over every lambda: `dist/lambdas/<kebab-name>/index.mjs`. Source maps go to `dist/maps`, which is not
 * deployed, and what is in each bundle to `dist/meta.json`. Bundles for stages with a test clock (`--test-clock`) are in
 * `dist/test-clock`, in the same order.
 */
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { build, type Metafile } from "esbuild";
import { type Action, actionsWith, type Features } from "#shared/contracts/index";
import { distFor } from "./bundle-folder.ts";
import { environmentCredentials, jsonSchemas, plainBuiltins, unusedParts } from "./leave-out.ts";
import { onlyNeeded } from "./only-needed.ts";
import { contractParts } from "./contract-parts.ts";
import { root } from "./root.ts";
import { servedOpenApi } from "./served-openapi.ts";
import { toldActions } from "./told-actions.ts";
import { onTestClock, testClock } from "./test-clock.ts";

/** What esbuild writes where CommonJS asks at run time for a module by name, which an ES module cannot do. */
const ASKS_FOR_REQUIRE = "Dynamic require of";

/**
 * Bundles all lambdas of stages with these features; unless given, of production.
 *
 * @throws Error naming every lambda file that a contract calls for and that is not there.
 */
export async function bundle(features: Features = { testClock: false }): Promise<Metafile> {
  const dist = distFor(features);
  const [lambdas, maps] = [join(dist, "lambdas"), join(dist, "maps")];
  const { outputFiles, metafile } = await built(features, lambdas);
  rmSync(lambdas, { recursive: true, force: true });
  rmSync(maps, { recursive: true, force: true });
  const outputs = { ...metafile.outputs };
  for (const { path, text } of outputFiles) {
    const inProject = relative(root, path);
    if (text.includes(ASKS_FOR_REQUIRE)) throw new Error(`${inProject} asks for a module at run time`);
    if (path.endsWith(".map")) {
      write(join(maps, relative(lambdas, path)), text);
      // What is deployed is in the sizes, and nothing else.
      delete outputs[inProject];
    } else write(path, text);
  }
  const result = { ...metafile, outputs };
  writeFileSync(join(dist, "meta.json"), JSON.stringify(result));
  return result;
}

function built(features: Features, outdir: string) {
  const actions = actionsWith(features);
  const missing = actions.filter(({ file }) => !existsSync(join(root, file)));
  if (missing.length > 0)
    throw new Error(`no lambda for these contracts: ${missing.map(({ file }) => file).join(", ")}`);
  const fileOf = ({ file }: Action): string => join(root, file);
  const entryOf = (action: Action): string => (features.testClock ? onTestClock(fileOf(action)) : fileOf(action));
  const contracts = new Map(actions.map((action) => [fileOf(action), action.contract]));
  return build({
    absWorkingDir: root,
    entryPoints: actions.map((action) => ({ in: entryOf(action), out: join(action.kebabName, "index") })),
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    minify: true,
    sourcemap: "external",
    sourcesContent: false,
    format: "esm",
    platform: "node",
    target: "node24",
    mainFields: ["module", "main"],
    metafile: true,
    legalComments: "none",
    plugins: [
      environmentCredentials,
      unusedParts,
      plainBuiltins,
      jsonSchemas,
      servedOpenApi(features),
      toldActions,
      onlyNeeded(contracts),
      contractParts(contracts),
      ...(features.testClock ? [testClock] : []),
    ],
    write: false,
    logLevel: "warning",
  });
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

export interface Size {
  readonly name: string;
  readonly bytes: number;
}

/** Bytes of each lambda's bundle, largest first. */
export const sizesOf = ({ outputs }: Metafile): readonly Size[] =>
  Object.entries(outputs)
    .map(([path, { bytes }]) => ({ name: path.split("/").at(-2) ?? path, bytes }))
    .sort((a, b) => b.bytes - a.bytes);

// A failure is left unhandled on purpose: Node then says why and exits with an error.
if (import.meta.main) void bundle({ testClock: process.argv.includes("--test-clock") });

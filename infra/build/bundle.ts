/**
 * One esbuild pass over every lambda: `dist/lambdas/<kebab-name>/index.mjs`. Source maps go to `dist/maps`, which is not
 * deployed, and what is in each bundle to `dist/meta.json`.
 */
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { build, type Metafile } from "esbuild";
import { actions } from "#shared/contracts/index";
import { environmentCredentials, jsonSchemas, plainBuiltins, unusedParts } from "./leave-out.ts";
import { onlyNeeded } from "./only-needed.ts";

export const root = join(import.meta.dirname, "..", "..");
export const dist = join(root, "dist");
const lambdas = join(dist, "lambdas");
const maps = join(dist, "maps");

/** What esbuild writes where CommonJS asks at run time for a module by name, which an ES module cannot do. */
const ASKS_FOR_REQUIRE = "Dynamic require of";

/** Bundles all lambdas. @throws Error naming every lambda file that a contract calls for and that is not there. */
export async function bundle(): Promise<Metafile> {
  const missing = actions.filter(({ file }) => !existsSync(join(root, file)));
  if (missing.length > 0)
    throw new Error(`no lambda for these contracts: ${missing.map(({ file }) => file).join(", ")}`);
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: actions.map(({ file, kebabName }) => ({ in: join(root, file), out: join(kebabName, "index") })),
    outdir: lambdas,
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
      onlyNeeded(new Map(actions.map(({ file, contract }) => [join(root, file), contract]))),
    ],
    write: false,
    logLevel: "warning",
  });
  rmSync(lambdas, { recursive: true, force: true });
  rmSync(maps, { recursive: true, force: true });
  const outputs = { ...metafile.outputs };
  for (const { path, text } of outputFiles) {
    const inDist = relative(root, path);
    if (text.includes(ASKS_FOR_REQUIRE)) throw new Error(`${inDist} asks for a module at run time`);
    if (path.endsWith(".map")) {
      write(join(maps, relative(lambdas, path)), text);
      // What is deployed is in the sizes, and nothing else.
      delete outputs[inDist];
    } else write(path, text);
  }
  const result = { ...metafile, outputs };
  writeFileSync(join(dist, "meta.json"), JSON.stringify(result));
  return result;
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
if (import.meta.main) void bundle();

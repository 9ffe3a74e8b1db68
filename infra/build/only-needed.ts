/**
 * A lambda names the whole record of what the table gives, and esbuild cannot take a record apart. So each lambda gets
 * a copy of its own of the modules that make the record, in which what its contract never asks for is left out:
 * `capabilitiesOf`, which says so here, is what the runtime connects by. Whoever asks all the same is told at the start.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build, type OnResolveResult, type Plugin } from "esbuild";
import type { Contract } from "#shared/contracts/contract";
import { capabilitiesOf } from "#shared/contracts/implied";
import { nounOf } from "#shared/ports/capability";

const shared = join(import.meta.dirname, "..", "..", "shared");
/** From the record that a lambda imports down to what it is made of. */
const copied: Readonly<Record<string, string>> = {
  "#shared/adapters/dynamodb/index": join(shared, "adapters/dynamodb/index.ts"),
  "#shared/table/repositories/index": join(shared, "table/repositories/index.ts"),
};

/** Nouns of a lambda's contract: of two lambdas with the same, one copy serves both. */
interface Needed {
  readonly nouns: readonly string[];
}

const nounsOf = (contract: Contract): readonly string[] => [...new Set(capabilitiesOf(contract).map(nounOf))].sort();

/** @param contracts by the lambda file that implements them, absolute */
export const onlyNeeded = (contracts: ReadonlyMap<string, Contract>): Plugin => ({
  name: "only-needed",
  setup({ onResolve, onLoad }) {
    const copy = (path: string, needed: Needed): OnResolveResult => ({
      path,
      namespace: "only-needed",
      suffix: `?${needed.nouns.join()}`,
      pluginData: needed,
      sideEffects: false,
    });
    onResolve({ filter: /^#shared\/.*\/index$/ }, ({ path, importer, pluginData }) => {
      const [file, contract] = [copied[path], contracts.get(importer)];
      const needed = contract ? { nouns: nounsOf(contract) } : (pluginData as Needed | undefined);
      return file !== undefined && needed ? copy(file, needed) : undefined;
    });
    onResolve({ filter: /^\.\/by-noun\.ts$/ }, ({ path, resolveDir, pluginData }) =>
      pluginData ? copy(join(resolveDir, path), pluginData as Needed) : undefined,
    );
    onLoad({ filter: /.*/, namespace: "only-needed" }, async ({ path, pluginData }) => ({
      contents: path.endsWith("by-noun.ts") ? await lessOf(path, pluginData as Needed) : readFileSync(path, "utf8"),
      loader: "ts",
      resolveDir: dirname(path),
      pluginData: pluginData as Needed,
    }));
  },
});

/** A by-noun.ts with what is needed, and with an error in the place of everything else. */
async function lessOf(path: string, { nouns }: Needed): Promise<string> {
  const all = await exportsOf(path);
  const [needed, others] = [all.filter((noun) => nouns.includes(noun)), all.filter((noun) => !nouns.includes(noun))];
  return `export { ${needed.join(", ")} } from ${JSON.stringify(path)};
    const leftOut = (noun) => () => { throw new Error(noun + " is left out: the contract of this bundle asks nothing of it"); };
    ${others.map((noun) => `export const ${noun} = /* @__PURE__ */ leftOut("${noun}");`).join("\n")}`;
}

async function exportsOf(path: string): Promise<readonly string[]> {
  const { metafile } = await build({ entryPoints: [path], outdir: "unwritten", write: false, metafile: true });
  return Object.values(metafile.outputs).flatMap(({ exports }) => exports);
}

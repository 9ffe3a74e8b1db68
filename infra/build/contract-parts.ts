/**
 * What the runtime knows for every action there is, each bundle would carry: the whole catalogue of capabilities (12 kB),
 * all tellings, which a rehearsal names (12 kB), API keys, sealed replies, notes of creators who were seen. So each lambda gets copies of the modules that lead
 * from `implement` there, at whose ends stands what its own contract has a use for.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { OnResolveResult, Plugin } from "esbuild";
import type { Contract } from "#shared/contracts/contract";
import { capabilitiesOf, isForCreators, isTagged, takesApiKey, takesDryRun } from "#shared/contracts/implied";
import { catalogue } from "#shared/ports/catalogue";
import { root } from "./root.ts";

const shared = join(root, "shared");
const namespace = "contract-parts";
const inShared = (name: string): string => join(shared, `${name}.ts`);

/** From what a lambda file calls down to the ends. */
const copied = new Set(
  [
    ...["implement", "implement-consumer", "implement-job", "implement-stream", "implement-user-pool"],
    ...["pipelines", "connect", "parse", "middleware/idempotency", "middleware/parsing"],
  ]
    .map((name) => inShared(`runtime/${name}`))
    .concat(inShared("contracts/implied"), inShared("ports/touched")),
);

const answersTagged = (contract: Contract): boolean => contract.trigger === "http" && isTagged(contract);
const sealsReply = (contract: Contract): boolean => contract.trigger === "http" && contract.sealsReply === true;

/** Ends that a contract has a use for or not, with what they export. */
const optional: Readonly<
  Record<string, { readonly usedBy: (contract: Contract) => boolean; readonly exports: string[] }>
> = {
  [inShared("runtime/rehearsal")]: { usedBy: takesDryRun, exports: ["rehearsalReply"] },
  [inShared("runtime/api-key")]: { usedBy: takesApiKey, exports: ["apiKeyAuthenticator"] },
  [inShared("runtime/middleware/sighting")]: { usedBy: isForCreators, exports: ["sighting"] },
  [inShared("runtime/middleware/not-modified")]: { usedBy: answersTagged, exports: ["notModified"] },
  [inShared("runtime/sealed-reply")]: { usedBy: sealsReply, exports: ["openReply", "sealReply"] },
};
const CATALOGUE = inShared("ports/catalogue");

/** The catalogue's rows of one contract, as far as they are asked for on Lambda. */
const rowsOf = (contract: Contract): string =>
  JSON.stringify(
    Object.fromEntries(
      capabilitiesOf(contract).map((name) => {
        const { environment, commits } = catalogue[name];
        return [name, { environment, commits }];
      }),
    ),
  );

const leftOut = (names: readonly string[]): string =>
  names
    .map((name) => `export const ${name} = () => { throw new Error("${name} is left out of this bundle"); };`)
    .join("\n");

/** @param contracts by the lambda file that implements them, absolute */
export const contractParts = (contracts: ReadonlyMap<string, Contract>): Plugin => ({
  name: namespace,
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(?:#shared\/|\.{1,2}\/)/ }, ({ path, importer, resolveDir, pluginData, namespace: from }) => {
      const contract = from === namespace ? (pluginData as Contract) : contracts.get(importer);
      const file = path.startsWith("#") ? inShared(path.slice("#shared/".length)) : join(resolveDir, path);
      return contract && isPart(file, contract) ? copyOf(file, contract) : undefined;
    });
    onLoad({ filter: /.*/, namespace }, ({ path, pluginData }) => ({
      contents: contentsOf(path, pluginData as Contract),
      loader: "ts",
      resolveDir: dirname(path),
      pluginData: pluginData as Contract,
    }));
  },
});

/** An end that is used as it stands is no copy. */
const isPart = (file: string, contract: Contract): boolean =>
  copied.has(file) || file === CATALOGUE || optional[file]?.usedBy(contract) === false;

/** Of two contracts that use the same, one copy serves both. */
const copyOf = (path: string, contract: Contract): OnResolveResult => {
  const uses = Object.entries(optional).flatMap(([, { usedBy, exports }]) => (usedBy(contract) ? exports : []));
  return {
    path,
    namespace,
    suffix: `?${[...capabilitiesOf(contract), ...uses].sort().join()}`,
    pluginData: contract,
    sideEffects: false,
  };
};

function contentsOf(path: string, contract: Contract): string {
  if (path === CATALOGUE) return `export const catalogue = ${rowsOf(contract)};`;
  const end = optional[path];
  return end ? leftOut(end.exports) : readFileSync(path, "utf8");
}

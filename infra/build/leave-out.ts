/** What the SDK and zod would bring into every bundle and no lambda ever runs. */
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Plugin } from "esbuild";

/** The default credential chain, for one that reads the environment; see credentials.ts. */
export const environmentCredentials: Plugin = {
  name: "environment-credentials",
  setup({ onResolve }) {
    onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, () => ({
      path: join(import.meta.dirname, "credentials.ts"),
    }));
  },
};

const says = (what: string) => `throw new Error("${what} left out of this bundle");`;
/** What stands there instead: it loads, and says so where anything is asked of it. */
const standIns = {
  "event-streams": says("event streams are"),
  "endpoint-cache": `export class EndpointCache { getEndpoint() { ${says("endpoint discovery is")} } }`,
  "shared-files": `export const readFile = async () => { ${says("shared configuration files are")} };`,
  DefaultRateLimiter: `export class DefaultRateLimiter { constructor() { ${says("adaptive retries are")} } }`,
  getInstanceMetadataRegion: `export const getInstanceMetadataRegion = async () => undefined;`,
  Sha256Js: `export class Sha256Js { constructor() { ${says("hashing without node:crypto is")} } }`,
};
type StandIn = keyof typeof standIns;
const standIn = (path: StandIn) => ({ path, namespace: "left-out" });

interface Partitions {
  readonly partitions: readonly { readonly id: string; readonly regions: object }[];
}
/** The partition that stages are in, whose regions its own pattern tells. @param source `export const partitionsInfo = {…};` */
function ownPartition(source: string): Partitions {
  const { partitions, ...rest } = JSON.parse(
    source.slice(source.indexOf("{"), source.lastIndexOf("}") + 1),
  ) as Partitions;
  return { ...rest, partitions: partitions.filter(({ id }) => id === "aws").map((own) => ({ ...own, regions: {} })) };
}

/**
 * Event streams, which the protocol of every client can load for itself (15 kB; a client that names them itself, as
 * Kinesis does, keeps them); the cache of endpoint discovery, which DynamoDB does not need any more (8 kB); reading
 * `~/.aws/config`, which is not there on Lambda, and on an engineer's machine is none of a lambda's business; what paces
 * calls in a retry mode that no client of ours has (3 kB); hashes where Node has none (3 kB); asking a virtual machine
 * for its region, which Lambda says in the environment (1 kB); partitions of AWS that no stage is in, China's and governments', and
 * what each region is called (4 kB); and of each client's package.json all but the version, which is in what it says of itself (2 kB).
 */
export const unusedParts: Plugin = {
  name: "unused-parts",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@smithy\/core\/event-streams$/ }, ({ kind }) =>
      kind === "dynamic-import" ? standIn("event-streams") : undefined,
    );
    onResolve({ filter: /^@aws-sdk\/endpoint-cache$/ }, () => standIn("endpoint-cache"));
    onResolve({ filter: /^node:fs\/promises$/ }, ({ importer }) =>
      importer.includes("shared-ini-file-loader") ? standIn("shared-files") : undefined,
    );
    onResolve(
      { filter: /^\.{1,2}\/(?:.*\/)?(?:DefaultRateLimiter|getInstanceMetadataRegion|Sha256Js)$/ },
      ({ path, importer }) =>
        /[\\/]@smithy[\\/]core[\\/]/.test(importer) ? standIn(basename(path) as StandIn) : undefined,
    );
    onLoad({ filter: /[\\/]@aws-sdk[\\/]client-[\w-]+[\\/]package\.json$/ }, ({ path }) => {
      const { version } = JSON.parse(readFileSync(path, "utf8")) as { readonly version: string };
      return { contents: JSON.stringify({ version }), loader: "json" };
    });
    onLoad({ filter: /[\\/]util-endpoints[\\/]lib[\\/]aws[\\/]partitions\.js$/ }, ({ path }) => ({
      contents: `export const partitionsInfo = ${JSON.stringify(ownPartition(readFileSync(path, "utf8")))};`,
    }));
    onLoad({ filter: /.*/, namespace: "left-out" }, ({ path }) => ({ contents: standIns[path as StandIn] }));
  },
};

/**
 * What Node makes of a builtin for ES modules asks for each of its properties, and some of these cost milliseconds:
 * stdin and stdout of `process`, the streams of `fs`, the WebSocket of `http`. The module itself asks for none of them.
 */
export const plainBuiltins: Plugin = {
  name: "plain-builtins",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:)?(process|fs|http)$/ }, ({ path }) => ({ path, namespace: "plain-builtin" }));
    onLoad({ filter: /.*/, namespace: "plain-builtin" }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule("${path}");`,
    }));
  },
};

const EXPORTED = /^export (?:const|function) (\w+)/gm;

/**
 * JSON schemas, which every shape can print of itself (18 kB): we print them when the documents are written, not on Lambda.
 * A shape is given its printers while it is made; the stand-ins throw only when one is asked to print.
 */
export const jsonSchemas: Plugin = {
  name: "json-schemas",
  setup({ onLoad }) {
    onLoad({ filter: /zod\/v4\/core\/(json-schema-processors|to-json-schema)\.js$/ }, ({ path }) => {
      const names = [...readFileSync(path, "utf8").matchAll(EXPORTED)].map(([, name = ""]) => name);
      const standsFor = (name: string) => `${name.startsWith("create") ? "makesLeftOut" : "leftOut"} as ${name}`;
      return {
        contents: `const leftOut = () => { ${says("printing JSON schemas is")} };
          const makesLeftOut = () => leftOut;
          export { ${["leftOut as process", ...names.map(standsFor)].join(", ")} };`,
      };
    });
  },
};

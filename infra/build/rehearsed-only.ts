/**
 * What a rehearsal answers names what everybody would be told: all tellings there are (12 kB), which only actions that can be
 * rehearsed have a use for. The others get copies of what leads there, at whose end it is left out.
 */
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Plugin } from "esbuild";
import type { Contract } from "#shared/contracts/contract";
import { takesDryRun } from "#shared/contracts/implied";
import { root } from "./root.ts";

const runtime = join(root, "shared", "runtime");
const namespace = "unrehearsed";
const copyOf = (file: string) => ({ path: join(runtime, basename(file)), namespace, sideEffects: false });

/** @param contracts by the lambda file that implements them, absolute */
export const rehearsedOnly = (contracts: ReadonlyMap<string, Contract>): Plugin => ({
  name: "rehearsed-only",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^#shared\/runtime\/implement$/ }, ({ importer }) => {
      const contract = contracts.get(importer);
      return contract?.trigger === "http" && !takesDryRun(contract) ? copyOf("implement.ts") : undefined;
    });
    onResolve({ filter: /^\.\/(?:pipelines|rehearsal)\.ts$/, namespace }, ({ path }) => copyOf(path));
    onLoad({ filter: /.*/, namespace }, ({ path }) => ({
      contents: basename(path) === "rehearsal.ts" ? LEFT_OUT : readFileSync(path, "utf8"),
      loader: "ts",
      resolveDir: runtime,
    }));
  },
});

const LEFT_OUT = `export const rehearsalReply = () => { throw new Error("rehearsals are left out of this bundle"); };`;

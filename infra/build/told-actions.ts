/** What is told of all contracts, worked out when bundles are made: they themselves would be 150 kB of one lambda's. */
import { basename } from "node:path";
import type { Plugin } from "esbuild";
import { campaignActions, generalActions } from "#shared/contracts/callable";
import { jobSchedules } from "#shared/contracts/schedules";

/** By the file of shared/contracts that says it. */
const told: Readonly<Record<string, object>> = {
  "callable.ts": { generalActions, campaignActions },
  "schedules.ts": { jobSchedules },
};

export const toldActions: Plugin = {
  name: "told-actions",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]shared[\\/]contracts[\\/](?:callable|schedules)\.ts$/ }, ({ path }) => ({
      contents: Object.entries(told[basename(path)] ?? {})
        .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
        .join("\n"),
      loader: "js",
    }));
  },
};

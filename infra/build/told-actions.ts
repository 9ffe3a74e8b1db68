/** Which actions people are told about, worked out when bundles are made: all contracts would be 150 kB of one lambda's. */
import type { Plugin } from "esbuild";
import { campaignActions, generalActions } from "#shared/contracts/callable";

export const toldActions: Plugin = {
  name: "told-actions",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]shared[\\/]contracts[\\/]callable\.ts$/ }, () => ({
      contents: Object.entries({ generalActions, campaignActions })
        .map(([name, told]) => `export const ${name} = ${JSON.stringify(told)};`)
        .join("\n"),
      loader: "js",
    }));
  },
};

/** What the SDK would bring into every bundle and no lambda ever runs. */
import { join } from "node:path";
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

/**
 * Event streams, which the protocol of every client can load for itself: 15 kB that no call of ours reaches. A client
 * that names them itself, as Kinesis does, keeps them.
 */
export const noEventStreams: Plugin = {
  name: "no-event-streams",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@smithy\/core\/event-streams$/ }, ({ kind }) =>
      kind === "dynamic-import" ? { path: "event-streams", namespace: "left-out" } : undefined,
    );
    onLoad({ filter: /.*/, namespace: "left-out" }, ({ path }) => ({
      contents: `throw new Error("${path} are left out of this bundle");`,
    }));
  },
};

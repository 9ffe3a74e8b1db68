/** Projects are slices by what a test needs: `unit` nothing, `properties` nothing but time, `infra` a synth, `emulator` and `journeys` the running local stage. */
const base = {
  testEnvironment: "node",
  transform: { "^.+\\.[cm]?[tj]s$": "<rootDir>/test/support/esbuild-transform.cjs" },
  // ESM-only packages are compiled to CommonJS with our own sources.
  transformIgnorePatterns: ["/node_modules/(?!(@middy|nanoid)/)"],
  moduleNameMapper: { "^@middy/([^/]+)$": "<rootDir>/node_modules/@middy/$1/index.js" },
  setupFiles: ["<rootDir>/test/support/silent-log.ts"],
  injectGlobals: false,
};

const project = (displayName, ...folders) => ({
  ...base,
  displayName,
  testMatch: folders.map((folder) => `<rootDir>/test/${folder}/**/*.test.ts`),
});

export default {
  projects: [
    project(
      "unit",
      "domain",
      "actions",
      "contracts",
      "runtime",
      "adapters/cognito",
      "adapters/dynamodb",
      "adapters/eventbridge",
      "adapters/kms",
      "adapters/memory",
      "adapters/stripe",
      "adapters/signed-http",
      "adapters/outside",
      "adapters/s3",
      "adapters/social",
      "table",
      "edge",
      "preflight",
      "operations",
      "local/unit",
    ),
    project("properties", "properties"),
    { ...project("infra", "infra"), globalSetup: "<rootDir>/test/infra/bundle-once.ts" },
    project("emulator", "adapters/emulator", "local/emulator"),
    project("journeys", "journeys"),
  ],
};

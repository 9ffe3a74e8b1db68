// The import law: see docs/architecture.md. Each rule says who may import what; everything else is refused.
const layer = (name, from, allowed) => ({
  name,
  severity: "error",
  comment: "docs/architecture.md, direction of imports",
  from: { path: from },
  to: { pathNot: allowed, dependencyTypesNot: ["core"] },
});
const ZOD = "node_modules/zod/";

module.exports = {
  forbidden: [
    layer("domain-is-pure", "^shared/domain/", ["^shared/domain/", ZOD, "node_modules/isbot/"]),
    layer("ports-know-the-domain", "^shared/ports/", [
      "^shared/(ports|domain)/",
      "^shared/table/items/index[.]ts$",
      ZOD,
    ]),
    layer("the-table-knows-the-domain", "^shared/table/(?!repositories/|driver[.]ts)", [
      "^shared/table/(?!repositories/|driver[.]ts)",
      "^shared/domain/",
    ]),
    layer("the-driver-knows-how-to-ask-again", "^shared/table/driver[.]ts$", [
      "^shared/table/(?!repositories/)",
      "^shared/ports/(changes|outside)[.]ts$",
    ]),
    {
      name: "declarations-take-types-alone",
      severity: "error",
      comment: "the click path bundles declarations: they bring nothing of the domain along",
      from: { path: "^shared/table/(?!repositories/)" },
      to: { path: "^shared/domain/", dependencyTypesNot: ["type-only"] },
    },
    layer("repositories-know-ports-and-table", "^shared/table/repositories/", ["^shared/(table|ports|domain)/", ZOD]),
    layer("what-is-done-with-ports-knows-no-technology", "^shared/application/", [
      "^shared/(application|ports|domain)/",
    ]),
    layer("contracts-are-data", "^shared/contracts/", ["^shared/(contracts|ports|domain)/", ZOD]),
    layer("runtime-has-no-adapters", "^shared/runtime/", [
      "^shared/(runtime|contracts|ports|domain|table)/",
      "^aws-lambda$",
      "node_modules/(zod|@middy|aws-jwt-verify|ulid|@types/aws-lambda)/",
    ]),
    layer("the-test-clock-stands-around-handlers", "^shared/test-clock/", [
      "^shared/(test-clock|runtime|table|domain)/",
      "^shared/adapters/signed-http/",
    ]),
    {
      name: "nobody-asks-for-the-test-clock",
      severity: "error",
      comment: "infra/build/test-clock.ts puts it into the bundles of stages that have one",
      from: { pathNot: "^(shared/test-clock|test)/" },
      to: { path: "^shared/test-clock/" },
    },
    layer("adapters-know-ports-and-table", "^shared/adapters/", [
      "^shared/(adapters|ports|domain|table)/",
      "node_modules/",
    ]),
    layer("infra-reads-contracts", "^infra/(?!(local|preflight|operations)/)", [
      "^infra/",
      "^shared/(contracts|ports|table|domain)/",
      "node_modules/(?!@aws-sdk|@smithy|stripe)",
    ]),
    {
      name: "adapters-do-not-meet",
      severity: "error",
      from: { path: "^shared/adapters/([^/]+)/" },
      // What every client of AWS is made with is said once.
      to: { path: "^shared/adapters/", pathNot: "^shared/adapters/($1|aws)/" },
    },
    {
      name: "lambdas-stand-alone",
      severity: "error",
      from: { path: "^lambdas/([^.]+)" },
      to: { path: "^(lambdas|infra|test)/", pathNot: "^lambdas/$1" },
    },
    {
      name: "sdk-only-in-adapters",
      severity: "error",
      from: { path: "^(lambdas|shared)/", pathNot: "^shared/adapters/" },
      to: { path: "node_modules/(@aws-sdk|@smithy|stripe|nodemailer)/" },
    },
    {
      name: "cdk-only-in-infra",
      severity: "error",
      from: { path: "^(lambdas|shared)/" },
      to: { path: "node_modules/(aws-cdk-lib|constructs|cdk-nag)/" },
    },
    {
      name: "synth-loads-no-sdk",
      severity: "error",
      from: { path: "^infra/app[.]ts$" },
      to: { path: "node_modules/(@aws-sdk|stripe)/", reachable: true },
    },
    {
      name: "product-does-not-know-its-tests",
      severity: "error",
      from: { path: "^(lambdas|shared|infra)/" },
      to: { path: "^test/" },
    },
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "declared-packages",
      severity: "error",
      from: { path: "^(lambdas|shared|infra)/" },
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    },
  ],
  required: [
    {
      name: "a-lambda-is-made-by-the-runtime",
      severity: "error",
      comment: "every lambda goes through shared/runtime",
      module: { path: "^lambdas/.+[.]ts$" },
      to: { path: "^shared/runtime/" },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: {
      extensions: [".ts", ".js", ".json"],
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
    },
  },
};

// Jest transformer: the compiler that makes the bundles also compiles the tests, to CommonJS, with line-exact maps.
const { env } = require("node:process");
const { createHash } = require("node:crypto");
const esbuild = require("esbuild");

const options = (filename) => ({
  loader: filename.endsWith(".ts") ? "ts" : "js",
  format: "cjs",
  target: "node24",
  sourcefile: filename,
  sourcemap: "inline",
  supported: { "dynamic-import": false },
  define: {
    "import.meta.url": "__jestImportMetaUrl",
    "import.meta.dirname": "__dirname",
    "import.meta.filename": "__filename",
  },
});

/** `npm run mutants` takes one place of one file away, to see whether a test notices. */
const mutant = env.MUTANT && JSON.parse(env.MUTANT);
const mutated = (source, filename) =>
  mutant && mutant.file === filename ? source.slice(0, mutant.start) + mutant.text + source.slice(mutant.end) : source;

module.exports = {
  process(source, filename) {
    const { code } = esbuild.transformSync(mutated(source, filename), options(filename));
    const prelude = code.includes("__jestImportMetaUrl")
      ? 'const __jestImportMetaUrl = require("node:url").pathToFileURL(__filename).href;'
      : "";
    return { code: prelude + code };
  },
  getCacheKey: (source, filename) =>
    createHash("sha256")
      .update(mutated(source, filename))
      .update(filename)
      .update(esbuild.version)
      .update(__filename)
      .digest("hex"),
};

// Jest transformer: the compiler that makes the bundles also compiles the tests, to CommonJS, with line-exact maps.
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

module.exports = {
  process(source, filename) {
    const { code } = esbuild.transformSync(source, options(filename));
    const prelude = code.includes("__jestImportMetaUrl")
      ? 'const __jestImportMetaUrl = require("node:url").pathToFileURL(__filename).href;'
      : "";
    return { code: prelude + code };
  },
  getCacheKey: (source, filename) =>
    createHash("sha256").update(source).update(filename).update(esbuild.version).update(__filename).digest("hex"),
};

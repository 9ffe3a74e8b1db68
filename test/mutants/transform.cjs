// The tests' own compiler; before it, every mutant of a file is put behind its switch.
const { createHash } = require("node:crypto");
const { readFileSync } = require("node:fs");
const { join, relative } = require("node:path");
const compiler = require("../support/esbuild-transform.cjs");

const rules = ["kinds.ts", "switches.ts"].map((name) => readFileSync(join(__dirname, name), "utf8")).join();

module.exports = {
  process(source, filename, { config }) {
    // Only now: what is compiled already needs no TypeScript.
    const { withSwitches } = require("./switches.ts");
    return compiler.process(withSwitches(relative(config.rootDir, filename), source), filename);
  },
  getCacheKey: (source, filename) =>
    createHash("sha256").update(compiler.getCacheKey(source, filename)).update(rules).digest("hex"),
};

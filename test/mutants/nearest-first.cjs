// Runs the tests that are named most like the mutated file first: most mutants are noticed there.
const { env } = require("node:process");
const { default: Sequencer } = require("@jest/test-sequencer");

const words = (path) => new Set(path.split(/[/.-]/));

module.exports = class NearestFirst extends Sequencer {
  sort(tests) {
    const wanted = words(JSON.parse(env.MUTANT).file);
    const likeness = ({ path }) => [...words(path)].filter((word) => wanted.has(word)).length;
    return [...tests].sort((a, b) => likeness(b) - likeness(a));
  }
};

// Gives tested code its switches, notes which of them it asks for, and leaves the other tests of a file out once one failed.
const { TestEnvironment } = require("jest-environment-node");

const PATIENCE = 4;

module.exports = class MutantEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    const { on, asked } = globalThis.mutation;
    this.global.mutantIsOn = (id) => {
      asked.add(id);
      return id === on;
    };
  }

  handleTestEvent({ name, test, hook }) {
    const timed = { test_start: test, hook_start: hook }[name];
    // Slow because the machine is busy is not failed.
    if (timed?.timeout) timed.timeout *= PATIENCE;
    if (name === "test_fn_failure" || name === "hook_failure") this.hasFailed = true;
    if (name === "test_start" && this.hasFailed) test.mode = "skip";
  }
};

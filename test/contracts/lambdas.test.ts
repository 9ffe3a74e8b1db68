/** Contracts and lambdas, one for one; by the files' text, so that forgetting one shows within a second. */
import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { actions } from "#shared/contracts/index";

const files = globSync("lambdas/**/*.ts").map((file) => file.replaceAll("\\", "/"));

test("every contract has its file, and every file its contract", () => {
  expect(files.sort()).toEqual(actions.map(({ file }) => file).sort());
});

describe.each(actions.filter(({ file }) => files.includes(file)))("$file", ({ file, area, name }) => {
  const source = readFileSync(file, "utf8");

  test("exports one handler, made of its own contract", () => {
    const made = [...source.matchAll(/^export const handler = (\w+)(?:<typeof |\(\s*)(\w+)/gm)].map(
      ([, by = "", of = ""]) => [by, of],
    );
    expect(made).toEqual([[expect.stringMatching(/^implement/), name]]);
  });

  test("takes no contract but its own", () => {
    const imports = [...source.matchAll(/^import (?:type )?\{([^}]*)\} from "#shared\/contracts\/([\w-]+)";$/gm)];
    const contracts = imports.flatMap(([, names = "", of = ""]) =>
      names
        .split(",")
        .map((one) => one.trim())
        .filter((one) => one in actionNames)
        .map((one) => [of, one]),
    );
    expect(contracts).toEqual([[area, name]]);
  });
});

const actionNames = Object.fromEntries(actions.map((action) => [action.name, action]));

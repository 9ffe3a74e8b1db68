import { describe, expect, test } from "@jest/globals";
import { parseArguments, spelled } from "#infra/local/arguments";
import { LocalStageProblem } from "#infra/local/problem";

describe("what npm start is told", () => {
  test("nothing: port 4000, the demo, in the foreground, state in .local", () => {
    expect(parseArguments([])).toEqual({ port: 4000, seed: true, bundle: true, detach: false, state: ".local" });
  });

  test("everything", () => {
    expect(parseArguments(["--port", "4300", "--no-seed", "--detach", "--state=.local/second"])).toEqual({
      port: 4300,
      seed: false,
      bundle: true,
      detach: true,
      state: ".local/second",
    });
  });

  test.each(["80", "65533", "4000.5", "4e3", "-1", "", "port", " 4000"])("no port is %j", (port) => {
    expect(() => parseArguments([`--port=${port}`])).toThrow(LocalStageProblem);
    expect(() => parseArguments([`--port=${port}`])).toThrow("from 1024 to 65532");
  });

  test.each([[["--sed"]], [["start"]], [["--port"]], [["--state="]], [["--seed"]]])(
    "%j is refused in one line",
    (args) => {
      const refusal = (): unknown => parseArguments(args);
      expect(refusal).toThrow(LocalStageProblem);
      expect(refusal).toThrow(/^[^\n]+$/);
    },
  );

  test("a detached start passes on what it was told, except to detach", () => {
    const given = parseArguments(["--port", "4300", "--no-seed", "--no-bundle", "--detach", "--state=-odd name"]);
    expect(parseArguments(spelled(given))).toEqual({ ...given, detach: false });
    expect(parseArguments(spelled(parseArguments([])))).toEqual(parseArguments([]));
  });
});

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { ensurePython, type Outcome, type Run } from "../../../infra/local/emulator/python.ts";
import { LocalStageProblem } from "../../../infra/local/problem.ts";

const good: Outcome = { code: 0, stdout: "", stderr: "" };
const missing: Outcome = { code: null, stdout: "", stderr: "" };

let rootDir: string;
let calls: string[];

beforeEach(() => {
  rootDir = mkdtempSync(join(tmpdir(), "python-"));
  mkdirSync(join(rootDir, "infra/local/emulator"), { recursive: true });
  writeFileSync(join(rootDir, "infra/local/emulator/requirements.txt"), "ministack==1.5.33\n");
  calls = [];
});

afterEach(() => rmSync(rootDir, { recursive: true, force: true }));

/** A machine whose `python3` has a version, and whose other steps end as told. */
function machine(version: string, outcomes: { venv?: Outcome; install?: Outcome } = {}): Run {
  return (command, args) => {
    calls.push([command, ...args].join(" "));
    if (args.includes("-c")) return command === "python3" ? { ...good, stdout: `${version}\n` } : missing;
    if (args.includes("venv")) {
      const python = join(args.at(-1)!, "bin/python");
      mkdirSync(dirname(python), { recursive: true });
      writeFileSync(python, "");
      return outcomes.venv ?? good;
    }
    return outcomes.install ?? good;
  };
}

const installs = () => calls.filter((call) => call.includes(" install ")).length;

describe("ensurePython", () => {
  test("makes the environment once, and again for other requirements", async () => {
    const python = await ensurePython(rootDir, machine("3 11"));
    expect(python).toBe(join(rootDir, ".local/venv/bin/python"));
    expect(calls.at(-1)).toContain("--require-hashes");
    await ensurePython(rootDir, machine("3 11"));
    expect(installs()).toBe(1);
    writeFileSync(join(rootDir, "infra/local/emulator/requirements.txt"), "ministack==1.5.34\n");
    await ensurePython(rootDir, machine("3 11"));
    expect(installs()).toBe(2);
  });

  test("makes a half-made environment again", async () => {
    const broken: Outcome = { code: 1, stdout: "", stderr: "ERROR: No matching distribution found for six\n" };
    await expect(ensurePython(rootDir, machine("3 11", { install: broken }))).rejects.toThrow(LocalStageProblem);
    mkdirSync(join(rootDir, ".local/venv/bin"), { recursive: true });
    await ensurePython(rootDir, machine("3 11"));
    expect(readFileSync(join(rootDir, ".local/venv/requirements.sha256"), "utf8")).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each([
    ["no Python", machine("3 11"), () => missing, /needs Python 3\.10 or newer, and none was found: install one/],
    ["an old Python", machine("3 8"), undefined, /none was found \(found only 3\.8\)/],
    [
      "no venv module",
      machine("3 11", {
        venv: { code: 1, stdout: "ensurepip is not\navailable: ensurepip is not available", stderr: "" },
      }),
      undefined,
      /"venv" module is missing: install it \(on Debian and Ubuntu: apt install python3-venv\)/,
    ],
    [
      "a broken download",
      machine("3 11", { install: { code: 1, stdout: "", stderr: "Retrying\nERROR: Could not fetch six\n" } }),
      undefined,
      /could not be installed \(is the network there\?\): ERROR: Could not fetch six$/,
    ],
  ])("%s is one clear sentence", async (_case, given, instead, sentence) => {
    const problem = await ensurePython(rootDir, instead ?? given).catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(LocalStageProblem);
    expect((problem as Error).message).toMatch(sentence);
    expect((problem as Error).message).not.toContain("\n");
  });
});

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LocalStageProblem } from "../problem.ts";

/** What a finished command said: its exit code (null when it could not start) and its output. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end; tests put their own in its place. */
export type Run = (command: string, args: readonly string[]) => Outcome;

type Command = readonly [program: string, ...args: string[]];

const oldestMinor = 10;
const candidates: readonly Command[] = [
  ["python3"],
  ["python3.14"],
  ["python3.13"],
  ["python3.12"],
  ["python3.11"],
  ["python3.10"],
  ["python"],
  ["py", "-3"],
];
const askVersion = "import sys; print(sys.version_info[0], sys.version_info[1])";
const installMinutes = 10;

const runCommand: Run = (command, args) => {
  const result = spawnSync(command, args, { encoding: "utf8", timeout: installMinutes * 60_000 });
  return { code: result.error ? null : result.status, stdout: result.stdout ?? "", stderr: result.stderr ?? "" };
};

/**
 * The path of a Python that has the emulator's pinned packages, in a private virtual environment under `.local/venv`.
 * Made once per content of `requirements.txt`; one that was left half-made is made again.
 * @throws LocalStageProblem when there is no Python >= 3.10, no `venv` module, or the packages cannot be fetched.
 */
export async function ensurePython(rootDir: string, run: Run = runCommand): Promise<string> {
  const requirements = join(rootDir, "infra/local/emulator/requirements.txt");
  const key = createHash("sha256").update(readFileSync(requirements)).digest("hex");
  const environment = join(rootDir, ".local/venv");
  if (isComplete(environment, key)) return pythonIn(environment);

  const python = findPython(run);
  const draft = `${environment}-${process.pid}`;
  mkdirSync(join(rootDir, ".local"), { recursive: true });
  rmSync(draft, { recursive: true, force: true });
  try {
    makeEnvironment(run, python, draft);
    install(run, draft, requirements);
    writeFileSync(markerIn(draft), key);
    // Another process may have finished first; either result is the same, and only a whole one is ever moved here.
    if (!isComplete(environment, key)) {
      rmSync(environment, { recursive: true, force: true });
      renameSync(draft, environment);
    }
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return pythonIn(environment);
}

const markerIn = (environment: string) => join(environment, "requirements.sha256");

const pythonIn = (environment: string) =>
  process.platform === "win32" ? join(environment, "Scripts/python.exe") : join(environment, "bin/python");

function isComplete(environment: string, key: string): boolean {
  const marker = markerIn(environment);
  return existsSync(marker) && readFileSync(marker, "utf8") === key && existsSync(pythonIn(environment));
}

function findPython(run: Run): Command {
  const found: string[] = [];
  for (const candidate of candidates) {
    const [program, ...args] = candidate;
    const { code, stdout } = run(program, [...args, "-c", askVersion]);
    if (code !== 0) continue;
    const [major, minor] = stdout.trim().split(" ").map(Number);
    if (major === 3 && minor !== undefined && minor >= oldestMinor) return candidate;
    found.push(`${major}.${minor}`);
  }
  const seen = found.length > 0 ? ` (found only ${[...new Set(found)].join(", ")})` : "";
  throw new LocalStageProblem(
    `The local stage needs Python 3.${oldestMinor} or newer, and none was found${seen}: install one and start again.`,
  );
}

function makeEnvironment(run: Run, [program, ...args]: Command, directory: string): void {
  const { code, stdout, stderr } = run(program, [...args, "-m", "venv", directory]);
  if (code === 0) return;
  const output = stdout + stderr;
  if (/ensurepip is not available|No module named '?(venv|ensurepip)/.test(output)) {
    throw new LocalStageProblem(
      `Python's "venv" module is missing: install it (on Debian and Ubuntu: apt install python3-venv) and start again.`,
    );
  }
  throw new LocalStageProblem(`Python could not make a virtual environment in ${directory}: ${lastLine(output)}`);
}

function install(run: Run, directory: string, requirements: string): void {
  const flags = ["--require-hashes", "--only-binary", ":all:", "--quiet", "--disable-pip-version-check"];
  const { code, stdout, stderr } = run(pythonIn(directory), ["-m", "pip", "install", ...flags, "-r", requirements]);
  if (code === 0) return;
  throw new LocalStageProblem(
    `The emulator's Python packages could not be installed (is the network there?): ${lastLine(stdout + stderr)}`,
  );
}

const lastLine = (output: string) => output.trim().split("\n").at(-1) || "no reason was given";

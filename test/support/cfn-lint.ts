/** AWS's own linter for templates, which knows nothing of CDK: a second opinion on what we deploy. */
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { ensurePython } from "#infra/local/emulator/python";
import { executeBeside, root, type StepResult } from "./steps.ts";

/** CDK writes DependsOn beside references that imply it, everywhere. */
const REDUNDANT_DEPENDENCY = "W3005";

const environment = join(root, ".cache", "cfn-lint");
const binary = (name: string): string => join(environment, process.platform === "win32" ? "Scripts" : "bin", name);

/** Fetches the linter, and on the way the Python environment of the local stage, unless they are there. */
export async function installLinter(): Promise<void> {
  if (existsSync(binary("cfn-lint"))) return;
  await executeBeside(await ensurePython(root), ["-m", "venv", environment]);
  const requirements = join(root, "infra", "build", "lint-requirements.txt");
  await executeBeside(binary("pip"), ["install", "--quiet", "--disable-pip-version-check", "-r", requirements]);
}

/** Lints the templates of every stage that a synth has left in `folder`, each once. It gives way to all other work. */
export async function lintTemplates(folder: string): Promise<StepResult> {
  const started = performance.now();
  const templates = await distinctTemplates(folder);
  const code = templates.length === 0 ? 1 : await lint(templates);
  const seconds = (performance.now() - started) / 1000;
  return {
    name: `cfn-lint, ${templates.length} templates`,
    passed: code === 0 ? 1 : 0,
    failed: code === 0 ? 0 : 1,
    seconds,
  };
}

/** Ways to tell a stage differ in a stack or two: what is the same letter by letter is linted once. */
async function distinctTemplates(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".template.json"));
  const files = names.map((name) => join(folder, name));
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
  return [...new Map(texts.map((text, at) => [text, files[at]!])).values()];
}

async function lint(files: readonly string[]): Promise<number> {
  // It lints one template after another: on as many cores as there are, each process has its share.
  const cores = availableParallelism();
  const shares = Array.from({ length: cores }, (_, core) => files.filter((_file, at) => at % cores === core));
  const codes = await Promise.all(shares.filter(({ length }) => length > 0).map(lintShare));
  return Math.max(...codes);
}

const lintShare = (files: readonly string[]): Promise<number> =>
  executeBeside(binary("cfn-lint"), [
    "--non-zero-exit-code",
    "warning",
    "--ignore-checks",
    REDUNDANT_DEPENDENCY,
    "--",
    ...files,
  ]);

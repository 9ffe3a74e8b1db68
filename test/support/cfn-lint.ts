/** AWS's own linter for templates, which knows nothing of CDK: a second opinion on what we deploy. */
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { ensurePython } from "#infra/local/emulator/python";
import { execute, root, type StepResult } from "./steps.ts";

/** CDK writes DependsOn beside references that imply it, everywhere. */
const REDUNDANT_DEPENDENCY = "W3005";

const environment = join(root, ".cache", "cfn-lint");
const binary = (name: string): string => join(environment, process.platform === "win32" ? "Scripts" : "bin", name);

/** Lints the templates of every stage that a synth has left in `folder`. */
export async function lintTemplates(folder: string): Promise<StepResult> {
  const started = performance.now();
  const templates = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".template.json"));
  const code = templates.length === 0 ? 1 : await lint(templates.map((name) => join(folder, name)));
  const seconds = (performance.now() - started) / 1000;
  return {
    name: `cfn-lint, ${templates.length} templates`,
    passed: code === 0 ? 1 : 0,
    failed: code === 0 ? 0 : 1,
    seconds,
  };
}

async function lint(files: readonly string[]): Promise<number> {
  if (!existsSync(binary("cfn-lint"))) {
    await execute(await ensurePython(root), ["-m", "venv", environment]);
    const requirements = join(root, "infra", "build", "lint-requirements.txt");
    await execute(binary("pip"), ["install", "--quiet", "--disable-pip-version-check", "-r", requirements]);
  }
  return execute(binary("cfn-lint"), [
    "--non-zero-exit-code",
    "warning",
    "--ignore-checks",
    REDUNDANT_DEPENDENCY,
    "--",
    ...files,
  ]);
}

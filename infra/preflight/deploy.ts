/**
 * `npm run deploy -- [stack …] -c stage=… …`: preflight, build, `cdk deploy`, and then protection for the stacks that keep
 * data. Deploying named stacks asks for no preflight: the sender's identity is made that way, before it can be verified.
 *
 * Why not `cdk deploy` alone: it sets a stack's protection before it executes its change set (CDK CLI,
 * `changeSetDeployment`), so that a first deploy that failed could not be deleted for the next try; and it takes protection
 * away wherever the app does not ask for it. So the app is told which stacks stand, and asks for those.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ask, askStandingStacks } from "./aws.ts";
import { missesOf } from "./checks.ts";
import { commandLineOf, deployArguments, stageTold } from "./command-line.ts";
import { protect } from "./protect.ts";

const root = join(import.meta.dirname, "..", "..");
const line = commandLineOf(process.argv.slice(2));
const stage = stageTold(line, root);

/** Runs a command in the project, seen by whoever deploys. @returns whether it succeeded. */
const run = (command: string, args: readonly string[]): boolean =>
  spawnSync(command, args, { cwd: root, stdio: "inherit" }).status === 0;

/** Builds what the stage is made of; sizes are production's, and held to their budgets whatever is deployed. */
const build = (): boolean =>
  run("node", [join("infra", "build", "sizes.ts")]) &&
  (!stage.testClock || run("node", [join("infra", "build", "bundle.ts"), "--test-clock"]));

/** What would fail the deploy. Whether anybody is told by alarms yet does not. */
const stops = async () => missesOf(stage, { ...(await ask(stage)), subscriptions: { said: [] } });

async function deploy(): Promise<boolean> {
  const misses = line.stacks.length === 0 ? await stops() : [];
  for (const miss of misses) console.log(`✗ ${miss}`);
  if (misses.length > 0 || !build()) return false;
  const standing = await askStandingStacks(stage);
  // Before it, too: this may be the commit that leaves out what holds data.
  await protect(stage, standing);
  const deployed = run("cdk", deployArguments(line, standing));
  // Also after a failure: what stands by now holds data, and what does not can be tried again.
  for (const name of await protect(stage, await askStandingStacks(stage))) console.log(`✓ ${name} is protected`);
  for (const miss of missesOf(stage, await ask(stage))) console.log(`✗ ${miss}`);
  return deployed;
}

process.exitCode = (await deploy()) ? 0 : 1;

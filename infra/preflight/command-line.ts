import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import * as z from "zod";
import { type Stage, stageFrom } from "../stages.ts";

export interface CommandLine {
  /** `-c name=value`, as CDK takes it. */
  readonly context: Readonly<Record<string, string>>;
  /** Named stacks; none for all of them. */
  readonly stacks: readonly string[];
  /** Whether those alone are deployed, without the stacks that they lean on. */
  readonly exclusively: boolean;
  /** Whether new rights are granted without asking a person, as in a pipeline. */
  readonly yes: boolean;
}

const CdkJson = z.object({ context: z.record(z.string(), z.unknown()) });

/** Reads what comes after `npm run preflight --` and `npm run deploy --`. @throws Error for what it does not know. */
export function commandLineOf(args: readonly string[]): CommandLine {
  const options = {
    context: { type: "string", short: "c", multiple: true, default: [] as string[] },
    exclusively: { type: "boolean", short: "e", default: false },
    yes: { type: "boolean", short: "y", default: false },
  } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const pairs = values.context.map((pair) => {
    const at = pair.indexOf("=");
    if (at < 1) throw new Error(`-c takes name=value, not "${pair}"`);
    return [pair.slice(0, at), pair.slice(at + 1)] as const;
  });
  return { context: Object.fromEntries(pairs), stacks: positionals, exclusively: values.exclusively, yes: values.yes };
}

/**
 * The stage that a command line and `cdk.json` name, complete. Which of its stacks stand is for AWS to say.
 * @throws Error that names each value it lacks; for the local stage, which is on no account.
 */
export function stageTold({ context }: Pick<CommandLine, "context">, root: string): Stage {
  const ofProject = CdkJson.parse(JSON.parse(readFileSync(join(root, "cdk.json"), "utf8"))).context;
  const told: Readonly<Record<string, unknown>> = { ...ofProject, ...context, standingStacks: "" };
  const stage = stageFrom((name) => told[name]);
  if (stage.name === "local") throw new Error("the local stage is on no AWS account: npm start");
  return stage;
}

/** Arguments of the CDK CLI that deploy what a command line names, told which stacks stand. */
export const deployArguments = (
  { context, stacks, exclusively, yes }: CommandLine,
  standing: readonly string[],
): string[] => [
  "deploy",
  ...(stacks.length === 0 ? ["--all"] : stacks),
  ...(exclusively ? ["--exclusively"] : []),
  ...(yes ? ["--require-approval", "never"] : []),
  ...Object.entries({ ...context, standingStacks: standing.join(",") }).flatMap(([name, value]) => [
    "-c",
    `${name}=${value}`,
  ]),
];

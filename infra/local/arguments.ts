import { parseArgs } from "node:util";
import { LocalStageProblem } from "./problem.ts";

export interface StartArguments {
  /** Where people connect; the emulator and the payment stand-in listen on the next two. */
  readonly port: number;
  readonly seed: boolean;
  readonly detach: boolean;
  /** Folder of everything the stage writes, below the project. */
  readonly state: string;
}

/** Reads the command line of `npm start` and `npm stop`. @throws LocalStageProblem for what it does not know. */
export function parseArguments(args: readonly string[]): StartArguments {
  const options = {
    port: { type: "string", default: "4000" },
    "no-seed": { type: "boolean", default: false },
    detach: { type: "boolean", default: false },
    state: { type: "string", default: ".local" },
  } as const;
  try {
    const { values } = parseArgs({ args: [...args], options, allowPositionals: false });
    return { port: portOf(values.port), seed: !values["no-seed"], detach: values.detach, state: values.state };
  } catch (error) {
    if (error instanceof LocalStageProblem) throw error;
    throw new LocalStageProblem(
      `${error instanceof Error ? error.message : String(error)} (known: --port, --no-seed, --detach, --state)`,
    );
  }
}

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1024 && port <= 65_000) return port;
  throw new LocalStageProblem(`--port must be a number from 1024 to 65000, not ${text}`);
}

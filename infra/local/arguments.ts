import { parseArgs } from "node:util";
import { LocalStageProblem } from "./problem.ts";

export interface StartArguments {
  /** Where people connect; the emulator and the stand-ins for Stripe and the networks listen on the next three. */
  readonly port: number;
  readonly seed: boolean;
  /** Otherwise the lambdas are deployed as they were bundled last: for whoever has just done so. */
  readonly bundle: boolean;
  readonly detach: boolean;
  /** Folder of everything the stage writes, seen from the project. */
  readonly state: string;
}

const LOWEST_PORT = 1_024;
const HIGHEST_PORT = 65_532;

/** Reads the command line of `npm start` and `npm stop`. @throws LocalStageProblem for what it does not know. */
export function parseArguments(args: readonly string[]): StartArguments {
  const options = {
    port: { type: "string", default: "4000" },
    "no-seed": { type: "boolean", default: false },
    "no-bundle": { type: "boolean", default: false },
    detach: { type: "boolean", default: false },
    state: { type: "string", default: ".local" },
  } as const;
  try {
    const { values } = parseArgs({ args: [...args], options, allowPositionals: false });
    const { detach, state } = values;
    if (state.trim() === "") throw new LocalStageProblem("--state must name a folder.");
    return { port: portOf(values.port), seed: !values["no-seed"], bundle: !values["no-bundle"], detach, state };
  } catch (error) {
    if (error instanceof LocalStageProblem) throw error;
    const reason = error instanceof Error ? (error.message.split(/[.\n]/)[0] ?? "") : String(error);
    throw new LocalStageProblem(`${reason} (known are --port, --no-seed, --no-bundle, --detach and --state).`);
  }
}

/** The same arguments again, for the process that a detached start leaves behind. */
export const spelled = ({ port, seed, bundle, state }: StartArguments): string[] => [
  "--port",
  String(port),
  `--state=${state}`,
  ...(seed ? [] : ["--no-seed"]),
  ...(bundle ? [] : ["--no-bundle"]),
];

function portOf(text: string): number {
  const port = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (port >= LOWEST_PORT && port <= HIGHEST_PORT) return port;
  throw new LocalStageProblem(`--port must be a number from ${LOWEST_PORT} to ${HIGHEST_PORT}, not "${text}".`);
}

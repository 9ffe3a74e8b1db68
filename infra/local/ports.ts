import { createServer } from "node:net";
import { LocalStageProblem } from "./problem.ts";
import { becomes } from "./processes.ts";

const LOOPBACK = "127.0.0.1";

/** Whether nobody listens on a port of this machine's own address. */
export const isFree = async (port: number): Promise<boolean> => (await refusalOf(port)) === undefined;

/** @throws LocalStageProblem naming every port that cannot be listened on. */
export async function requireFree(ports: readonly number[]): Promise<void> {
  const refusals = await Promise.all(ports.map(refusalOf));
  const busy = ports.filter((_, at) => refusals[at] === "EADDRINUSE");
  const other = refusals.find((code) => code !== undefined && code !== "EADDRINUSE");
  if (busy.length > 0) {
    const which = busy.length === 1 ? `Port ${busy[0]} is` : `Ports ${busy.join(", ")} are`;
    throw new LocalStageProblem(`${which} in use: stop what listens there, or start with another --port.`);
  }
  if (other !== undefined) {
    throw new LocalStageProblem(`Ports ${ports.join(", ")} cannot be used (${other}): start with another --port.`);
  }
}

/** Waits until nobody listens on any of the ports; false when that took too long. */
export const becomeFree = (ports: readonly number[], patienceMs: number): Promise<boolean> =>
  becomes(async () => (await Promise.all(ports.map(isFree))).every(Boolean), patienceMs);

/** The front door, the emulator, the payment stand-in and those of the networks listen on four in a row. */
export const portsOf = (port: number): readonly [front: number, emulator: number, stripe: number, social: number] => [
  port,
  port + 1,
  port + 2,
  port + 3,
];

/** Why the system lets nobody listen there; undefined when it does. */
const refusalOf = (port: number): Promise<string | undefined> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ port, host: LOOPBACK, exclusive: true }, () => server.close(() => resolve(undefined)));
  });

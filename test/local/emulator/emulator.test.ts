import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { startEmulator } from "../../../infra/local/emulator/emulator.ts";
import { ensurePython } from "../../../infra/local/emulator/python.ts";
import { freePort, inlineFunction, rootDir, startStage, until } from "./support.ts";

const launcher = join(rootDir, "infra/local/emulator/launch.py");

let python: string;
let folder: string;

beforeAll(async () => {
  python = await ensurePython(rootDir);
  folder = mkdtempSync(join(tmpdir(), "emulator-"));
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const options = (port: number, env: Record<string, string> = {}) => {
  return { rootDir, python, port, stateDir: folder, log: join(folder, "log"), env };
};

/** The processes of a group that still run. */
function runningIn(group: number): number[] {
  const lines = execFileSync("ps", ["-eo", "pid=,pgid=,stat="], { encoding: "utf8" }).trim().split("\n");
  const rows = lines.map((line) => line.trim().split(/\s+/));
  return rows
    .filter(([, pgid, state]) => Number(pgid) === group && !state!.startsWith("Z"))
    .map(([pid]) => Number(pid));
}

test("a busy port is one sentence that names it", async () => {
  const port = await freePort();
  const server = await new Promise<Server>((resolve) => {
    const listening: Server = createServer().listen(port, "127.0.0.1", () => resolve(listening));
  });
  try {
    await expect(startEmulator(options(port))).rejects.toThrow(`Port ${port} is in use: stop what listens there`);
  } finally {
    server.close();
  }
});

test("an emulator that dies early says why", async () => {
  const broken = options(await freePort(), { EMULATOR_REPAIRS_OFF: "no-such-repair" });
  await expect(startEmulator(broken)).rejects.toThrow(/ended while starting:[^]*names no such repair: no-such-repair/);
});

test("another version of MiniStack is refused", () => {
  const metadata = join(folder, "other/ministack-1.5.34.dist-info");
  mkdirSync(metadata, { recursive: true });
  writeFileSync(join(metadata, "METADATA"), "Metadata-Version: 2.1\nName: ministack\nVersion: 1.5.34\n");
  const env = { ...process.env, PYTHONPATH: join(folder, "other") };
  const { status, stderr } = spawnSync(python, [launcher], { env, encoding: "utf8" });
  expect(status).toBe(2);
  expect(stderr.trim()).toBe("The emulator needs ministack 1.5.33, but 1.5.34 is installed.");
});

test("stopping ends the emulator and its workers, twice without harm", async () => {
  const stage = await startStage("");
  await stage.deploy("workers", { Any: inlineFunction(`exports.handler = async () => 1;`, { FunctionName: "any" }) });
  await new LambdaClient(stage.client).send(new InvokeCommand({ FunctionName: "any" }));
  expect(runningIn(stage.pid).length).toBeGreaterThan(1);
  await stage.stop();
  expect(runningIn(stage.pid)).toEqual([]);
  await stage.stop();
});

test("the emulator ends when its parent is killed", async () => {
  const port = String(await freePort());
  const log = join(folder, "orphan.log");
  const script = `
    const { spawn } = require("node:child_process");
    const env = { PATH: process.env.PATH, TMPDIR: process.argv[4], BIND_HOST: "127.0.0.1", GATEWAY_PORT: process.argv[3],
      IOT_MTLS_ENABLED: "0", SFTP_ENABLED: "0", EMULATOR_DIES_WITH_PARENT: "1" };
    const output = require("node:fs").openSync(process.argv[5], "w");
    const child = spawn(process.argv[1], [process.argv[2]], { detached: true, stdio: ["pipe", output, output], env });
    console.log(child.pid);
    setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ["-e", script, python, launcher, port, folder, log]);
  const group = await new Promise<number>((resolve) => parent.stdout.once("data", (text) => resolve(Number(text))));
  await until("the emulator", () => readFileSync(log, "utf8").includes("Ready") || undefined);
  parent.kill("SIGKILL");
  await until("its end", () => runningIn(group).length === 0 || undefined);
});

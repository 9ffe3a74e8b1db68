/**
 * What a click costs, beside the least that Node can do: CPU (user and system) of one call of the real bundle, in process,
 * over CPU of one bare `node:http` redirect, in one run, by turns, the best of several.
 *
 * - *handler*: everything from the event to the reply (shape, cached link, visitor, id, hit), but for the put.
 * - *signed put*: the same and the hit's request to Kinesis, spelled, signed, answered at once in this process.
 * - *HTTP put*: the same through Node's own client and the kernel, to a stand-in for AWS in another process.
 *
 * In none: Lambda's runtime, and whatever another process does. The bare server's figure holds Node's HTTP server and its
 * kernel time, and nothing of the process that asks.
 */
import { type ChildProcess, execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { join } from "node:path";
import { bundle } from "#infra/build/bundle";
import { bundleFolder } from "#infra/build/bundle-folder";

const ROUNDS = 7;
const CALLS = 20_000;
const CALLS_OVER_HTTP = 3_000;
const CONNECTIONS = 16;
/** Of the bare redirect's CPU. Why these: docs/decisions.md, budgets. */
const budgets = { sink: 0.2, signed: 1.1 };

const here = (file: string): string => join(import.meta.dirname, file);
const started = (file: string): ChildProcess => fork(here(file));
const told = async (child: ChildProcess): Promise<number> => Number(((await once(child, "message")) as [number])[0]);

/** CPU of a call of the bundle, which is there, in microseconds. */
export const callCost = (calls: number, where: string): number => {
  const bundled = join(bundleFolder("redirect-visitor", { testClock: false }), "index.mjs");
  const told = execFileSync(process.execPath, [here("click-calls.ts"), bundled, String(calls), where]);
  return Number(told.toString());
};

/** Asks for a redirect again and again over one connection. */
async function ask(port: number, times: number): Promise<void> {
  const socket = connect(port, "127.0.0.1");
  const request = "GET /t/abcdEFGH23 HTTP/1.1\r\nHost: l\r\nUser-Agent: bench\r\n\r\n";
  for (let at = 0; at < times; at += 1) {
    socket.write(request);
    const [chunk] = (await once(socket, "data")) as [Buffer];
    if (!chunk.toString("latin1").startsWith("HTTP/1.1 302"))
      throw new Error(`the bare server answered ${String(chunk)}`);
  }
  socket.destroy();
}

const load = (port: number): Promise<unknown> =>
  Promise.all(Array.from({ length: CONNECTIONS }, () => ask(port, CALLS / CONNECTIONS)));

/** CPU of a bare redirect, microseconds: of the server's process alone, once it is warm. */
async function bareCost(): Promise<number> {
  const server = started("bare-redirect.ts");
  const port = await told(server);
  const usage = async (): Promise<number> => {
    const answer = told(server);
    server.send("usage");
    return answer;
  };
  await load(port);
  const before = await usage();
  await load(port);
  const cost = ((await usage()) - before) / CALLS;
  server.kill();
  return cost;
}

/** CPU of a call that really puts over HTTP, to a stand-in for AWS in another process. */
async function callCostOverHttp(): Promise<number> {
  const aws = started("click-store.ts");
  const cost = callCost(CALLS_OVER_HTTP, `http://127.0.0.1:${await told(aws)}`);
  aws.kill();
  return cost;
}

/** Prints the figures; the process fails when a click is over its budget. The bundle must have been built. */
export async function clickCpu(): Promise<void> {
  const best = { bare: Infinity, sink: Infinity, signed: Infinity };
  for (let round = 0; round < ROUNDS; round += 1) {
    best.sink = Math.min(best.sink, callCost(CALLS, "sink"));
    best.bare = Math.min(best.bare, await bareCost());
    best.signed = Math.min(best.signed, callCost(CALLS, "signed"));
  }
  console.log(`click, CPU µs a request, best of ${ROUNDS}: bare redirect ${best.bare.toFixed(1)}`);
  for (const [name, where] of [
    ["handler", "sink"],
    ["with a signed put", "signed"],
  ] as const) {
    const ratio = best[where] / best.bare;
    const over = ratio > budgets[where];
    console.log(
      `  ${name.padEnd(20)} ${best[where].toFixed(1).padStart(6)}  ${ratio.toFixed(2)}x (budget ${budgets[where]}x)${over ? "  OVER" : ""}`,
    );
    if (over) process.exitCode = 1;
  }
  console.log(`  ${"with an HTTP put".padEnd(20)} ${(await callCostOverHttp()).toFixed(1).padStart(6)}  (no budget)`);
}

if (import.meta.main) {
  await bundle();
  await clickCpu();
}

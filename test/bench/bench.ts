/**
 * `npm run bench`: what starting a bundle costs over an empty handler, in CPU of fresh processes, interleaved, best of
 * several; what a click costs beside a bare redirect (click-cpu.ts); in simulated time, how a crowd fares (contention.ts);
 * what counting a hit writes and takes (rollup.ts); what a million clicks cost (cost.ts); what finding the best 20 of a million
 * creators reads (matching.ts);
 * and, when a stage runs (STACK_FILE or .local/stack.json), latencies of an API call and of a redirect beside the emulator's
 * own health route. Ratios of one run; absolute figures are this machine's.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { contention } from "./contention.ts";
import { bundle, sizesOf } from "#infra/build/bundle";
import { bundleFolder } from "#infra/build/bundle-folder";
import { root } from "#infra/build/root";
import { clickCpu } from "./click-cpu.ts";
import { cost } from "./cost.ts";
import { matching } from "./matching.ts";
import { rollup } from "./rollup.ts";

const ROUNDS = 15;
const REQUESTS = 200;
/** CPU over an empty handler, ms. Why these: docs/decisions.md, budgets. */
const budgets: Readonly<Record<string, number>> = { "redirect-visitor": 12, "get-me": 65, "review-submission": 65 };

const measuring = (file: string): string =>
  `const b=process.cpuUsage();await import(${JSON.stringify(file)});const {user,system}=process.cpuUsage(b);console.log((user+system)/1000)`;

/** CPU of importing one file in a fresh process, ms. */
function importCost(file: string): number {
  const environment = {
    PATH: process.env["PATH"],
    TABLE_NAME: "t",
    CLICK_STREAM_NAME: "c",
    OVERFLOW_QUEUE_URL: "http://q",
    AWS_REGION: "us-east-1",
  };
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--input-type=module", "-e", measuring(file)], {
    encoding: "utf8",
    env: environment,
  });
  if (status !== 0) throw new Error(stderr);
  return Number(stdout);
}

async function starts(): Promise<void> {
  const sizes = new Map(sizesOf(await bundle()).map(({ name, bytes }) => [name, bytes]));
  const folder = join(root, ".cache", "bench");
  mkdirSync(folder, { recursive: true });
  const empty = join(folder, "empty.mjs");
  writeFileSync(empty, "export const handler = async () => ({});\n");
  const files = new Map([
    ["empty", empty],
    ...Object.keys(budgets).map((name): [string, string] => [
      name,
      join(bundleFolder(name, { testClock: false }), "index.mjs"),
    ]),
  ]);
  const best = new Map<string, number>();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, file] of files) best.set(name, Math.min(best.get(name) ?? Infinity, importCost(file)));
  }
  const base = best.get("empty") ?? 0;
  console.log(`start, CPU ms, best of ${ROUNDS}: empty handler ${base.toFixed(1)}`);
  for (const [name, budget] of Object.entries(budgets)) {
    const over = (best.get(name) ?? 0) - base;
    console.log(
      `  ${name.padEnd(20)} ${String(sizes.get(name)).padStart(7)} B  +${over.toFixed(1)} (budget +${budget})${over > budget ? "  OVER" : ""}`,
    );
    if (over > budget) process.exitCode = 1;
  }
}

async function latency(url: string, init: RequestInit): Promise<{ p50: number; p95: number }> {
  const times: number[] = [];
  for (let request = 0; request < REQUESTS; request += 1) {
    const started = performance.now();
    await (await fetch(url, { ...init, redirect: "manual" })).arrayBuffer();
    times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  return { p50: times[Math.floor(REQUESTS * 0.5)] ?? 0, p95: times[Math.floor(REQUESTS * 0.95)] ?? 0 };
}

async function latencies(file: string): Promise<void> {
  const { apiUrl, linkUrl, awsEndpoint } = z
    .object({ apiUrl: z.string(), linkUrl: z.string(), awsEndpoint: z.string() })
    .parse(JSON.parse(readFileSync(file, "utf8")));
  const cases = {
    "emulator's health": `${awsEndpoint}/health`,
    "GET /v1/health": `${apiUrl}/v1/health`,
    "unknown link": `${linkUrl}/t/2222222222`,
    ...(process.env["LINK_CODE"] && { redirect: `${linkUrl}/t/${process.env["LINK_CODE"]}` }),
  };
  console.log(`latency, ms, ${REQUESTS} requests one after another`);
  for (const [name, url] of Object.entries(cases)) {
    const { p50, p95 } = await latency(url, { headers: { "user-agent": "Mozilla/5.0 bench" } });
    console.log(`  ${name.padEnd(20)} p50 ${p50.toFixed(1)}  p95 ${p95.toFixed(1)}`);
  }
}

await starts();
await clickCpu();
await contention();
await rollup();
await cost();
if (!(await matching([10_000, 1_000_000]))) process.exitCode = 1;
const stackFile = process.env["STACK_FILE"] ?? join(root, ".local", "stack.json");
if (existsSync(stackFile)) await latencies(stackFile);

/**
 * `node click-process.mjs BUNDLE`, forked: the click Lambda as it is deployed, one visit at a time, as Lambda gives them.
 * Each message is a visit, before which the machine's clock has moved on by `laterMs`; the answer says its status, how long it
 * took, and what was logged of it.
 */
import { performance } from "node:perf_hooks";

const [file] = process.argv.slice(2);
const machine = Date.now;
let movedMs = 0;
// Before the bundle is read, which keeps the clock it finds.
Date.now = () => machine() + movedMs;
const { handler } = await import(file);
// With the answer, so that none of it comes later than that.
let logged = "";
process.stdout.write = (text) => (logged += text);

process.on("message", async ({ path, agent, laterMs }) => {
  movedMs += laterMs;
  const headers = { "x-viewer-address": "203.0.113.7", "user-agent": agent };
  const event = { rawPath: path, rawQueryString: "", headers, requestContext: { http: { method: "GET" } } };
  const began = performance.now();
  const { statusCode } = await handler(event);
  const lines = logged.split("\n").filter(Boolean);
  logged = "";
  process.send({ statusCode, ms: performance.now() - began, lines });
});
process.send("ready");

import { sink } from "#shared/runtime/log";
import { simulate } from "./simulate.ts";
sink.write = () => undefined;
await simulate({ seed: 1 });
for (const [n, p] of Object.entries({ none: { keep: new Set<number>() }, s50: { steps: 50 }, s100: {} })) {
  const t = process.cpuUsage().user;
  for (const seed of [1, 2, 3]) { const o = await simulate({ seed, ...p }); console.log(n, o.findings.length, JSON.stringify(o.counts).slice(0, 60)); }
  console.log(n, (process.cpuUsage().user - t) / 3e6);
}
process.exit();

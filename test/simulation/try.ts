import { sink } from "#shared/runtime/log";
import { simulate } from "./index.ts";
import { planted } from "./bugs.ts";
import { everyPoint, afterDeathsAt } from "./crashes.ts";
import { webhookStorm } from "./webhooks.ts";
sink.write = () => undefined;
const cpu = () => process.cpuUsage().user / 1e6;
const [what, a = "1", b = "1"] = process.argv.slice(2);
if (what === "sim")
  for (let seed = +a; seed < +a + +b; seed++) {
    const t = cpu();
    const o = await simulate({ seed });
    console.log(
      seed,
      (cpu() - t).toFixed(2),
      JSON.stringify(o.counts),
      o.findings.slice(0, 4).map((x) => x.slice(0, 500)),
    );
  }
if (what === "bugs")
  for (const { name, bug, finds } of planted.slice(+a - 1, +a - 1 + +b)) {
    let found = 0;
    for (let seed = 1; seed <= 12 && !found; seed++) {
      const o = await simulate({ seed, bug });
      if (o.findings.length) {
        found = seed;
        console.log(name, "|", seed, finds.test(o.findings.join()), o.findings[0]?.slice(0, 160));
      }
    }
    if (!found) console.log(name, "NOT FOUND");
  }
if (what === "points") {
  const t = cpu();
  const p = await everyPoint();
  console.log(p.length, cpu() - t);
  for (let i = +a; i < p.length; i += +b) {
    const t = cpu();
    const f = await afterDeathsAt([p[i]!]);
    if (f.length)
      console.log(
        i,
        (cpu() - t).toFixed(2),
        f.map((x) => x.slice(0, 400)),
      );
  }
  console.log("done", cpu() - t);
}
if (what === "hooks") {
  const t = cpu();
  const o = await webhookStorm(+a, +b);
  console.log(cpu() - t, o);
}
process.exit(0);

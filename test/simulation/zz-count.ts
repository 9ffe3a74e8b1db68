import { sink } from "#shared/runtime/log";
import { simulate } from "/tmp/w/simareas/test/simulation/index.ts";
sink.write = () => undefined;
const total: Record<string, number> = {};
const [from, n] = process.argv.slice(2).map(Number) as [number, number];
let w: any;
for (let seed = from; seed < from + n; seed += 1) {
  const o = await simulate({ seed, onBegin: (x) => void (w = x) });
  for (const k of ["payout","refund","cardDispute","dispute","earning","submission","campaign","deposit","reconciliation","payoutAccount","stripeEvent","participant","jobRun"] as const)
    for (const i of w.items(k)) { const s = `${k} ${i.status ?? ""}`; total[s] = (total[s] ?? 0) + 1; }
  for (const i of w.items("earning")) if (i.paidMinor > 0) total["earning paid some"] = (total["earning paid some"] ?? 0) + 1;
  for (const i of w.items("participant")) for (const u of i.units) total["unit " + u.state] = (total["unit " + u.state] ?? 0) + 1;
  for (const f of o.findings) console.log(seed, f.slice(0, 600));
  for (const k of Object.keys(o.counts)) if (/outside|hours|answers|steps/.test(k)) total[k] = (total[k] ?? 0) + o.counts[k]!;
  for (const l of o.script) { const m = "move " + l.split(": ").slice(2).join(); total[m] = (total[m] ?? 0) + 1; }
}
console.log(total, process.cpuUsage().user / 1e6);
process.exit();

import { sink } from "#shared/runtime/log";
import { simulate } from "./index.ts";
const verbose = process.argv.includes("-v");
sink.write = (line) => { if (verbose && line.includes('"error"')) console.log(line.slice(0, 400)); };
const from = Number(process.argv[2] ?? 1), n = Number(process.argv[3] ?? 1);
for (let seed = from; seed < from + n; seed++) {
  const t = performance.now();
  const o = await simulate({ seed });
  console.log(seed, ((performance.now() - t)/1000).toFixed(2)+"s", JSON.stringify(o.counts), o.findings.slice(0, 6));
}

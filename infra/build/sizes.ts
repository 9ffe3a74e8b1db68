/** `npm run build`: bundles every lambda and prints the sizes, largest first; fails when one is over its budget. */
import { exceptions, offences } from "./budgets.ts";
import { bundle, sizesOf } from "./bundle.ts";

const sizes = sizesOf(await bundle());
for (const { name, bytes } of sizes)
  console.log(`${String(bytes).padStart(9)}  ${name.padEnd(32)}${exceptions[name] ?? ""}`.trimEnd());
const found = offences(sizes);
for (const offence of found) console.error(offence);
process.exitCode = found.length === 0 ? 0 : 1;

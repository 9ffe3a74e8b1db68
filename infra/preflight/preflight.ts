/** `npm run preflight -- -c stage=… …`: says what a stage lacks on AWS, all of it, before a deploy does. Exits with 1 then. */
import { join } from "node:path";
import { ask } from "./aws.ts";
import { missesOf } from "./checks.ts";
import { commandLineOf, stageTold } from "./command-line.ts";

const root = join(import.meta.dirname, "..", "..");
const stage = stageTold(commandLineOf(process.argv.slice(2)), root);
const misses = missesOf(stage, await ask(stage));
for (const miss of misses) console.log(`✗ ${miss}`);
console.log(misses.length === 0 ? `✓ ${stage.name} can be deployed` : `${misses.length} missing`);
process.exitCode = misses.length === 0 ? 0 : 1;

/**
 * Many people at once, in simulated time at 15 ms a transaction: who is answered, how late, and what it costs in tries. Real
 * rules, repositories and pipelines on a table that conflicts as DynamoDB does. Part of `npm run bench`, and by itself:
 * `node test/bench/contention.ts`.
 */
import { sink } from "#shared/runtime/log";
import { acceptances, approvals, deposits, type Outcome, unrelatedBrands } from "../support/crowds.ts";

const CROWD = 100;
const BRANDS = 500;
/** Everybody is served, and the last one within five seconds. Why these: docs/decisions.md, budgets. */
const P99_MS = 5_000;
const COMMITS_A_SECOND = 1_000;

/** What a crowd missed; empty when it met its budget. */
function missed({ crowd, statuses, p99Ms }: Outcome): string {
  const served = (statuses[200] ?? 0) + (statuses[201] ?? 0);
  return [served < crowd && `only ${served} of ${crowd} served`, p99Ms > P99_MS && `p99 over ${P99_MS} ms`]
    .filter((one) => one !== false)
    .join(", ");
}

function print(outcome: Outcome, over: string): void {
  const { name, crowd, statuses, p50Ms, p99Ms, triesPerCommit } = outcome;
  const told = Object.entries(statuses).map(([status, count]) => `${count} x ${status}`);
  const figures = `p50 ${p50Ms.toFixed(0)}  p99 ${p99Ms.toFixed(0)} ms  ${triesPerCommit.toFixed(2)} tries a commit`;
  console.log(
    `  ${`${crowd} ${name}`.padEnd(46)} ${told.join(", ").padEnd(22)} ${figures}${over && `  OVER: ${over}`}`,
  );
  if (over) process.exitCode = 1;
}

export async function contention(): Promise<void> {
  const write = sink.write;
  sink.write = () => undefined;
  console.log("contention, simulated at 15 ms a transaction, seed 1");
  const crowds = [
    () => acceptances(CROWD),
    () => approvals(CROWD, 10),
    () => approvals(CROWD, 1),
    () => deposits(CROWD),
  ];
  for (const crowd of crowds) {
    const outcome = await crowd();
    print(outcome, missed(outcome));
  }
  const brands = await unrelatedBrands(BRANDS);
  const perSecond = (brands.crowd / brands.allMs) * 1_000;
  const slow = perSecond < COMMITS_A_SECOND ? `${perSecond.toFixed(0)} commits/s, under ${COMMITS_A_SECOND}` : "";
  print(brands, [missed(brands), slow].filter((one) => one !== "").join(", "));
  console.log(`  ${"".padEnd(46)} ${perSecond.toFixed(0)} commits/s (budget ${COMMITS_A_SECOND})`);
  sink.write = write;
}

if (import.meta.main) await contention();

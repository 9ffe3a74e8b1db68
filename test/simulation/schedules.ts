/** Every job by the clock: as its contract says, a little late, sometimes not at all, and sometimes twice. */
import type { ScheduleContract } from "#shared/contracts/contract";
import { nextRunAt } from "#shared/domain/jobs/schedule";
import { chanceOf } from "./chance.ts";
import { type Lambda, RETRIED } from "./lambdas.ts";
import type { Running } from "./running.ts";

const MINUTE_MS = 60_000;
const unitsMs: Readonly<Record<string, number>> = { minute: MINUTE_MS, hour: 60 * MINUTE_MS, day: 1_440 * MINUTE_MS };

/** When a job is due next, after an instant, both in milliseconds since 1970. Rates go by the clock. */
export function nextRun({ every, timeZone }: Pick<ScheduleContract, "every" | "timeZone">, afterMs: number): number {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(every) ?? [];
  const interval = Number(count) * (unitsMs[unit ?? ""] ?? NaN);
  if (interval > 0) return (Math.floor(afterMs / interval) + 1) * interval;
  const after = new Date(afterMs).toISOString();
  return Date.parse(nextRunAt({ expression: every, timeZone }, after));
}

/** What Lambda does about an asynchronous invocation that fails. Source: infra/constructs/schedule.ts. */
const RETRY_AFTER_MINUTES = [1, 2];

/** Invokes a job asynchronously: one that dies or fails is tried again, under the same request. */
export function startJob(running: Running, job: Lambda, event: unknown, name: string, retries = 0): void {
  running.count(retries === 0 ? "jobs" : "jobs tried again");
  void running.invoke(job, event, retries === 0 ? name : `${name}${RETRIED}${retries}`).then(({ died, failed }) => {
    const afterMinutes = RETRY_AFTER_MINUTES[retries];
    if (afterMinutes === undefined || !(died || failed === true)) return;
    running.later(afterMinutes * MINUTE_MS, () => startJob(running, job, event, name, retries + 1));
  });
}

export interface Pace {
  /** Jobs are run no oftener than this: most of their runs find nothing to do, and all of them cost time. */
  leastMs: number;
}

/** @param beganAtMs of the world, since 1970 */
export function runSchedules(running: Running, beganAtMs: number, pace: Pace): void {
  for (const lambda of running.lambdas)
    if (lambda.contract.trigger === "schedule") runJob(running, lambda, lambda.contract, beganAtMs, pace);
}

function runJob(running: Running, lambda: Lambda, contract: ScheduleContract, beganAtMs: number, pace: Pace): void {
  let runs = 0;
  const start = (name: string, afterMs: number): void =>
    running.later(afterMs, () => startJob(running, lambda, {}, name));
  const next = (): void => {
    const nowMs = beganAtMs + running.nowMs();
    const dueMs = nextRun(contract, nowMs + Math.max(0, pace.leastMs - 1));
    running.later(dueMs - nowMs, () => {
      const name = `${lambda.name} ${(runs += 1)}`;
      const chance = chanceOf(running.seed, "job", name);
      if (!running.faults.strikes("jobSkipped", name)) {
        const lateMs = chance.between(0, MINUTE_MS);
        start(name, lateMs);
        if (running.faults.strikes("jobTwice", name)) start(`${name} again`, lateMs + chance.between(0, 50));
      }
      next();
    });
  };
  next();
}

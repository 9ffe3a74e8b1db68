import { dynamodb } from "#shared/adapters/dynamodb/index";
import { jobSchedules } from "#shared/contracts/schedules";
import { listJobs } from "#shared/contracts/system";
import { jobView } from "#shared/domain/jobs/job";
import { implement } from "#shared/runtime/implement";

/** Enough for one that its schedule began to be among them, however many were asked for since. */
const LATEST = 25;

export const handler = implement(listJobs, dynamodb, async ({ now }, { jobs }) => {
  const views = jobSchedules.map(async (schedule) => {
    const { items } = await jobs.runs(schedule.name, { limit: LATEST });
    return jobView(schedule, items, now);
  });

  return { data: await Promise.all(views) };
});

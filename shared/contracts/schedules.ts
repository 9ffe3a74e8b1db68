/** Every job's schedule, as the contracts say it. */
import type { JobName } from "#shared/domain/jobs/job-run";
import type { JobSchedule } from "#shared/domain/jobs/schedule";
import { actions } from "./index.ts";

export const jobSchedules: readonly (JobSchedule & { readonly name: JobName })[] = actions
  .flatMap(({ contract }) =>
    contract.trigger === "schedule"
      ? [{ name: contract.job, expression: contract.every, timeZone: contract.timeZone }]
      : [],
  )
  .sort((one, other) => (one.name < other.name ? -1 : 1));

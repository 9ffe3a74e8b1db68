import { dynamodb } from "#shared/adapters/dynamodb/index";
import { reportExposure } from "#shared/contracts/matching";
import { exposureDays, exposureReport } from "#shared/domain/matching/exposure";
import { implement } from "#shared/runtime/implement";

export const handler = implement(reportExposure, dynamodb, async ({ query, now }, { exposures }) => {
  const days = exposureDays(query, now);
  const lists = await Promise.all(days.map((day) => exposures.ofDay(day)));

  return exposureReport(days, lists.flat());
});

import { dynamodb } from "#shared/adapters/dynamodb/index";
import { exposedLately } from "#shared/application/matching/exposed-lately";
import { reportExposure } from "#shared/contracts/matching";
import { exposureDays, exposureReport } from "#shared/domain/matching/exposure";
import { implement } from "#shared/runtime/implement";

export const handler = implement(reportExposure, dynamodb, async ({ query, now }, { exposures }) =>
  exposureReport(await exposedLately(exposureDays(query, now), exposures)),
);

import { dynamodb } from "#shared/adapters/dynamodb/index";
import { getPlatformAnalytics } from "#shared/contracts/tracking";
import { periodOf } from "#shared/domain/tracking/analytics";
import { platformAnalyticsOf } from "#shared/domain/tracking/platform-analytics";
import { implement } from "#shared/runtime/implement";

export const handler = implement(getPlatformAnalytics, dynamodb, async ({ query, now }, { platformDays }) => {
  const period = periodOf(query, now);

  return platformAnalyticsOf(await platformDays.between(period.first, period.last), period);
});

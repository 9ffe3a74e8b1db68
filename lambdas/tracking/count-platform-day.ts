import { dynamodb } from "#shared/adapters/dynamodb/index";
import { CAMPAIGNS_AT_ONCE } from "#shared/application/tracking/closed-campaign";
import { countPlatformDay } from "#shared/contracts/tracking";
import { Role } from "#shared/domain/kernel/actor";
import { sideBySide } from "#shared/domain/kernel/side-by-side";
import type { BucketCounts } from "#shared/domain/tracking/bucket";
import { archivedDays } from "#shared/domain/tracking/closing-time";
import { campaignsIn, countDay, daysToCount, soldBy } from "#shared/domain/tracking/count-day";
import { everyItem } from "#shared/ports/page";
import { implementJob } from "#shared/runtime/implement-job";

export const handler = implementJob(
  countPlatformDay,
  dynamodb,
  async ({ now }, { platformDays, trackingDays, accounts, campaigns, commit, ...ports }, each) => {
    const { hitCounts, conversionTallies, journal } = ports;
    const active = async (role: Role) => [role, await accounts.countActive(role)] as const;
    const users = Object.fromEntries(await Promise.all(Role.options.map(active))) as Record<Role, number>;
    const all = await everyItem((page) => campaigns.all({}, page));

    const known = archivedDays(now);
    const days = daysToCount(await platformDays.between(...known), await trackingDays.between(...known), now);
    await each(days, String, async (day) => {
      const buckets: BucketCounts[] = [];
      await sideBySide(await hitCounts.campaignsOf(day), CAMPAIGNS_AT_ONCE, async (id) => {
        buckets.push(...(await hitCounts.ofCampaign(id, day, day)));
      });
      const tallies = await conversionTallies.ofDay(day);
      const sold = soldBy(tallies, await campaigns.budgets(campaignsIn(tallies)));
      const entries = await journal.postedOn(day);
      const people = { users, campaigns: all };

      await commit(countDay(await platformDays.of(day), day, people, { buckets, entries, sold }, now));
      return "counted";
    });
  },
);

import { dynamodb } from "#shared/adapters/dynamodb/index";
import { countPlatformDay } from "#shared/contracts/tracking";
import { Role } from "#shared/domain/kernel/actor";
import type { BucketCounts } from "#shared/domain/tracking/bucket";
import { archivedDays } from "#shared/domain/tracking/closing-time";
import { countDay, daysToCount, type PlatformEvents } from "#shared/domain/tracking/count-day";
import { everyItem } from "#shared/ports/page";
import { implementJob } from "#shared/runtime/implement-job";

export const handler = implementJob(
  countPlatformDay,
  dynamodb,
  async ({ now }, { platformDays, trackingDays, accounts, campaigns, hitCounts, commit, ...ports }, each) => {
    const active = async (role: Role) => [role, await accounts.countActive(role)] as const;
    const users = Object.fromEntries(await Promise.all(Role.options.map(active))) as Record<Role, number>;
    const all = await everyItem((page) => campaigns.all({}, page));
    const budgets = await campaigns.budgets(all.map(({ id }) => id));

    const known = archivedDays(now);
    const days = daysToCount(await platformDays.between(...known), await trackingDays.between(...known), now);
    await each(days, String, async (day) => {
      const buckets: BucketCounts[] = [];
      for (const id of await hitCounts.campaignsOf(day)) buckets.push(...(await hitCounts.ofCampaign(id, day, day)));
      const sold: PlatformEvents["sold"][number][] = [];
      for (const { campaignId, currency } of budgets)
        sold.push({ currency, tallies: await ports.conversionTallies.ofCampaign(campaignId, day, day) });
      const entries = await ports.journal.postedOn(day);
      const people = { users, campaigns: all };

      await commit(countDay(await platformDays.of(day), day, people, { buckets, entries, sold }, now));
      return "counted";
    });
  },
);

import { dynamodb } from "#shared/adapters/dynamodb/index";
import { s3ClickArchive } from "#shared/adapters/s3/click-archive";
import { closeTrackingDay } from "#shared/contracts/tracking";
import { dayToClose, hoursOf, verdictOn } from "#shared/domain/tracking/close-day";
import { Recount } from "#shared/domain/tracking/recount";
import { implementJob } from "#shared/runtime/implement-job";
import { log } from "#shared/runtime/log";

export const handler = implementJob(
  closeTrackingDay,
  { ...dynamodb, clickArchive: s3ClickArchive },
  async ({ now, receivedAt }, { clickArchive, hitCounts }, each) => {
    const day = dayToClose(now);
    const recount = new Recount(day);
    const hours = hoursOf(day, { now, receivedAt });
    for (const hour of hours) for await (const text of clickArchive.arrivedIn(hour)) recount.add(text);

    const campaigns = new Set([...recount.campaigns, ...(await hitCounts.campaignsOf(day))]);
    await each(campaigns, String, async (campaignId) => {
      const verdict = verdictOn(recount.of(campaignId), await hitCounts.ofCampaign(campaignId, day, day));

      if (verdict.is === "differs") log("tracking_day.differs", { day, campaignId, ...verdict });
      return verdict.is;
    });
    log("tracking_day.closed", { day, campaigns: campaigns.size, unreadable: recount.unreadable });
  },
);

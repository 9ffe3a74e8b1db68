import { dynamodb } from "#shared/adapters/dynamodb/index";
import { s3ClickArchive } from "#shared/adapters/s3/click-archive";
import { closeTrackingDay } from "#shared/contracts/tracking";
import type { DayVerdict } from "#shared/domain/tracking/close-day";
import { archivedDays, countedLately, dayToClose, hoursToRead, notedDays } from "#shared/domain/tracking/closing-time";
import { closingOf, daysToCloseAgain, noteDaysOver } from "#shared/domain/tracking/closings";
import { daysOfOldKeys } from "#shared/domain/tracking/visitor-keys";
import { CAMPAIGNS_AT_ONCE, closedCampaign } from "#shared/application/tracking/closed-campaign";
import { recounted } from "#shared/application/tracking/recounted";
import { LINKS_AT_ONCE, spentLinks } from "#shared/application/tracking/spent-links";
import { implementJob } from "#shared/runtime/implement-job";
import { log } from "#shared/runtime/log";

export const handler = implementJob(
  closeTrackingDay,
  { ...dynamodb, clickArchive: s3ClickArchive },
  async (time, { clickArchive, hitCounts, creatorVisits, trackingDays, links, commit, visitorKeys }, each) => {
    // First, for a day of too many clicks may take all the time there is.
    const nameOf = (day: string) => `visitors' key of ${day}`;
    await each(daysOfOldKeys(time.now), nameOf, (day) => visitorKeys.destroy(day));
    const known = () => trackingDays.between(...notedDays(time.now));
    const close = async (day: string) => {
      const recount = await recounted(clickArchive, day, hoursToRead(day, await trackingDays.of(day), time));
      const campaigns = new Set([...recount.campaigns, ...(await hitCounts.campaignsOf(day))]);
      const verdicts: DayVerdict["is"][] = [];
      const closeOne = async (campaignId: string) => {
        const verdict = await closedCampaign({ hitCounts, creatorVisits }, recount, { campaignId, day, now: time.now });
        if (verdict.is !== "agrees") log(`tracking_day.${verdict.is}`, { day, campaignId, ...verdict });
        verdicts.push(verdict.is);
        return verdict.is;
      };
      await each(campaigns, String, closeOne, { atOnce: CAMPAIGNS_AT_ONCE });
      await each(recount.limited, String, spentLinks({ links, hitCounts, commit }, time), { atOnce: LINKS_AT_ONCE }); // also for a run that died
      const closing = { verdicts, campaigns: campaigns.size, ofOthers: recount.ofOthers };
      for (const change of closingOf(await known(), day, closing, time)) await commit(change);
      log("tracking_day.closed", { day, campaigns: campaigns.size, unreadable: recount.unreadable });
    };
    const [noted, yesterday] = [await known(), dayToClose(time.now)];
    const counted = noted.length === 0 ? await hitCounts.countedDays(...archivedDays(time.now)) : [];
    for (const change of noteDaysOver(noted, counted, time.now)) await commit(change);
    await close(yesterday);
    const overridden = await hitCounts.overridden(...countedLately(time.now));
    for (const day of daysToCloseAgain(await known(), yesterday, overridden)) await close(day);
  },
);

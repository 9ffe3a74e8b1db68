import { dynamodb } from "#shared/adapters/dynamodb/index";
import { s3ClickArchive } from "#shared/adapters/s3/click-archive";
import { closeTrackingDay } from "#shared/contracts/tracking";
import { archivedDays, countedLately, dayToClose, notedDays } from "#shared/domain/tracking/closing-time";
import { closingOf, daysToCloseAgain, noteDaysOver } from "#shared/domain/tracking/closings";
import { daysOfOldKeys } from "#shared/domain/tracking/visitor-keys";
import { CAMPAIGNS_AT_ONCE } from "#shared/application/tracking/closed-campaign";
import { dayClosing } from "#shared/application/tracking/day-closing";
import { LINKS_AT_ONCE, spentLinks } from "#shared/application/tracking/spent-links";
import { implementJob } from "#shared/runtime/implement-job";
import { log } from "#shared/runtime/log";

export const handler = implementJob(
  closeTrackingDay,
  { ...dynamodb, clickArchive: s3ClickArchive },
  async (time, { links, commit, visitorKeys, ...ports }, each) => {
    // First, for a day of too many clicks may take all the time there is.
    await each(daysOfOldKeys(time.now), (day) => `visitors' key of ${day}`, visitorKeys.destroy);
    const known = () => ports.trackingDays.between(...notedDays(time.now));
    const close = async (day: string) => {
      const { recount, campaigns, closeCampaign, soFar } = await dayClosing(day, time, ports);
      const closeOne = async (campaignId: string) => {
        const verdict = await closeCampaign(campaignId);
        if (verdict.is !== "agrees") log(`tracking_day.${verdict.is}`, { day, campaignId, ...verdict });
        return verdict.is;
      };
      await each(campaigns, String, closeOne, { atOnce: CAMPAIGNS_AT_ONCE });
      const endIfSpent = spentLinks({ ...ports, links, commit }, time);
      await each(recount.limited, String, endIfSpent, { atOnce: LINKS_AT_ONCE }); // also for a run that died
      for (const change of closingOf(await known(), day, soFar(), time)) await commit(change);
      log("tracking_day.closed", { day, campaigns: campaigns.size, unreadable: recount.unreadable });
    };
    const [noted, yesterday] = [await known(), dayToClose(time.now)];
    const counted = noted.length === 0 ? await ports.hitCounts.countedDays(...archivedDays(time.now)) : [];
    for (const change of noteDaysOver(noted, counted, time.now)) await commit(change);
    await close(yesterday);
    const overridden = await ports.hitCounts.overridden(...countedLately(time.now));
    for (const day of daysToCloseAgain(await known(), yesterday, overridden)) await close(day);
  },
);

import type { DayVerdict } from "#shared/domain/tracking/close-day";
import { type ClosingTime, hoursToRead } from "#shared/domain/tracking/closing-time";
import type { Closing } from "#shared/domain/tracking/closings";
import type { ClickArchive, HitCounts, TrackingDays } from "#shared/ports/tracking";
import { closedCampaign, type ClosingPorts } from "./closed-campaign.ts";
import { recounted } from "./recounted.ts";

interface Ports extends ClosingPorts {
  readonly clickArchive: Pick<ClickArchive, "arrivedIn">;
  readonly hitCounts: ClosingPorts["hitCounts"] & Pick<HitCounts, "campaignsOf">;
  readonly trackingDays: Pick<TrackingDays, "of">;
}

/** A UTC day, counted anew, whose campaigns are closed one by one by whoever works through them. */
export async function dayClosing(day: string, time: ClosingTime, { clickArchive, trackingDays, ...ports }: Ports) {
  const recount = await recounted(clickArchive, day, hoursToRead(day, await trackingDays.of(day), time));
  const campaigns: ReadonlySet<string> = new Set([...recount.campaigns, ...(await ports.hitCounts.campaignsOf(day))]);
  const verdicts: DayVerdict["is"][] = [];
  return {
    recount,
    campaigns,
    async closeCampaign(campaignId: string): Promise<DayVerdict> {
      const verdict = await closedCampaign(ports, recount, { campaignId, day, now: time.now });
      verdicts.push(verdict.is);
      return verdict;
    },
    /** What it has come to so far. */
    soFar: (): Closing => ({ verdicts, campaigns: campaigns.size, ofOthers: recount.ofOthers }),
  };
}

import { createHash } from "node:crypto";
import type { Conversion } from "./conversion.ts";
import type { ConversionTally } from "./tally.ts";
import { type CreditedTouch, netShareMinor } from "./touch.ts";

/** Items that one creator's conversions of a day are spread over. More make figures dearer to read. */
const SHARDS = 4;
const DAY_LENGTH = "YYYY-MM-DD".length;

/** What a conversion's write adds to which tallies: one for each creator and campaign that are credited. @param was undefined for a new one */
export function tallied(was: Conversion | undefined, next: Conversion): ConversionTally[] {
  const isNew = was === undefined;
  const place = {
    day: next.occurredAt.slice(0, DAY_LENGTH),
    shard: createHash("sha256").update(next.id).digest().readUInt32BE(0) % SHARDS,
  };
  const before = new Map(creditsOf(was?.touches ?? []).map((credit) => [nameOf(credit), credit.netMinor]));
  const counted = new Set<string>();
  return creditsOf(next.touches).flatMap((credit) => {
    const { campaignId, creatorId, netMinor } = credit;
    const isShared = counted.has(campaignId);
    counted.add(campaignId);
    const valueMinor = netMinor - (before.get(nameOf(credit)) ?? 0);
    if (!isNew && valueMinor === 0) return [];
    const counts = { conversions: isNew ? 1 : 0, sharedOrders: isNew && isShared ? 1 : 0, valueMinor };
    return [{ campaignId, creatorId, ...place, ...counts }];
  });
}

interface Credit extends Pick<CreditedTouch, "campaignId" | "creatorId"> {
  readonly netMinor: number;
}
const nameOf = ({ campaignId, creatorId }: Pick<CreditedTouch, "campaignId" | "creatorId">): string =>
  JSON.stringify([campaignId, creatorId]);

/** What a creator has of a conversion for a campaign, by however many touches. */
const creditsOf = (touches: readonly CreditedTouch[]): Credit[] =>
  [
    ...Map.groupBy(
      touches.filter(({ percent }) => percent > 0),
      nameOf,
    ).values(),
  ].flatMap((own) => {
    const [first] = own;
    return first === undefined
      ? []
      : [{ ...first, netMinor: own.reduce((sum, touch) => sum + netShareMinor(touch), 0) }];
  });

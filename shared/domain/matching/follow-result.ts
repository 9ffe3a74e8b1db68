/** What somebody's part in a campaign counts for, as it is now. */
import type { Campaign } from "../campaigns/campaign.ts";
import { type Change, changed, created } from "../change.ts";
import type { Participant } from "../invitations/participant.ts";
import { dayOf, type Instant, later, plusDays } from "../kernel/time.ts";
import type { Submission } from "../submissions/submission.ts";
import type { BucketCounts } from "../tracking/bucket.ts";
import { summarise } from "../tracking/summary.ts";
import type { CreatorCard } from "./card.ts";
import { mainAccount } from "./judge.ts";
import type { PastResult } from "./past-result.ts";

interface Part {
  readonly campaign: Campaign;
  readonly participant: Participant | undefined;
  /** Theirs in this campaign, those of earlier participations too. */
  readonly submissions: readonly Submission[];
  readonly stored: PastResult | undefined;
}

/** Counts pieces anew; undefined where nothing came of it that was not known. Clicks stay: they are counted at the end. */
export function followPieces(part: Part, creatorId: string, now: Instant): Change | undefined {
  const { stored, campaign, participant } = part;
  if (participant === undefined) return undefined;
  const pieces = piecesOf(part, participant);
  const isNews =
    stored === undefined || Object.entries(pieces).some(([name, count]) => stored[name as Figure] !== count);
  const counted = { ...pieces, piecesAt: isNews ? now : stored.piecesAt, clicks: stored?.clicks ?? null };
  return keeping(stored, { creatorId, campaignId: campaign.id, ...counted }, now);
}

/** Of one participation: who joins again owes each unit anew. */
const pieceOf = ({
  participationId,
  deliverableId,
  unit,
}: Pick<Submission, "participationId" | "deliverableId" | "unit">) => [participationId, deliverableId, unit].join(" ");

function piecesOf({ campaign, submissions }: Part, participant: Participant) {
  const { id: participationId, units } = participant;
  const late = new Set(submissions.filter((one) => one.round === 1 && one.late === true).map(pieceOf));
  const before = new Set(submissions.filter((one) => one.participationId !== participationId).map(pieceOf));
  const own = units.filter(({ rounds }) => rounds > 0).map((unit) => pieceOf({ ...unit, participationId }));
  const handedIn = [...own, ...before];
  const letGo = hadItsTime(campaign, participant)
    ? units.filter(({ state, rounds }) => state === "released" && rounds === 0)
    : [];
  const verdicts = earlierVerdicts(participant);
  const approved = units.filter(({ state }) => state === "approved").length + verdicts.approved;
  const rejected = units.filter(({ state }) => state === "rejected").length + verdicts.rejected;
  return {
    owed: handedIn.length + letGo.length,
    onTime: handedIn.filter((piece) => !late.has(piece)).length,
    decided: approved + rejected,
    approved,
  };
}

/** Of a campaign that was cancelled, or that they were removed from before its end, nobody can say what else would have come. */
const hadItsTime = ({ status }: Campaign, participant: Participant): boolean =>
  status === "completed" && (participant.status !== "inactive" || participant.toldOfEndAt !== undefined);

/** Of pieces from when they took part before, what is remembered is how many came to which end. */
const earlierVerdicts = ({ earlier = [] }: Participant) => ({
  approved: earlier.reduce((sum, { units }) => sum + (units.approved ?? 0), 0),
  rejected: earlier.reduce((sum, { units }) => sum + (units.rejected ?? 0), 0),
});

/** As long as hits are kept, in days. */
const KEPT_DAYS = 400;

/** UTC days whose clicks count, of a campaign that ran its time; undefined of any other. */
export function countedDays(
  { status, createdAt }: Campaign,
  now: Instant,
): { readonly from: string; readonly to: string } | undefined {
  if (status !== "completed") return undefined;
  return { from: dayOf(later(createdAt, plusDays(now, 1 - KEPT_DAYS))), to: dayOf(now) };
}

/** Those of a campaign's participants whose clicks count. */
export const withTime = (campaign: Campaign, everybody: readonly Participant[]): readonly Participant[] =>
  everybody.filter((participant) => hadItsTime(campaign, participant));

/**
 * Counts visitors who came in a campaign that ran its time, each once a day, or one phone could be a crowd; undefined where nobody
 * knows how many follow them, or where nobody came by a link of theirs. That says nothing of whoever follows them: most campaigns
 * are not about links, and one is hit by its owner, by a chat that it is pasted into and by crawlers without having been shown.
 */
export function followClicks(
  {
    stored,
    campaignId,
    creatorId,
  }: { readonly stored: PastResult | undefined; readonly campaignId: string; readonly creatorId: string },
  card: CreatorCard | undefined,
  buckets: readonly BucketCounts[],
  now: Instant,
): Change | undefined {
  const followers = followersOf(card);
  if (followers < 1 || stored?.clicks) return undefined;
  const { clicks, byDay } = summarise(buckets, creatorId);
  if (clicks.unique === 0) return undefined;
  const visitors = { count: clicks.unique, fullestDay: Math.max(0, ...byDay.map(({ uniqueClicks }) => uniqueClicks)) };
  const pieces = stored ?? { owed: 0, onTime: 0, decided: 0, approved: 0, piecesAt: null };
  const { owed, onTime, decided, approved, piecesAt } = pieces;
  const counted = { owed, onTime, decided, approved, piecesAt, clicks: { ...visitors, followers, countedAt: now } };
  return keeping(stored, { creatorId, campaignId, ...counted }, now);
}

const followersOf = (card: CreatorCard | undefined): number => (card && mainAccount(card)?.followerCount) ?? 0;

type Figure = keyof ReturnType<typeof piecesOf>;
type Content = Omit<PastResult, "version" | "updatedAt">;

function keeping(stored: PastResult | undefined, content: Content, now: Instant): Change | undefined {
  const next = { ...content, updatedAt: now };
  const isNews = Object.entries(content).some(
    ([name, value]) => JSON.stringify(stored?.[name as keyof Content] ?? null) !== JSON.stringify(value),
  );
  if (!isNews) return undefined;
  return {
    entities: [stored ? changed("pastResult", stored, next) : created("pastResult", next)],
    events: [{ type: "creator.results_changed", detail: { userId: content.creatorId } }],
  };
}

/** What follows where a network has had enough: it rests, for everybody or for one account. */
import { type Change, changed, created, type EntityChange } from "../change.ts";
import { type Instant, later, plusMilliseconds } from "../kernel/time.ts";
import type { NetworkPause, SocialAccount } from "./social-account.ts";
import { unread, type Unread } from "./unread.ts";
import { afterPause, counted, type LaterWork, type SocialWork } from "./work.ts";

/** Whose limit was met. */
export type LimitOf = "everybody" | "account";

/** Whom it said so about. */
interface Met {
  readonly account: SocialAccount;
  readonly pause: NetworkPause | undefined;
}

interface Waiting {
  readonly later: readonly LaterWork[];
  readonly unread?: Unread | undefined;
}
type Rested = Waiting & { readonly change?: Change | undefined };

/** What waits until then. What would wait too long is not read in this round; of what somebody asked for they know themselves. */
export function waiting(work: SocialWork, rest: Pick<NetworkPause, "until">, now: Instant): Waiting {
  const later = afterPause(work, rest, now);
  const isOfRound = work.task === "sync" && !work.asked && !work.mayHaveEnded;
  return { later, unread: later.length === 0 && isOfRound ? unread("busy") : undefined };
}

export const afterLimit = { everybody: everybodyRests, account: accountRests };

/** Nobody asks about this account until then; one person's limit is nobody else's. */
function accountRests(work: SocialWork, { account }: Met, seconds: number, now: Instant): Rested {
  const until = plusMilliseconds(now, seconds * 1_000);
  const rests = { ...counted(work, account), restsUntil: until, syncDueAt: later(account.syncDueAt, until) };
  return {
    change: { entities: [changed("socialAccount", account, { ...rests, updatedAt: now })] },
    ...waiting(work, { until }, now),
  };
}

/**
 * Nobody asks this network until then; the others go on. Whoever it said so about comes after all who are due by now: were it a
 * limit of theirs alone, they would head each round, and end it for the others.
 */
function everybodyRests(work: SocialWork, { account, pause }: Met, seconds: number, now: Instant): Rested {
  const until = plusMilliseconds(now, seconds * 1_000);
  const behind = { ...counted(work, account), syncDueAt: later(account.syncDueAt, now), updatedAt: now };
  const own = work.task === "sync" ? [changed("socialAccount", account, behind)] : [];
  const entities = [...own, ...pausedUntil(until, { account, pause })];
  return { change: entities.length === 0 ? undefined : { entities }, ...waiting(work, { until }, now) };
}

/** No shorter than somebody else was told. */
export function pausedUntil(until: Instant, { account: { platform }, pause }: Met): readonly EntityChange[] {
  if (pause === undefined) return [created("networkPause", { platform, until })];
  return pause.until < until ? [changed("networkPause", pause, { ...pause, until })] : [];
}

/** What follows where a network has had enough: it rests, for everybody or for one account. */
import { type Change, changed, created, type EntityChange } from "../change.ts";
import { type Instant, later, plusMilliseconds } from "../kernel/time.ts";
import type { NetworkPause, SocialAccount } from "./social-account.ts";
import { afterPause, counted, type LaterWork, type SocialWork } from "./work.ts";

/** Whom a network has had enough of. */
export type BusyWith = "everybody" | "account";

/** Whom it said so about. */
interface Met {
  readonly account: SocialAccount;
  readonly pause: NetworkPause | undefined;
}

interface Rested {
  readonly change?: Change | undefined;
  readonly later: readonly LaterWork[];
}

export const resting = { everybody: paused, account: rested };

/** Nobody asks about this account until then; one person's limit is nobody else's. */
function rested(work: SocialWork, { account }: Met, seconds: number, now: Instant): Rested {
  const until = plusMilliseconds(now, seconds * 1_000);
  const rests = { ...counted(work, account), restsUntil: until, syncDueAt: later(account.syncDueAt, until) };
  return {
    change: { entities: [changed("socialAccount", account, { ...rests, updatedAt: now })] },
    later: afterPause(work, { until }, now),
  };
}

/**
 * Nobody asks this network until then; the others go on. Whoever it said so about comes after all who are due by now: were it a
 * limit of theirs alone, they would head each round, and end it for the others.
 */
function paused(work: SocialWork, { account, pause }: Met, seconds: number, now: Instant): Rested {
  const until = plusMilliseconds(now, seconds * 1_000);
  const behind = { ...counted(work, account), syncDueAt: later(account.syncDueAt, now), updatedAt: now };
  const own = work.task === "sync" ? [changed("socialAccount", account, behind)] : [];
  const entities = [...own, ...pausedUntil(until, { account, pause })];
  return { change: entities.length === 0 ? undefined : { entities }, later: afterPause(work, { until }, now) };
}

/** No shorter than somebody else was told. */
export function pausedUntil(until: Instant, { account: { platform }, pause }: Met): readonly EntityChange[] {
  if (pause === undefined) return [created("networkPause", { platform, until })];
  return pause.until < until ? [changed("networkPause", pause, { ...pause, until })] : [];
}

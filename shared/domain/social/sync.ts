/** What follows from what a network said about an account, or did not say. */
import { type Change, changed, differences, type EntityChange, removed } from "../change.ts";
import { dayOf, type Instant, later, plusDays, plusHours, plusMilliseconds } from "../kernel/time.ts";
import { afterLimit, type LimitOf, pausedUntil, waiting } from "./busy.ts";
import { type Said, type SocialCase, SYNC_HOURS } from "./connect.ts";
import { dayChange } from "./days.ts";
import { believed, resourceOf, type NetworkPause, type SocialAccount } from "./social-account.ts";
import { lettingGo } from "./revocation.ts";
import { notRenewed } from "./renewal.ts";
import type { SocialToken } from "./social-tokens.ts";
import { unread, type Unread } from "./unread.ts";
import { afterSilence, counted, heldUntil, isTooSoon, type LaterWork, type SocialWork } from "./work.ts";

/** An account that somebody can be asked about, and how far it is. */
export interface SyncCase extends SocialCase {
  /** Their owner is active, and a creator: nobody's tokens are used while they are banned, or are here for something else. */
  readonly isServed: boolean;
}

/** One that is to be read now, or whose tokens are to be renewed. */
export interface Readable extends SyncCase {
  readonly account: SocialAccount;
  readonly token: SocialToken;
}

/** Nothing, where it is gone, needs its owner, or is not to be read now: whatever is sent twice or late finds it so. */
export function readable(work: SocialWork, state: SyncCase, now: Instant): Readable | undefined {
  const { account, token, isServed } = state;
  if (account?.status !== "connected" || token === undefined || !isServed) return undefined;
  const isToWait = isEarly(work, now) || restOf(state, now) !== undefined;
  return isToWait || isTooSoon(work, account, now) ? undefined : { ...state, account, token };
}

const isEarly = (work: SocialWork, now: Instant): work is SocialWork & { readonly notBefore: Instant } =>
  work.notBefore !== undefined && work.notBefore > now;

export const isPaused = (pause: NetworkPause | undefined, now: Instant): boolean =>
  pause !== undefined && pause.until > now;

/** Until when an account's network is not asked about it, whether it rests for everybody or for this one. */
function restOf({ account, pause }: SyncCase, now: Instant): Pick<NetworkPause, "until"> | undefined {
  const until = later(pause?.until ?? now, account?.restsUntil ?? now);
  return until > now ? { until } : undefined;
}

/**
 * What stands at the network of a consent whose tokens it refuses. `over`: nothing, by its own word. `expired`: nothing, since its
 * tokens end and cannot be renewed. `lacking`: it stands, and does not cover all that is read. `doubted`: it may stand, as new tokens
 * were given for it a moment before they were refused, or the network refuses good ones now and then.
 */
export type RefusedConsent = "over" | "expired" | "lacking" | "doubted";

/** What the network answered. */
export type Heard =
  | { readonly is: "said"; readonly said: Said | undefined }
  /** It takes the tokens no longer: these, and no others that came in their place. */
  | { readonly is: "refused"; readonly token: SocialToken; readonly consent: RefusedConsent }
  /** It says no, and nothing about the tokens: to our app, whoever it asks about, or nobody knows why. Or they do not open. */
  | { readonly is: "denied"; readonly isToEverybody: boolean; readonly cause: unknown }
  | { readonly is: "busy"; readonly retryAfterSeconds: number; readonly whose: LimitOf }
  /** It did not answer, or nobody knows what it did. */
  | { readonly is: "silent"; readonly cause: unknown };

/** What is written about it, and what is done about it later. */
export interface Followed {
  readonly change?: Change | undefined;
  readonly later: readonly LaterWork[];
  /** Its figures were read. */
  readonly isRead?: true;
  /** They should have been, were not, and are not tried again before the next round. */
  readonly unread?: Unread | undefined;
}

/** What is left to do where the network was not asked. */
export function passedOver(work: SocialWork, state: SyncCase, now: Instant): Followed {
  if (state.account?.status !== "connected") return { later: [] };
  if (isEarly(work, now)) return { later: [heldUntil(work, work.notBefore, now)] };
  const rest = restOf(state, now);
  if (rest !== undefined && state.isServed) return waiting(work, rest, now);
  return { change: state.isServed ? undefined : outOfTheWay[work.task](state, now), later: [] };
}

/** What is of people who are not served would head the list of what is due for as long as that lasts. */
const outOfTheWay: Readonly<Record<SocialWork["task"], (state: SyncCase, now: Instant) => Change | undefined>> = {
  sync: ({ account }, now) =>
    account !== undefined && account.syncDueAt <= now ? putOff(believed(account), now) : undefined,
  renew: ({ token }, now) => (token !== undefined && token.refreshDueAt <= now ? notRenewed(token, now) : undefined),
};

export function followed(work: SocialWork, state: Readable, heard: Heard, now: Instant): Followed {
  switch (heard.is) {
    case "said":
      return heard.said === undefined ? { later: [] } : read(work, state, heard.said, now);
    case "refused":
      return refused(work, state.account, heard, now);
    case "denied":
      return (heard.isToEverybody ? appRefused : denied)(work, state, heard.cause, now);
    case "busy":
      return afterLimit[heard.whose](work, state, heard.retryAfterSeconds, now);
    case "silent":
      return unanswered(work, state.account, unread("silent", heard.cause), now);
  }
}

/** Again later, or in the next round. Whoever had it asked counts as one who was served: it is a request of the network's all the same. */
function unanswered(work: SocialWork, account: SocialAccount, why: Unread, now: Instant): Followed {
  const again = afterSilence(work);
  if (again.length === 0) return { ...nextRound(work, account, now), unread: why };
  const isFirst = work.asked === true && work.tries === undefined;
  return { change: isFirst ? noted(counted(work, account), now) : undefined, later: again };
}

/** It is not asked again before, since it would say the same. */
const denied = (work: SocialWork, { account }: Readable, cause: unknown, now: Instant): Followed => ({
  ...nextRound(work, counted(work, account), now),
  unread: unread("unexplained", cause),
});

/** Short, so that a network which says it of one account alone, whatever it means by that, does not stop the others for long. */
const APP_PAUSE_SECONDS = 300;

/** Everybody would be refused, and each rings: they wait, and the one that was asked about comes by the next round. */
function appRefused(work: SocialWork, state: Readable, cause: unknown, now: Instant): Followed {
  const { change, later } = nextRound(work, counted(work, state.account), now);
  const everybody = pausedUntil(plusMilliseconds(now, APP_PAUSE_SECONDS * 1_000), state);
  return {
    change: { entities: [...(change?.entities ?? []), ...everybody] },
    later,
    unread: unread("misconfigured", cause),
  };
}

function read(work: SocialWork, state: Readable, said: Said, now: Instant): Followed {
  const { account, token } = state;
  if (said.identity.externalId === account.externalId)
    return { change: synced(work, state, said, now), later: [], isRead: true };
  // It answers for another account than was proven: whoever it is, it is not shown as this one, and it is its consent that stands.
  const left = lettingGo({ ...account, ...said.identity }, token, now);
  return { change: reconnectNeeded(account, token, left, now), later: [], unread: unread("another_account") };
}

/** The figures as they are now. It is told where something is another than it was, and once a day that it is still so. */
function synced(work: SocialWork, { account, day }: Readable, { identity, figures }: Said, now: Instant): Change {
  const next = changed("socialAccount", account, {
    ...believed(account),
    ...identity,
    figures,
    lastSyncedAt: now,
    syncDueAt: plusHours(now, SYNC_HOURS),
    askedSyncs: work.asked ? account.askedSyncs + 1 : 0,
    updatedAt: now,
  });
  const shown =
    differences(account, next.next, ["username", "displayName", "profileUrl", "avatarUrl", "figures"]) ?? [];
  const { userId, platform } = account;
  const isNews = shown.length > 0 || dayOf(account.lastSyncedAt) !== dayOf(now);
  return {
    entities: [next, ...dayChange(day, account, figures, now)],
    ...(isNews && { events: [{ type: "social.account_synced", detail: { userId, platform } }] }),
  };
}

/** What ends a consent that stands is not believed so soon after its network said it first, or it could not be undone. */
const DOUBTED_DAYS = 2;

/** That tokens end which cannot be renewed is as it should be; of anything else it counts how many there are. */
function refused(
  work: SocialWork,
  account: SocialAccount,
  { token, consent }: Pick<Extract<Heard, { readonly is: "refused" }>, "token" | "consent">,
  now: Instant,
): Followed {
  const stands = consent === "lacking" || consent === "doubted";
  if (stands && isDoubted(work, account, now)) return doubted(work, account, consent, now);
  const left = stands ? lettingGo(account, token, now) : [];
  const change = reconnectNeeded(account, token, left, now);
  return { change, later: [], unread: consent === "expired" ? undefined : unread(consent) };
}

/** For as long as that, and in a round for as often as a network is asked that does not answer. */
const isDoubted = (work: SocialWork, { doubtedSince }: SocialAccount, now: Instant): boolean =>
  doubtedSince === undefined || plusDays(doubtedSince, DOUBTED_DAYS) > now || afterSilence(work).length > 0;

/** Since when, is written once; the rest is as with a network that does not answer. */
function doubted(work: SocialWork, account: SocialAccount, consent: "lacking" | "doubted", now: Instant): Followed {
  const since = { ...account, doubtedSince: account.doubtedSince ?? now };
  const { change, ...rest } = unanswered(work, since, unread(consent), now);
  return { ...rest, change: change ?? (account.doubtedSince === undefined ? noted(since, now) : undefined) };
}

/**
 * Its owner has to give consent again, and is told so, once: the tokens are of no use to anybody here, and are not kept.
 * @param left of a consent that stands at the network still, which is taken back
 */
function reconnectNeeded(
  account: SocialAccount,
  useless: SocialToken,
  left: readonly EntityChange[],
  now: Instant,
): Change {
  const { userId, platform } = account;
  const next = changed("socialAccount", account, { ...account, status: "needs_reconnect", updatedAt: now });
  return {
    entities: [next, removed("socialToken", useless), ...left],
    events: [{ type: "social.reconnect_needed", detail: { userId, platform } }],
    audit: {
      action: "social.reconnect_needed",
      resource: resourceOf(account),
      changes: [{ field: "status", before: account.status, after: "needs_reconnect" }],
    },
  };
}

const noted = (account: SocialAccount, now: Instant): Change => ({
  entities: [changed("socialAccount", account, { ...account, updatedAt: now })],
});

/** What is not read any more in this round; tokens that are not renewed are due still. */
const nextRound = ({ task }: SocialWork, account: SocialAccount, now: Instant): Followed => ({
  change: task === "sync" ? putOff(account, now) : undefined,
  later: [],
});

const putOff = (account: SocialAccount, now: Instant): Change =>
  noted({ ...account, syncDueAt: plusHours(now, SYNC_HOURS) }, now);

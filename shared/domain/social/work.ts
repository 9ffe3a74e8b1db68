/** What is to be done about accounts with networks, as its queue carries it. */
import { createHash } from "node:crypto";
import * as z from "zod";
import { UserId } from "../kernel/ids.ts";
import { Instant, plusMilliseconds } from "../kernel/time.ts";
import { SocialPlatform } from "./platform.ts";
import type { NetworkPause, SocialAccount } from "./social-account.ts";

/** `sync`: its figures are read. `renew`: its tokens are renewed, where it is time to. */
export const SocialWork = z.object({
  task: z.enum(["sync", "renew"]),
  userId: UserId,
  platform: SocialPlatform,
  /** Its owner, or an admin, wants it now. */
  asked: z.literal(true).optional(),
  /** Its consent may have ended with another that was taken back: it is read whether it is due or not. */
  mayHaveEnded: z.literal(true).optional(),
  /** Its network has room for it from then on. */
  notBefore: Instant.optional(),
  /** How often the network was silent about it. */
  tries: z.int().optional(),
  /** How often it came while the network was not asked. */
  waits: z.int().optional(),
});
export type SocialWork = z.infer<typeof SocialWork>;

/** @throws when it is none. */
export const workIn = (message: unknown): SocialWork => SocialWork.parse(message);

/** Work that waits in the queue before it is done. */
export interface LaterWork {
  readonly work: SocialWork;
  readonly afterSeconds: number;
}

/** SQS holds a message back so long at most. Source: its API reference, SendMessage, `DelaySeconds`. */
export const LONGEST_DELAY_SECONDS = 900;
/** A network that does not answer is asked about an account so often; then the next round comes by it. */
const MOST_TRIES = 4;
const FIRST_SPAN_SECONDS = 60;
/** What came so often waited for hours: the next round comes by it, and has it in the queue once, and not once more with each. */
const MOST_WAITS = 24;
const FIRST_DELAY_SECONDS = 60;

/** As it is put into the queue until then: what SQS cannot hold back so long comes before, and goes back. */
export const heldUntil = (work: SocialWork, notBefore: Instant, now: Instant): LaterWork =>
  notBefore <= now
    ? { work, afterSeconds: 0 }
    : { work: { ...work, notBefore }, afterSeconds: Math.min(secondsUntil(notBefore, now), LONGEST_DELAY_SECONDS) };

const secondsUntil = (instant: Instant, now: Instant): number =>
  Math.max(1, Math.ceil((Date.parse(instant) - Date.parse(now)) / 1_000));

/**
 * After the pause, where the queue can hold it so long; else the next round comes by it. What waits over and over, because so many
 * do that the network has enough of us again each time, comes back within a span that doubles: all at once, they would be
 * received after each pause, for the few that are read then.
 */
export function afterPause(
  { waits = 0, ...work }: SocialWork,
  { until }: Pick<NetworkPause, "until">,
  now: Instant,
): readonly LaterWork[] {
  const pause = secondsUntil(until, now);
  if (pause > LONGEST_DELAY_SECONDS || waits >= MOST_WAITS) return [];
  const span = waits === 0 ? 0 : Math.min(FIRST_SPAN_SECONDS * 2 ** waits, LONGEST_DELAY_SECONDS - pause);
  return [{ work: { ...work, waits: waits + 1 }, afterSeconds: pause + Math.floor(placeOf(work, waits) * span) }];
}

/** Where in a span it is, from 0 to below 1: evenly over all who wait, and another place each time. */
const placeOf = ({ userId, platform }: SocialWork, waits: number): number =>
  createHash("sha256").update(`${userId} ${platform} ${waits}`).digest().readUInt32BE(0) / 2 ** 32;

/** Again later, each time after twice as long; nothing once it was tried often enough. */
export function afterSilence(work: SocialWork): readonly LaterWork[] {
  const { tries = 0 } = work;
  if (tries + 1 >= MOST_TRIES) return [];
  return [{ work: { ...work, tries: tries + 1 }, afterSeconds: FIRST_DELAY_SECONDS * 2 ** tries }];
}

/** Asked for over and over, a network's quota would be one person's: each time it is waited twice as long, from this on. */
const FIRST_WAIT_MS = 10_000;
const LONGEST_WAIT_MS = 6 * 3_600_000;

/** The account, about which the network was asked once more where somebody wanted it, whatever it said. */
export const counted = ({ asked }: SocialWork, account: SocialAccount): SocialAccount =>
  asked ? { ...account, askedSyncs: account.askedSyncs + 1 } : account;

/** Whether what the network said last is so new that it is not asked again, whether anything was read by it or not. */
const isFresh = ({ updatedAt, askedSyncs }: Pick<SocialAccount, "updatedAt" | "askedSyncs">, now: Instant): boolean =>
  plusMilliseconds(updatedAt, Math.min(FIRST_WAIT_MS * 2 ** askedSyncs, LONGEST_WAIT_MS)) > now;

/** Whether it is not to be read yet: its network was asked a moment ago, or nobody wants it before its time. */
export const isTooSoon = (
  { task, asked, mayHaveEnded }: SocialWork,
  account: Pick<SocialAccount, "updatedAt" | "askedSyncs" | "syncDueAt">,
  now: Instant,
): boolean => {
  if (task === "renew") return false;
  if (asked) return isFresh(account, now);
  // However often its owner had it asked before.
  return mayHaveEnded ? isFresh({ ...account, askedSyncs: 0 }, now) : account.syncDueAt > now;
};

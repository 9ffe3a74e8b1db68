/** What a round asks of networks that have little room, and when. */
import { describe, expect, test } from "@jest/globals";
import { toRead } from "#shared/application/social/walk";
import { plusMilliseconds } from "#shared/domain/kernel/time";
import { roomAt } from "#shared/domain/social/room";
import type { SocialPlatform } from "#shared/domain/social/platform";
import { passedOver, type SyncCase } from "#shared/domain/social/sync";
import type { LaterWork, SocialWork } from "#shared/domain/social/work";
import { aNetworkPause, aSocialAccount } from "../../support/social-builders.ts";

const NOW = "2026-11-25T12:00:00.000Z";
const minutes = (count: number) => plusMilliseconds(NOW, count * 60_000);

describe("the room of a network", () => {
  test.each([
    ["tiktok", 0, NOW],
    ["tiktok", 399, NOW],
    ["tiktok", 400, minutes(1)],
    ["tiktok", 143_999, minutes(359)],
    ["tiktok", 144_000, undefined],
    ["youtube", 749, NOW],
    ["youtube", 750, undefined],
    ["twitter", 799, NOW],
    ["twitter", 800, undefined],
    ["instagram", 1_000_000, NOW],
    ["linkedin", 1_000_000, NOW],
  ] as const)("%s: of place %i is at %s", (platform, place, at) => {
    expect(roomAt(platform, place, NOW)).toBe(at);
  });

  test("leaves some of a day's for people who connect: YouTube's 10,000 units, X's 2,000,000 posts of a month", () => {
    const perRound = (platform: SocialPlatform) =>
      Array.from({ length: 2_000 }, (_, place) => roomAt(platform, place, NOW)).filter((at) => at !== undefined).length;
    expect(perRound("youtube") * 4 * 3).toBeLessThanOrEqual(9_000);
    expect(perRound("twitter") * 4 * 31 * 20).toBeLessThan(2_000_000);
  });
});

async function round(
  accounts: Readonly<Partial<Record<SocialPlatform, number>>>,
  {
    paused = [],
    until = minutes(16),
    ...asked
  }: { readonly paused?: readonly SocialPlatform[]; readonly until?: string; readonly asked?: true } = {},
) {
  const sent: { readonly work: SocialWork; readonly afterSeconds: number }[] = [];
  const each = toRead(
    { now: NOW, paused: paused.map((platform) => aNetworkPause({ platform, until })), ...asked },
    { send: (work, afterSeconds = 0) => Promise.resolve(void sent.push({ work, afterSeconds })) },
  );
  let putOff = 0;
  for (const [platform, count] of Object.entries(accounts) as [SocialPlatform, number][])
    for (let at = 0; at < count; at += 1)
      if ((await each({ userId: `user ${at}`, platform })) === "put_off") putOff += 1;
  return { sent, putOff };
}

describe("a round", () => {
  test("hands out no more of a network than it has room for, whatever there is of others", async () => {
    const { sent, putOff } = await round({ youtube: 2_000, instagram: 3_000 });
    const of = (platform: SocialPlatform) => sent.filter(({ work }) => work.platform === platform);
    expect([of("youtube").length, of("instagram").length, putOff]).toEqual([750, 3_000, 1_250]);
    expect(sent.every(({ work, afterSeconds }) => afterSeconds === 0 && work.notBefore === undefined)).toBe(true);
  });

  test("hands out nothing of a network that rests", async () => {
    expect(await round({ tiktok: 2, instagram: 1 }, { paused: ["tiktok"] })).toMatchObject({ putOff: 2, sent: [{}] });
    const held = await round({ tiktok: 2 }, { paused: ["tiktok"], until: minutes(15) });
    expect([held.putOff, held.sent.length]).toEqual([0, 2]);
  });

  test("that somebody wants asks for no more than any other, of each as wanted", async () => {
    const { sent, putOff } = await round({ youtube: 751, linkedin: 1 }, { asked: true });
    expect([sent.length, putOff, sent.every(({ work }) => work.asked)]).toEqual([751, 1, true]);
  });

  test("of TikTok reads as many in a minute as it may, also those that the queue cannot hold so long", async () => {
    const state: SyncCase = {
      account: aSocialAccount(),
      token: undefined,
      day: undefined,
      pause: undefined,
      isServed: true,
    };
    const { sent } = await round({ tiktok: 8_000 });
    const readAt = new Map<number, number>();
    let received = 0;
    for (const one of sent) {
      let [at, next]: [number, LaterWork | undefined] = [0, one];
      for (; next; received += 1) {
        at += next.afterSeconds;
        [next] = passedOver(next.work, state, plusMilliseconds(NOW, at * 1_000)).later;
      }
      readAt.set(Math.floor(at / 60), (readAt.get(Math.floor(at / 60)) ?? 0) + 1);
    }
    expect([...readAt.values()]).toEqual(Array(20).fill(400));
    expect(received / sent.length).toBeLessThan(1.5);
  });
});

/** What follows from a network's no: whose it is, whether it is believed, and what is counted of it. */
import { describe, expect, test } from "@jest/globals";
import { SYNC_HOURS } from "#shared/domain/social/connect";
import { plusDays, plusHours, plusMilliseconds } from "#shared/domain/kernel/time";
import { followed, passedOver, type Readable } from "#shared/domain/social/sync";
import type { SocialWork } from "#shared/domain/social/work";
import { NetworkRefused } from "#shared/ports/social-networks";
import { CREATOR_ID } from "../../support/builders.ts";
import { aSocialAccount, aSocialToken } from "../../support/social-builders.ts";

const NOW = "2026-11-25T12:00:00.000Z";
const work: SocialWork = { task: "sync", userId: CREATOR_ID, platform: "instagram" };
const renew: SocialWork = { ...work, task: "renew" };
const account = aSocialAccount({ lastSyncedAt: "2026-11-25T06:00:00.000Z", syncDueAt: "2026-11-25T11:00:00.000Z" });
const state: Readable = { account, token: aSocialToken(), day: undefined, pause: undefined, isServed: true };
const types = (all: ReturnType<typeof followed>) => all.change?.events?.map(({ type }) => type) ?? [];
const entities = (all: ReturnType<typeof followed>) =>
  all.change?.entities.map(({ entity, next }) => [entity, next]) ?? [];

describe("a consent whose new tokens are refused as those before were", () => {
  const doubted = { is: "refused", token: aSocialToken({ version: 7 }), consent: "doubted" } as const;
  const doubtedFor = (days: number) => ({ ...state, account: { ...account, doubtedSince: plusDays(NOW, -days) } });

  test("is doubted from then on, however long ago the account was read", () => {
    const never = { ...state, account: { ...account, lastSyncedAt: plusDays(NOW, -30) } };
    const result = followed(work, never, doubted, NOW);
    expect([types(result), result.later.length, result.unread]).toEqual([[], 1, undefined]);
    expect(entities(result)).toEqual([
      ["socialAccount", expect.objectContaining({ status: "connected", doubtedSince: NOW })],
    ]);
  });

  test("is believed again with the next figures", () => {
    const { externalId, username, displayName, profileUrl, avatarUrl, figures } = account;
    const said = { identity: { externalId, username, displayName, profileUrl, avatarUrl }, figures };
    const [read] = followed(work, doubtedFor(1), { is: "said", said }, NOW).change?.entities ?? [];
    expect(read?.next).not.toHaveProperty("doubtedSince");
  });

  test("is doubted for two days, in which the network is asked again, and nothing is let go of", () => {
    const result = followed(work, doubtedFor(1.99), doubted, NOW);
    expect([result.change, result.later.length, result.unread]).toEqual([undefined, 1, undefined]);
    const last = followed({ ...work, tries: 3 }, doubtedFor(1.99), doubted, NOW);
    expect(entities(last)[0]?.[1]).toMatchObject({ status: "connected", syncDueAt: plusHours(NOW, SYNC_HOURS) });
    expect(last.unread).toEqual({ code: "social.account_unread", because: "doubted" });
  });

  test("is of no use after that, and its owner is told, once a round has asked as often as it asks", () => {
    expect(types(followed({ ...work, tries: 2 }, doubtedFor(2), doubted, NOW))).toEqual([]);
    const result = followed({ ...work, tries: 3 }, doubtedFor(2), doubted, NOW);
    expect([types(result), result.unread]).toMatchObject([["social.reconnect_needed"], { because: "doubted" }]);
  });

  test("is doubted anew where nobody asked meanwhile", () => {
    const unserved = passedOver(work, { ...doubtedFor(1), isServed: false }, NOW);
    expect(entities(unserved)[0]?.[1]).not.toHaveProperty("doubtedSince");
  });
});

describe("that nothing was read", () => {
  test("is counted where a consent is over, at once", () => {
    const result = followed(work, state, { is: "refused", token: aSocialToken(), consent: "over" }, NOW);
    expect(result.unread).toEqual({ code: "social.account_unread", because: "over" });
  });

  test("is counted where it does not cover what is read, before it is taken back: that takes as long as with one that is doubted", () => {
    const lacking = { is: "refused", token: aSocialToken(), consent: "lacking" } as const;
    const [first, last] = [followed(work, state, lacking, NOW), followed({ ...work, tries: 3 }, state, lacking, NOW)];
    expect([types(first), first.unread, types(last), last.unread?.because]).toEqual([[], undefined, [], "lacking"]);
    const since = { ...state, account: { ...account, doubtedSince: plusDays(NOW, -2) } };
    expect(types(followed({ ...work, tries: 3 }, since, lacking, NOW))).toEqual(["social.reconnect_needed"]);
  });

  test.each(["everybody", "account"] as const)(
    "is counted where a network rests for longer than work waits (%s)",
    (whose) => {
      const busy = { is: "busy", whose, retryAfterSeconds: 3_600 } as const;
      expect(followed(work, state, busy, NOW).unread).toEqual({ code: "social.account_unread", because: "busy" });
      expect(followed(work, state, { ...busy, retryAfterSeconds: 60 }, NOW).unread).toBeUndefined();
      for (const other of [{ ...work, asked: true }, { ...work, mayHaveEnded: true }, renew] as const)
        expect(followed(other, state, busy, NOW).unread).toBeUndefined();
      const pause = { platform: "instagram", until: plusHours(NOW, 1), version: 1 } as const;
      expect(passedOver(work, { ...state, pause }, NOW).unread?.because).toBe("busy");
      expect(
        passedOver({ ...work, waits: 24 }, { ...state, pause: { ...pause, until: plusMilliseconds(NOW, 1) } }, NOW)
          .unread?.because,
      ).toBe("busy");
      expect(passedOver(work, { ...state, pause, isServed: false }, NOW).unread).toBeUndefined();
    },
  );

  test("is not where tokens end as they must", () => {
    const result = followed(renew, state, { is: "refused", token: aSocialToken(), consent: "expired" }, NOW);
    expect([types(result), result.unread]).toEqual([["social.reconnect_needed"], undefined]);
  });
});

describe("a no that says nothing about the tokens", () => {
  const cause = new NetworkRefused("instagram", "unexplained");
  const toOne = { is: "denied", isToEverybody: false, cause } as const;
  const toAll = { is: "denied", isToEverybody: true, cause } as const;

  test("is one account's, which the next round asks about again, however often its owner wants it read", () => {
    const result = followed({ ...work, asked: true }, state, toOne, NOW);
    expect([types(result), result.later, result.unread?.because]).toEqual([[], [], "unexplained"]);
    expect(entities(result)).toEqual([
      [
        "socialAccount",
        expect.objectContaining({ status: "connected", syncDueAt: plusHours(NOW, SYNC_HOURS), askedSyncs: 1 }),
      ],
    ]);
    expect(followed(renew, state, toOne, NOW).change).toBeUndefined();
  });

  test("to our app is everybody's: nobody is asked about for five minutes, this one not in this round, and it rings", () => {
    const result = followed(work, state, toAll, NOW);
    const pause = { platform: "instagram", until: plusMilliseconds(NOW, 300_000), version: 1 };
    const putOff = expect.objectContaining({ syncDueAt: plusHours(NOW, SYNC_HOURS), status: "connected" });
    expect([entities(result), result.later, result.unread]).toEqual([
      [
        ["socialAccount", putOff],
        ["networkPause", pause],
      ],
      [],
      { code: "social.app_refused", because: "misconfigured", cause },
    ]);
  });
});

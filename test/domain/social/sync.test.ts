/** What follows from what a network says, or does not say, about an account. */
import { describe, expect, test } from "@jest/globals";
import { SYNC_HOURS } from "#shared/domain/social/connect";
import { plusHours, plusMilliseconds } from "#shared/domain/kernel/time";
import { followed, passedOver, readable, type Readable, type SyncCase } from "#shared/domain/social/sync";
import { afterPause, afterSilence, isTooSoon, type SocialWork } from "#shared/domain/social/work";
import { Unavailable } from "#shared/ports/outside";
import { CREATOR_ID } from "../../support/builders.ts";
import { aNetworkPause, aSocialAccount, aSocialDay, aSocialToken, someFigures } from "../../support/social-builders.ts";

const NOW = "2026-11-25T12:00:00.000Z";
const work: SocialWork = { task: "sync", userId: CREATOR_ID, platform: "instagram" };
const renew: SocialWork = { ...work, task: "renew" };
const account = aSocialAccount({ lastSyncedAt: "2026-11-25T06:00:00.000Z", syncDueAt: "2026-11-25T11:00:00.000Z" });
const state: Readable = { account, token: aSocialToken(), day: undefined, pause: undefined, isServed: true };
const { externalId, username, displayName, profileUrl, avatarUrl } = account;
const identity = { externalId, username, displayName, profileUrl, avatarUrl };
const paused = aNetworkPause({ until: plusMilliseconds(NOW, 90_000) });
const types = (all: ReturnType<typeof followed>) => all.change?.events?.map(({ type }) => type) ?? [];
const entities = (all: ReturnType<typeof followed>) =>
  all.change?.entities.map(({ entity, next }) => [entity, next]) ?? [];

describe("an account is read", () => {
  test.each<[string, SocialWork, Partial<SyncCase>, boolean]>([
    ["that is connected", work, {}, true],
    ["that is gone, not", work, { account: undefined }, false],
    ["without tokens, not", work, { token: undefined }, false],
    ["that needs its owner, not", work, { account: { ...account, status: "needs_reconnect" } }, false],
    ["of somebody banned, not", work, { isServed: false }, false],
    ["of a network that rests, not", work, { pause: paused }, false],
    ["of a network that has rested", work, { pause: { ...paused, until: NOW } }, true],
    ["that is not due yet, not", work, { account: { ...account, syncDueAt: plusMilliseconds(NOW, 1) } }, false],
    [
      "that somebody wants, due or not",
      { ...work, asked: true },
      { account: { ...account, syncDueAt: plusMilliseconds(NOW, 1) } },
      true,
    ],
    [
      "whose consent may have ended with another, due or not",
      { ...work, mayHaveEnded: true },
      { account: { ...account, syncDueAt: plusMilliseconds(NOW, 1) } },
      true,
    ],
    [
      "whose consent may have ended with another, however often its owner had it asked",
      { ...work, mayHaveEnded: true },
      { account: { ...account, askedSyncs: 9, updatedAt: plusMilliseconds(NOW, -10_000) } },
      true,
    ],
    ["whose network has no room yet, not", { ...work, notBefore: plusMilliseconds(NOW, 1) }, {}, false],
    ["whose network has room by now", { ...work, notBefore: NOW }, {}, true],
    [
      "that was asked about a moment ago, not",
      { ...work, asked: true },
      { account: { ...account, updatedAt: NOW } },
      false,
    ],
    ["that is due though it was written a moment ago", work, { account: { ...account, updatedAt: NOW } }, true],
    ["whose tokens are to be renewed, however fresh it is", renew, { account: { ...account, updatedAt: NOW } }, true],
  ])("%s", (_which, task, given, expected) => {
    expect(readable(task, { ...state, ...given }, NOW) !== undefined).toBe(expected);
  });

  test("the more often it was asked for, the later again: ten seconds, then twice as long, six hours at most", () => {
    const waits = [0, 1, 2, 11, 12, 40].map((askedSyncs) => {
      const waited = (ms: number) =>
        isTooSoon({ ...work, asked: true }, { updatedAt: NOW, askedSyncs, syncDueAt: NOW }, plusMilliseconds(NOW, ms));
      const expected = Math.min(10_000 * 2 ** askedSyncs, 21_600_000);
      return [waited(expected - 1), waited(expected)];
    });
    expect(waits).toEqual(Array(6).fill([true, false]));
  });
});

describe("what it says", () => {
  test("is stored with the day's row, and told where something changed", () => {
    const figures = someFigures({ followerCount: 25_100 });
    const result = followed(work, state, { is: "said", said: { identity, figures } }, NOW);
    expect(types(result)).toEqual(["social.account_synced"]);
    expect(entities(result)).toEqual([
      [
        "socialAccount",
        expect.objectContaining({ figures, lastSyncedAt: NOW, syncDueAt: plusHours(NOW, SYNC_HOURS), askedSyncs: 0 }),
      ],
      [
        "socialDay",
        { userId: CREATOR_ID, platform: "instagram", day: "2026-11-25", figures, syncedAt: NOW, version: 1 },
      ],
    ]);
    expect(result.later).toEqual([]);
  });

  test("is not told again on a day where nothing changed, and the day's row stays as it is", () => {
    const heard = { is: "said", said: { identity, figures: someFigures() } } as const;
    const day = aSocialDay({ day: "2026-11-25" });
    const seenToday = { ...account, lastSyncedAt: `${day.day}T00:00:00.000Z` };
    const result = followed(work, { ...state, account: seenToday, day }, heard, NOW);
    expect(types(result)).toEqual([]);
    expect(entities(result).map(([entity]) => entity)).toEqual(["socialAccount"]);
  });

  test("is told on another day though nothing changed: how old the figures are is evidence", () => {
    const heard = { is: "said", said: { identity, figures: someFigures() } } as const;
    const seenYesterday = { ...account, lastSyncedAt: "2026-11-24T23:59:59.999Z" };
    expect(types(followed(work, { ...state, account: seenYesterday }, heard, NOW))).toEqual(["social.account_synced"]);
  });

  test("counts how often it was asked for", () => {
    const heard = { is: "said", said: { identity, figures: someFigures() } } as const;
    const asked = followed({ ...work, asked: true }, state, heard, NOW);
    expect(entities(asked)[0]?.[1]).toMatchObject({ askedSyncs: 1 });
  });

  test("of another account than was proven is not shown as this one: its owner connects it again", () => {
    const said = { identity: { ...identity, externalId: "another" }, figures: someFigures() };
    expect(types(followed(work, state, { is: "said", said }, NOW))).toEqual(["social.reconnect_needed"]);
  });

  test("after a renewal is nothing to write", () => {
    expect(followed(renew, state, { is: "said", said: undefined }, NOW)).toEqual({ later: [] });
  });
});

describe("what it refuses", () => {
  const result = followed(work, state, { is: "refused", token: aSocialToken({ version: 7 }), consent: "over" }, NOW);

  test("makes its owner connect it again, told once; the tokens that were refused are gone, and no others", () => {
    expect(types(result)).toEqual(["social.reconnect_needed"]);
    expect(result.change?.entities).toMatchObject([
      { entity: "socialAccount", was: account, next: { status: "needs_reconnect", figures: account.figures } },
      { entity: "socialToken", was: { version: 7 } },
    ]);
    expect(result.change?.entities[1]).not.toHaveProperty("next");
    expect(readable(work, { ...state, account: { ...account, status: "needs_reconnect" } }, NOW)).toBeUndefined();
  });

  test("is in the audit, without a word of the tokens", () => {
    expect(result.change?.audit).toEqual({
      action: "social.reconnect_needed",
      resource: { type: "social_account", id: `${CREATOR_ID}.instagram` },
      changes: [{ field: "status", before: "connected", after: "needs_reconnect" }],
    });
  });
});

test.each([
  ["is gone", undefined],
  ["needs its owner", { ...account, status: "needs_reconnect" as const }],
])("work that waits for its time ends where its account %s", (_how, account) => {
  const early = { ...work, notBefore: plusHours(NOW, 1) };
  expect(passedOver(early, { ...state, account }, NOW).later).toEqual([]);
  expect(passedOver(early, state, NOW).later).toEqual([{ work: early, afterSeconds: 900 }]);
});

describe("what is of somebody who is not served", () => {
  test.each(["sync", "renew"] as const)("is not in the way of others' (%s)", (task) => {
    const due = { ...state, isServed: false, token: aSocialToken({ refreshDueAt: NOW }) };
    const result = passedOver({ ...work, task }, due, plusHours(NOW, 6));
    expect(entities(result).length).toBe(1);
    const [entity, next] = entities(result)[0] as [string, { refreshDueAt?: string; syncDueAt?: string }];
    expect([entity, (next.refreshDueAt ?? next.syncDueAt ?? "") > plusHours(NOW, 6)]).toEqual([
      task === "sync" ? "socialAccount" : "socialToken",
      true,
    ]);
    expect(passedOver({ ...work, task }, { ...due, isServed: true }, plusHours(NOW, 6)).change).toBeUndefined();
  });
});

describe("a network that is busy", () => {
  test("is not asked until it said, and the work comes again then", () => {
    const result = followed(work, state, { is: "busy", whose: "everybody", retryAfterSeconds: 90 }, NOW);
    expect(entities(result).slice(1)).toEqual([
      ["networkPause", { platform: "instagram", until: paused.until, version: 1 }],
    ]);
    expect(result.later).toEqual([{ work: { ...work, waits: 1 }, afterSeconds: 90 }]);
  });

  test("rests no shorter than somebody else was told", () => {
    const state2 = { ...state, pause: { ...paused, until: plusMilliseconds(NOW, 500_000) } };
    const busy = { is: "busy", whose: "everybody", retryAfterSeconds: 90 } as const;
    expect(entities(followed(work, state2, busy, NOW)).map(([entity]) => entity)).toEqual(["socialAccount"]);
    expect(followed(renew, state2, busy, NOW).change).toBeUndefined();
  });

  test("is passed over, until the pause ends or, where the queue cannot hold it so long, until the next round", () => {
    const waited = { ...work, waits: 1 };
    expect(passedOver(work, { ...state, pause: paused }, NOW)).toEqual({ later: [{ work: waited, afterSeconds: 90 }] });
    const after = (ms: number, of = work) => afterPause(of, { until: plusMilliseconds(NOW, ms) }, NOW);
    expect(after(900_000)).toEqual([{ work: waited, afterSeconds: 900 }]);
    expect(after(900_001)).toEqual([]);
    expect(after(1)).toEqual([{ work: waited, afterSeconds: 1 }]);
    for (const waits of [1, 3, 23]) {
      const [later] = after(60_000, { ...work, waits });
      expect(later?.work).toEqual({ ...work, waits: waits + 1 });
      expect(later?.afterSeconds).toBeGreaterThanOrEqual(60);
      expect(later?.afterSeconds).toBeLessThan(60 + Math.min(60 * 2 ** waits, 840));
    }
    expect(after(900_000, { ...work, waits: 23 })).toMatchObject([{ afterSeconds: 900 }]);
    expect(after(60_000, { ...work, waits: 24 })).toEqual([]);
  });
});

describe("a network that does not answer", () => {
  const silent = { is: "silent", cause: new Unavailable("it") } as const;

  test("is asked again, each time after twice as long, and then in the next round", () => {
    const waits: number[] = [];
    for (let [next] = afterSilence(work); next; [next] = afterSilence(next.work)) waits.push(next.afterSeconds);
    expect(waits).toEqual([60, 120, 240]);
    const last = followed({ ...work, tries: 3 }, state, silent, NOW);
    expect([last.later, last.unread]).toMatchObject([[], { code: "social.account_unread", because: "silent" }]);
    expect(followed(work, state, silent, NOW).unread).toBeUndefined();
    expect(entities(last)[0]?.[1]).toMatchObject({
      syncDueAt: plusHours(NOW, SYNC_HOURS),
      lastSyncedAt: account.lastSyncedAt,
    });
    expect(followed({ ...renew, tries: 3 }, state, silent, NOW).change).toBeUndefined();
  });

  test("was asked all the same: whoever wants it over and over waits longer each time, but not for each try", () => {
    const askedBy = (parts: object, of = work) => entities(followed({ ...of, ...parts }, state, silent, NOW));
    expect(askedBy({ asked: true })).toEqual([
      ["socialAccount", expect.objectContaining({ askedSyncs: 1, lastSyncedAt: account.lastSyncedAt })],
    ]);
    expect([askedBy({ asked: true, tries: 1 }), askedBy({})]).toEqual([[], []]);
  });
});

test("the account of somebody banned is out of the way of what is due, and nothing else is done about it", () => {
  const banned = { ...state, isServed: false };
  const { change, later } = passedOver(work, banned, NOW);
  expect(later).toEqual([]);
  expect(change?.entities).toMatchObject([
    { entity: "socialAccount", next: { syncDueAt: plusHours(NOW, SYNC_HOURS) } },
  ]);
  const due = { ...banned, account: { ...account, syncDueAt: plusMilliseconds(NOW, 1) } };
  expect(passedOver(work, due, NOW)).toEqual({ change: undefined, later: [] });
});

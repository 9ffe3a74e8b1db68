/** What a limit costs whoever it was met with, so that it is not everybody's where it is theirs alone. */
import { describe, expect, test } from "@jest/globals";
import { plusHours } from "#shared/domain/kernel/time";
import { followed, type Readable } from "#shared/domain/social/sync";
import type { SocialWork } from "#shared/domain/social/work";
import { CREATOR_ID } from "../../support/builders.ts";
import { aSocialAccount, aSocialToken } from "../../support/social-builders.ts";

const NOW = "2026-11-25T12:00:00.000Z";
const work: SocialWork = { task: "sync", userId: CREATOR_ID, platform: "instagram" };
const account = aSocialAccount({ lastSyncedAt: "2026-11-25T06:00:00.000Z", syncDueAt: "2026-11-25T11:00:00.000Z" });
const state: Readable = { account, token: aSocialToken(), day: undefined, pause: undefined, isServed: true };
const entities = (all: ReturnType<typeof followed>) =>
  all.change?.entities.map(({ entity, next }) => [entity, next]) ?? [];

describe("a network that is busy", () => {
  test.each(["everybody", "account"] as const)(
    "was asked all the same: whoever wants it waits longer (%s)",
    (whose) => {
      const asked = followed({ ...work, asked: true }, state, { is: "busy", whose, retryAfterSeconds: 90 }, NOW);
      expect(entities(asked)[0]).toEqual(["socialAccount", expect.objectContaining({ askedSyncs: 1, updatedAt: NOW })]);
    },
  );

  test("with whoever was asked about has them behind all who are due, and nobody who is not due before their time", () => {
    const dueAfter = (syncDueAt: string) =>
      followed(
        work,
        { ...state, account: { ...account, syncDueAt } },
        { is: "busy", whose: "everybody", retryAfterSeconds: 90 },
        NOW,
      );
    const later = plusHours(NOW, 1);
    expect([account.syncDueAt, later].map((at) => entities(dueAfter(at))[0]?.[1])).toMatchObject([
      { syncDueAt: NOW },
      { syncDueAt: later },
    ]);
  });
});

/** When tokens are renewed: in time, by one, and what is told of those that cannot be. */
import { describe, expect, test } from "@jest/globals";
import {
  beginRenewal,
  canBeRenewed,
  endRenewal,
  isBeingRenewed,
  isToRenew,
  refreshDueAt,
  RENEWAL_MS,
} from "#shared/domain/social/renewal";
import { plusDays, plusHours, plusMilliseconds } from "#shared/domain/kernel/time";
import type { SocialTokens } from "#shared/domain/social/social-tokens";
import { timeoutSecondsOf } from "#shared/contracts/contract";
import { workOnSocialAccounts } from "#shared/contracts/social";
import { aSocialToken } from "../../support/social-builders.ts";

const NOW = "2026-11-25T12:00:00.000Z";
const tokens = (given: Partial<SocialTokens> = {}): SocialTokens => ({
  accessToken: "access",
  expiresAt: plusHours(NOW, 2),
  refreshToken: "refresh",
  refreshExpiresAt: null,
  scopes: [],
  ...given,
});

describe("tokens are due to be renewed", () => {
  test.each([
    ["of two hours, a week later: their use renews them long before", "twitter", tokens(), plusDays(NOW, 7)],
    [
      "whose right to be renewed ends, a day before",
      "tiktok",
      tokens({ refreshExpiresAt: plusDays(NOW, 3) }),
      plusDays(NOW, 2),
    ],
    [
      "of Instagram, of sixty days, ten before they end",
      "instagram",
      tokens({ refreshToken: null, expiresAt: plusDays(NOW, 60) }),
      plusDays(NOW, 50),
    ],
    [
      "that cannot be, when they end: their owner hears of it then",
      "linkedin",
      tokens({ refreshToken: null, expiresAt: plusDays(NOW, 60) }),
      plusDays(NOW, 60),
    ],
    [
      "of LinkedIn's partners, before they end",
      "linkedin",
      tokens({ expiresAt: plusDays(NOW, 60), refreshExpiresAt: plusDays(NOW, 365) }),
      plusDays(NOW, 50),
    ],
    ["that end at once, at once", "tiktok", tokens({ refreshExpiresAt: NOW }), NOW],
  ] as const)("%s", (_what, platform, of, due) => {
    expect(refreshDueAt(platform, of, NOW)).toBe(due);
  });

  test("by the network's rule of what renews them", () => {
    const none = tokens({ refreshToken: null });
    expect([
      canBeRenewed("instagram", none),
      canBeRenewed("linkedin", none),
      canBeRenewed("linkedin", tokens()),
    ]).toEqual([true, false, true]);
  });
});

describe("tokens are renewed", () => {
  test.each([
    ["used while they are good", "use", plusMilliseconds(NOW, 120_001), plusDays(NOW, -1), false],
    ["used within the margin of their end", "use", plusMilliseconds(NOW, 120_000), plusDays(NOW, 1), true],
    ["good and due", "due", plusDays(NOW, 1), NOW, true],
    ["good and not due", "due", plusDays(NOW, 1), plusMilliseconds(NOW, 1), false],
  ] as const)("%s", (_when, why, expiresAt, due, expected) => {
    expect(isToRenew(aSocialToken({ expiresAt, refreshDueAt: due }), why, NOW)).toBe(expected);
  });

  test("by one at a time, until they have had the time that a call has", () => {
    const me = { now: NOW, requestId: "me" };
    const { begun } = beginRenewal(aSocialToken(), me);
    const later = (ms: number) => ({ now: plusMilliseconds(NOW, ms), requestId: "other" });
    expect([isBeingRenewed(begun, me), isBeingRenewed(begun, later(0))]).toEqual([false, true]);
    expect([isBeingRenewed(begun, later(RENEWAL_MS - 1)), isBeingRenewed(begun, later(RENEWAL_MS))]).toEqual([
      true,
      false,
    ]);
    expect(RENEWAL_MS).toBeGreaterThan(timeoutSecondsOf(workOnSocialAccounts) * 1_000);
  });

  test("and stored under the version that the renewal began with", () => {
    const { begun } = beginRenewal(aSocialToken(), { now: NOW, requestId: "me" });
    const { change, token } = endRenewal(begun, tokens(), "sealed anew", NOW);
    expect(change.entities[0]).toMatchObject({ was: { version: 2 }, next: { version: 3, sealed: "sealed anew" } });
    expect(token).not.toHaveProperty("refreshingBy");
    expect(token).not.toHaveProperty("refreshingUntil");
  });
});

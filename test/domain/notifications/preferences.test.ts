import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { NotificationCategory } from "#shared/domain/notifications/notification";
import {
  isWanted,
  type NotificationPreferences,
  Preferences,
  preferencesOf,
} from "#shared/domain/notifications/preferences";
import { prefer, unsubscribe } from "#shared/domain/notifications/prefer";
import type { Channel } from "#shared/domain/notifications/tellings";
import { CREATOR_ID } from "../../support/builders.ts";
import { anEvent, aNotice } from "./events.ts";

const now = "2026-11-25T12:00:00.000Z";
const categories = NotificationCategory.options;
const everything = preferencesOf(undefined);
const channels = fc.record({ inApp: fc.boolean(), email: fc.boolean() });
const anyPreferences = fc.record({ campaigns: channels, submissions: channels, payments: channels, system: channels });
const stored = (preferences: Preferences): NotificationPreferences => ({
  ...preferences,
  userId: CREATOR_ID,
  version: 3,
  createdAt: now,
  updatedAt: now,
});
const notice = aNotice(anEvent("invitation.sent"), "mail");

test("whoever said nothing wants everything", () => {
  expect(Object.values(everything)).toEqual(categories.map(() => ({ inApp: true, email: true })));
});

test("what is wanted is the switch of its category and channel, and what is owed always", () => {
  fc.assert(
    fc.property(anyPreferences, fc.constantFrom(...categories), fc.boolean(), (preferences, category, isOwed) => {
      const one = { ...notice, category, isOwed };
      const wanted = (channel: Channel) => isWanted(one, channel, stored(preferences));
      expect(wanted("mail")).toBe(isOwed || preferences[category].email);
      expect(wanted("inApp")).toBe(isOwed || preferences[category].inApp);
    }),
  );
});

describe("what a person prefers", () => {
  test("is what they say last, with a row of what they changed; the same again changes nothing", () => {
    fc.assert(
      fc.property(fc.option(anyPreferences, { nil: undefined }), anyPreferences, (before, wanted) => {
        const was = before && stored(before);
        const { change, preferences } = prefer(CREATOR_ID, was, wanted, now);
        expect(preferences).toEqual(wanted);
        const changed = categories.filter(
          (one) => JSON.stringify(preferencesOf(was)[one]) !== JSON.stringify(wanted[one]),
        );
        expect((change?.audit?.changes ?? []).map(({ field }) => field)).toEqual(changed);
        expect(change === undefined).toBe(changed.length === 0);
        const next = change?.entities[0]?.next as NotificationPreferences | undefined;
        if (next) expect(prefer(CREATOR_ID, next, wanted, now).change).toBeUndefined();
      }),
    );
  });

  test("names every category and both channels, and nothing else", () => {
    expect(Preferences.safeParse(everything).success).toBe(true);
    const { system: _left, ...others } = everything;
    for (const wrong of [
      others,
      { ...everything, news: { inApp: true, email: true } },
      { ...everything, system: { inApp: true } },
      { ...everything, system: { inApp: true, email: "no" } },
      { ...everything, userId: CREATOR_ID },
    ])
      expect(Preferences.safeParse(wrong).success).toBe(false);
  });
});

test("unsubscribing ends the mails of one category and nothing else, once", () => {
  fc.assert(
    fc.property(anyPreferences, fc.constantFrom(...categories), (before, category) => {
      const change = unsubscribe({ userId: CREATOR_ID, category }, stored(before), now);
      const next = (change?.entities[0]?.next ?? stored(before)) as NotificationPreferences;
      expect(preferencesOf(next)).toEqual({ ...before, [category]: { ...before[category], email: false } });
      expect(unsubscribe({ userId: CREATOR_ID, category }, next, now)).toBeUndefined();
    }),
  );
});

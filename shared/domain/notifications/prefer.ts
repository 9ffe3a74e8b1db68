/** How people say what they want to be told. */
import { type Change, changed, created, differences } from "../change.ts";
import type { Instant } from "../kernel/time.ts";
import { NotificationCategory } from "./notification.ts";
import { type NotificationPreferences, type Preferences, preferencesOf } from "./preferences.ts";

const categories = NotificationCategory.options;

interface Outcome {
  readonly change: Change | undefined;
  readonly preferences: Preferences;
}

/** Says anew what a person wants; nothing changes when they say it again. */
export function prefer(
  userId: string,
  stored: NotificationPreferences | undefined,
  wanted: Preferences,
  now: Instant,
): Outcome {
  const was = preferencesOf(stored);
  const changes = differences(was, wanted, categories) ?? [];
  if (changes.length === 0) return { change: undefined, preferences: was };
  const next = { ...wanted, userId, createdAt: stored?.createdAt ?? now, updatedAt: now };
  const change: Change = {
    entities: [stored ? changed("notificationPreferences", stored, next) : created("notificationPreferences", next)],
    audit: { action: "notification_preferences.changed", resource: { type: "account", id: userId }, changes },
  };
  return { change, preferences: wanted };
}

/** No further mails of one category. */
export function unsubscribe(
  { userId, category }: { readonly userId: string; readonly category: NotificationCategory },
  stored: NotificationPreferences | undefined,
  now: Instant,
): Change | undefined {
  const was = preferencesOf(stored);
  return prefer(userId, stored, { ...was, [category]: { ...was[category], email: false } }, now).change;
}

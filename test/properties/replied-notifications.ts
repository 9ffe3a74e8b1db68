/** What commands about notifications reply, and what the table then holds. */
import { handler as announce } from "#lambdas/notifications/announce";
import { handler as markAllNotificationsRead } from "#lambdas/notifications/mark-all-notifications-read";
import { handler as markNotificationRead } from "#lambdas/notifications/mark-notification-read";
import { handler as setNotificationPreferences } from "#lambdas/notifications/set-notification-preferences";
import { preferencesOf } from "#shared/domain/notifications/preferences";
import { BRAND_ID } from "../support/builders.ts";
import { admin, brand } from "../support/stage.ts";
import { type Case, repeated } from "./replied.ts";

export const notificationCases: Readonly<Record<string, Case>> = {
  markNotificationRead: async (stage, earlier) => {
    const id = stage.newId("notification");
    const texts = { type: "deposit.completed", title: "Paid in", message: "50.00 USD", category: "payments" } as const;
    const told = { id, userId: BRAND_ID, createdAt: stage.clock.now, ...texts, readAt: null, metadata: {}, version: 1 };
    await stage.given("notification", { ...told, arrivedAt: stage.clock.now });
    const read = () => stage.run(markNotificationRead, { actor: brand(), path: { notificationId: id } });
    await repeated(stage, earlier, read);
    return { reply: await read(), held: await stage.ports.notifications.get(BRAND_ID, id) };
  },
  announce: async (stage) => {
    const body = { role: "creator", title: "t", message: "m", category: "system" } as const;
    const reply = await stage.run(announce, { actor: admin(), body });
    return { reply, held: await stage.ports.announcements.get(reply.id) };
  },
  markAllNotificationsRead: async (stage) => {
    const reply = await stage.run(markAllNotificationsRead, { actor: brand() });
    return { reply, held: { unread: await stage.ports.notifications.unread(BRAND_ID) } };
  },
  setNotificationPreferences: async (stage, earlier) => {
    const quiet = { inApp: true, email: false };
    const set = (system: boolean) =>
      stage.run(setNotificationPreferences, {
        actor: brand(),
        body: { campaigns: quiet, submissions: quiet, payments: quiet, system: { inApp: system, email: true } },
      });
    await repeated(stage, earlier, (at) => set(at % 2 === 1));
    return { reply: await set(earlier % 2 === 1), held: preferencesOf(await stage.ports.preferences.of(BRAND_ID)) };
  },
};

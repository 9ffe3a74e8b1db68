/** What a person wants to be told, by category and channel. What is owed to them they are told all the same. */
import * as z from "zod";
import { UserId } from "../kernel/ids.ts";
import { Instant } from "../kernel/time.ts";
import type { Notice } from "./notice.ts";
import type { Channel } from "./tellings.ts";

const Channels = z.strictObject({ inApp: z.boolean(), email: z.boolean() });

/** Every category with both of its channels: what is sent is what holds. */
export const Preferences = z.strictObject({
  campaigns: Channels,
  submissions: Channels,
  payments: Channels,
  system: Channels,
});
export type Preferences = z.infer<typeof Preferences>;

/** The same, as stored for somebody who ever said something. */
export const NotificationPreferences = z.object({
  ...Preferences.shape,
  userId: UserId,
  version: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type NotificationPreferences = z.infer<typeof NotificationPreferences>;

const everything: Preferences = {
  campaigns: { inApp: true, email: true },
  submissions: { inApp: true, email: true },
  payments: { inApp: true, email: true },
  system: { inApp: true, email: true },
};
/** As people call the channels. */
const names = { inApp: "inApp", mail: "email" } as const satisfies Record<Channel, keyof Preferences["system"]>;

/** Whoever said nothing wants everything. */
export function preferencesOf(stored: NotificationPreferences | undefined): Preferences {
  const { campaigns, submissions, payments, system } = stored ?? everything;
  return { campaigns, submissions, payments, system };
}

/** Whether a person is told this in this channel. */
export const isWanted = (notice: Notice, channel: Channel, stored: NotificationPreferences | undefined): boolean =>
  notice.isOwed || preferencesOf(stored)[notice.category][names[channel]];

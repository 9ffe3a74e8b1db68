/** Who is told what about an event: the one table that every channel reads. */
import { type EventType, eventTypes } from "../events/events.ts";
import { accountsTellings } from "./tellings/accounts.ts";
import { announcementsTellings } from "./tellings/announcements.ts";
import { commandTellings } from "./tellings/commands.ts";
import { exportsTellings } from "./tellings/exports.ts";
import { inquiriesTellings } from "./tellings/inquiries.ts";
import { linksTellings } from "./tellings/links.ts";
import { socialTellings } from "./tellings/social.ts";
import type { Channel, TellingsOf } from "./tellings/telling.ts";

export type { Channel, Telling, TellingText } from "./tellings/telling.ts";

export const tellings: TellingsOf<EventType> = {
  "sign_in_code.requested": [],
  "job.run_requested": [],
  "link.created": [],
  "creator.seen": [],
  "creator_index.turn_due": [],
  "creator.passed_over": [],
  ...accountsTellings,
  ...announcementsTellings,
  ...commandTellings,
  ...inquiriesTellings,
  ...exportsTellings,
  ...linksTellings,
  ...socialTellings,
};

/** Types of the events that somebody is told about in this channel: what its consumer listens to. */
export const eventsTold = (channel: Channel): readonly EventType[] =>
  eventTypes.filter((type) => tellings[type].some(({ channels }) => channels.includes(channel)));

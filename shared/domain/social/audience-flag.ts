import * as z from "zod";
import { CalendarDay } from "../kernel/time.ts";
import { AudienceFlagName, type SocialDay } from "./social-account.ts";

/** What is unlike an audience that came by itself, and what shows it. */
export const AudienceFlag = z.object({
  flag: AudienceFlagName,
  /** The day that shows it. */
  date: CalendarDay,
  /** The numbers that it rests on, by what they are. */
  evidence: z.record(z.string(), z.union([z.number(), z.string()])),
  /** Where the band is from. */
  source: z.string(),
});
export type AudienceFlag = z.infer<typeof AudienceFlag>;

/** Figures of a day. */
export type FigureDay = Pick<SocialDay, "day" | "figures">;

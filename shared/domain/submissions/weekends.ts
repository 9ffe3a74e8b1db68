/** Which weekdays are off in a time zone. */
import { primaryTimeZone } from "../kernel/time-zone.ts";

/** As `Date` numbers weekdays: Sunday is 0. */
const SATURDAY_AND_SUNDAY: readonly number[] = [6, 0];

/** Those that rest on Friday. Source: CLDR 48, supplemental data, week data (weekendStart, weekendEnd). */
export const otherWeekends: readonly { readonly days: readonly number[]; readonly zones: readonly string[] }[] = [
  {
    days: [5, 6],
    zones: [
      "Africa/Algiers", "Africa/Cairo", "Africa/Khartoum", "Africa/Tripoli", "Asia/Aden", "Asia/Amman", "Asia/Baghdad",
      "Asia/Bahrain", "Asia/Damascus", "Asia/Jerusalem", "Asia/Kuwait", "Asia/Muscat", "Asia/Qatar", "Asia/Riyadh",
    ], // prettier-ignore
  },
  { days: [4, 5], zones: ["Asia/Kabul"] },
  { days: [5], zones: ["Asia/Tehran"] },
];

/** By any of the zone's names. */
export function weekendOf(timeZone: string): readonly number[] {
  const zone = primaryTimeZone(timeZone) ?? timeZone;
  return otherWeekends.find(({ zones }) => zones.includes(zone))?.days ?? SATURDAY_AND_SUNDAY;
}

/**
 * Public holidays of the places whose time zones the product knows best, as rules, so that no year runs out. Days that fall
 * on a weekend do not count anyway; what matters is which day is off instead. Zones that are not named have weekends alone (weekends.ts).
 */

/** A day of each year, or of some. Weekdays are Monday = 1 to Friday = 5. */
export type HolidayRule =
  | {
      readonly month: number;
      readonly day: number;
      /** What is off instead when it falls on a weekend: the nearest weekday, or the next one that is no holiday itself. */
      readonly instead?: "nearest" | "next";
    }
  | { readonly month: number; readonly weekday: number; readonly nth: 1 | 2 | 3 | 4 | "last" }
  /** Days after Easter Sunday. */
  | { readonly easter: number }
  /** Given for single years. */
  | { readonly dates: readonly string[] };

export interface HolidayCalendar {
  /** Where the rules stand. */
  readonly source: string;
  readonly zones: readonly string[];
  readonly rules: readonly HolidayRule[];
}

const [GOOD_FRIDAY, EASTER_MONDAY, ASCENSION, WHIT_MONDAY] = [-2, 1, 39, 50].map((easter) => ({ easter })) as [
  HolidayRule, HolidayRule, HolidayRule, HolidayRule,
]; // prettier-ignore

const fixed = (month: number, day: number, instead?: "nearest" | "next"): HolidayRule => ({
  month,
  day,
  ...(instead !== undefined && { instead }),
});
const monday = (month: number, nth: 1 | 2 | 3 | 4 | "last"): HolidayRule => ({ month, weekday: 1, nth });

export const holidayCalendars: readonly HolidayCalendar[] = [
  {
    source: "United States, federal: 5 U.S.C. 6103; opm.gov, Federal Holidays",
    zones: [
      "America/New_York", "America/Detroit", "America/Indianapolis", "America/Chicago", "America/Denver",
      "America/Boise", "America/Phoenix", "America/Los_Angeles", "America/Anchorage", "Pacific/Honolulu",
    ], // prettier-ignore
    rules: [
      fixed(1, 1, "nearest"),
      monday(1, 3),
      monday(2, 3),
      monday(5, "last"),
      fixed(6, 19, "nearest"),
      fixed(7, 4, "nearest"),
      monday(9, 1),
      monday(10, 2),
      fixed(11, 11, "nearest"),
      { month: 11, weekday: 4, nth: 4 },
      fixed(12, 25, "nearest"),
    ],
  },
  {
    source: "England and Wales: Banking and Financial Dealings Act 1971; gov.uk/bank-holidays",
    zones: ["Europe/London"],
    rules: [
      fixed(1, 1, "next"),
      GOOD_FRIDAY,
      EASTER_MONDAY,
      monday(5, 1),
      monday(5, "last"),
      monday(8, "last"),
      fixed(12, 25, "next"),
      fixed(12, 26, "next"),
    ],
  },
  {
    source: "Germany, the nine of all states: Einigungsvertrag art. 2 (3 October) and the states' Feiertagsgesetze",
    zones: ["Europe/Berlin"],
    rules: [
      fixed(1, 1),
      GOOD_FRIDAY,
      EASTER_MONDAY,
      fixed(5, 1),
      ASCENSION,
      WHIT_MONDAY,
      fixed(10, 3),
      fixed(12, 25),
      fixed(12, 26),
    ],
  },
  {
    source: "France: Code du travail, L3133-1",
    zones: ["Europe/Paris"],
    rules: [
      fixed(1, 1),
      EASTER_MONDAY,
      fixed(5, 1),
      fixed(5, 8),
      ASCENSION,
      WHIT_MONDAY,
      fixed(7, 14),
      fixed(8, 15),
      fixed(11, 1),
      fixed(11, 11),
      fixed(12, 25),
    ],
  },
  {
    source:
      "New South Wales: Public Holidays Act 2010; nsw.gov.au/about-nsw/public-holidays (Anzac Day, 2026 and 2027)",
    zones: ["Australia/Sydney"],
    rules: [
      fixed(1, 1, "next"),
      fixed(1, 26, "next"),
      GOOD_FRIDAY,
      EASTER_MONDAY,
      fixed(4, 25),
      { dates: ["2026-04-27", "2027-04-26"] },
      monday(6, 2),
      monday(10, 1),
      fixed(12, 25, "next"),
      fixed(12, 26, "next"),
    ],
  },
];

/** A campaign's figures as rows: all of it, then each day, then each creator. */
import type { analyticsOf } from "../tracking/analytics.ts";

type Analytics = ReturnType<typeof analyticsOf>;
type Signed = Analytics["spend"];

export interface FiguresRow {
  readonly campaignId: string;
  readonly of: "total" | "day" | "creator";
  readonly date: string | null;
  readonly creatorId: string | null;
  readonly clicks: number;
  /** Distinct within a day, as everywhere: those of several days are added up. */
  readonly uniqueClicks: number;
  /** Every hit by its class; of the total alone. */
  readonly byClass: Analytics["clicks"]["byClass"] | null;
  readonly views: number;
  readonly conversions: number;
  readonly conversionValue: Signed;
  /** Of a day there is none: what is spent is a matter of decisions. */
  readonly spend: Signed | null;
  readonly roi: number | null;
  readonly timeZone: string;
  readonly asOf: string;
  readonly rulesVersion: string;
}

export function figuresRows(figures: Analytics): readonly FiguresRow[] {
  const { campaignId, timeZone, asOf, rulesVersion } = figures;
  const { views, conversions, conversionValue, spend, roi } = figures;
  const { total: clicks, unique: uniqueClicks, byClass } = figures.clicks;
  const every = { campaignId, byClass: null, roi: null, timeZone, asOf, rulesVersion };
  const whole = { clicks, uniqueClicks, views, conversions, conversionValue, spend };
  return [
    { ...every, of: "total", date: null, creatorId: null, ...whole, byClass, roi },
    ...figures.byDay.map((day) => ({ ...every, of: "day" as const, creatorId: null, spend: null, ...day })),
    ...figures.byCreator.map((one) => ({ ...every, of: "creator" as const, date: null, ...one })),
  ];
}

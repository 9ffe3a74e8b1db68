/** What a row of an exported file may hold: what the list of the same things shows. */
import * as z from "zod";
import { UserId } from "#shared/domain/kernel/ids";
import { CalendarDay, Instant } from "#shared/domain/kernel/time";
import { AuditRow, ByClass, EarningView, SignedMoney } from "./row-shapes.ts";
import { Me, ParticipantView, SubmissionView, TransactionView } from "./shapes.ts";

const count = z.int().min(0);

const FiguresRow = z.object({
  campaignId: z.string(),
  of: z.enum(["total", "day", "creator"]),
  date: CalendarDay.nullable(),
  creatorId: UserId.nullable(),
  clicks: count,
  uniqueClicks: count,
  byClass: ByClass.nullable(),
  views: count,
  conversions: count,
  conversionValue: SignedMoney,
  spend: SignedMoney.nullable(),
  roi: z.number().nullable(),
  timeZone: z.string(),
  asOf: Instant,
  rulesVersion: z.string(),
});

export const exportedViews = {
  transactions: TransactionView,
  earnings: EarningView,
  "campaign-analytics": FiguresRow,
  participants: ParticipantView,
  submissions: SubmissionView,
  users: Me,
  "audit-logs": AuditRow,
} as const;

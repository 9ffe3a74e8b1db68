/** What may be asked of each kind of export. */
import * as z from "zod";
import { idOf } from "../kernel/ids.ts";
import { CalendarDay, type Instant, InstantInput } from "../kernel/time.ts";
import { ExportFormat, ExportKind } from "./export.ts";

/** An instant, or a whole day of UTC. */
const Moment = z.union([CalendarDay, InstantInput]);

const DAY = "YYYY-MM-DD".length;
const isDay = (moment: string): boolean => moment.length === DAY;

/** The first and the last instant of what was asked for; a day is all of that day. */
export const spanOf = ({ from, to }: { readonly from?: string | undefined; readonly to?: string | undefined }) =>
  ({
    from: from !== undefined && isDay(from) ? `${from}T00:00:00.000Z` : from,
    to: to !== undefined && isDay(to) ? `${to}T23:59:59.999Z` : to,
  }) satisfies { readonly from: Instant | undefined; readonly to: Instant | undefined };

/** What is asked per kind: of one campaign, of one where it is named, of none; of instants, or of whole days alone. */
const rules: Readonly<Record<ExportKind, { readonly campaign: "one" | "some" | "none"; readonly days?: true }>> = {
  transactions: { campaign: "none" },
  earnings: { campaign: "some" },
  "campaign-analytics": { campaign: "one", days: true },
  participants: { campaign: "one" },
  submissions: { campaign: "one" },
  users: { campaign: "none" },
  "audit-logs": { campaign: "some" },
};

const Kind = z.object({ kind: ExportKind });
const Bounds = z.object({ from: Moment, to: Moment });

/** A body as it came, and the rules of its kind. Rules are looked at also where something else is wrong: all of it is named. */
function ruled(asked: unknown) {
  const kind = Kind.safeParse(asked).data?.kind;
  return {
    rule: kind === undefined ? undefined : rules[kind],
    given: (asked ?? {}) as Readonly<Record<string, unknown>>,
  };
}
const named = (given: Readonly<Record<string, unknown>>, field: string): boolean => given[field] !== undefined;

const needsCampaign = (asked: unknown): boolean => {
  const { rule, given } = ruled(asked);
  return rule?.campaign !== "one" || named(given, "campaignId");
};
const takesCampaign = (asked: unknown): boolean => {
  const { rule, given } = ruled(asked);
  return rule?.campaign !== "none" || !named(given, "campaignId");
};
const takes = (bound: "from" | "to") => (asked: unknown) => {
  const { rule, given } = ruled(asked);
  return rule?.days !== true || !named(given, bound) || CalendarDay.safeParse(given[bound]).success;
};
function isInOrder(asked: unknown): boolean {
  const bounds = Bounds.safeParse(asked);
  const { from = "", to = "" } = bounds.success ? spanOf(bounds.data) : {};
  return from <= to;
}

const about = (field: string, error: string) => ({ path: [field], error, when: () => true });

export const NewExport = z
  .strictObject({
    kind: ExportKind,
    format: ExportFormat,
    campaignId: idOf("campaign").optional().meta({
      description: "Of campaign-analytics, participants and submissions; of earnings and audit-logs if wanted",
    }),
    from: Moment.optional(),
    to: Moment.optional(),
  })
  .refine(needsCampaign, about("campaignId", "must be given for this kind"))
  .refine(takesCampaign, about("campaignId", "cannot be given for this kind"))
  .refine(takes("from"), about("from", "must be a day: figures are of whole days"))
  .refine(takes("to"), about("to", "must be a day: figures are of whole days"))
  .refine(isInOrder, about("to", "must not be before from"));
export type NewExport = z.output<typeof NewExport>;

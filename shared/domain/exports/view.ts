import { type Instant, plusDays } from "../kernel/time.ts";
import { endsAt, isOpen } from "./access.ts";
import type { Export } from "./export.ts";
import { exportRefusals } from "./refusals.ts";

/** How long a file can be fetched. The store deletes it in the night after that, and never before. */
export const FILE_DAYS = 7;
/** How long a link to it is good for: it has to be followed by then, not to have ended. */
export const LINK_SECONDS = 900;

/** Until when the file is there; undefined while there is none. */
const fileEndsAt = ({ completedAt }: Export): Instant | undefined =>
  completedAt === undefined ? undefined : plusDays(completedAt, FILE_DAYS);

/** A file that can be fetched, and for how many seconds a link to it may be good: never beyond the file. */
export function fetchable(exported: Export, now: Instant) {
  const until = fileEndsAt(exported);
  if (until === undefined || now >= until) return undefined;
  const leftSeconds = Math.floor((Date.parse(until) - Date.parse(now)) / 1_000);
  return { exported, seconds: Math.max(1, Math.min(LINK_SECONDS, leftSeconds)) };
}

/** What is told of an export. One that nobody ends in its time has failed, whatever is stored. */
export function exportView(exported: Export, now: Instant) {
  const { id, kind, format, campaignId, from, to, rows, sizeBytes, createdAt, completedAt } = exported;
  const isLate = isOpen(exported) && now >= endsAt(exported);
  const { code, title: detail } = exportRefusals.tookTooLong;
  const expiresAt = fileEndsAt(exported);
  const isGone = expiresAt !== undefined && now >= expiresAt;
  return {
    ...{ id, kind, format, campaignId, from, to, rows, sizeBytes, createdAt, completedAt, expiresAt },
    status: isLate ? ("failed" as const) : isGone ? ("expired" as const) : exported.status,
    failure: isLate ? { code, detail } : exported.failure,
  };
}

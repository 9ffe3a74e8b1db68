import type { Granted } from "./catalogue.ts";

/** What is asked of the table for an export. */
export const EXPORTED = [
  "exportedLists:read",
  "campaigns:read",
  "participants:read",
  "hitCounts:read",
  "conversionTallies:read",
  "accounts:list",
  "auditTrail:list",
] as const;
export type Exported = Granted<(typeof EXPORTED)[number]>;

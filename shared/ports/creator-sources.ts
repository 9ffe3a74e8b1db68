import type { Granted } from "./catalogue.ts";

/** What is asked of the table for what holds of a creator: `factsOf`. */
export const CREATOR_SOURCES = ["accounts:read", "socialAccounts:read", "socialDays:list", "pastResults:list"] as const;
export type CreatorSources = Granted<(typeof CREATOR_SOURCES)[number]>;

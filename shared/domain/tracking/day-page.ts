import * as z from "zod";
import { hitClasses } from "./classification.ts";
import { VisitorTable } from "./visitor-table.ts";

/** All pages of one campaign, UTC day and shard of the click stream. A shard is read by one consumer at a time, in order. */
export interface PageFamily {
  readonly campaignId: string;
  readonly day: string;
  readonly shard: string;
}

export interface PageKey extends PageFamily {
  /** `0`, `1-a`, `2-a7`, …: the level and, below the first, as many leading digits of the visitor. */
  readonly page: string;
}

const count = z.int().nonnegative();
const linkCounts = z.object({ creatorId: z.string(), byClass: z.partialRecord(z.enum(hitClasses), count) });

/** What a page says about its hits, without the visitors behind it. */
export const pageCountsShape = z.object({
  campaignId: z.string(),
  day: z.string(),
  shard: z.string(),
  page: z.string(),
  /** Sequence number of the last hit counted here, zero-padded; empty while the page was never saved. */
  sequence: z.string(),
  /** Visitors whose first valid hit of the day, on any link of the campaign, was counted here. */
  unique: count,
  /** The same, by whose links they were. */
  uniqueByCreator: z.record(z.string(), count),
  links: z.record(z.string(), linkCounts),
});

export const pageShape = pageCountsShape.extend({
  visitors: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
});

export type LinkCounts = z.infer<typeof linkCounts>;
export type PageCounts = Readonly<z.infer<typeof pageCountsShape>>;
/** The stored state: counts, and `visitors` as a `VisitorTable` writes them. */
export type Page = Readonly<z.infer<typeof pageShape>>;

/**
 * A page's bounds keep its item far below DynamoDB's 400 kB: 4,000 pairs of visitor and link are 44 kB, 400
 * links at most 90 kB. The first level is smaller because nearly every batch writes it.
 */
const PAIRS = { first: 2_000, further: 4_000 };
export const LINKS_PER_PAGE = 400;

export const pairsPerPage = (level: number): number => (level === 0 ? PAIRS.first : PAIRS.further);

/** The page of a level on which a visitor would live. Below the sixteenth, a visitor has pages of their own. */
export const pageName = (level: number, visitor: string): string =>
  level === 0 ? "0" : `${level}-${visitor.slice(0, level)}`;

export const levelOf = (page: string): number => Number.parseInt(page, 10);

/** A page nobody has saved yet. */
export const emptyPage = ({ campaignId, day, shard, page }: PageKey): Page => ({
  campaignId,
  day,
  shard,
  page,
  sequence: "",
  unique: 0,
  uniqueByCreator: {},
  links: {},
  visitors: new VisitorTable().bytes(),
});

/** Kinesis numbers its records with up to 56 digits; padded, they compare as text. */
export const paddedSequence = (sequenceNumber: string): string => sequenceNumber.padStart(64, "0");

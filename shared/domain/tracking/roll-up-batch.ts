import { agentClassifier } from "./classification.ts";
import { emptyPage, levelOf, paddedSequence } from "./day-page.ts";
import type { Page, PageFamily, PageKey } from "./day-page.ts";
import { distinctHits, doubtful, notesOf } from "./distinct.ts";
import type { HitSlice, NotedHits } from "./distinct.ts";
import type { Hit } from "./hit.ts";
import { rollUp } from "./rollup.ts";
import type { PageUpdate, SequencedHit } from "./rollup.ts";

/** What a roll-up needs of the table. `TrackingPages` in the ports says what each of them promises. */
export interface PageStore {
  load(keys: readonly PageKey[]): Promise<readonly Page[]>;
  save(page: Page, previousSequence: string, retriedHitIds: readonly string[]): Promise<"saved" | "stale">;
  noteHits(slice: HitSlice, hits: NotedHits): Promise<NotedHits>;
  countedRetries(hitIds: readonly string[]): Promise<ReadonlySet<string>>;
}

/** One stream record, decoded; `sequenceNumber` as the stream spells it. */
export interface HitRecord {
  readonly sequenceNumber: string;
  readonly hit: Hit;
}

export interface BatchOutcome {
  readonly pagesSaved: number;
  /** Per campaign and day that could not be counted: the first of its records, from which the stream must go on again. */
  readonly failures: readonly { readonly sequenceNumber: string; readonly error: unknown }[];
}

type Batch = PageFamily & { readonly hits: readonly SequencedHit[] };
type ClassOf = ReturnType<typeof agentClassifier>;

/** Another consumer of the same shard lets us redo the work; one that never stops doing so is a fault. */
const ATTEMPTS = 5;
/** A transaction takes 100 items: the page, and what it marks as counted. */
const RETRIED_HITS_PER_SAVE = 90;
const FAMILIES_AT_ONCE = 8;

const idOf = ({ campaignId, day }: { campaignId: string; day: string }) => `${campaignId} ${day}`;

function familiesOf(shard: string, hits: readonly SequencedHit[]): readonly Batch[] {
  const families = new Map<string, PageFamily & { hits: SequencedHit[] }>();
  for (const sequenced of hits) {
    const { campaignId, day } = sequenced.hit;
    const family = families.get(idOf(sequenced.hit)) ?? { campaignId, day, shard, hits: [] };
    families.set(idOf(family), family);
    family.hits.push(sequenced);
  }
  return [...families.values()];
}

/** Cut so that no part marks more retried hits than one transaction holds. */
function inParts(hits: readonly SequencedHit[]): readonly (readonly SequencedHit[])[] {
  const parts: SequencedHit[][] = [[]];
  let retried = 0;
  for (const sequenced of hits) {
    if (sequenced.hit.retried && (retried += 1) % RETRIED_HITS_PER_SAVE === 0) parts.push([]);
    parts.at(-1)?.push(sequenced);
  }
  return parts;
}

async function noted(store: PageStore, shard: string, hits: readonly SequencedHit[]) {
  const notes = [...notesOf(hits)].map(
    async ([slice, note]) => [slice, await store.noteHits({ shard, slice }, note)] as const,
  );
  return new Map(await Promise.all(notes));
}

async function distinct(store: PageStore, shard: string, hits: readonly SequencedHit[]) {
  const notes = await noted(store, shard, hits);
  const ids = new Set(doubtful(hits, notes).map(({ hit }) => hit.id));
  return distinctHits(hits, notes, ids.size > 0 ? await store.countedRetries([...ids]) : ids);
}

type Pages = Map<string, Page>;

async function addPages(store: PageStore, pages: Pages, keys: readonly PageKey[]): Promise<void> {
  for (const key of keys) pages.set(key.page, emptyPage(key));
  for (const page of await store.load(keys)) pages.set(page.page, page);
}

type Part = { readonly family: PageFamily; readonly hits: readonly SequencedHit[]; readonly classOf: ClassOf };

/** Rolls up, loading pages for as long as hits ask for deeper ones. */
async function updatesOf(store: PageStore, { family, hits, classOf }: Part, pages: Pages) {
  for (;;) {
    const { updates, missing } = rollUp(family, pages, hits, classOf);
    if (missing.length === 0) return updates;
    await addPages(store, pages, missing);
  }
}

/** First level first, each after the one above: a deeper page relies on what is stored above it. */
async function saveAll(store: PageStore, updates: readonly PageUpdate[], pages: Pages): Promise<"saved" | "stale"> {
  for (let level = 0, left = updates; left.length > 0; level += 1) {
    const alike = left.filter(({ page }) => levelOf(page.page) === level);
    const outcomes = await Promise.all(
      alike.map(async ({ page, previousSequence, retriedHitIds }) => {
        const outcome = await store.save(page, previousSequence, retriedHitIds);
        if (outcome === "saved") pages.set(page.page, page);
        return outcome;
      }),
    );
    if (outcomes.includes("stale")) return "stale";
    left = left.filter(({ page }) => levelOf(page.page) !== level);
  }
  return "saved";
}

/** @returns how many pages were saved, unless one of them was stale */
async function countParts(store: PageStore, whole: Part, pages: Pages): Promise<number | "stale"> {
  let saved = 0;
  for (const hits of inParts(whole.hits)) {
    const updates = await updatesOf(store, { ...whole, hits }, pages);
    if ((await saveAll(store, updates, pages)) === "stale") return "stale";
    saved += updates.length;
  }
  return saved;
}

/** @param first the family's first page; deeper ones, and later states, are loaded here */
async function countFamily(store: PageStore, { hits, ...family }: Batch, first: Page, classOf: ClassOf) {
  let countable = hits;
  let pages: Pages = new Map([[first.page, first]]);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const saved = await countParts(store, { family, hits: countable, classOf }, pages);
    if (saved !== "stale") return saved;
    pages = new Map();
    countable = await distinct(store, family.shard, hits);
  }
  throw new Error(`The pages of ${idOf(family)} in ${family.shard} changed under ${ATTEMPTS} attempts to save them.`);
}

const firstPageOf = ({ campaignId, day, shard }: PageFamily): PageKey => ({ campaignId, day, shard, page: "0" });

/** Every family needs its first page, so all are loaded at once. */
async function firstPagesOf(store: PageStore, families: readonly PageFamily[]): Promise<(family: PageFamily) => Page> {
  const loaded = await store.load(families.map(firstPageOf));
  const known = new Map(loaded.map((page) => [idOf(page), page]));
  return (family) => known.get(idOf(family)) ?? emptyPage(firstPageOf(family));
}

/** As the stream spells it: that is what a failure must be reported by. */
const spelled = (records: readonly HitRecord[], sequence: string | undefined): string =>
  records.find(({ sequenceNumber }) => paddedSequence(sequenceNumber) === sequence)?.sequenceNumber ?? "";

/**
 * Counts one batch of one shard: exactly once however often the batch, or any part of it, comes again.
 *
 * A failure of one campaign and day leaves the others counted and is reported; a failure before anything could be
 * counted rejects. Either way the stream's own retry is right, and safe.
 *
 * @param records of one shard, in any order
 */
export async function rollUpBatch(
  store: PageStore,
  shard: string,
  records: readonly HitRecord[],
): Promise<BatchOutcome> {
  const hits = records.map(({ sequenceNumber, hit }) => ({ sequence: paddedSequence(sequenceNumber), hit }));
  hits.sort((one, other) => (one.sequence < other.sequence ? -1 : 1));
  const families = familiesOf(shard, await distinct(store, shard, hits));
  const firstPages = await firstPagesOf(store, families);
  const waiting = [...families];
  const failures: { sequenceNumber: string; error: unknown }[] = [];
  const classOf = agentClassifier();
  let pagesSaved = 0;
  const work = async () => {
    for (let family = waiting.shift(); family !== undefined; family = waiting.shift()) {
      try {
        pagesSaved += await countFamily(store, family, firstPages(family), classOf);
      } catch (error) {
        failures.push({ sequenceNumber: spelled(records, family.hits[0]?.sequence), error });
      }
    }
  };
  await Promise.all(Array.from({ length: FAMILIES_AT_ONCE }, work));
  return { pagesSaved, failures };
}

/** One turn of an export's writing: as much of its list as makes one part of its file. */
import { headOf, lineOf, type Rows } from "#shared/domain/exports/columns";
import { readerOf } from "#shared/domain/exports/access";
import type { Export, ExportKind, Upload } from "#shared/domain/exports/export";
import { requireRoom, type Turn } from "#shared/domain/exports/follow-turn";
import { exportRefusals } from "#shared/domain/exports/refusals";
import { known, Refusal, refuse } from "#shared/domain/kernel/refusal";
import type { Instant } from "#shared/domain/kernel/time";
import type { Account } from "#shared/domain/users/account";
import { remainingMs } from "#shared/ports/call-time";
import type { Exported } from "#shared/ports/exported";
import type { ExportFiles } from "#shared/ports/exports";
import type { Page, PageRequest } from "#shared/ports/page";
import { readers, type Reading } from "./readers.ts";

/** S3 takes no smaller part but the last. Source: Amazon S3 user guide, "Amazon S3 multipart upload limits". */
export const LEAST_PART_BYTES = 5 * 1024 * 1024;
/** Where a part ends; a page of rows goes beyond it. */
export const PART_BYTES = 8 * 1024 * 1024;
/** Rows of one page: with the part, all that is held at a time. */
const ROWS = 100;
/** What a turn keeps of its time to put its part and to commit. */
const RESERVE_MS = 60_000;

/** How clients see a row: what it may hold is cut to that. */
export type Views = { readonly [K in ExportKind]: { parse(row: Rows[K]): Rows[K] } };

/** What a turn works with. */
export interface Tools {
  readonly ports: Exported;
  readonly files: Omit<ExportFiles, "link">;
  readonly views: Views;
}

/**
 * Takes one turn. Safe to take again, also by two at once: a part is put anew, and only one of them commits.
 *
 * @param account of whoever asked, as it is now: what is theirs is decided by it, and by the roles they asked with
 */
export async function takeTurn(
  exported: Export,
  account: Account | undefined,
  { files, ...tools }: Tools,
  now: Instant,
): Promise<Turn> {
  try {
    const actor = readerOf(exported, account, now);
    const isWritten = exported.upload !== undefined && exported.upload.after === undefined;
    if (isWritten) return await putTogether(exported, files);
    requireRoom(exported);
    return await writePart(exported, { actor, asked: exported, now }, { files, ...tools });
  } catch (error) {
    if (!(error instanceof Refusal) || error.refusal.kind === "unavailable") throw error;
    if (exported.upload) await files.abandon(exported, exported.upload.id);
    return { went: "wrong", why: error.refusal };
  }
}

async function writePart(exported: Export, reading: Reading, tools: Tools): Promise<Turn> {
  const { files } = tools;
  const { content, rows, after } = await gather(exported, reading, tools);
  if (after && content.length < LEAST_PART_BYTES) throw refuse(exportRefusals.tookTooLong);
  const begun: Upload = exported.upload ?? { id: await files.begin(exported), parts: [] };
  const part = await files.put(exported, begun.id, begun.parts.length + 1, content);
  if (part === undefined) return { went: "lost" };
  const parts = [...begun.parts, part];
  return {
    went: "on",
    upload: { id: begun.id, parts, ...(after && { after }) },
    rows: exported.rows + rows,
    sizeBytes: exported.sizeBytes + content.length,
  };
}

/** A turn of its own, after the parts are known to the table: it can be taken again when the file is there already. */
async function putTogether(exported: Export, files: Tools["files"]): Promise<Turn> {
  const { id, parts } = known(exported.upload, "upload of this export");
  return (await files.complete(exported, id, parts)) ? { went: "whole" } : { went: "lost" };
}

interface Gathered {
  readonly content: Buffer;
  readonly rows: number;
  /** Where the list goes on; missing at its end. */
  readonly after: PageRequest["after"];
}

/** Reads on until a part is full, the list ends, or the turn's time does. */
async function gather(exported: Export, reading: Reading, tools: Tools): Promise<Gathered> {
  const { kind, format, upload } = exported;
  const chunks = [Buffer.from(upload === undefined ? headOf(exported) : "")];
  let [bytes, rows] = [chunks[0]?.length ?? 0, 0];
  let after: PageRequest["after"] = upload?.after;
  do {
    const page: Page<string> = await linesOf(kind, after, format, reading, tools);
    const chunk = Buffer.from(page.items.join(""));
    chunks.push(chunk);
    bytes += chunk.length;
    rows += page.items.length;
    after = page.next;
  } while (after && bytes < PART_BYTES && remainingMs() > RESERVE_MS);
  return { content: Buffer.concat(chunks, bytes), rows, after };
}

async function linesOf<K extends ExportKind>(
  kind: K,
  after: PageRequest["after"],
  format: Export["format"],
  reading: Reading,
  { ports, views }: Tools,
): Promise<Page<string>> {
  const found = await readers[kind](ports, reading, { limit: ROWS, ...(after && { after }) });
  return { ...found, items: found.items.map((row) => lineOf(kind, format, views[kind].parse(row))) };
}

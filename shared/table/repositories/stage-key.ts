import { OwnError } from "#shared/domain/kernel/own-error";
import { randomBytes } from "node:crypto";
import * as z from "zod";
import { ConditionsFailed, type TableEngine } from "#shared/table/engine";
import { itemKey, storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";

const KEY_BYTES = 32;
const Stored = z.object({ secret: z.base64() });

/** Kinds of one item each, that hold a secret of the stage's. */
type KeyKind = "cursorKey" | "unsubscribeKey";

/** A secret of the stage's, read once a process. */
export const stageKey = (table: TableEngine, kind: KeyKind): (() => Promise<Uint8Array>) =>
  kept(() => sharedKey(table, kind));

/** The same where it was made; whoever asks needs no right to make it. */
export const madeStageKey = (table: TableEngine, kind: KeyKind): (() => Promise<Uint8Array | undefined>) =>
  kept(() => storedKey(table, kind));

/** Asked for once a process; what failed, or is not there yet, the next request asks for again. */
export function kept<T>(ask: () => Promise<T>): () => Promise<T> {
  let held: Promise<T> | undefined;
  return async () => {
    const asked = (held ??= ask());
    const answer = await asked.catch((error: unknown) => {
      if (held === asked) held = undefined;
      throw error;
    });
    if (answer === undefined && held === asked) held = undefined;
    return answer;
  };
}

async function storedKey(table: TableEngine, kind: KeyKind): Promise<Uint8Array | undefined> {
  const item = await table.get(itemKey(items[kind], {}));
  return item && Buffer.from(Stored.parse(item).secret, "base64");
}

/** Whoever comes first makes it, and everybody, the maker too, uses what is stored. */
async function sharedKey(table: TableEngine, kind: KeyKind): Promise<Uint8Array> {
  const found = await storedKey(table, kind);
  if (found) return found;
  const secret = randomBytes(KEY_BYTES).toString("base64");
  const offer = table.write({ kind: "put", item: storedItem(items[kind], { secret }), when: { absent: true } });
  await offer.catch((error: unknown) => {
    if (!(error instanceof ConditionsFailed)) throw error;
  });
  const stored = await storedKey(table, kind);
  if (!stored) throw new OwnError(`the ${kind} is not there after it was written`);
  return stored;
}

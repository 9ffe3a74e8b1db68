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
export function stageKey(table: TableEngine, kind: KeyKind): () => Promise<Uint8Array> {
  let held: Promise<Uint8Array> | undefined;
  return async () => {
    const asked = (held ??= sharedKey(table, kind));
    try {
      return await asked;
    } catch (error) {
      // The next request tries again.
      if (held === asked) held = undefined;
      throw error;
    }
  };
}

/** Whoever comes first makes it, and everybody, the maker too, uses what is stored. */
async function sharedKey(table: TableEngine, kind: KeyKind): Promise<Uint8Array> {
  const read = async (): Promise<Uint8Array | undefined> => {
    const item = await table.get(itemKey(items[kind], {}));
    return item && Buffer.from(Stored.parse(item).secret, "base64");
  };
  const found = await read();
  if (found) return found;
  const secret = randomBytes(KEY_BYTES).toString("base64");
  const offer = table.write({ kind: "put", item: storedItem(items[kind], { secret }), when: { absent: true } });
  await offer.catch((error: unknown) => {
    if (!(error instanceof ConditionsFailed)) throw error;
  });
  const stored = await read();
  if (!stored) throw new OwnError(`the ${kind} is not there after it was written`);
  return stored;
}

import { OwnError } from "#shared/domain/kernel/own-error";
import { randomBytes } from "node:crypto";
import * as z from "zod";
import type { Cursors } from "#shared/ports/page";
import { ConditionsFailed, type TableEngine } from "#shared/table/engine";
import { itemKey, storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";

const KEY_BYTES = 32;
const Stored = z.object({ secret: z.base64() });

export function storedCursors(table: TableEngine): Cursors {
  let held: Promise<Uint8Array> | undefined;
  return {
    key: async () => {
      const asked = (held ??= sharedKey(table));
      try {
        return await asked;
      } catch (error) {
        // The next request tries again.
        if (held === asked) held = undefined;
        throw error;
      }
    },
  };
}

/** Whoever comes first makes it, and everybody, the maker too, uses what is stored. */
async function sharedKey(table: TableEngine): Promise<Uint8Array> {
  const read = async (): Promise<Uint8Array | undefined> => {
    const item = await table.get(itemKey(items.cursorKey, {}));
    return item && Buffer.from(Stored.parse(item).secret, "base64");
  };
  const found = await read();
  if (found) return found;
  const secret = randomBytes(KEY_BYTES).toString("base64");
  const offer = table.write({ kind: "put", item: storedItem(items.cursorKey, { secret }), when: { absent: true } });
  await offer.catch((error: unknown) => {
    if (!(error instanceof ConditionsFailed)) throw error;
  });
  const stored = await read();
  if (!stored) throw new OwnError("the key of cursors is not there after it was written");
  return stored;
}

import { randomBytes } from "node:crypto";
import * as z from "zod";
import { OwnError } from "#shared/domain/kernel/own-error";
import { sightingEvent } from "#shared/domain/tracking/own-visit";
import { visitorOf } from "#shared/domain/tracking/visitor";
import type { Sightings } from "#shared/ports/tracking";
import { ConditionsFailed, type TableEngine, type Write } from "#shared/table/engine";
import { itemKey, listing, storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { everyOf, parsed } from "./pages.ts";
import { kept } from "./stage-key.ts";

const SECRET_BYTES = 32;
const DAY_DIGITS = "YYYY-MM-DD".length;
/** As the click path writes it. */
const StoredKey = z.object({ secret: z.instanceof(Uint8Array) });
const Stored = z.object({ creatorId: z.string(), day: z.string(), visitor: z.string() });

/** What a process remembers to have said; then it says things again, which changes nothing. */
const MOST_SAID = 10_000;

export function storedSightings(table: TableEngine): Sightings {
  const said = new Set<string>();
  let held: { readonly day: string; readonly secret: () => Promise<string> } | undefined;
  const secretOf = (day: string): Promise<string> => {
    if (held?.day !== day) {
      held = { day, secret: kept(() => daySecret(table, day)) };
      said.clear();
    }
    return held.secret();
  };
  return {
    note: async ({ creatorId, address, agent }, occasion) => {
      const day = occasion.at.slice(0, DAY_DIGITS);
      const visitor = visitorOf(await secretOf(day), address, agent);
      const event = sightingEvent({ creatorId, day, visitor }, occasion);
      if (said.has(event.id)) return;
      const item = storedItem(items.sighting, { creatorId, day, visitor, ...event });
      await unlessThere(table, { kind: "put", item, when: { absent: true } });
      if (said.size === MOST_SAID) said.clear();
      said.add(event.id);
    },
    ofDay: (creatorId, day) => everyOf(table, listing(items.sighting, { creatorId, day }), Stored),
  };
}

/** Whoever of API and click path comes first makes it, and everybody, the maker too, uses what is stored. */
async function daySecret(table: TableEngine, day: string): Promise<string> {
  const read = async () => parsed(StoredKey, await table.get(itemKey(items.visitorKey, { day })));
  const found = await read();
  if (found) return spelled(found);
  const item = storedItem(items.visitorKey, { day, secret: new Uint8Array(randomBytes(SECRET_BYTES)) });
  await unlessThere(table, { kind: "put", item, when: { absent: true } });
  const stored = await read();
  if (!stored) throw new OwnError("the visitors' key is not there after it was written");
  return spelled(stored);
}

const spelled = ({ secret }: z.infer<typeof StoredKey>): string => Buffer.from(secret).toString("base64");

async function unlessThere(table: TableEngine, write: Write): Promise<void> {
  try {
    await table.write(write);
  } catch (error) {
    if (!(error instanceof ConditionsFailed)) throw error;
  }
}

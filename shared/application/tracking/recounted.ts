import { Recount } from "#shared/domain/tracking/recount";
import type { ClickArchive } from "#shared/ports/tracking";

/** Hits of which it is kept at once that they came: of each up to 75 bytes, so some 1.1 GB. A day of more is read in parts. */
const MOST_HELD = 2 ** 24;
/** Parts are of visitors, and not quite alike. */
const ROOM = 1.1;

/** The raw hits of a day, counted anew. @param hours in which they came @param mostHeld hits that are held at once, or few more */
export async function recounted(
  archive: Pick<ClickArchive, "arrivedIn">,
  day: string,
  hours: readonly string[],
  mostHeld = MOST_HELD,
): Promise<Recount> {
  const whole = new Recount(day);
  let left = 0;
  for await (const { text, hour } of arrived(archive, hours)) {
    if (whole.held > mostHeld) left += text.split("\n").length;
    else whole.add(text, hour);
  }
  if (left === 0) return whole;

  const recount = new Recount(day, Math.ceil(((whole.held + left) / mostHeld) * ROOM));
  do for await (const { text, hour } of arrived(archive, hours)) recount.add(text, hour);
  while (recount.next());
  return recount;
}

async function* arrived(archive: Pick<ClickArchive, "arrivedIn">, hours: readonly string[]) {
  for (const hour of hours) for await (const text of archive.arrivedIn(hour)) yield { text, hour };
}

import { Recount } from "#shared/domain/tracking/recount";
import type { ClickArchive } from "#shared/ports/tracking";

/** The raw hits of a day, counted anew. @param hours in which they came */
export async function recounted(
  archive: Pick<ClickArchive, "arrivedIn">,
  day: string,
  hours: readonly string[],
): Promise<Recount> {
  const recount = new Recount(day);
  for (const hour of hours) for await (const text of archive.arrivedIn(hour)) recount.add(text, hour);
  return recount;
}

import type { Hit } from "#shared/domain/tracking/hit";
import type { ClickArchive } from "#shared/ports/tracking";

export interface MemoryClickArchive extends ClickArchive {
  /** Puts an object of hits where Firehose would, in the hour (`2026-03-01T05`) in which they came. */
  readonly put: (hour: string, hits: readonly Hit[]) => void;
}

/** The archive in memory, for tests. */
export function memoryClickArchive(): MemoryClickArchive {
  const objects = new Map<string, string[]>();
  return {
    put: (hour, hits) => {
      const text = hits.map((hit) => `${JSON.stringify(hit)}\n`).join("");
      objects.set(hour, [...(objects.get(hour) ?? []), text]);
    },
    async *arrivedIn(hour) {
      yield* objects.get(hour) ?? [];
    },
  };
}

import type { LinkLookup, TrackedLink } from "#shared/domain/tracking/redirect";
import type { TrackedLinks } from "#shared/ports/tracking";

export interface LinkStore {
  /** The stored link. Rejects when the store cannot be asked within two seconds. */
  get(code: string): Promise<TrackedLink | undefined>;
}

export interface LinkCacheLimits {
  readonly entries: number;
  readonly freshMs: number;
  /** For how long a link is used without asking again after the store has failed. */
  readonly staleMs: number;
}

interface Entry {
  readonly lookup: Exclude<LinkLookup, "unavailable">;
  readonly until: number;
}

/**
 * Remembers answers, "there is none" too, for half a minute, the least recently asked being forgotten first. When the
 * store fails, a link that was once known is still good, while "there is none" may be out of date and is not.
 *
 * @param failed told of every read that failed
 */
export function cachedLinks(
  store: LinkStore,
  now: () => number,
  failed: (error: unknown) => void,
  limits: LinkCacheLimits = { entries: 10_000, freshMs: 30_000, staleMs: 2_000 },
): TrackedLinks {
  const entries = new Map<string, Entry>();
  const keep = (code: string, entry: Entry): Entry => {
    entries.delete(code);
    entries.set(code, entry);
    const oldest = entries.size > limits.entries ? entries.keys().next().value : undefined;
    if (oldest !== undefined) entries.delete(oldest);
    return entry;
  };
  return {
    find: async (code) => {
      const known = entries.get(code);
      if (known && now() < known.until) return keep(code, known).lookup;
      try {
        const lookup = (await store.get(code)) ?? "unknown";
        return keep(code, { lookup, until: now() + limits.freshMs }).lookup;
      } catch (error) {
        failed(error);
        if (!known || known.lookup === "unknown") return "unavailable";
        return keep(code, { ...known, until: now() + limits.staleMs }).lookup;
      }
    },
  };
}

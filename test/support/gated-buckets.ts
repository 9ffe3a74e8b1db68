import type { BucketStore } from "#shared/table/bucket-store";

const writes = ["noteShard", "noteHits", "keepSegment", "saveTotals", "save"] as const;

/** A store of which every write first waits for `gate`, and which then says so to `after`. */
export function gated(
  store: BucketStore,
  gate: (call: number) => unknown,
  after: (call: number) => unknown,
): BucketStore {
  let calls = 0;
  const through = Object.fromEntries(
    writes.map((name) => [
      name,
      async (...given: unknown[]) => {
        const call = (calls += 1);
        await gate(call);
        const outcome: unknown = await (store[name] as (...args: unknown[]) => Promise<unknown>)(...given);
        await after(call);
        return outcome;
      },
    ]),
  );
  return { ...store, ...through };
}

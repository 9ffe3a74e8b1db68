/**
 * What is made of each, so many at once, by what it was made of. Whatever fails ends all of it, when what was begun is over; what
 * was not begun any more because the things came to an end, or `work` failed, is missing.
 */
export async function sideBySide<T, R>(
  things: Iterable<T>,
  atOnce: number,
  work: (thing: T) => Promise<R>,
): Promise<ReadonlyMap<T, R>> {
  const made = new Map<T, R>();
  const queue = oneByOne(things);
  const workingOff = async (): Promise<void> => {
    for (const thing of queue) made.set(thing, await work(thing));
  };
  const ends = await Promise.allSettled(Array.from({ length: atOnce }, workingOff));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  return made;
}

/** A queue that several may take from: each thing is given once, and whoever fails ends it for all. */
function* oneByOne<T>(things: Iterable<T>): Generator<T> {
  yield* things;
}

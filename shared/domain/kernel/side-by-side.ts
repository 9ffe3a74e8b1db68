/**
 * Works through things that have nothing to do with each other, so many at once; each is taken once, and is asked for when
 * there is a hand free. The first that fails ends it: what the others have begun is carried through, and then it is thrown.
 */
export function sideBySide<T>(
  things: AsyncIterable<T> | Iterable<T>,
  atOnce: number,
  work: (thing: T) => Promise<unknown>,
): Promise<void> {
  const queue = inTurn(things);
  return byHands(atOnce, async () => {
    for await (const thing of queue) await work(thing);
  });
}

/**
 * The same, with what was made of each by what it was made of. Each is begun in the moment in which it is taken, so that things
 * may come to an end by what was begun; what was not is missing.
 */
export async function madeSideBySide<T, R>(
  things: Iterable<T>,
  atOnce: number,
  work: (thing: T) => Promise<R>,
): Promise<ReadonlyMap<T, R>> {
  const made = new Map<T, R>();
  const queue = inTurnAtOnce(things);
  await byHands(atOnce, async () => {
    for (const thing of queue) made.set(thing, await work(thing));
  });
  return made;
}

async function byHands(atOnce: number, workingOff: () => Promise<void>): Promise<void> {
  const ends = await Promise.allSettled(Array.from({ length: atOnce }, workingOff));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
}

/** A queue that several may take from: each thing is given once, and whoever fails ends it for all. */
async function* inTurn<T>(things: AsyncIterable<T> | Iterable<T>): AsyncGenerator<T> {
  yield* things;
}

/** The same, of things that nobody has to wait for. */
function* inTurnAtOnce<T>(things: Iterable<T>): Generator<T> {
  yield* things;
}

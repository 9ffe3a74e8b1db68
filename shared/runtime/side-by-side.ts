/**
 * Works through things that have nothing to do with each other, so many at once; each is taken once, and is asked for when
 * there is a hand free. The first that fails ends it: what the others have begun is carried through, and then it is thrown.
 */
export async function sideBySide<T>(
  those: AsyncIterable<T> | Iterable<T>,
  atOnce: number,
  work: (one: T) => Promise<unknown>,
): Promise<void> {
  const queue = oneByOne(those);
  const workingOff = async (): Promise<void> => {
    for await (const one of queue) await work(one);
  };
  const ends = await Promise.allSettled(Array.from({ length: atOnce }, workingOff));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
}

/** A queue that several may take from: each thing is given once. */
async function* oneByOne<T>(those: AsyncIterable<T> | Iterable<T>): AsyncGenerator<T> {
  yield* those;
}

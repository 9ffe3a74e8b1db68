/** The first of what comes one after the other, so many at most; what comes after is not asked for. */
export async function someOf<T>(things: AsyncIterable<T>, most: number): Promise<T[]> {
  const some: T[] = [];
  for await (const thing of things) {
    if (some.length === most) break;
    some.push(thing);
  }
  return some;
}

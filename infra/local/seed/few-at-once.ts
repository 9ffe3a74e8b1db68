/**
 * Works through a list, few at a time: each call that waits for another starts one more process per Lambda, and
 * starting processes is what takes a small machine's time.
 */
export async function fewAtOnce<T, R>(list: readonly T[], work: (one: T) => Promise<R>, lanes = 3): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let at = next++; at < list.length; at = next++) results[at] = await work(list[at] as T);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}

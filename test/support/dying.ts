export class Died extends Error {}

/** A process that dies at its call number `at`, before or after it: no call of it does anything from then on. */
export function dying(at: number, when: "before" | "after") {
  let calls = 0;
  const names: string[] = [];
  const around =
    <A extends unknown[], R>(name: string, call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      calls += 1;
      names.push(name);
      if (calls > at || (calls === at && when === "before")) throw new Died(name);
      const result = await call(...args);
      if (calls >= at) throw new Died(name);
      return result;
    };
  return { around, names, hasDied: () => calls >= at };
}

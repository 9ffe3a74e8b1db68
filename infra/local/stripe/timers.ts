/** Work for later. It never keeps the process alive, and nothing of it is left after {@link stop}. */
export class Timers {
  readonly #pending = new Set<NodeJS.Timeout>();
  #stopped = false;

  after(delayMs: number, work: () => void): void {
    if (this.#stopped) return;
    const timer = setTimeout(() => {
      this.#pending.delete(timer);
      work();
    }, delayMs);
    timer.unref();
    this.#pending.add(timer);
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#pending) clearTimeout(timer);
    this.#pending.clear();
  }

  get size(): number {
    return this.#pending.size;
  }
}

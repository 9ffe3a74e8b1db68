/** Where a page ended, as its adapter knows it. Opaque to everybody else. */
export type Position = Readonly<Record<string, string>>;

export interface PageRequest {
  /** 1 to 100. */
  readonly limit: number;
  readonly after?: Position;
}

/** One page of a list, in the list's own order. `next` is missing on the last. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: Position;
}

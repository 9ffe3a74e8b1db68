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

/** As many as a page may have. */
const MOST = 100;

/** Every item of a list, read page after page. */
export async function everyItem<T>(read: (page: PageRequest) => Promise<Page<T>>): Promise<readonly T[]> {
  const items: T[] = [];
  for (let after: Position | undefined, page: Page<T> | undefined; page === undefined || after; after = page.next) {
    page = await read({ limit: MOST, ...(after && { after }) });
    items.push(...page.items);
  }
  return items;
}

/** The secret of the stage that cursors are sealed under. */
export interface Cursors {
  /** 32 bytes, the same for everybody and for ever; whoever asks first makes it. Held from the first answer on. */
  key(): Promise<Uint8Array>;
}

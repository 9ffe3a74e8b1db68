import type { Page, PageRequest } from "./page.ts";

/** Every item of a paged list, page by page. */
export async function* everyItem<T>(page: (request: PageRequest) => Promise<Page<T>>): AsyncIterable<T> {
  let request: PageRequest = { limit: 100 };
  for (;;) {
    const { items, next } = await page(request);
    yield* items;
    if (next === undefined) return;
    request = { limit: 100, after: next };
  }
}

/** A paged list whose length is bounded, whole. */
export async function everyOfPages<T>(page: (request: PageRequest) => Promise<Page<T>>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of everyItem(page)) all.push(item);
  return all;
}

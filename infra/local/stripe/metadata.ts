import * as z from "zod";
import { invalidRequest } from "./refusal.ts";

/** Key and value pairs that a caller keeps on an object. */
export type Metadata = Readonly<Record<string, string>>;

const keyLimit = 50;
const keyLength = 40;
const valueLength = 500;

/** The `metadata` parameter: an empty text clears all of it, an empty value removes its key. */
export const metadata = () =>
  z.preprocess((value) => (value === "" ? { "": "" } : value), z.record(z.string(), z.string()));

/**
 * What the metadata become after a change.
 * @throws when a key, a value or their number exceeds Stripe's limits.
 */
export function withMetadata(current: Metadata, change: Metadata | undefined): Metadata {
  if (!change) return current;
  if ("" in change) return {};
  for (const [key, value] of Object.entries(change)) refuseLong(key, value);
  const merged = Object.fromEntries(Object.entries({ ...current, ...change }).filter(([, value]) => value !== ""));
  const count = Object.keys(merged).length;
  if (count > keyLimit) {
    throw invalidRequest(`Metadata can have up to ${keyLimit} keys, but you passed in ${count}.`, {
      param: "metadata",
    });
  }
  return merged;
}

function refuseLong(key: string, value: string): void {
  if (key.length > keyLength) {
    throw invalidRequest(
      `Metadata keys can have up to ${keyLength} characters, but you passed in a key that is ${key.length} characters. Invalid key: ${key}`,
      { param: "metadata" },
    );
  }
  if (value.length > valueLength) {
    throw invalidRequest(
      `Metadata values can have up to ${valueLength} characters, but you passed in a value that is ${value.length} characters. Invalid value: ${value}`,
      { param: `metadata[${key}]` },
    );
  }
}

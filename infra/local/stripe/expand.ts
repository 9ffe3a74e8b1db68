import type { Account } from "./account.ts";
import { invalidRequest } from "./refusal.ts";

/**
 * Puts whole objects in the place of the ids that `expand` names, for example `latest_charge.balance_transaction` or
 * `data.customer`.
 * @throws 400 when a path leads to something that is no id of a stored object.
 */
export function expanded(reply: object, paths: readonly string[], account: Account): object {
  return paths.reduce((current, path) => objectAt(current, path.split("."), path, account), reply);
}

function objectAt(holder: object, path: readonly string[], whole: string, account: Account): object {
  const [name, ...rest] = path;
  if (name === undefined) return holder;
  if (!(name in holder)) throw notExpandable(whole);
  return Object.fromEntries(
    Object.entries(holder).map(([key, value]) => [key, key === name ? valueAt(value, rest, whole, account) : value]),
  );
}

function valueAt(value: unknown, rest: readonly string[], whole: string, account: Account): unknown {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map((item) => valueAt(item, rest, whole, account));
  if (typeof value === "object") return objectAt(value, rest, whole, account);
  const stored = typeof value === "string" ? account.find(value) : undefined;
  if (!stored) throw notExpandable(whole);
  return objectAt(stored, rest, whole, account);
}

function notExpandable(path: string) {
  return invalidRequest(
    `This property cannot be expanded (${path}). You may want to try expanding it with 'data.${path}', or check the API reference for what this object holds.`,
  );
}

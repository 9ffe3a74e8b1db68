import type { Stored } from "./account.ts";
import type { Call } from "./call.ts";
import { invalidRequest } from "./refusal.ts";

/**
 * Puts whole objects in the place of the ids that `expand` names, for example `latest_charge.balance_transaction` or
 * `data.customer`.
 * @throws 400 when a path leads to something that is no id of a stored object.
 */
export function expanded(reply: object, paths: readonly string[], call: Call): object {
  return paths.reduce((current, path) => objectAt(current, path.split("."), path, call), reply);
}

function objectAt(holder: object, path: readonly string[], whole: string, call: Call): object {
  const [name, ...rest] = path;
  if (name === undefined) return holder;
  if (!(name in holder)) return objectAt({ ...holder, [name]: derived(holder, name, whole, call) }, path, whole, call);
  return Object.fromEntries(
    Object.entries(holder).map(([key, value]) => [key, key === name ? valueAt(value, rest, whole, call) : value]),
  );
}

function valueAt(value: unknown, rest: readonly string[], whole: string, call: Call): unknown {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map((item) => valueAt(item, rest, whole, call));
  if (typeof value === "object") return objectAt(value, rest, whole, call);
  const stored = typeof value === "string" ? found(call, value) : undefined;
  if (!stored) throw notExpandable(whole);
  return objectAt(stored, rest, whole, call);
}

const derivations = new Map<string, (call: Call, id: string) => object>();

/** Declares a field that an object shows only when it is expanded, for example `charge.refunds`. */
export function showWhenExpanded(field: string, derive: (call: Call, id: string) => object): void {
  derivations.set(field, derive);
}

function derived(holder: object, name: string, whole: string, call: Call): object {
  const { object, id } = holder as Partial<Stored>;
  const derive = derivations.get(`${object}.${name}`);
  if (!derive || id === undefined) throw notExpandable(whole);
  return derive(call, id);
}

// A platform sees into the accounts that are connected to it: the destination of a transfer, and its payment there.
function found(call: Call, id: string): Stored | undefined {
  return call.account.isPlatform ? call.state.holderOf(id)?.find(id) : call.account.find(id);
}

function notExpandable(path: string) {
  return invalidRequest(
    `This property cannot be expanded (${path}). You may want to try expanding it with 'data.${path}', or check the API reference for what this object holds.`,
  );
}

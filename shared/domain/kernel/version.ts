import { refuse } from "./refusal.ts";
import { requestRefusals } from "./refusals.ts";

/** Refuses when the client's `If-Match` names another version than the one there is. */
export function requireVersion(thing: { readonly version: number }, expected: number | undefined): void {
  if (expected === undefined || expected === thing.version) return;
  throw refuse(requestRefusals.versionChanged, undefined, { currentState: `v${thing.version}` });
}

import type { Occasion } from "./occasion.ts";
import { refuse } from "./refusal.ts";
import { requestRefusals } from "./refusals.ts";

/**
 * A thing is changed only in a version that its client has read. A rule asks as soon as it knows that the thing is there and
 * theirs, before it looks at state, values or money; its change is conditional on that version, so nobody comes in between.
 */
export function requireVersion(
  { version }: { readonly version: number },
  { ifMatch }: Pick<Occasion, "ifMatch">,
): void {
  if (ifMatch === undefined || ifMatch.includes(version)) return;
  throw refuse(requestRefusals.versionChanged, undefined, { currentState: `v${version}` });
}

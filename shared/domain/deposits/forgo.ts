import { changed, type Written } from "../change.ts";
import { transition } from "../kernel/lifecycle.ts";
import type { Occasion } from "../kernel/occasion.ts";
import type { Misfit } from "./guards.ts";
import { depositLifecycle } from "./lifecycle.ts";

/**
 * A deposit is given up when its payment, which does not fit it, is booked as the house's own: from now on nothing is credited
 * for it, whatever is put right at the processor.
 * @throws Refusal while it can still be credited
 */
export function forgone(misfit: Misfit, occasion: Occasion): Written<"deposit"> {
  const { dueAt: _, ...over } = transition(misfit.deposit, depositLifecycle.forgo, occasion, misfit);
  return changed("deposit", misfit.deposit, over);
}

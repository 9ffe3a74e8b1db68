import type { Contract } from "#shared/contracts/contract";
import { capabilitiesOf } from "#shared/contracts/implied";
import type { Capability } from "#shared/ports/catalogue";
import type { Stage } from "./stages.ts";

/**
 * Everything that an action's function may do on a stage. Where there is a test clock, every function looks at it; where
 * nobody comes from another provider, nobody may link people to one.
 */
export const capabilitiesOn = (
  { testClock, google }: Pick<Stage, "testClock" | "google">,
  contract: Contract,
): readonly Capability[] => [
  ...capabilitiesOf(contract).filter((one) => google !== undefined || one !== "userPoolPeople:link"),
  ...(testClock ? ["testClock:follow" as const] : []),
];

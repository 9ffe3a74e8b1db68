import type { Contract } from "#shared/contracts/contract";
import type { Features } from "#shared/contracts/index";
import { capabilitiesOf } from "#shared/contracts/implied";
import type { Capability } from "#shared/ports/catalogue";

/** Everything that an action's function may do on a stage: where there is a test clock, every function looks at it. */
export const capabilitiesOn = ({ testClock }: Features, contract: Contract): readonly Capability[] => [
  ...capabilitiesOf(contract),
  ...(testClock ? ["testClock:follow" as const] : []),
];

import type { RefusalCode } from "../kernel/refusal.ts";

export const clockRefusals = {
  notBackwards: {
    kind: "conflict",
    code: "clock.not_backwards",
    title: "The clock only moves forward: what happened after that moment would lie in the future",
  },
} as const satisfies Record<string, RefusalCode>;

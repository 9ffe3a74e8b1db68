import { getHealth } from "#shared/contracts/system";
import { implement } from "#shared/runtime/implement";

export const handler = implement(getHealth, {}, ({ now }) => Promise.resolve({ status: "ok" as const, at: now }));

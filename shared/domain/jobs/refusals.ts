import type { RefusalCode } from "../kernel/refusal.ts";

export const jobRefusals = {
  notFound: { kind: "not_found", code: "job.not_found", title: "There is no such job" },
} as const satisfies Record<string, RefusalCode>;

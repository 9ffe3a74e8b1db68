import type { RefusalCode } from "../kernel/refusal.ts";

export const apiKeyRefusals = {
  notFound: { kind: "not_found", code: "api_key.not_found", title: "There is no such API key" },
} as const satisfies Record<string, RefusalCode>;

import type { RefusalCode } from "../kernel/refusal.ts";

export const notificationRefusals = {
  notFound: { kind: "not_found", code: "notification.not_found", title: "There is no such notification" },
} as const satisfies Record<string, RefusalCode>;

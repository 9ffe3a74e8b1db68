import type { RefusalCode } from "../kernel/refusal.ts";

export const notificationRefusals = {
  notFound: { kind: "not_found", code: "notification.not_found", title: "There is no such notification" },
  linkInvalid: {
    kind: "not_found",
    code: "unsubscribe_link.invalid",
    title: "This link is none of ours; it may have been cut",
  },
} as const satisfies Record<string, RefusalCode>;

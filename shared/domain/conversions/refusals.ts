import type { RefusalCode } from "../kernel/refusal.ts";

export const conversionRefusals = {
  notFound: { kind: "not_found", code: "conversion.not_found", title: "There is no such conversion" },
  /** One answer for a click nobody can verify, a link that is not there, and another brand's. */
  sourceUnknown: {
    kind: "unprocessable",
    code: "conversion.source_unknown",
    title: "No link of yours, and no click on one, is known by this",
  },
  outsideWindow: {
    kind: "unprocessable",
    code: "conversion.outside_window",
    title: "It happened when nothing can be attributed to the link",
  },
  reversalExceedsValue: {
    kind: "unprocessable",
    code: "conversion.reversal_exceeds_value",
    title: "More would be reversed than is left of the conversion's value",
  },
} as const satisfies Record<string, RefusalCode>;

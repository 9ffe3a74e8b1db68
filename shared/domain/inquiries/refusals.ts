import type { RefusalCode } from "../kernel/refusal.ts";

export const inquiryRefusals = {
  notFound: { kind: "not_found", code: "inquiry.not_found", title: "There is no such inquiry" },
  exists: { kind: "conflict", code: "inquiry.exists", title: "You have asked about this order already" },
  tooMany: {
    kind: "conflict",
    code: "inquiry.too_many",
    title: "You have asked about so many orders of the campaign within a day that another has to wait",
  },
  alreadyCredited: {
    kind: "conflict",
    code: "inquiry.already_credited",
    title: "The order is credited to you already",
  },
  alreadyAnswered: { kind: "conflict", code: "inquiry.already_answered", title: "The inquiry has been answered" },
  notTakingPart: {
    kind: "unprocessable",
    code: "inquiry.not_taking_part",
    title: "Only who took part in the campaign can miss a sale of it",
  },
  notCredited: {
    kind: "unprocessable",
    code: "inquiry.not_credited",
    title: "It is no conversion of this order that credits this creator",
  },
} as const satisfies Record<string, RefusalCode>;

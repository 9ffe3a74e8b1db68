import * as z from "zod";
import { campaignRefusals } from "#shared/domain/campaigns/refusals";
import { conversionRefusals } from "#shared/domain/conversions/refusals";
import { Inquiry, InquiryStatus, NewAnswer, NewInquiry } from "#shared/domain/inquiries/inquiry";
import { inquiryLifecycle } from "#shared/domain/inquiries/lifecycle";
import { inquiryRefusals } from "#shared/domain/inquiries/refusals";
import { idOf } from "#shared/domain/kernel/ids";
import { http, list, schedule } from "./contract.ts";
import { campaignPath } from "./paths.ts";

const InquiryView = Inquiry.omit({ remindedAt: true })
  .extend({ overdue: z.boolean().meta({ description: "Open, and the time to answer is over" }) })
  .meta({ id: "Inquiry" });

const inquiryPath = z.strictObject({ inquiryId: idOf("inquiry") });

export const openInquiry = http({
  route: "POST /v1/campaigns/{campaignId}/inquiries",
  roles: ["creator"],
  path: campaignPath,
  body: NewInquiry,
  reply: InquiryView,
  status: 201,
  refuses: [
    campaignRefusals.notFound,
    inquiryRefusals.exists,
    inquiryRefusals.tooMany,
    inquiryRefusals.alreadyCredited,
    inquiryRefusals.notTakingPart,
    conversionRefusals.outsideWindow,
  ],
  uses: ["campaigns:read", "conversions:read", "inquiries:read", "inquiries:listLatest", "inquiries:write"],
  summary: "Ask the brand about a sale that one misses; once for each order",
  ifItFails: "creators whose sales were not credited have nobody to turn to",
});

export const listInquiries = list({
  route: "GET /v1/campaigns/{campaignId}/inquiries",
  roles: ["creator", "brand", "admin"],
  path: campaignPath,
  query: z.strictObject({ status: InquiryStatus.optional() }),
  reply: InquiryView,
  refuses: [campaignRefusals.notFound],
  uses: ["campaigns:read", "inquiries:list"],
  summary: "List what creators asked about missing sales; a creator sees only their own",
  ifItFails: "brands do not see what they are asked",
});

export const getInquiry = http({
  route: "GET /v1/inquiries/{inquiryId}",
  roles: ["creator", "brand", "admin"],
  path: inquiryPath,
  reply: InquiryView,
  refuses: [inquiryRefusals.notFound],
  uses: ["inquiries:read"],
  summary: "Read one inquiry about a missing sale",
  ifItFails: "creators do not see what became of a sale that they miss",
});

export const answerInquiry = http({
  route: "POST /v1/inquiries/{inquiryId}/answer",
  roles: ["brand"],
  path: inquiryPath,
  body: NewAnswer,
  reply: InquiryView,
  refuses: [inquiryRefusals.notFound],
  uses: ["campaigns:read", "conversions:read", "inquiries:read", "inquiries:write"],
  causes: [inquiryLifecycle.credit, inquiryLifecycle.decline],
  summary: "Answer a creator about a missing sale: with the conversion, or with why there is none",
  ifItFails: "inquiries of creators stay open",
});

export const remindOfInquiries = schedule({
  job: "remind-of-inquiries",
  every: "rate(1 hour)",
  timeZone: "UTC",
  uses: ["campaigns:read", "inquiries:listOverdue", "inquiries:read", "inquiries:write"],
  runs: { timeoutSeconds: 300 },
  summary: "Tell both sides of inquiries that are overdue, once",
  ifItFails: "brands forget what creators asked them",
});

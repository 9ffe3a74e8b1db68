import { campaignLifecycle } from "./campaigns/lifecycle.ts";
import { disputeLifecycle } from "./disputes/lifecycle.ts";
import { inquiryLifecycle } from "./inquiries/lifecycle.ts";
import { exportLifecycle } from "./exports/lifecycle.ts";
import { invitationLifecycle } from "./invitations/lifecycle.ts";
import { payoutLifecycle } from "./payouts/lifecycle.ts";
import { refundLifecycle } from "./refunds/lifecycle.ts";
import { submissionLifecycle } from "./submissions/lifecycle.ts";
import { depositLifecycle } from "./deposits/lifecycle.ts";

/** Every lifecycle there is, by the name of what lives it. */
export const lifecycles = {
  campaign: campaignLifecycle,
  invitation: invitationLifecycle,
  submission: submissionLifecycle,
  dispute: disputeLifecycle,
  inquiry: inquiryLifecycle,
  deposit: depositLifecycle,
  refund: refundLifecycle,
  payout: payoutLifecycle,
  export: exportLifecycle,
} as const;

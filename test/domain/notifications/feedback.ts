/** What SES tells of mails. Source: SES developer guide, "Examples of event data that Amazon SES publishes to Amazon SNS". */
const mail = (address: string) => ({
  timestamp: "2026-11-25T12:00:00.000Z",
  source: "Atomic Influence <no-reply@atomic.example>",
  messageId: "EXAMPLE7c191be45-e9aedb9a-02f9-4d12-a87d-dd0099a07f8a-000000",
  destination: [address],
  headersTruncated: false,
  headers: [{ name: "Subject", value: "You are invited" }],
  tags: { "ses:configuration-set": ["settings"] },
});

export const bounced = (bounceType: "Permanent" | "Transient" | "Undetermined", address: string) => ({
  eventType: "Bounce",
  bounce: {
    bounceType,
    bounceSubType: "General",
    bouncedRecipients: [
      { emailAddress: address, action: "failed", status: "5.1.1", diagnosticCode: "smtp; 550 5.1.1 user unknown" },
    ],
    timestamp: "2026-11-25T12:00:01.000Z",
    feedbackId: "01000157c44f053b-61b59c11-9236-11e6-8f96-7be8aexample-000000",
    reportingMTA: "dsn; mta.example.com",
  },
  mail: mail(address),
});

export const complained = (address: string, complaintFeedbackType: "abuse" | "not-spam" | undefined) => ({
  eventType: "Complaint",
  complaint: {
    complainedRecipients: [{ emailAddress: address }],
    timestamp: "2026-11-25T12:00:01.000Z",
    feedbackId: "01000157c44f053b-61b59c11-9236-11e6-8f96-7be8aexample-000000",
    userAgent: "Mailbox provider",
    ...(complaintFeedbackType && { complaintFeedbackType }),
    arrivalDate: "2026-11-25T12:00:00.000Z",
  },
  mail: mail(address),
});

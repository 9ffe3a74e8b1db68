import { describe, expect, test } from "@jest/globals";
import { noticesOf } from "#shared/domain/notifications/notice";
import { BRAND_ID, CAMPAIGN_ID, CREATOR_ID } from "../../support/builders.ts";
import { anEvent } from "./events.ts";

describe("a notice", () => {
  test("carries its event and the ids of what it is about, and is the same for every delivery and channel", () => {
    const event = anEvent("invitation.sent");
    const notices = noticesOf(event, "mail");
    expect(notices).toMatchObject([
      {
        eventId: event.id,
        eventType: "invitation.sent",
        at: event.at,
        about: { campaignId: CAMPAIGN_ID, brandId: BRAND_ID, creatorId: CREATOR_ID },
      },
    ]);
    expect(noticesOf(anEvent("invitation.sent"), "mail")).toEqual(notices);
    expect(noticesOf(event, "inApp")).toEqual(notices);
  });

  test.each([
    [
      anEvent("invitation.sent"),
      CREATOR_ID,
      "campaigns",
      "You are invited to “Autumn”",
      "The campaign offers 123.45 USD. Answer by 2026-12-09.",
    ],
    [
      anEvent("invitation.accepted"),
      BRAND_ID,
      "campaigns",
      "A creator joined “Autumn”",
      "123.45 USD of the budget are secured for them.",
    ],
    [
      anEvent("submission.created"),
      BRAND_ID,
      "submissions",
      "New content in “Autumn”",
      "Round 2 waits for your review.",
    ],
    [
      anEvent("submission.reviewed"),
      CREATOR_ID,
      "submissions",
      "Your content in “Autumn” was approved",
      "You earned 123.45 USD. Reasons: Sharp. The brand says: Lovely",
    ],
    [
      anEvent("submission.reviewed", {
        decision: "changes_requested",
        earned: null,
        resubmissionDueAt: "2026-12-09T12:00:00.000Z",
      }),
      CREATOR_ID,
      "submissions",
      "Your content in “Autumn” was sent back with changes to make",
      "Hand in the next round by 2026-12-09 12:00 UTC; after that its price goes back to the brand. Reasons: Sharp. The brand says: Lovely",
    ],
    [
      anEvent("submission.reviewed", { decision: "rejected", earned: null, feedback: null, reasons: [] }),
      CREATOR_ID,
      "submissions",
      "Your content in “Autumn” was rejected",
      "Its price goes back to the brand.",
    ],
    [
      anEvent("deposit.completed", { amount: { amount: 500, currency: "JPY" } }),
      BRAND_ID,
      "payments",
      "Your payment was received",
      "500 JPY are in your wallet.",
    ],
    [
      anEvent("participation.ended"),
      CREATOR_ID,
      "campaigns",
      "“Autumn” was cancelled",
      "123.45 USD for work you had not begun went back to the brand. What you handed in stays secured until it is decided.",
    ],
    [
      anEvent("participation.ended", { campaignStatus: "completed", released: { amount: 0, currency: "USD" } }),
      CREATOR_ID,
      "campaigns",
      "“Autumn” has ended",
      "What you handed in stays secured until it is decided.",
    ],
    [
      anEvent("participant.removed"),
      CREATOR_ID,
      "campaigns",
      "You were removed from “Autumn”",
      "123.45 USD that were secured for you went back. What you earned before stays yours.",
    ],
    [
      anEvent("dispute.opened", { openedBy: CREATOR_ID }),
      BRAND_ID,
      "submissions",
      "Content in “Autumn” is disputed",
      "Its payment is frozen until it is decided. You can add evidence.",
    ],
    [
      anEvent("dispute.appealed", { appealedBy: BRAND_ID }),
      CREATOR_ID,
      "submissions",
      "The decision in “Autumn” was appealed",
      "It will be decided once more.",
    ],
    [
      anEvent("earning.available"),
      CREATOR_ID,
      "payments",
      "Your earnings in “Autumn” are available",
      "123.45 USD can be paid out.",
    ],
  ])("says what happened: case %#", (event, userId, category, title, message) => {
    expect(noticesOf(event, "inApp")).toMatchObject([{ userId, category, title, message }]);
  });

  test.each([
    [anEvent("submission.deemed_approved"), "The brand did not answer in time. You earned 123.45 USD."],
    [anEvent("submission.deemed_approved"), "The time to review it was over, so the creator is paid."],
    [anEvent("submission.released"), "No further round came in time: 123.45 USD went back."],
    [anEvent("submission.released"), "The changes you asked for did not come in time: 123.45 USD went back."],
    [
      anEvent("dispute.decided"),
      "The creator gets 123.45 USD, 123.45 USD go back. Either side may appeal once, within seven days.",
    ],
    [anEvent("dispute.decided", { isFinal: true }), "The creator gets 123.45 USD, 123.45 USD go back."],
  ])("says to each side what it needs: case %#", (event, message) => {
    expect(noticesOf(event, "inApp").map((notice) => notice.message)).toContain(message);
  });
});

import { afterEach, describe, expect, jest, test } from "@jest/globals";
import { mailPeople, notifyPeople } from "#shared/contracts/notifications";
import { type EventType, eventTypes } from "#shared/domain/events/events";
import { noticesOf } from "#shared/domain/notifications/notice";
import type { NotificationCategory } from "#shared/domain/notifications/notification";
import { type Channel, eventsTold, tellings } from "#shared/domain/notifications/tellings";
import { ADMIN_ID, BRAND_ID, CREATOR_ID } from "../../support/builders.ts";
import { anEvent } from "./events.ts";

afterEach(() => void jest.restoreAllMocks());

type Told = readonly [who: string, category: NotificationCategory, ...channels: Channel[]];
/** Who is told about which event, under which heading and where. Everybody else is told nothing. */
const expected: Readonly<Record<EventType, readonly Told[]>> = {
  "account.created": [],
  "account.profile_changed": [],
  "account.address_changed": [],
  "creator.results_changed": [],
  "creator_index.turn_due": [],
  "creator.passed_over": [],
  "sign_in_code.requested": [],
  "link.created": [],
  "link_prefix.awarded": [[BRAND_ID, "campaigns", "inApp", "mail"]],
  "link_prefix.lost": [[BRAND_ID, "campaigns", "inApp", "mail"]],
  "export.turn_due": [],
  "export.ended": [
    [CREATOR_ID, "system", "inApp"],
    [CREATOR_ID, "system", "mail"],
  ],
  "creator.seen": [],
  "social.account_connected": [],
  "social.account_disconnected": [[CREATOR_ID, "system", "inApp", "mail"]],
  "social.account_synced": [],
  "social.reconnect_needed": [[CREATOR_ID, "system", "inApp", "mail"]],
  "social.sync_requested": [],
  "account.roles_changed": [[CREATOR_ID, "system", "inApp", "mail"]],
  "account.suspended": [[CREATOR_ID, "system", "inApp", "mail"]],
  "account.reinstated": [[CREATOR_ID, "system", "inApp", "mail"]],
  "announcement.made": [],
  "announcement.addressed": [[CREATOR_ID, "system", "inApp", "mail"]],
  "campaign.published": [],
  "campaign.status_changed": [[BRAND_ID, "campaigns", "inApp", "mail"]],
  "deposit.completed": [[BRAND_ID, "payments", "inApp", "mail"]],
  "refund.requested": [],
  "refund.succeeded": [[BRAND_ID, "payments", "inApp", "mail"]],
  "refund.failed": [[BRAND_ID, "payments", "inApp", "mail"]],
  "card_dispute.opened": [[BRAND_ID, "payments", "inApp", "mail"]],
  "card_dispute.closed": [[BRAND_ID, "payments", "inApp", "mail"]],
  "invitation.sent": [[CREATOR_ID, "campaigns", "inApp", "mail"]],
  "invitation.accepted": [[BRAND_ID, "campaigns", "inApp", "mail"]],
  "invitation.declined": [],
  "invitation.withdrawn": [[CREATOR_ID, "campaigns", "inApp", "mail"]],
  "invitation.expired": [
    [BRAND_ID, "campaigns", "inApp", "mail"],
    [CREATOR_ID, "campaigns", "inApp"],
  ],
  "submission.created": [[BRAND_ID, "submissions", "inApp", "mail"]],
  "submission.reviewed": [[CREATOR_ID, "submissions", "inApp", "mail"]],
  "participation.ended": [[CREATOR_ID, "campaigns", "inApp", "mail"]],
  "participant.removed": [[CREATOR_ID, "campaigns", "inApp", "mail"]],
  "submission.deemed_approved": [
    [CREATOR_ID, "submissions", "inApp", "mail"],
    [BRAND_ID, "submissions", "inApp", "mail"],
  ],
  "submission.due": [[CREATOR_ID, "submissions", "inApp", "mail"]],
  "submission.review_due": [[BRAND_ID, "submissions", "inApp", "mail"]],
  "submission.extension_offered": [[CREATOR_ID, "submissions", "inApp", "mail"]],
  "submission.extension_agreed": [[BRAND_ID, "submissions", "inApp"]],
  "submission.released": [
    [CREATOR_ID, "submissions", "inApp", "mail"],
    [BRAND_ID, "submissions", "inApp"],
  ],
  "dispute.opened": [[CREATOR_ID, "submissions", "inApp", "mail"]],
  "dispute.decided": [
    [BRAND_ID, "payments", "inApp", "mail"],
    [CREATOR_ID, "payments", "inApp", "mail"],
  ],
  "dispute.expired": [
    [BRAND_ID, "submissions", "inApp", "mail"],
    [CREATOR_ID, "submissions", "inApp", "mail"],
  ],
  "dispute.appealed": [[BRAND_ID, "submissions", "inApp", "mail"]],
  "inquiry.opened": [[BRAND_ID, "campaigns", "inApp", "mail"]],
  "inquiry.answered": [[CREATOR_ID, "campaigns", "inApp", "mail"]],
  "inquiry.overdue": [
    [BRAND_ID, "campaigns", "inApp", "mail"],
    [CREATOR_ID, "campaigns", "inApp"],
  ],
  "earning.available": [[CREATOR_ID, "payments", "inApp", "mail"]],
  "payout.step_due": [],
  "payout.run_due": [],
  "payout_account.link_given": [[CREATOR_ID, "payments", "inApp", "mail"]],
  "payout.paid": [[CREATOR_ID, "payments", "inApp", "mail"]],
  "payout.failed": [[CREATOR_ID, "payments", "inApp", "mail"]],
  "job.run_requested": [],
  "processor.object_changed": [],
};
const channels: readonly Channel[] = ["inApp", "mail"];
const cases = eventTypes.flatMap((type) => channels.map((channel) => ({ type, channel })));
const expectedIn = (type: EventType, channel: Channel): Told[] =>
  expected[type].filter(([, , ...where]) => where.includes(channel));

describe("who is told", () => {
  test.each(cases)("about $type, $channel, and nobody twice", ({ type, channel }) => {
    const told = noticesOf(anEvent(type), channel).map(({ userId, category }) => [userId, category]);
    expect(told).toEqual(expectedIn(type, channel).map(([who, category]) => [who, category]));
    expect(new Set(told.map(([who]) => who)).size).toBe(told.length);
  });

  test.each(cases)("about $type, $channel, reads the campaign's name where there is one", ({ type, channel }) => {
    const event = anEvent(type);
    for (const { title } of noticesOf(event, channel)) {
      expect(title).not.toBe("");
      if ("campaignName" in event.detail) expect(title).toContain("“Autumn”");
    }
  });

  test.each([
    ["inApp", 2],
    ["mail", 1],
  ] as const)(
    "may be everybody of a list that the event carries: of a card dispute each admin, %s",
    (channel, tellings) => {
      const adminIds = [ADMIN_ID, CREATOR_ID];
      const told = (["card_dispute.opened", "card_dispute.closed"] as const)
        .flatMap((type) => noticesOf(anEvent(type, { adminIds }), channel))
        .map(({ userId }) => userId);
      expect(told.filter((who) => who === BRAND_ID)).toHaveLength(2);
      for (const adminId of adminIds) expect(told.filter((who) => who === adminId)).toHaveLength(tellings);
    },
  );

  test("is owed what concerns their rights, their account or lost money, and nothing else", () => {
    const owed = eventTypes.filter((type) => tellings[type].some(({ owed }) => owed !== undefined));
    expect(owed).toEqual([
      "account.roles_changed",
      "account.suspended",
      "account.reinstated",
      "social.account_disconnected",
      "link_prefix.lost",
      "refund.failed",
      "card_dispute.opened",
      "dispute.decided",
      "payout_account.link_given",
      "payout.failed",
    ]);
    for (const { isOwed } of noticesOf(anEvent("payout.failed"), "mail")) expect(isOwed).toBe(true);
    for (const { isOwed } of noticesOf(anEvent("payout.paid"), "mail")) expect(isOwed).toBe(false);
  });

  test("is mailed about a file alone where it took long, and told why there is none", () => {
    expect(noticesOf(anEvent("export.ended", { tookLong: false }), "mail")).toEqual([]);
    const failed = { result: { failed: "It took too long" } };
    const [notice] = noticesOf(anEvent("export.ended", failed), "inApp");
    expect([notice?.title, notice?.message]).toEqual([
      "A file you asked for could not be made",
      "Your file of campaign analytics (CSV): It took too long.",
    ]);
  });

  test("hears of a prefix that is lost why, and of one that is got in whose place it comes", () => {
    const [lost] = noticesOf(anEvent("link_prefix.lost"), "mail");
    expect(lost).toMatchObject({ title: "The link prefix “acme” is yours no longer", toSuspended: true });
    expect(lost?.message).toContain("The reason: Trade mark");
    const said = (replaced: string | null) =>
      noticesOf(anEvent("link_prefix.awarded", { replaced }), "inApp").map(({ message }) => message);
    expect([...said("zenith"), ...said(null)]).toEqual([
      "New links of yours can begin with it, in place of “zenith”. Links that are out lead on.",
      "New links of yours can begin with it. Links that are out lead on.",
    ]);
  });

  test("is not told of the roles that they signed up with, and by mail of no pause", () => {
    expect(noticesOf(anEvent("account.roles_changed", { isFirst: true }), "inApp")).toEqual([]);
    const mailed = (from: string, to: string) => noticesOf(anEvent("campaign.status_changed", { from, to }), "mail");
    expect(mailed("active", "paused")).toEqual([]);
    expect(mailed("paused", "active")).toEqual([]);
    expect(mailed("scheduled", "active")).toMatchObject([{ userId: BRAND_ID, title: "“Autumn” has started" }]);
  });

  test.each([
    ["scheduled", "active", "“Autumn” has started"],
    ["paused", "active", "“Autumn” goes on"],
    ["active", "paused", "“Autumn” is paused"],
    ["active", "completed", "“Autumn” has ended"],
    ["active", "cancelled", "“Autumn” was cancelled"],
  ])("about a campaign that was %s and is %s in its own words", (from, to, title) => {
    expect(noticesOf(anEvent("campaign.status_changed", { from, to }), "inApp")).toMatchObject([{ title }]);
  });

  test("is what the consumers listen to, and nothing more", () => {
    const toldIn = (channel: Channel) => eventTypes.filter((type) => expectedIn(type, channel).length > 0);
    expect([notifyPeople.events, mailPeople.events]).toEqual([toldIn("inApp"), toldIn("mail")]);
  });

  test("may be several, each in their own channels; one entry is all that a mail needs", () => {
    const entries = tellings["submission.created"];
    jest.replaceProperty(tellings, "submission.created", [
      ...entries.map((entry) => ({ ...entry, channels: ["mail"] as const })),
      ...entries.map((entry) => ({
        ...entry,
        channels: ["inApp"] as const,
        who: ({ creatorId }: { creatorId: string }) => creatorId,
      })),
    ]);
    const event = anEvent("submission.created");
    expect(noticesOf(event, "mail").map(({ userId }) => userId)).toEqual([BRAND_ID]);
    expect(noticesOf(event, "inApp").map(({ userId }) => userId)).toEqual([CREATOR_ID]);
    const isMailed = (type: EventType) => type === "submission.created" || expectedIn(type, "mail").length > 0;
    expect(eventsTold("mail")).toEqual(eventTypes.filter(isMailed));
  });
});

test("an event that nobody thought about does not compile", () => {
  const { "invitation.declined": forgotten, ...others } = tellings;
  // @ts-expect-error one event is missing
  const table: typeof tellings = others;
  expect([forgotten, Object.keys(table).length]).toEqual([[], eventTypes.length - 1]);
});

import { describe, expect, test } from "@jest/globals";
import {
  type CampaignSeen,
  campaignsSeenAs,
  knownBudget,
  knownCampaign,
  ownSliceOf,
  refuseBothSides,
  sliceFor,
  steeredBy,
  takesPart,
  visibleTo,
  workSeenBy,
} from "#shared/domain/campaigns/access";
import { InvitationStatus } from "#shared/domain/invitations/invitation";
import { ParticipantStatus } from "#shared/domain/invitations/participant";
import type { Actor, Role } from "#shared/domain/kernel/actor";
import { aBudget, aCampaign, anInvitation, aParticipant, BRAND_ID, CREATOR_ID } from "../../support/builders.ts";
import { admin, brand, creator } from "../../support/stage.ts";

const other = "00000000-0000-4000-8000-0000000000ff";
const campaign = aCampaign();
const seen = (ties: Partial<CampaignSeen> = {}): CampaignSeen => ({ campaign, budget: aBudget(), ...ties });
const missing = expect.objectContaining({ refusal: expect.objectContaining({ code: "campaign.not_found" }) });

test("who was never a participant takes no part, and neither does one who has left", () => {
  const statuses = ParticipantStatus.options.filter((status) => takesPart({ participant: aParticipant({ status }) }));
  expect(statuses).toEqual(ParticipantStatus.options.filter((status) => status !== "inactive"));
  expect(takesPart({})).toBe(false);
});

const strangers: readonly Actor[] = [
  brand(other),
  creator(other),
  creator(BRAND_ID),
  brand(CREATOR_ID),
  { userId: BRAND_ID, roles: [] },
  { userId: other, roles: ["brand", "creator"] },
];

describe("steering", () => {
  test("is for the campaign's brand and admins", () => {
    const tied = seen({ invitation: anInvitation(), participant: aParticipant() });
    for (const actor of [brand(), admin(), admin(other)]) expect(steeredBy(actor, tied)).toBe(tied);
    for (const actor of [...strangers, creator()]) expect(() => steeredBy(actor, tied)).toThrow(missing);
    for (const actor of [brand(), admin()]) expect(() => steeredBy(actor, undefined)).toThrow(missing);
  });
});

test("what must be there and is not is a defect, and no answer to anybody", () => {
  expect(knownCampaign(campaign)).toBe(campaign);
  expect(() => knownCampaign(undefined)).toThrow(new Error("the campaign is missing"));
  expect(() => knownBudget(undefined)).toThrow(new Error("the campaign's budget is missing"));
});

describe("seeing", () => {
  test.each(InvitationStatus.options)("is not for sale: a creator with a %s invitation", (status) => {
    const invited = seen({ invitation: anInvitation({ status }) });
    if (status === "pending") expect(visibleTo(creator(), invited)).toBe(invited);
    else expect(() => visibleTo(creator(), invited)).toThrow(missing);
  });

  test.each(ParticipantStatus.options)("by taking part: a creator whose participation is %s", (status) => {
    const tied = seen({ invitation: anInvitation({ status: "accepted" }), participant: aParticipant({ status }) });
    if (status === "inactive") expect(() => visibleTo(creator(), tied)).toThrow(missing);
    else expect(visibleTo(creator(), tied)).toBe(tied);
  });

  test("is nobody's by another's ties", () => {
    const tied = seen({ invitation: anInvitation(), participant: aParticipant() });
    const untied = seen();
    for (const actor of strangers) expect(() => visibleTo(actor, tied)).toThrow(missing);
    for (const actor of [brand(), admin()]) expect(visibleTo(actor, untied)).toBe(untied);
    for (const actor of [brand(), admin(), creator()]) expect(() => visibleTo(actor, undefined)).toThrow(missing);
  });
});

test.each<[Role[], unknown]>([
  [["admin", "brand", "creator"], "admin"],
  [
    ["creator", "brand"],
    ["brand", "creator"],
  ],
  [["creator", "admin"], "admin"],
  [["creator"], ["creator"]],
  [["brand"], ["brand"]],
])("who is %p lists campaigns as %p", (roles, seenAs) => {
  expect(campaignsSeenAs({ userId: other, roles })).toEqual(seenAs);
});

describe("a creator's slice", () => {
  test("is everything for brand and admins, and what is theirs for a creator", () => {
    expect([brand(), admin(), creator(), brand(other)].map((actor) => ownSliceOf(actor, campaign))).toEqual([
      undefined,
      undefined,
      CREATOR_ID,
      other,
    ]);
  });

  test("exists for who takes part, and is shown to no other creator", () => {
    const participant = aParticipant();
    for (const actor of [brand(), admin(), creator()]) expect(sliceFor(actor, campaign, participant)).toBe(participant);
    expect(() => sliceFor(creator(other), campaign, participant)).toThrow(missing);
    expect(() => sliceFor(brand(), campaign, undefined)).toThrow(missing);
  });
});

test("one person is never on both sides", () => {
  const sides = ["brand", "creator"] as const;
  for (const side of sides) {
    expect(() => refuseBothSides(campaign, BRAND_ID, admin(), side)).toThrow("brand and creator");
    expect(() => refuseBothSides(campaign, CREATOR_ID, admin(), side)).not.toThrow();
  }
  expect(() => refuseBothSides(campaign, CREATOR_ID, brand(), "brand")).not.toThrow();
  expect(() => refuseBothSides(campaign, CREATOR_ID, creator(), "creator")).not.toThrow();
});

test.each([
  ["brand", "the creator", admin(CREATOR_ID)],
  ["creator", "the brand", admin(BRAND_ID)],
] as const)("an admin does not act for the %s who is %s", (side, _other, actor) => {
  expect(() => refuseBothSides(campaign, CREATOR_ID, actor, side)).toThrow("brand and creator");
});

describe("seeing work", () => {
  test.each(ParticipantStatus.options)("is for who took part: a creator whose participation is %s", (status) => {
    const tied = seen({ participant: aParticipant({ status }) });
    for (const actor of [creator(), brand(), admin()]) expect(workSeenBy(actor, tied)).toBe(tied);
  });

  test("is nobody's by another's ties, or without the role", () => {
    const left = seen({ participant: aParticipant({ status: "inactive" }) });
    for (const actor of [...strangers, { userId: CREATOR_ID, roles: [] }])
      expect(() => workSeenBy(actor, left)).toThrow(missing);
    for (const actor of [brand(), admin(), creator()]) expect(() => workSeenBy(actor, undefined)).toThrow(missing);
  });
});

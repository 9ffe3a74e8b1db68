import { describe, expect, test } from "@jest/globals";
import { acceptInvitation, type AcceptanceState, answeredBy } from "#shared/domain/invitations/answer-invitation";
import { InvitationStatus } from "#shared/domain/invitations/invitation";
import { invitationLifecycle, lapsed } from "#shared/domain/invitations/lifecycle";
import { sendInvitation } from "#shared/domain/invitations/send-invitation";
import {
  aBudget,
  aCampaign,
  aDeliverable,
  anAccount,
  anInvitation,
  aParticipant,
  CAMPAIGN_ID,
  CREATOR_ID,
} from "../../support/builders.ts";
import { aWallet, aWalletProfile } from "../../support/money-builders.ts";
import { admin, brand, creator, sequentialIds } from "../../support/stage.ts";

const now = "2026-11-25T12:00:00.000Z";
const campaign = aCampaign({ status: "active" });
const dlv = (number: number) => `dlv_${String(number).padStart(26, "0")}`;
const deliverables = [
  aDeliverable({ id: dlv(1), quantity: 2, compensation: { amount: 100, currency: "USD" } }),
  aDeliverable({ id: dlv(2), quantity: 1, compensation: { amount: 33, currency: "USD" } }),
];
const account = anAccount({ id: CREATOR_ID, roles: ["creator"] });

describe("an invitation as it stands", () => {
  test.each(InvitationStatus.options)("that is %s", (status) => {
    const invitation = anInvitation({ status, expiresAt: now });
    expect(lapsed(invitation, "2026-11-25T11:59:59.999Z")).toBe(invitation);
    const expected = status === "pending" ? { ...invitation, status: "expired", updatedAt: now } : invitation;
    expect(lapsed(invitation, now)).toEqual(expected);
  });

  test("moves only along its table", () => {
    const table = Object.values(invitationLifecycle).flatMap(({ from, to }) => from.map((one) => `${one} > ${to}`));
    expect(table.sort()).toEqual([
      "accepted > withdrawn",
      "declined > pending",
      "expired > pending",
      "pending > accepted",
      "pending > declined",
      "pending > expired",
      "pending > withdrawn",
      "withdrawn > pending",
    ]);
  });
});

describe("sending", () => {
  const send = (input: object = {}, state: object = {}) =>
    sendInvitation(
      {
        campaign,
        deliverables,
        account,
        brandAccount: undefined,
        existing: undefined,
        participant: undefined,
        ...state,
      },
      { creatorId: CREATOR_ID, ...input },
      { actor: brand(), now, newId: sequentialIds() },
    );

  test.each([
    [undefined, 233, [dlv(1), dlv(2)]],
    [[dlv(1)], 200, [dlv(1)]],
    [[dlv(2), dlv(1)], 233, [dlv(1), dlv(2)]],
  ])("for %p offers %d", (deliverableIds, amount, ids) => {
    const { invitation } = send({ deliverableIds });
    expect(invitation).toMatchObject({ compensation: { amount, currency: "USD" }, deliverableIds: ids });
  });

  test("names every deliverable that is not the campaign's", () => {
    expect(() => send({ deliverableIds: [dlv(1), dlv(8), dlv(9)] })).toThrow(
      `Not of this campaign: ${dlv(8)}, ${dlv(9)}`,
    );
  });

  test("tells the creator what they need to know", () => {
    const { change } = send({ message: "Hello" });
    expect(change.events).toEqual([
      {
        type: "invitation.sent",
        detail: expect.objectContaining({
          campaignId: CAMPAIGN_ID,
          campaignName: "Autumn",
          creatorId: CREATOR_ID,
          message: "Hello",
        }),
      },
    ]);
  });

  test("asks for states before rules: a closed campaign is told before a creator who is none", () => {
    const closed = { campaign: aCampaign({ status: "paused" }), account: undefined };
    expect(() => send({}, closed)).toThrow("paused");
    expect(() => send({}, { existing: anInvitation(), account: undefined })).toThrow("invited already");
  });
});

describe("answering", () => {
  test("is for the creator themselves and for admins", () => {
    const seen = { invitation: anInvitation() };
    for (const actor of [creator(), admin()]) expect(answeredBy(actor, CREATOR_ID, seen)).toEqual(seen);
    for (const actor of [brand(), brand(CREATOR_ID), creator("00000000-0000-4000-8000-0000000000ff")])
      expect(() => answeredBy(actor, CREATOR_ID, seen)).toThrow("no such invitation");
    for (const nothing of [undefined, {}])
      expect(() => answeredBy(admin(), CREATOR_ID, nothing)).toThrow("no such invitation");
  });

  const state: AcceptanceState = {
    invitation: anInvitation({
      deliverableIds: [dlv(1), dlv(2)],
      compensation: { amount: 233, currency: "USD" },
      version: 3,
    }),
    campaign,
    budget: aBudget({ unassigned: 233 }),
    deliverables,
    wallet: aWallet({ userId: CREATOR_ID }),
    brandWallet: aWallet(),
    profile: aWalletProfile({ userId: CREATOR_ID }),
  };
  const accept = (parts: Partial<AcceptanceState> = {}) =>
    acceptInvitation({ ...state, ...parts }, { actor: creator(), now, newId: sequentialIds() });

  test("with yes secures exactly the sum of the units owed", () => {
    const { change, participant } = accept();
    expect(participant.units.map(({ deliverableId, unit, priceMinor }) => [deliverableId, unit, priceMinor])).toEqual([
      [dlv(1), 1, 100],
      [dlv(1), 2, 100],
      [dlv(2), 1, 33],
    ]);
    expect(participant.units.reduce((sum, { priceMinor }) => sum + priceMinor, 0)).toBe(
      participant.budgetAllocated.amount,
    );
    expect(change.entries).toEqual([
      expect.objectContaining({
        key: `acceptance:${participant.id}`,
        type: "securing",
        lines: [
          { account: expect.objectContaining({ campaignId: CAMPAIGN_ID, account: "unassigned" }), amount: -233 },
          { account: expect.objectContaining({ campaignId: CAMPAIGN_ID, account: "secured" }), amount: 233 },
        ],
      }),
    ]);
    expect(change.requires).toEqual([
      { standing: { id: CAMPAIGN_ID, status: "active" } },
      { owner: { userId: CREATOR_ID, ownerStatus: "active" } },
    ]);
  });

  test("with yes gives every unit the campaign's end as the date on which time settles it", () => {
    const { participant } = accept();
    expect(participant.units.map(({ dueAt }) => dueAt)).toEqual(Array(3).fill(campaign.timeline.end));
  });

  test("with yes a second time begins another participation, under which each unit can be settled anew", () => {
    const id = `prt_${"9".repeat(26)}`;
    const earlier = aParticipant({
      id,
      status: "inactive",
      version: 7,
      createdAt: "2026-11-02T00:00:00.000Z",
      units: [],
    });
    const { change, participant } = accept({ participant: earlier });
    expect(participant.id).toMatch(/^prt_0+1$/);
    expect(participant).toMatchObject({ status: "active", version: 8, joinedAt: now, createdAt: earlier.createdAt });
    expect(participant.units).toHaveLength(3);
    expect(change.entries?.[0]?.key).toBe(`acceptance:${participant.id}`);
    expect(change.entities).toContainEqual({ entity: "participant", was: earlier, next: participant });
  });

  test("with yes fixes the currency of the creator's wallet, once; their balances are not written", () => {
    const profile = aWalletProfile({ userId: CREATOR_ID, version: 4 });
    const fixed = { ...profile, currencyFixed: true, version: 5, updatedAt: now };
    expect(accept({ profile }).change.entities).toContainEqual({
      entity: "walletProfile",
      was: profile,
      next: fixed,
    });
    const again = accept({ profile: fixed }).change;
    for (const { entity } of again.entities) expect(["invitation", "participant"]).toContain(entity);
  });

  test.each<[string, Partial<AcceptanceState>, string]>([
    [
      "both sides",
      { campaign: { ...campaign, brandId: CREATOR_ID }, invitation: anInvitation({ status: "declined" }) },
      "access.conflict_of_interest",
    ],
    ["not pending", { invitation: anInvitation({ status: "withdrawn", expiresAt: now }) }, "invitation.not_pending"],
    ["expired", { invitation: anInvitation({ expiresAt: now }), campaign: aCampaign() }, "invitation.expired"],
    ["not open", { campaign: aCampaign(), wallet: undefined }, "invitation.campaign_not_open"],
    [
      "suspended",
      { wallet: aWallet({ userId: CREATOR_ID, ownerStatus: "suspended" }), budget: aBudget() },
      "account.suspended",
    ],
    ["no wallet", { wallet: undefined, budget: aBudget() }, "wallet.currency_mismatch"],
    ["short of one cent", { budget: aBudget({ unassigned: 232 }) }, "campaign.insufficient_funds"],
    ["secured by others", { budget: aBudget({ secured: 900 }) }, "campaign.insufficient_funds"],
  ])("is refused for the first thing in its way: %s", (_what, parts, code) => {
    expect(() => accept(parts)).toThrow(expect.objectContaining({ refusal: expect.objectContaining({ code }) }));
  });
});

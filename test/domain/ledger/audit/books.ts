/** Books that are right, for tests that break them. */
import type { Books } from "#shared/domain/ledger/audit/books";
import type { Journal } from "#shared/domain/ledger/journal-entry";
import { campaignAccount, type JournalHead, move, platformAccount, walletAccount } from "#shared/domain/wallets/ledger";
import { aBudget, aParticipant, aWallet, BRAND_ID, CAMPAIGN_ID, CREATOR_ID } from "../../../support/builders.ts";
import { sequentialIds } from "../../../support/stage.ts";

export const newId = sequentialIds();
const head = (key: string, type: JournalHead["type"]): JournalHead => ({
  key,
  type,
  currency: "USD",
  referenceId: key,
  description: "d",
  actorId: BRAND_ID,
  at: "2026-11-25T12:00:00.000Z",
  newId,
});
const campaign = { campaignId: CAMPAIGN_ID, brandId: BRAND_ID };
const transaction = (one: Journal, userId: string, effects: object) => ({
  id: one.id,
  userId,
  type: one.type as "deposit",
  amount: { amount: 1, currency: "USD" as const },
  status: "completed" as const,
  referenceId: "r",
  description: "d",
  createdAt: one.at,
  effects: { available: 0, reserved: 0, pending: 0, inFlight: 0, ...effects },
});

/** Right books: 1,000 paid in, 600 set aside, 200 secured for two units, one of them approved. */
export function rightBooks(): Books {
  const paid = move(
    head("deposit:pi_1", "deposit"),
    1_000,
    platformAccount("stripe_balance"),
    walletAccount(BRAND_ID, "available"),
  );
  const aside = move(
    head("publication:c", "reservation"),
    600,
    walletAccount(BRAND_ID, "available"),
    campaignAccount(campaign, "unassigned"),
  );
  const secured = move(
    head("acceptance:c", "securing"),
    200,
    campaignAccount(campaign, "unassigned"),
    campaignAccount(campaign, "secured"),
  );
  const earned = move(
    head("settlement:c", "transfer"),
    100,
    campaignAccount(campaign, "secured"),
    walletAccount(CREATOR_ID, "pending"),
  );
  const figures = {
    wallets: [aWallet({ available: 400 }), aWallet({ userId: CREATOR_ID, pending: 100 })],
    budgets: [aBudget({ unassigned: 400, secured: 100, spent: 100 })],
  };
  const [one, two] = aParticipant().units;
  return {
    before: figures,
    entries: [paid, aside, secured, earned],
    participants: [
      aParticipant({
        units: [
          { ...one, priceMinor: 100, state: "approved" },
          { ...two, priceMinor: 100 },
        ] as never,
      }),
    ],
    transactions: new Map([
      [
        BRAND_ID,
        [
          transaction(paid, BRAND_ID, { available: 1_000 }),
          transaction(aside, BRAND_ID, { available: -600, reserved: 600 }),
          transaction(earned, BRAND_ID, { reserved: -100 }),
        ],
      ],
      [CREATOR_ID, [transaction(earned, CREATOR_ID, { pending: 100 })]],
    ]),
    fundings: new Map([[BRAND_ID, [CAMPAIGN_ID]]]),
    after: figures,
  };
}

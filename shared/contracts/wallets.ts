import * as z from "zod";
import { UserId } from "#shared/domain/kernel/ids";
import { Currency } from "#shared/domain/kernel/money";
import { Instant, InstantInput } from "#shared/domain/kernel/time";
import { EarningStatus } from "#shared/domain/wallets/earning";
import { TransactionType } from "#shared/domain/ledger/journal-entry";
import { walletRefusals } from "#shared/domain/wallets/refusals";
import { http, list } from "./contract.ts";
import { askingStripe } from "./limits.ts";
import { EarningView } from "./row-shapes.ts";
import { TransactionView } from "./shapes.ts";

const WalletView = z
  .object({
    userId: UserId,
    currency: Currency,
    available: z.int(),
    spendable: z.int(),
    payable: z.int(),
    reserved: z.int(),
    pending: z.int(),
    inFlight: z.int(),
    updatedAt: Instant,
  })
  .meta({ id: "Wallet" });

export const openWallet = http({
  route: "POST /v1/wallet",
  roles: ["admin", "brand", "creator"],
  body: z.strictObject({ currency: Currency.optional() }),
  reply: WalletView,
  status: 201,
  statusWhenThere: 200,
  refuses: [walletRefusals.currencyMismatch],
  uses: ["accounts:read", "wallets:read", "wallets:show", "wallets:write", "walletProfiles:write", "payments:charge"],
  runs: askingStripe,
  summary: "Make sure of your wallet and its customer at the payment processor",
  ifItFails: "brands cannot prepare their first deposit",
});

export const getWallet = http({
  route: "GET /v1/wallet",
  roles: ["admin", "brand", "creator"],
  query: z.strictObject({ at: InstantInput.optional() }),
  reply: WalletView,
  refuses: [walletRefusals.notFound, walletRefusals.noSuchInstant, walletRefusals.tooLongAgo],
  uses: ["wallets:show", "wallets:showSince"],
  summary: "Read your wallet, as it is or as it was at an instant",
  ifItFails: "nobody sees their balance",
});

export const listWalletTransactions = list({
  route: "GET /v1/wallet/transactions",
  roles: ["admin", "brand", "creator"],
  query: z.strictObject({ type: TransactionType.optional() }),
  reply: TransactionView,
  refuses: [],
  uses: ["wallets:listTransactions"],
  summary: "List what moved in your wallet",
  ifItFails: "nobody can check their balance against its movements",
});

export const listEarnings = list({
  route: "GET /v1/earnings",
  roles: ["creator", "admin"],
  query: z.strictObject({ status: EarningStatus.optional() }),
  reply: EarningView,
  refuses: [],
  uses: ["earnings:list"],
  summary: "List earnings: your own, or as an admin everybody's",
  ifItFails: "creators cannot see what they earned",
});

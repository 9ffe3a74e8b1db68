import * as z from "zod";
import { idOf, UserId } from "#shared/domain/kernel/ids";
import { Currency, PositiveMoney } from "#shared/domain/kernel/money";
import { accessRefusals } from "#shared/domain/kernel/refusals";
import { Instant, InstantInput } from "#shared/domain/kernel/time";
import { Deposit } from "#shared/domain/wallets/deposit";
import { Earning, EarningStatus } from "#shared/domain/wallets/earning";
import { TransactionType } from "#shared/domain/ledger/journal-entry";
import { depositLifecycle } from "#shared/domain/wallets/lifecycle";
import { depositRefusals, walletRefusals } from "#shared/domain/wallets/refusals";
import { http, list } from "./contract.ts";
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

const DepositView = Deposit.pick({
  id: true,
  paymentIntentId: true,
  clientSecret: true,
  amount: true,
  status: true,
  createdAt: true,
}).meta({
  id: "Deposit",
});

/** Three attempts of 8 s with pauses fit into it, and it ends before the gateway's 30 s. */
const askingStripe = { timeoutSeconds: 29 } as const;

export const openWallet = http({
  route: "POST /v1/wallet",
  roles: ["admin", "brand", "creator"],
  body: z.strictObject({ currency: Currency.optional() }),
  reply: WalletView,
  status: 200,
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

export const depositFunds = http({
  route: "POST /v1/wallet/deposits",
  roles: ["brand", "admin"],
  body: PositiveMoney,
  reply: DepositView,
  status: 201,
  refuses: [
    walletRefusals.notFound,
    walletRefusals.currencyMismatch,
    accessRefusals.ownerSuspended,
    depositRefusals.belowMinimum,
    depositRefusals.aboveMaximum,
    depositRefusals.notChargeable,
  ],
  idempotency: "required",
  uses: ["accounts:read", "wallets:read", "walletProfiles:write", "deposits:write", "payments:charge"],
  runs: askingStripe,
  summary: "Begin a deposit by card",
  ifItFails: "brands cannot pay in",
});

export const confirmDeposit = http({
  route: "POST /v1/wallet/deposits/{depositId}/confirmation",
  roles: ["brand", "admin"],
  path: z.strictObject({ depositId: idOf("deposit") }),
  reply: DepositView,
  refuses: [depositRefusals.notFound],
  uses: ["deposits:read", "deposits:write", "ledger:post", "payments:read"],
  causes: [depositLifecycle.complete, depositLifecycle.fail],
  runs: askingStripe,
  summary: "Ask the payment processor whether a deposit was paid, and credit it once",
  ifItFails: "deposits are credited by the webhook only",
});

export const receiveStripeWebhook = http({
  route: "POST /v1/webhooks/stripe",
  roles: "public",
  rawBody: true,
  reply: z.object({ received: z.literal(true) }),
  refuses: [depositRefusals.badSignature],
  uses: ["deposits:read", "deposits:write", "ledger:post", "payments:read"],
  causes: [depositLifecycle.complete, depositLifecycle.fail],
  runs: askingStripe,
  summary: "Take what Stripe says about payments, once",
  ifItFails: "paid deposits are not credited until the brand asks for confirmation; Stripe retries for three days",
});

export const listEarnings = list({
  route: "GET /v1/earnings",
  roles: ["creator", "admin"],
  query: z.strictObject({ status: EarningStatus.optional() }),
  reply: Earning.omit({ updatedAt: true, createdAt: true, version: true }).meta({ id: "Earning" }),
  refuses: [],
  uses: ["earnings:list"],
  summary: "List earnings: your own, or as an admin everybody's",
  ifItFails: "creators cannot see what they earned",
});

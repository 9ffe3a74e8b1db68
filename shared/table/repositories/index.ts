/** Everything that one table gives, by noun: the one record that every engine turns into adapters. */
import type { TableEngine } from "../engine.ts";
import { storedAccounts } from "./accounts.ts";
import { storedCallers, storedSigningKeys } from "./callers.ts";
import { storedCampaigns } from "./campaigns.ts";
import { storedChanges } from "./changes.ts";
import { storedIdempotency } from "./idempotency.ts";
import { storedInvitations, storedParticipants } from "./invitations.ts";
import { storedJobs } from "./jobs.ts";
import { storedLinks } from "./links.ts";
import { storedMails, storedNotifications } from "./notifications.ts";
import { storedSubmissions } from "./submissions.ts";
import { storedDeposits, storedEarnings, storedLedger, storedWallets } from "./wallets.ts";

const repositories = {
  accounts: storedAccounts,
  wallets: storedWallets,
  deposits: storedDeposits,
  earnings: storedEarnings,
  ledger: storedLedger,
  campaigns: storedCampaigns,
  invitations: storedInvitations,
  participants: storedParticipants,
  submissions: storedSubmissions,
  links: storedLinks,
  notifications: storedNotifications,
  mails: storedMails,
  jobs: storedJobs,
  callers: storedCallers,
  signingKeys: storedSigningKeys,
  idempotency: storedIdempotency,
  changes: storedChanges,
};

type Repositories = typeof repositories;
/** Each repository as an adapter: made from what an engine is made from. */
export type RepositoriesOn<E> = { readonly [N in keyof Repositories]: (env: E) => ReturnType<Repositories[N]> };

/** The record on one engine. A repository is made when an action calls for it, and not before. */
export const repositoriesOn = <E>(engine: (env: E) => TableEngine): RepositoriesOn<E> =>
  Object.fromEntries(
    Object.entries(repositories).map(([noun, make]) => [noun, (env: E) => make(engine(env))]),
  ) as RepositoriesOn<E>;

import * as apiKeys from "./api-keys.ts";
import * as audit from "./audit.ts";
import * as campaigns from "./campaigns.ts";
import type { Contract } from "./contract.ts";
import * as conversions from "./conversions.ts";
import * as creators from "./creators.ts";
import * as disputes from "./disputes.ts";
import * as inquiries from "./inquiries.ts";
import * as exported from "./exports.ts";
import * as invitations from "./invitations.ts";
import * as ledger from "./ledger.ts";
import * as links from "./links.ts";
import * as matching from "./matching.ts";
import * as notifications from "./notifications.ts";
import * as payouts from "./payouts.ts";
import * as promoCodes from "./promo-codes.ts";
import * as reconciliations from "./reconciliations.ts";
import * as settlements from "./settlements.ts";
import * as deposits from "./deposits.ts";
import * as refunds from "./refunds.ts";
import * as social from "./social.ts";
import * as submissions from "./submissions.ts";
import * as system from "./system.ts";
import * as tracking from "./tracking.ts";
import * as users from "./users.ts";
import * as wallets from "./wallets.ts";
import * as webhooks from "./webhooks.ts";

/** area -> action -> contract. Everything that exists is here. */
export const contracts = {
  users,
  creators,
  campaigns,
  matching,
  invitations,
  submissions,
  settlements,
  disputes,
  payouts,
  ledger,
  reconciliations,
  wallets,
  deposits,
  refunds,
  webhooks,
  "api-keys": apiKeys,
  conversions,
  "promo-codes": promoCodes,
  inquiries,
  links,
  social,
  tracking,
  notifications,
  exports: exported,
  audit,
  system,
} as const satisfies Record<string, Record<string, Contract>>;

export type Area = keyof typeof contracts;

/** An action with its names: `publishCampaign` of `campaigns` lives in `lambdas/campaigns/publish-campaign.ts`. */
export interface Action {
  readonly area: Area;
  readonly name: string;
  readonly kebabName: string;
  readonly file: string;
  readonly contract: Contract;
}

const kebab = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Every action, in order of area and contract. */
export const actions: readonly Action[] = Object.entries(contracts).flatMap(([area, ofArea]) =>
  Object.entries(ofArea as Record<string, Contract>).map(([name, contract]) => ({
    area: area as Area,
    name,
    kebabName: kebab(name),
    file: `lambdas/${area}/${kebab(name)}.ts`,
    contract,
  })),
);

/** What a stage may have that others lack. */
export interface Features {
  /** Admins move the product's clock, and everything that it dates by itself with it. */
  readonly testClock: boolean;
  /** Creators connect accounts with networks. Bundles are of stages that have it, as is everything that says nothing of it. */
  readonly social?: boolean | object;
}

/** Every action that exists on a stage with these features. */
export const actionsWith = (features: Features): readonly Action[] =>
  actions.filter(({ contract: { requires } }) => requires === undefined || Boolean(features[requires] ?? true));

/** Areas of which a stage with these features has any action. */
export const areasWith = (features: Features): readonly Area[] => [
  ...new Set(actionsWith(features).map(({ area }) => area)),
];

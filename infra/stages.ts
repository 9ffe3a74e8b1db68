import type { App } from "aws-cdk-lib";
import * as z from "zod";
import type { Features } from "#shared/contracts/index";
import type { PayoutMinimums } from "#shared/domain/payouts/minimum";
import type { ProcessorFeeBounds } from "#shared/domain/ledger/processor-fees";
import type { PlatformFeeSchedule } from "#shared/domain/settlements/platform-fee";
import type { SocialPlatform } from "#shared/domain/social/platform";
import type { SocialSecrets } from "#shared/ports/social-settings";
import { checked, type Context, Deployed, type Google, Keeping, Local, SocialApps } from "./stage-context.ts";

export const stageNames = ["local", "dev", "prod"] as const;
export type StageName = (typeof stageNames)[number];

/** Everything in which stages differ. A stage that lacks a value does not synthesize; only fees, least payouts and bounds of fees have a default. */
export interface Stage extends Required<Features> {
  readonly name: StageName;
  /** CloudFront takes firewalls and certificates from this region alone, so everything lives there. */
  readonly region: "us-east-1";
  /** Whether data outlives its stack: RETAIN, deletion protection, termination protection. */
  readonly keepsData: boolean;
  /**
   * Stacks of this stage that stand on AWS. Those that keep data are protected once they do, and not before: the CDK CLI
   * protects a new stack before it executes its change set, and could then not delete what failed to come up.
   */
  readonly standingStacks: readonly string[];
  readonly logRetentionDays: number;
  /** Who is told by alarms. */
  readonly alarmAddress: string;
  /** Origin of short links, without a path. */
  readonly linkOrigin: string;
  /** Host of `linkOrigin` and its certificate in us-east-1; missing where CloudFront's own name serves. */
  readonly linkDomain?: { readonly name: string; readonly certificateArn: string };
  /** Origins whose pages may call the API. */
  readonly corsOrigins: readonly string[];
  /** Address that mails come from; its domain is verified with SES. */
  readonly senderAddress: string;
  /** Whether the stage makes the domain's SES identity, or uses the one that the account has: there is one per region. */
  readonly senderIdentity: "create" | "existing";
  /** Whether the user pool's own mails (codes, invitations) go out through SES too, not by Cognito's 50 a day. */
  readonly poolMailsThroughSes: boolean;
  /** Where the emulator keeps buckets, each as a path; missing where they have AWS's own addresses. */
  readonly filesEndpoint?: string;
  readonly stripe: { readonly apiBase: string; readonly secret: StripeSecret };
  /** What the house keeps of settlements, from when on. */
  readonly platformFees: PlatformFeeSchedule;
  /** Least payouts by currency, minor units, where they are not the house's ten. */
  readonly payoutMinimums: PayoutMinimums;
  /** The most of Stripe's fees that is booked of one day by itself, by currency, minor units, where it is not the house's. */
  readonly processorFeeBounds: ProcessorFeeBounds;
  /** Where the API answers, where that is not the gateway's own address. */
  readonly apiOrigin?: string;
  /** Where the web client is, without a path: the first of the origins that may call the API. */
  readonly appUrl: string;
  /** Whether admins are admins only with a second factor (TOTP) beside their password. */
  readonly adminSecondFactor: "required" | "optional";
  /** Whether passwords may be sent to Cognito as they are, which scripts need and browsers must not. */
  readonly passwordSignIn: boolean;
  /** Google as another way to sign in; missing where the stage has no credentials for it. */
  readonly google?: z.output<typeof Google>;
  /** Networks that creators connect accounts of; false where the stage has no apps with them. */
  readonly social: Social | false;
  /** Whether a web application firewall stands before short links. */
  readonly firewall: boolean;
  /** Whether CloudFront logs requests for short links. */
  readonly edgeLogs: boolean;
  /**
   * Shards of the click stream, each for 1,000 clicks a second; what is more takes the overflow queue. A number that only we change:
   * on a day on which it changes, a visitor may be in two shards and count twice.
   */
  readonly clickShards: number;
  /** Executions at once that are kept free for an action, and the most it gets. The others share what the account has left. */
  readonly reservedConcurrency: ReservedConcurrency;
  /** Requests a second the API takes before it answers 429, and the burst above it. */
  readonly throttle: { readonly rate: number; readonly burst: number };
}

/** By the action's name: those who must not wait for others, visitors and the payment processor. */
export type ReservedConcurrency = Readonly<Partial<Record<"redirectVisitor" | "receiveStripeWebhook", number>>>;

/** A secret that exists already, or on the local stage its contents. */
export type StripeSecret = { readonly arn: string } | { readonly secretKey: string; readonly webhookSecret: string };

/** Apps with every network: who we are there, and what proves it. */
export interface Social {
  readonly clientIds: Readonly<Record<SocialPlatform, string>>;
  readonly secret: { readonly arn: string } | SocialSecrets;
  /** Whether LinkedIn's app has the Community Management product, by which it is told how many follow somebody. */
  readonly linkedInFollowers: boolean;
  /** Where stand-ins of all the networks are, instead of the networks. */
  readonly standIns?: string;
}

const STRIPE_API = "https://api.stripe.com";

const builders: Readonly<Record<StageName, (context: Context) => Stage>> = {
  local: (context) => {
    const given = checked("local", Local, context);
    return {
      name: "local",
      region: "us-east-1",
      testClock: true,
      keepsData: false,
      standingStacks: [],
      logRetentionDays: 1,
      alarmAddress: "alarms@example.com",
      linkOrigin: given.linkOrigin,
      // One proxy stands before everything.
      apiOrigin: given.linkOrigin,
      corsOrigins: given.corsOrigins,
      senderAddress: "no-reply@atomic.example",
      senderIdentity: "create",
      filesEndpoint: given.filesEndpoint,
      stripe: {
        apiBase: given.stripeApiBase,
        secret: { secretKey: given.stripeSecretKey, webhookSecret: given.stripeWebhookSecret },
      },
      platformFees: [],
      payoutMinimums: {},
      processorFeeBounds: {},
      appUrl: firstOf(given.corsOrigins),
      poolMailsThroughSes: false,
      adminSecondFactor: "optional",
      passwordSignIn: true,
      social: {
        clientIds: given.socialClientIds,
        secret: given.socialSecrets,
        linkedInFollowers: true,
        standIns: given.socialApiBase,
      },
      firewall: false,
      edgeLogs: false,
      clickShards: 4,
      reservedConcurrency: {},
      throttle: { rate: 10_000, burst: 5_000 },
    };
  },
  dev: (context) =>
    deployed("dev", checked("dev", Deployed, context), {
      testClock: true,
      keepsData: false,
      standingStacks: [],
      logRetentionDays: 30,
      reservedConcurrency: {},
      throttle: { rate: 100, burst: 200 },
    }),
  prod: (context) => {
    const given = checked("prod", Keeping, context);
    return deployed("prod", given, {
      testClock: false,
      keepsData: true,
      standingStacks: given.standingStacks,
      logRetentionDays: 400,
      // 20 at Stripe's second each are 20 webhooks.
      reservedConcurrency: { redirectVisitor: clickConcurrency(given.clickShards), receiveStripeWebhook: 20 },
      throttle: { rate: 2_000, burst: 4_000 },
    });
  },
};

/**
 * Executions that the click function may have. A function URL takes ten requests a second for each, however short they are (Lambda
 * developer guide, "Function URLs", throttling), and more are answered 429: those are lost. So it takes a fifth more than the
 * stream's shards do, a thousand each: what is too much for the stream goes to the overflow queue.
 */
const clickConcurrency = (shards: number): number => Math.max(300, 120 * shards);

function deployed(
  name: StageName,
  given: z.output<typeof Deployed>,
  parts: Pick<
    Stage,
    "testClock" | "keepsData" | "standingStacks" | "logRetentionDays" | "reservedConcurrency" | "throttle"
  >,
): Stage {
  return {
    name,
    region: "us-east-1",
    ...parts,
    alarmAddress: given.alarmAddress,
    linkOrigin: `https://${given.linkDomainName}`,
    linkDomain: { name: given.linkDomainName, certificateArn: given.linkCertificateArn },
    corsOrigins: given.corsOrigins,
    senderAddress: given.senderAddress,
    senderIdentity: given.senderIdentity,
    stripe: { apiBase: STRIPE_API, secret: { arn: given.stripeSecretArn } },
    platformFees: given.platformFees,
    payoutMinimums: given.payoutMinimums,
    processorFeeBounds: given.processorFeeBounds,
    appUrl: firstOf(given.corsOrigins),
    poolMailsThroughSes: true,
    adminSecondFactor: "required",
    ...(given.google && { google: given.google }),
    passwordSignIn: false,
    social: given.social ? socialOf(given.social) : false,
    firewall: true,
    edgeLogs: true,
    clickShards: given.clickShards,
  };
}

const socialOf = ({ secretArn, ...apps }: z.output<typeof SocialApps>): Social => ({
  ...apps,
  secret: { arn: secretArn },
});

/** Mails and the processor send people to the first origin. */
const firstOf = (origins: readonly string[]): string => z.string().parse(origins[0]);

/** The stage named by `-c stage=…`, complete. */
export const stageOf = (app: App): Stage => stageFrom((name) => app.node.tryGetContext(name) as unknown);

/** The same from context values by name, for tools that do not synthesize. @throws Error that names each value it lacks. */
export function stageFrom(valueOf: (name: string) => unknown): Stage {
  const name = z.enum(stageNames).safeParse(valueOf("stage"));
  if (!name.success) throw new Error(`name the stage: -c stage=${stageNames.join("|")}`);
  const names = [...Object.keys(Keeping.shape), ...Object.keys(Local.shape)];
  const context = Object.fromEntries(names.map((key) => [key, valueOf(`${name.data}:${key}`) ?? valueOf(key)]));
  return builders[name.data](context);
}

/** The domain of an address, which is what SES verifies. */
export const domainOf = (address: string): string => address.split("@")[1] ?? address;

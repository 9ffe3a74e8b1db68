import type { App } from "aws-cdk-lib";
import * as z from "zod";

export const stageNames = ["local", "dev", "prod"] as const;
export type StageName = (typeof stageNames)[number];

/** Everything in which stages differ. Nothing has a default: a stage that lacks a value does not synthesize. */
export interface Stage {
  readonly name: StageName;
  readonly region: string;
  /** Whether data outlives its stack: RETAIN, deletion protection, termination protection. */
  readonly keepsData: boolean;
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
  readonly stripe: { readonly apiBase: string; readonly secret: StripeSecret };
  /** Whether passwords may be sent to Cognito as they are, which scripts need and browsers must not. */
  readonly passwordSignIn: boolean;
  /** Whether a web application firewall stands before short links. */
  readonly firewall: boolean;
  /** Concurrency kept free for the click path and for Stripe's webhook; none where there is no account limit. */
  readonly reservedConcurrency: boolean;
  /** Requests a second the API takes before it answers 429, and the burst above it. */
  readonly throttle: { readonly rate: number; readonly burst: number };
}

/** A secret that exists already, or on the local stage its contents. */
export type StripeSecret = { readonly arn: string } | { readonly secretKey: string; readonly webhookSecret: string };

const STRIPE_API = "https://api.stripe.com";

/** What the deployed stages must be told, in `cdk.json`'s context or with `-c`: nothing of it is secret. */
const Deployed = z.object({
  alarmAddress: z.email(),
  linkDomainName: z.hostname(),
  linkCertificateArn: z.string().startsWith("arn:aws:acm:us-east-1:"),
  corsOrigins: z.string().transform((text) => text.split(",")),
  senderAddress: z.email(),
  stripeSecretArn: z.string().startsWith("arn:aws:secretsmanager:"),
});
/** What `npm start` tells the local stage: everything that depends on its ports. */
const Local = z.object({
  linkOrigin: z.url(),
  corsOrigins: z.string().transform((text) => text.split(",")),
  stripeApiBase: z.url(),
  stripeSecretKey: z.string().startsWith("sk_test_"),
  stripeWebhookSecret: z.string().startsWith("whsec_"),
});

type Context = Readonly<Record<string, unknown>>;

const builders: Readonly<Record<StageName, (context: Context) => Stage>> = {
  local: (context) => {
    const given = checked("local", Local, context);
    return {
      name: "local", region: "us-east-1", keepsData: false, logRetentionDays: 1, alarmAddress: "alarms@example.com",
      linkOrigin: given.linkOrigin, corsOrigins: given.corsOrigins, senderAddress: "no-reply@atomic.example",
      stripe: {
        apiBase: given.stripeApiBase,
        secret: { secretKey: given.stripeSecretKey, webhookSecret: given.stripeWebhookSecret },
      },
      passwordSignIn: true, firewall: false, reservedConcurrency: false, throttle: { rate: 10_000, burst: 5_000 },
    };
  }, // prettier-ignore
  dev: (context) =>
    deployed("dev", context, { keepsData: false, logRetentionDays: 30, throttle: { rate: 100, burst: 200 } }),
  prod: (context) =>
    deployed("prod", context, { keepsData: true, logRetentionDays: 400, throttle: { rate: 2_000, burst: 4_000 } }),
};

function deployed(
  name: StageName,
  context: Context,
  parts: Pick<Stage, "keepsData" | "logRetentionDays" | "throttle">,
): Stage {
  const given = checked(name, Deployed, context);
  return {
    name,
    region: "us-east-1",
    ...parts,
    alarmAddress: given.alarmAddress,
    linkOrigin: `https://${given.linkDomainName}`,
    linkDomain: { name: given.linkDomainName, certificateArn: given.linkCertificateArn },
    corsOrigins: given.corsOrigins,
    senderAddress: given.senderAddress,
    stripe: { apiBase: STRIPE_API, secret: { arn: given.stripeSecretArn } },
    passwordSignIn: false,
    firewall: true,
    reservedConcurrency: true,
  };
}

function checked<S extends z.ZodObject>(stage: StageName, shape: S, context: Context): z.output<S> {
  const result = shape.safeParse(context);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`stage ${stage} needs context values (-c name=value): ${problems.join("; ")}`);
}

/** The stage named by `-c stage=…`, complete. */
export function stageOf(app: App): Stage {
  const name = z.enum(stageNames).safeParse(app.node.tryGetContext("stage"));
  if (!name.success) throw new Error(`name the stage: -c stage=${stageNames.join("|")}`);
  const names = [...Object.keys(Deployed.shape), ...Object.keys(Local.shape)];
  const context = Object.fromEntries(
    names.map((key) => [key, app.node.tryGetContext(`${name.data}:${key}`) ?? app.node.tryGetContext(key)]),
  );
  return builders[name.data](context);
}

/** The domain of an address, which is what SES verifies. */
export const domainOf = (address: string): string => address.split("@")[1] ?? address;

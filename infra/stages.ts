import type { App } from "aws-cdk-lib";
import * as z from "zod";

export const stageNames = ["local", "dev", "prod"] as const;
export type StageName = (typeof stageNames)[number];

/** Everything in which stages differ. Nothing has a default: a stage that lacks a value does not synthesize. */
export interface Stage {
  readonly name: StageName;
  /** CloudFront takes firewalls and certificates from this region alone, so everything lives there. */
  readonly region: "us-east-1";
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
  /** Whether the user pool's own mails (codes, invitations) go out through SES too, not by Cognito's 50 a day. */
  readonly poolMailsThroughSes: boolean;
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
/** A value that must be given; zod's own words for one that was left out name a type and not the fault. */
const text = () =>
  z.string({ error: ({ code, input }) => (code === "invalid_type" && input === undefined ? "is missing" : undefined) });

/** Comma-separated origins, each as a browser sends it. A wildcard is none. */
const origins = (scheme: RegExp) =>
  text()
    .transform((given) => given.split(","))
    .pipe(z.array(z.string().regex(scheme, "must be origins, comma-separated: scheme, host and port, no path")));

/** What the deployed stages must be told, in `cdk.json`'s context or with `-c`: nothing of it is secret. */
const Deployed = z.object({
  alarmAddress: text().pipe(z.email()),
  linkDomainName: text().pipe(z.hostname()),
  linkCertificateArn: text().startsWith("arn:aws:acm:us-east-1:"),
  corsOrigins: origins(/^https:\/\/[a-z0-9.-]+(:\d+)?$/),
  senderAddress: text().pipe(z.email()),
  stripeSecretArn: text().startsWith("arn:aws:secretsmanager:us-east-1:"),
});
/** What `npm start` tells the local stage: everything that depends on its ports. */
const Local = z.object({
  linkOrigin: text().pipe(z.url()),
  corsOrigins: origins(/^https?:\/\/[a-z0-9.-]+(:\d+)?$/),
  stripeApiBase: text().pipe(z.url()),
  stripeSecretKey: text().startsWith("sk_test_"),
  stripeWebhookSecret: text().startsWith("whsec_"),
});

type Context = Readonly<Record<string, unknown>>;

const builders: Readonly<Record<StageName, (context: Context) => Stage>> = {
  local: (context) => {
    const given = checked("local", Local, context);
    return {
      name: "local",
      region: "us-east-1",
      keepsData: false,
      logRetentionDays: 1,
      alarmAddress: "alarms@example.com",
      linkOrigin: given.linkOrigin,
      corsOrigins: given.corsOrigins,
      senderAddress: "no-reply@atomic.example",
      stripe: {
        apiBase: given.stripeApiBase,
        secret: { secretKey: given.stripeSecretKey, webhookSecret: given.stripeWebhookSecret },
      },
      poolMailsThroughSes: false,
      passwordSignIn: true,
      firewall: false,
      reservedConcurrency: false,
      throttle: { rate: 10_000, burst: 5_000 },
    };
  },
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
    poolMailsThroughSes: true,
    passwordSignIn: false,
    firewall: true,
    reservedConcurrency: true,
  };
}

function checked<S extends z.ZodObject>(stage: StageName, shape: S, context: Context): z.output<S> {
  const result = shape.safeParse(context);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path: [name], message }) => `${String(name)} ${message}`);
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

/** What stages are told from outside, in `cdk.json`'s context or with `-c`: shapes, and what is said where something is wrong. */
import * as z from "zod";
import { ProcessorFeeBounds } from "#shared/domain/ledger/processor-fees";
import { PayoutMinimums } from "#shared/domain/payouts/minimum";
import { SocialPlatform } from "#shared/domain/social/platform";
import { PlatformFeeSchedule } from "#shared/domain/settlements/platform-fee";

/** Zod's own words for what was left out name a type and not the fault. */
const missing = ({ code, input }: { readonly code?: string; readonly input?: unknown }): string | undefined =>
  code === "invalid_type" && input === undefined ? "is missing" : undefined;

/** A value that must be given. */
const text = () => z.string({ error: missing });

const secretArn = () => z.string().startsWith("arn:aws:secretsmanager:us-east-1:");

/** Comma-separated origins, each as a browser sends it. A wildcard is none. */
const origins = (scheme: RegExp) =>
  text()
    .transform((given) => given.split(","))
    .pipe(z.array(z.string().regex(scheme, "must be origins, comma-separated: scheme, host and port, no path")));

/** JSON, as the command line gives it, or the value itself, as `cdk.json` does. */
const json = () =>
  z.unknown().transform((given, { addIssue }) => {
    if (typeof given !== "string") return given;
    try {
      return JSON.parse(given) as unknown;
    } catch (error) {
      addIssue(`is not JSON: ${String(error)}`);
      return z.NEVER;
    }
  });

/** Credentials that Google gave for the stage's web client, and the name of the pages in between, which is one in the region. */
export const Google = z.strictObject({
  clientId: z.string().endsWith(".apps.googleusercontent.com"),
  secretArn: secretArn(),
  domainPrefix: z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/),
});

/** Apps with the networks that creators are on: an id of each, and the secret with all their client secrets. */
export const SocialApps = z.strictObject(
  {
    clientIds: z.record(SocialPlatform, z.string().min(1)),
    secretArn: secretArn(),
    linkedInFollowers: z.boolean().default(false),
  },
  { error: missing },
);

/** What the deployed stages must be told, in `cdk.json`'s context or with `-c`: nothing of it is secret. */
export const Deployed = z.object({
  alarmAddress: text().pipe(z.email()),
  linkDomainName: text().pipe(z.hostname()),
  linkCertificateArn: text().startsWith("arn:aws:acm:us-east-1:"),
  corsOrigins: origins(/^https:\/\/[a-z0-9.-]+(:\d+)?$/),
  senderAddress: text().pipe(z.email()),
  senderIdentity: text().pipe(z.enum(["create", "existing"])),
  stripeSecretArn: text().startsWith("arn:aws:secretsmanager:us-east-1:"),
  platformFees: json().pipe(PlatformFeeSchedule).default([]),
  payoutMinimums: json().pipe(PayoutMinimums).default({}),
  processorFeeBounds: json().pipe(ProcessorFeeBounds).default({}),
  clickShards: z.coerce.number().pipe(z.int().min(1).max(500)).default(4),
  google: json().pipe(Google).optional(),
  social: json().pipe(SocialApps).optional(),
});
/** What a stage that keeps data must be told besides. `npm run deploy` asks AWS for it; it is empty before the first one. */
export const Keeping = Deployed.extend({
  standingStacks: text().transform((names) => names.split(",").filter((name) => name !== "")),
  social: json().pipe(SocialApps),
});
/** What `npm start` tells the local stage: everything that depends on its ports. */
export const Local = z.object({
  linkOrigin: text().pipe(z.url()),
  corsOrigins: origins(/^https?:\/\/[a-z0-9.-]+(:\d+)?$/),
  stripeApiBase: text().pipe(z.url()),
  filesEndpoint: text().pipe(z.url()),
  stripeSecretKey: text().startsWith("sk_test_"),
  stripeWebhookSecret: text().startsWith("whsec_"),
  socialApiBase: text().pipe(z.url()),
  socialClientIds: json().pipe(z.record(SocialPlatform, z.string(), { error: missing })),
  socialSecrets: json().pipe(z.record(SocialPlatform, z.string(), { error: missing })),
});

export type Context = Readonly<Record<string, unknown>>;

/** @throws Error naming every value that is missing or wrong */
export function checked<S extends z.ZodObject>(stage: string, shape: S, context: Context): z.output<S> {
  const result = shape.safeParse(context);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path: [name], message }) => `${String(name)} ${message}`);
  throw new Error(`stage ${stage} needs context values (-c name=value): ${problems.join("; ")}`);
}

/** What a stage still lacks on AWS, judged from what AWS said: one line for each miss, with its remedy. */
import type * as z from "zod";
import { SocialPlatform } from "#shared/domain/social/platform";
import { PaymentKeys } from "#shared/ports/payment-keys";
import { SocialSecrets } from "#shared/ports/social-settings";
import { stackNameOf } from "../names.ts";
import { domainOf, type Stage } from "../stages.ts";
import type { Answer, Answers, SecretKept, Subscription } from "./answers.ts";

type Misses = readonly string[];
type Said<K extends keyof Answers> = Answers[K] extends Answer<infer T> ? T : never;

/** The least that our templates ask for; source: CDK, `DefaultStackSynthesizer`. */
const BOOTSTRAP_VERSION = 6;
/** Lambda keeps so many executions for functions that reserve none; source: Lambda developer guide, reserved concurrency. */
const UNRESERVED = 100;
const CONCURRENCY_QUOTA = "--service-code lambda --quota-code L-B99A9384";

/** Everything that a deploy of the stage would fail by, or be of no use without. Empty when all is there. */
export function missesOf(stage: Stage, answers: Answers): Misses {
  const { account } = answers;
  // Whom AWS does not know is answered nothing else either.
  if ("unanswered" in account)
    return [
      `AWS does not know the caller (${account.unanswered}): sign in, aws sts get-caller-identity shows as whom.`,
    ];
  const about = <K extends keyof Answers>(name: K, judge: (said: Said<K>) => Misses): Misses =>
    "unanswered" in answers[name]
      ? [`AWS did not tell preflight its ${name} (${answers[name].unanswered}): let the caller read it.`]
      : judge((answers[name] as { said: Said<K> }).said);
  return [
    ...accountMisses(stage, account.said),
    ...about("bootstrapVersion", (version) => bootstrapMisses(stage, account.said, version)),
    ...about("mailAccount", mailAccountMisses),
    // What a stack has made is asked of those that stand.
    ...about("standingStacks", () =>
      about("madeIdentities", (made) => about("mailIdentity", (said) => identityMisses(stage, said, made))),
    ),
    ...about("paymentSecret", (contents) => secretMisses(stage, contents)),
    ...about("paymentSecretKept", (kept) => unreadableMisses("stripeSecretArn", secretArnOf(stage.stripe), kept)),
    ...about("googleSecret", (contents) => googleMisses(stage, contents)),
    ...about("socialSecret", (contents) => socialMisses(stage, contents)),
    ...about("socialSecretKept", (kept) => unreadableMisses("social.secretArn", secretArnOf(stage.social), kept)),
    ...about("certificate", (certificate) => certificateMisses(stage, certificate)),
    ...about("concurrency", (concurrency) => concurrencyMisses(stage, concurrency)),
    ...about("subscriptions", (subscriptions) => subscriptionMisses(stage, subscriptions)),
  ];
}

function accountMisses(stage: Stage, account: string): Misses {
  const arns = {
    linkCertificateArn: stage.linkDomain?.certificateArn,
    stripeSecretArn: secretArnOf(stage.stripe),
    socialSecretArn: secretArnOf(stage.social),
    googleSecretArn: stage.google?.secretArn,
  };
  return Object.entries(arns).flatMap(([name, arn]) => {
    const owner = arn?.split(":")[4];
    if (owner === undefined || owner === account) return [];
    return [
      `${name} is of account ${owner}, and the caller of ${account}: sign in to the stage's account, or mend the ARN.`,
    ];
  });
}

function bootstrapMisses({ region }: Stage, account: string, version: Said<"bootstrapVersion">): Misses {
  const remedy = `npx cdk bootstrap aws://${account}/${region}`;
  if (version === undefined) return [`The CDK is not bootstrapped in ${region}: ${remedy}.`];
  if (version >= BOOTSTRAP_VERSION) return [];
  return [`The CDK's bootstrap is of version ${version}, and ${BOOTSTRAP_VERSION} is needed: ${remedy}.`];
}

function mailAccountMisses({ productionAccess, sendingEnabled }: Said<"mailAccount">): Misses {
  return [
    ...(productionAccess
      ? []
      : [
          "SES is in its sandbox, where it writes to verified addresses alone, so nobody else can sign up: ask for production access (SES console, Account dashboard).",
        ]),
    ...(sendingEnabled ? [] : ["SES has stopped this account's sending: see Reputation metrics in the SES console."]),
  ];
}

function identityMisses(stage: Stage, identity: Said<"mailIdentity">, made: Said<"madeIdentities">): Misses {
  const domain = domainOf(stage.senderAddress);
  const isOurs = made.includes(domain);
  if (identity === undefined) return [...ownerMisses(stage, isOurs, false), unknownIdentity(stage, isOurs)];
  return [
    ...ownerMisses(stage, isOurs, true),
    ...(identity.verified
      ? []
      : [
          `SES has not verified ${domain}: set its DNS records (outputs MailRecord1 to 3 of ${stackNameOf(stage.name, "data")}, or SES console, Identities) and wait.`,
        ]),
  ];
}

/**
 * A domain has one identity, which outlives its stack: one that a stack has let go cannot be made by it again, and one that
 * somebody else made fails the whole update. So a stage keeps to what it was first deployed with.
 */
function ownerMisses(stage: Stage, isOurs: boolean, isKnown: boolean): Misses {
  const domain = domainOf(stage.senderAddress);
  const data = stackNameOf(stage.name, "data");
  if (isOurs && stage.senderIdentity === "existing")
    return [
      `${data} has made the identity of ${domain}, and existing would take it out of the stack for good: say senderIdentity=create.`,
    ];
  if (!isOurs && isKnown && stage.senderIdentity === "create")
    return [
      `SES knows ${domain} already, and ${data} has not made it; an account has one identity of a domain: say senderIdentity=existing.`,
    ];
  return [];
}

/** Why SES does not know the sender's domain, and what makes it known. */
function unknownIdentity(stage: Stage, isOurs: boolean): string {
  const domain = domainOf(stage.senderAddress);
  const [alarms, data] = [stackNameOf(stage.name, "alarms"), stackNameOf(stage.name, "data")];
  if (isOurs)
    return `${data} has made the identity of ${domain}, and SES has lost it, which no deploy notices: verify the domain in the SES console.`;
  return stage.senderIdentity === "create"
    ? `SES does not know ${domain} yet: npm run deploy -- ${alarms} ${data} with the same -c values makes its identity and prints its DNS records.`
    : `SES does not know ${domain}, which senderIdentity=existing says: verify it in the SES console, or say create.`;
}

function secretMisses(stage: Stage, contents: Said<"paymentSecret">): Misses {
  const remedy = `{"secretKey":"sk_…","webhookSecret":"whsec_…","connectWebhookSecret":"whsec_…"} in AWS Secrets Manager`;
  if (contents === undefined)
    return [`There is no secret ${secretArnOf(stage.stripe) ?? ""}: put ${remedy}, and give its ARN.`];
  const problems = problemsOf(PaymentKeys, contents);
  return problems.length === 0 ? [] : [`Stripe's secret is not well-formed (${problems.join("; ")}): put ${remedy}.`];
}

const SECRETS_KEY = "alias/aws/secretsmanager";

/**
 * What whoever deploys can read and no function could. AWS answers to an ARN without its last six characters, while a right to
 * one opens nothing; and AWS's own key is everybody's who may read the secret, while a right to another has no function.
 * Source: Secrets Manager user guide, "Finding a secret from a partial ARN", "Secret encryption and decryption".
 */
function unreadableMisses(named: string, said: string | undefined, kept: SecretKept | undefined): Misses {
  if (kept === undefined) return [];
  const { arn, key = SECRETS_KEY } = kept;
  return [
    ...(arn === said ? [] : [`${named} is not the whole ARN, without which no function may read it: say ${arn}.`]),
    ...(key.endsWith(SECRETS_KEY)
      ? []
      : [
          `The secret of ${named} is encrypted under ${key}, which no function may use: aws secretsmanager update-secret --secret-id ${arn} --kms-key-id ${SECRETS_KEY}.`,
        ]),
  ];
}

/** What is wrong with a secret, in words that hold nothing of it: neither JSON's own nor a value. */
function problemsOf(shape: z.ZodType, contents: string): Misses {
  const parsed = shape.safeParse(parsedJson(contents));
  return parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `${path.join(".") || "all of it"}: ${message}`);
}

function parsedJson(contents: string): unknown {
  try {
    return JSON.parse(contents);
  } catch (error) {
    // Its message quotes the contents; what is no JSON is no object either, and is said to be none.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The pool is given the secret as it is: whatever else was put there, Google would refuse at everybody's sign-in. */
function googleMisses({ google }: Stage, contents: Said<"googleSecret">): Misses {
  if (google === undefined) return [];
  const remedy = "put the client secret that Google shows, alone, in AWS Secrets Manager";
  if (contents === undefined) return [`There is no secret ${google.secretArn}: ${remedy}, and give its ARN.`];
  return /^[\w-]+$/.test(contents) ? [] : [`Google's secret is not well-formed: ${remedy}.`];
}

function socialMisses({ social }: Stage, contents: Said<"socialSecret">): Misses {
  if (social === false) return [];
  const each = SocialPlatform.options.map((platform) => `"${platform}":"…"`).join();
  const remedy = `put {${each}}, the client secret of each network's app, in AWS Secrets Manager`;
  if (contents === undefined) return [`There is no secret ${secretArnOf(social) ?? ""}: ${remedy}, and give its ARN.`];
  const problems = problemsOf(SocialSecrets, contents);
  return problems.length === 0 ? [] : [`The networks' secret is not well-formed (${problems.join("; ")}): ${remedy}.`];
}

function certificateMisses({ linkDomain }: Stage, certificate: Said<"certificate">): Misses {
  if (linkDomain === undefined) return [];
  const { name, certificateArn } = linkDomain;
  if (certificate === undefined) return [`There is no certificate ${certificateArn}: ask ACM for one in us-east-1.`];
  const { status, hosts } = certificate;
  return [
    ...(status === "ISSUED"
      ? []
      : [`The certificate of ${name} is ${status}: set the DNS record that ACM shows, and wait.`]),
    ...(hosts.some((host) => covers(host, name))
      ? []
      : [`The certificate is for ${hosts.join(", ")} and not for ${name}: ask ACM for one in us-east-1 that is.`]),
  ];
}

/** A wildcard stands for one label. */
const covers = (host: string, name: string): boolean =>
  host === name || (host.startsWith("*.") && host.slice(2) === name.split(".").slice(1).join("."));

function concurrencyMisses(stage: Stage, { limit, reservedByOthers }: Said<"concurrency">): Misses {
  const reserved = Object.values(stage.reservedConcurrency).reduce((sum, one) => sum + one, 0);
  const needed = reservedByOthers + reserved + UNRESERVED;
  if (limit >= needed) return [];
  return [
    `Lambda may run ${limit} executions at once, and ${needed} are needed (${reserved} for this stage, ${reservedByOthers} reserved by others, ${UNRESERVED} free): aws service-quotas request-service-quota-increase ${CONCURRENCY_QUOTA} --desired-value ${Math.max(1_000, needed)}.`,
  ];
}

function subscriptionMisses({ alarmAddress }: Stage, subscriptions: readonly Subscription[]): Misses {
  return subscriptions.flatMap(({ topicArn, standing }) => {
    if (standing === "confirmed") return [];
    if (standing === "pending")
      return [`${alarmAddress} hears of no alarm yet: follow the link in AWS's mail about ${topicArn}.`];
    return [
      `${alarmAddress} is not told by ${topicArn}: aws sns subscribe --protocol email --notification-endpoint ${alarmAddress} --topic-arn ${topicArn}, and confirm.`,
    ];
  });
}

const secretArnOf = (holder: Stage["stripe"] | Stage["social"]): string | undefined =>
  holder && "arn" in holder.secret ? holder.secret.arn : undefined;

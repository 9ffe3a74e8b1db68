/** What AWS said to a question, or why there is no answer: no right to ask, no network, AWS's own words. */
export type Answer<T> = { readonly said: T } | { readonly unanswered: string };

/** Whether who is told by a topic has said yes to it; AWS forgets a subscription that nobody confirmed. */
export interface Subscription {
  readonly topicArn: string;
  readonly standing: "confirmed" | "pending" | "missing";
}

/** Where a secret is: its whole ARN, and the key that it is encrypted under where that is not AWS's own for secrets. */
export interface SecretKept {
  readonly arn: string;
  readonly key: string | undefined;
}

/** Everything that preflight asks AWS about a stage. `undefined` says that there is no such thing. */
export interface Answers {
  /** Id of the account that the caller's credentials are of. */
  readonly account: Answer<string>;
  /** Of the CDK's own stack. */
  readonly bootstrapVersion: Answer<number | undefined>;
  readonly mailAccount: Answer<{ readonly productionAccess: boolean; readonly sendingEnabled: boolean }>;
  /** Of the sender's domain. */
  readonly mailIdentity: Answer<{ readonly verified: boolean } | undefined>;
  /** The secret's contents. They are judged, and never printed. */
  readonly paymentSecret: Answer<string | undefined>;
  /** None where there is no secret. */
  readonly paymentSecretKept: Answer<SecretKept | undefined>;
  /** The contents of Google's, likewise; none where the stage has no Google. */
  readonly googleSecret: Answer<string | undefined>;
  /** The contents of the networks', likewise; none where the stage has no networks. */
  readonly socialSecret: Answer<string | undefined>;
  readonly socialSecretKept: Answer<SecretKept | undefined>;
  readonly certificate: Answer<{ readonly status: string; readonly hosts: readonly string[] } | undefined>;
  /** Executions at once: what the account may have in the region, and what is reserved for others than this stage. */
  readonly concurrency: Answer<{ readonly limit: number; readonly reservedByOthers: number }>;
  /** Names of the stage's stacks that came up once. */
  readonly standingStacks: Answer<readonly string[]>;
  /** Domains whose SES identity is a resource of the stage's standing data stack. */
  readonly madeIdentities: Answer<readonly string[]>;
  /** The stage's address at each of its topics; none before the first deploy. */
  readonly subscriptions: Answer<readonly Subscription[]>;
}

/** Whether a stack came up once, by its status: then it is updated, and not made anew, by the next deploy. */
export const stands = (status: string): boolean => /^(CREATE_COMPLETE$|UPDATE_|IMPORT_COMPLETE$)/.test(status);

/** Whether a stack holds a resource that it lists, by the resource's status. */
export const holds = (status: string): boolean => !/^(CREATE_FAILED|DELETE_COMPLETE|DELETE_SKIPPED)$/.test(status);

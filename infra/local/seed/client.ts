/** The stage as its users use it; a request that is refused stops the seed and is named. */
import { randomUUID } from "node:crypto";
import {
  AdminAddUserToGroupCommand,
  CognitoIdentityProviderClient,
  ConfirmSignUpCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { mailsOf } from "../mailbox.ts";
import { LocalStageProblem } from "../problem.ts";
import { consentAs } from "../social/scripted-consent.ts";
import type { DemoUser, StackFile } from "../stack-file.ts";
import { accessToken, awsConfigOf } from "../summary.ts";
import { DEMO_PASSWORD, type DemoPerson } from "./people.ts";

/** Somebody signed in, for the API's sake. */
export interface SignedIn extends DemoUser {
  readonly token: string;
}

type Reply = Readonly<Record<string, unknown>> & { readonly id?: string };

/** A visitor's browser, or what calls itself one. */
export interface Visit {
  readonly agent: string;
  readonly method?: "GET" | "HEAD";
  readonly headers?: Readonly<Record<string, string>>;
}

/** Somebody as a network knows them: a body of `PUT /_members` at the networks' stand-ins. */
export interface NetworkMember {
  readonly platform: string;
  readonly username: string;
  readonly followers: number;
  readonly posts: readonly object[];
}

const VISIT_TRIES = 5;

export class DemoClient {
  readonly #stack: StackFile;
  readonly #cognito: CognitoIdentityProviderClient;

  constructor(stack: StackFile) {
    this.#stack = stack;
    this.#cognito = new CognitoIdentityProviderClient(awsConfigOf(stack));
  }

  /** Signs a person up with the code from their mail, and fills in their profile. */
  async signUp({ email, fullName, role, profile }: DemoPerson): Promise<SignedIn> {
    const ClientId = this.#stack.userPoolClientId;
    const attributes = { email, name: fullName, "custom:role": role };
    const UserAttributes = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
    const sent = { ClientId, Username: email };
    const { UserSub } = await named(`sign-up of ${email}`, () =>
      this.#cognito.send(new SignUpCommand({ ...sent, Password: DEMO_PASSWORD, UserAttributes })),
    );
    const ConfirmationCode = await this.#codeFor(email);
    await named(`confirmation of ${email}`, () =>
      this.#cognito.send(new ConfirmSignUpCommand({ ...sent, ConfirmationCode })),
    );
    const signedIn = await this.#signIn({ email, password: DEMO_PASSWORD, role, userId: UserSub ?? "" });
    await this.send(signedIn, "PATCH", "/v1/me", profile);
    return signedIn;
  }

  /** Somebody who was signed up before; undefined when there is no such person. */
  async returning({ email, role }: Pick<DemoPerson, "email"> & Pick<DemoUser, "role">): Promise<SignedIn | undefined> {
    try {
      const person = { email, password: DEMO_PASSWORD, role, userId: "" };
      const signedIn = { ...person, token: await accessToken(this.#stack, person) };
      return { ...signedIn, userId: String((await this.send(signedIn, "GET", "/v1/me")).id) };
    } catch (error) {
      // The pool does not tell strangers from wrong passwords.
      if (error instanceof Error && ["NotAuthorizedException", "UserNotFoundException"].includes(error.name)) return;
      throw error;
    }
  }

  /** Makes a person an admin, as an operator does in the console. */
  async makeAdmin(person: SignedIn): Promise<SignedIn> {
    const sent = { UserPoolId: this.#stack.userPoolId, Username: person.email, GroupName: "admin" };
    await named(`group admin for ${person.email}`, () => this.#cognito.send(new AdminAddUserToGroupCommand(sent)));
    return this.#signIn({ ...person, role: "admin" });
  }

  post(by: SignedIn, path: string, body?: object): Promise<Reply> {
    return this.send(by, "POST", path, body);
  }

  async send(by: SignedIn, method: string, path: string, body?: object): Promise<Reply> {
    const reply = await fetch(`${this.#stack.apiUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${by.token}`,
        ...(method === "POST" && { "idempotency-key": randomUUID() }),
        ...(body && { "content-type": "application/json" }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await reply.text();
    if (!reply.ok) throw refused(`${method} ${path} by ${by.email} answered ${reply.status}: ${text}`);
    return text === "" ? {} : (JSON.parse(text) as Reply);
  }

  /** Pays in by card, as a payer's browser does, and has it credited. */
  async deposit(by: SignedIn, amount: number): Promise<void> {
    const begun = await this.post(by, "/v1/wallet/deposits", { amount, currency: "USD" });
    const path = `/v1/payment_intents/${String(begun["paymentIntentId"])}/confirm`;
    const confirmed = await fetch(`${this.#stack.stripeUrl}${path}`, {
      method: "POST",
      headers: { authorization: "Bearer sk_test_payer" },
      body: new URLSearchParams({ payment_method: "pm_card_visa" }),
    });
    const answer = await confirmed.text();
    if (!confirmed.ok) throw refused(`POST ${path} at the payment stand-in answered ${confirmed.status}: ${answer}`);
    const { status } = await this.post(by, `/v1/wallet/deposits/${String(begun.id)}/confirmation`);
    if (status !== "completed") throw refused(`the deposit of ${by.email} was paid, but is ${String(status)}`);
  }

  /** Opens the account that payouts go to, and completes it by opening its address, as a browser does. */
  async onboard(by: SignedIn): Promise<void> {
    const { onboardingUrl } = await this.post(by, "/v1/payout-account");
    const visited = await fetch(String(onboardingUrl), { redirect: "manual" });
    if (visited.status !== 303) throw refused(`${String(onboardingUrl)} answered ${visited.status}`);
    const { status } = await this.send(by, "GET", "/v1/payout-account");
    if (status !== "active") throw refused(`the payout account of ${by.email} is ${String(status)}`);
  }

  /** Lets a network know somebody, and connects their account by its page of consent, as a browser does. */
  async connect(by: SignedIn, member: NetworkMember): Promise<void> {
    const known = await fetch(`${this.#stack.socialUrl}/_members`, { method: "PUT", body: JSON.stringify(member) });
    if (!known.ok)
      throw refused(`PUT /_members at the networks' stand-ins answered ${known.status}: ${await known.text()}`);
    const path = `/v1/social-accounts/${member.platform}`;
    const { authorizationUrl } = await this.post(by, `${path}/authorization`);
    const returned = await named(`consent of ${by.email} at ${member.platform}`, () =>
      consentAs(member.username, String(authorizationUrl)),
    );
    await this.post(by, path, { ...returned });
  }

  /** Follows a short link as far as its redirect; tries again where a busy machine asks for that, as people do. */
  async visit(code: string, { agent, method = "GET", headers = {} }: Visit): Promise<void> {
    const path = `/t/${code}`;
    const sent = { method, redirect: "manual", headers: { ...headers, "user-agent": agent } } as const;
    for (let tries = 1; ; tries += 1) {
      const reply = await fetch(`${this.#stack.linkUrl}${path}`, sent);
      const answer = await reply.text();
      if (reply.status === 302) return;
      if (reply.status !== 503 || tries === VISIT_TRIES)
        throw refused(`${method} ${path} answered ${reply.status}: ${answer}`);
    }
  }

  async #signIn(person: DemoUser): Promise<SignedIn> {
    return { ...person, token: await named(`sign-in of ${person.email}`, () => accessToken(this.#stack, person)) };
  }

  async #codeFor(email: string): Promise<string> {
    const reply = await fetch(`${this.#stack.awsEndpoint}/_ministack/ses/messages`);
    const mail = mailsOf(await reply.json()).findLast(({ to }) => to.includes(email));
    const code = /\b\d{6}\b/.exec(`${mail?.subject} ${mail?.text} ${mail?.html}`)?.[0];
    if (code === undefined) throw refused(`sign-up of ${email} got no code by mail`);
    return code;
  }
}

const refused = (what: string): LocalStageProblem => new LocalStageProblem(`The demo could not be seeded: ${what}`);

/** Names the request in what it fails with. */
async function named<T>(what: string, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    throw refused(`${what} failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

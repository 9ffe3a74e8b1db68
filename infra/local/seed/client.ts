import { randomUUID } from "node:crypto";
import {
  AdminAddUserToGroupCommand,
  CognitoIdentityProviderClient,
  ConfirmSignUpCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { mailsOf } from "../mailbox.ts";
import { LocalStageProblem } from "../problem.ts";
import type { DemoUser, StackFile } from "../stack-file.ts";
import { accessToken, awsConfigOf } from "../summary.ts";
import { DEMO_PASSWORD, type DemoPerson } from "./people.ts";

/** Somebody signed in, for the API's sake. */
export interface SignedIn extends DemoUser {
  readonly token: string;
}

type Reply = Readonly<Record<string, unknown>> & { readonly id?: string };

/** The stage as its users use it; a request that is refused stops the seed and is named. */
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
    const { UserSub } = await this.#cognito.send(
      new SignUpCommand({ ClientId, Username: email, Password: DEMO_PASSWORD, UserAttributes }),
    );
    await this.#cognito.send(
      new ConfirmSignUpCommand({ ClientId, Username: email, ConfirmationCode: await this.#codeFor(email) }),
    );
    const person = { email, password: DEMO_PASSWORD, role, userId: UserSub ?? "" };
    const signedIn = { ...person, token: await accessToken(this.#stack, person) };
    await this.send(signedIn, "PATCH", "/v1/me", profile);
    return signedIn;
  }

  /** Makes a person an admin, as an operator does in the console. */
  async makeAdmin(person: SignedIn): Promise<SignedIn> {
    const UserPoolId = this.#stack.userPoolId;
    await this.#cognito.send(
      new AdminAddUserToGroupCommand({ UserPoolId, Username: person.email, GroupName: "admin" }),
    );
    return { ...person, role: "admin", token: await accessToken(this.#stack, person) };
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
    if (!reply.ok)
      throw new LocalStageProblem(`The demo could not be seeded: ${method} ${path} answered ${reply.status}: ${text}`);
    return text === "" ? {} : (JSON.parse(text) as Reply);
  }

  /** Pays in by card, and waits until it is credited. */
  async deposit(by: SignedIn, amount: number): Promise<void> {
    const begun = await this.post(by, "/v1/wallet/deposits", { amount, currency: "USD" });
    const confirmed = await fetch(
      `${this.#stack.stripeUrl}/v1/payment_intents/${String(begun["paymentIntentId"])}/confirm`,
      {
        method: "POST",
        headers: { authorization: "Bearer sk_test_payer" },
        body: new URLSearchParams({ payment_method: "pm_card_visa" }),
      },
    );
    if (!confirmed.ok) throw new LocalStageProblem(`The demo's card payment failed: ${await confirmed.text()}`);
    await this.post(by, `/v1/wallet/deposits/${String(begun.id)}/confirmation`);
  }

  /** A visitor of a short link. */
  async visit(code: string, agent: string): Promise<void> {
    await fetch(`${this.#stack.linkUrl}/t/${code}`, { redirect: "manual", headers: { "user-agent": agent } });
  }

  async #codeFor(email: string): Promise<string> {
    const reply = await fetch(`${this.#stack.awsEndpoint}/_ministack/ses/messages`);
    const mail = mailsOf(await reply.json()).findLast(({ to }) => to.includes(email));
    const code = /\b\d{6}\b/.exec(`${mail?.subject} ${mail?.text} ${mail?.html}`)?.[0];
    if (code === undefined) throw new LocalStageProblem(`The demo's sign-up of ${email} got no code by mail`);
    return code;
  }
}

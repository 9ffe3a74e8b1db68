/** People of the pool, by the SDK's own client at a server that keeps people and answers as Cognito's API reference says. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { cognitoPeople } from "#shared/adapters/cognito/people";
import { useEngine } from "../../support/engine-table.ts";

interface Person {
  readonly Username: string;
  UserStatus: string;
  readonly Attributes: { readonly Name: string; readonly Value: string }[];
}
/** What the four calls name between them. */
interface Given {
  readonly Username: string;
  readonly UserAttributes: Person["Attributes"];
  readonly Permanent: boolean;
  readonly DestinationUser: { readonly ProviderAttributeValue: string };
  readonly SourceUser: { readonly ProviderName: string; readonly ProviderAttributeValue: string };
}
interface Asked {
  readonly action: string;
  readonly input: Record<string, unknown> & { readonly Username?: string };
}

const POOL = "us-east-1_pool";
const SUB = "00000000-0000-4000-8000-000000000001";
let server: Server;
const people: Person[] = [];
const asked: Asked[] = [];
/** By its name or its address, whatever the case of its letters: the pool's names are addresses. */
const named = (name: string) =>
  people.find(({ Username, Attributes }) =>
    [Username, ...Attributes.flatMap(({ Name, Value }) => (Name === "email" ? [Value] : []))].some(
      (one) => one.toLowerCase() === name.toLowerCase(),
    ),
  );

class Said extends Error {}

const answers: Readonly<Record<string, (input: Given) => object>> = {
  AdminGetUser({ Username }) {
    const { Attributes, ...found } = named(Username) ?? refuse("UserNotFoundException");
    return { ...found, UserAttributes: Attributes, Enabled: true };
  },
  AdminCreateUser({ Username, UserAttributes }) {
    if (named(Username)) refuse("UsernameExistsException");
    const Attributes = [{ Name: "sub", Value: SUB }, ...UserAttributes];
    people.push({ Username: SUB, UserStatus: "FORCE_CHANGE_PASSWORD", Attributes });
    return { User: people.at(-1) };
  },
  AdminSetUserPassword({ Username, Permanent }) {
    const person = named(Username) ?? refuse("UserNotFoundException");
    if (Permanent) person.UserStatus = "CONFIRMED";
    return {};
  },
  AdminLinkProviderForUser({ DestinationUser: to, SourceUser: from }) {
    const person = named(to.ProviderAttributeValue) ?? refuse("UserNotFoundException");
    if (person.Attributes.some(({ Name }) => Name === "identities")) refuse("InvalidParameterException");
    const identity = { userId: from.ProviderAttributeValue, providerName: from.ProviderName };
    person.Attributes.push({ Name: "identities", Value: JSON.stringify([identity]) });
    return {};
  },
};

function refuse(type: string): never {
  throw new Said(type);
}

function answered({ action, input }: Asked): readonly [status: number, body: object] {
  try {
    return [200, answers[action]?.(input as unknown as Given) ?? refuse("UnknownOperationException")];
  } catch (error) {
    if (error instanceof Said) return [400, { __type: error.message, message: "no" }];
    throw error;
  }
}

beforeAll(async () => {
  server = createServer((request, response) => {
    void text(request).then((body) => {
      const action = String(request.headers["x-amz-target"]).replace("AWSCognitoIdentityProviderService.", "");
      asked.push({ action, input: JSON.parse(body) as Asked["input"] });
      const [status, reply] = answered(asked.at(-1)!);
      response.writeHead(status, { "content-type": "application/x-amz-json-1.1" });
      response.end(JSON.stringify(reply));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  useEngine(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => void [people, asked].forEach((list) => (list.length = 0)));

const pool = () => cognitoPeople({ USER_POOL_ID: POOL });
const arrived = { email: "jo@example.com", fullName: "Jo" };
const identity = { provider: "Google", subject: "117", ...arrived } as const;

test("nobody is found where the pool knows nobody", async () => {
  expect(await pool().find("jo@example.com")).toBeUndefined();
});

test("who is admitted can be found, confirmed, with a verified address, and was written no mail", async () => {
  expect(await pool().admit(arrived)).toBe(SUB);
  const [made, password] = asked;
  expect(made).toMatchObject({ action: "AdminCreateUser", input: { UserPoolId: POOL, MessageAction: "SUPPRESS" } });
  expect(password).toMatchObject({ action: "AdminSetUserPassword", input: { Username: SUB, Permanent: true } });
  expect(String(password?.input["Password"])).toMatch(/^(?=.*[A-Z])(?=.*[a-z])(?=.*\d)(?=.*[^\w]).{40,}$/);
  expect(await pool().find("Jo@Example.com")).toEqual({
    userName: SUB,
    isConfirmed: true,
    awaitsPassword: false,
    attributes: { sub: SUB, email: "jo@example.com", email_verified: "true", name: "Jo" },
  });
});

test("nobody's password is anybody else's, and a name that the provider does not say is none", async () => {
  await pool().admit({ email: "a@example.com", fullName: undefined });
  people.length = 0;
  await pool().admit(arrived);
  const passwords = asked.flatMap(({ input }) => input["Password"] ?? []);
  expect(new Set(passwords).size).toBe(2);
  expect(JSON.stringify(asked[0]?.input)).not.toContain('"name"');
});

test("an address that somebody has is not admitted once more", async () => {
  await pool().admit(arrived);
  await expect(pool().admit(arrived)).rejects.toMatchObject({ name: "UsernameExistsException" });
});

test("who was made and has no password yet is known by it, and confirmed when it is closed", async () => {
  const Attributes = [{ Name: "email", Value: "jo@example.com" }];
  people.push({ Username: SUB, UserStatus: "FORCE_CHANGE_PASSWORD", Attributes });
  expect(await pool().find("jo@example.com")).toMatchObject({ isConfirmed: false, awaitsPassword: true });
  await pool().closePassword(SUB);
  expect(await pool().find("jo@example.com")).toMatchObject({ isConfirmed: true, awaitsPassword: false });
});

test("an identity is linked by its subject, and a second time is refused", async () => {
  await pool().admit(arrived);
  await pool().link(SUB, identity);
  expect(asked.at(-1)?.input).toEqual({
    UserPoolId: POOL,
    DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: SUB },
    SourceUser: { ProviderName: "Google", ProviderAttributeName: "Cognito_Subject", ProviderAttributeValue: "117" },
  });
  expect((await pool().find("jo@example.com"))?.attributes["identities"]).toContain('"userId":"117"');
  await expect(pool().link(SUB, identity)).rejects.toMatchObject({ name: "InvalidParameterException" });
});

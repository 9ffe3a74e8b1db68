import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { People, poolWithTriggers, refusedAddress } from "./people.ts";
import { type Pair, ref, refusal, type Stage, startPair } from "./support.ts";

const groupsIn = (token: string | undefined) => {
  const claims = JSON.parse(Buffer.from(token!.split(".")[1]!, "base64url").toString()) as Record<string, unknown>;
  return claims["cognito:groups"];
};

let pair: Pair;
let repaired: People;
let stock: People;

beforeAll(async () => {
  pair = await startPair();
  const people = async (stage: Stage) => {
    const { client } = await stage.deploy("people", poolWithTriggers(stage.journal("triggers")), {
      client: ref("Client"),
    });
    return new People(stage, client!);
  };
  [repaired, stock] = await Promise.all([people(pair.repaired), people(pair.stock)]);
}, 60_000);

afterAll(() => pair?.stop());

describe("Cognito's codes", () => {
  test("cognito-random-codes", async () => {
    const codes = async (people: People) => {
      const addresses = ["one@example.com", "two@example.com", "three@example.com"];
      for (const address of addresses) await people.signUp(address);
      return new Set(await Promise.all(addresses.map((address) => people.mailedCode(address))));
    };
    expect((await codes(repaired)).size).toBeGreaterThan(1);
    expect(await codes(stock)).toEqual(new Set(["123456"]));
  });

  test("cognito-code-check", async () => {
    const wrongCode = async (people: People) => {
      await people.signUp("wrong@example.com");
      const wrong = (await people.mailedCode("wrong@example.com")) === "000000" ? "000001" : "000000";
      return refusal(people.confirm("wrong@example.com", wrong));
    };
    expect(await wrongCode(repaired)).toContain("CodeMismatchException");
    expect(await wrongCode(stock)).toBe("accepted");
  });

  test("a forgotten password needs the mailed code, and the new one signs in", async () => {
    const address = "forgetful@example.com";
    await repaired.join(address);
    await repaired.forget(address);
    const code = await repaired.mailedCode(address);
    const wrong = code === "000000" ? "000001" : "000000";
    expect(await refusal(repaired.setPassword(address, wrong, "Another-horse-2"))).toContain("CodeMismatchException");
    await repaired.setPassword(address, code, "Another-horse-2");
    expect((await repaired.signIn(address, "Another-horse-2")).AccessToken).toBeDefined();
    const { UserAttributes } = await repaired.whoIs((await repaired.signIn(address, "Another-horse-2")).AccessToken!);
    expect(UserAttributes).toContainEqual({ Name: "email_verified", Value: "true" });
  });
});

describe("an address that its owner changes", () => {
  const moving = async (people: People, from: string, to: string) => {
    await people.join(from);
    const token = (await people.signIn(from)).AccessToken!;
    await people.moveTo(token, to);
    return token;
  };

  test("cognito-attribute-verification", async () => {
    const [from, to] = ["mover@example.com", "moved@example.com"];
    const token = await moving(repaired, from, to);
    expect(await repaired.addressOf(token)).toBe(from);
    const code = await repaired.mailedCode(to);
    const wrong = code === "000000" ? "000001" : "000000";
    expect(await refusal(repaired.verifyAddress(token, wrong))).toContain("CodeMismatchException");
    await repaired.verifyAddress(token, code);
    expect(await repaired.addressOf(token)).toBe(to);
    expect((await repaired.signIn(to)).AccessToken).toBeDefined();
    expect(await refusal(repaired.verifyAddress(token, code))).toContain("ExpiredCodeException");

    expect(await stock.addressOf(await moving(stock, from, to))).toBe(to);
  });

  test("is not one that somebody else has", async () => {
    await repaired.join("neighbour@example.com");
    const taken = moving(repaired, "envious@example.com", "neighbour@example.com");
    expect(await refusal(taken)).toContain("AliasExistsException");
  });
});

describe("Cognito's triggers", () => {
  test("cognito-pre-sign-up-error", async () => {
    const sentence = "PreSignUp failed with error blocked by policy.";
    expect(await refusal(repaired.signUp(refusedAddress))).toBe(`UserLambdaValidationException: ${sentence}`);
    expect(await refusal(stock.signUp(refusedAddress))).not.toContain(sentence);
  });

  test("cognito-pre-sign-up-metadata", async () => {
    const metadataSeen = async (people: People) => {
      await people.signUp("meta@example.com", { role: "brand" });
      const events = people.stage.entries<{ triggerSource: string; request: { clientMetadata?: unknown } }>("triggers");
      return events.filter((e) => e.triggerSource === "PreSignUp_SignUp").at(-1)!.request.clientMetadata;
    };
    expect(await metadataSeen(repaired)).toEqual({ role: "brand" });
    expect(await metadataSeen(stock)).toBeUndefined();
  });

  test.each([
    ["cognito-custom-message", "CustomMessage_SignUp"],
    ["cognito-post-confirmation", "PostConfirmation_ConfirmSignUp"],
    ["cognito-post-authentication", "PostAuthentication_Authentication"],
  ])("%s", async (_name, source) => {
    const address = `${source.toLowerCase()}@example.com`;
    for (const people of [repaired, stock]) {
      await people.join(address);
      await people.signIn(address);
    }
    expect(repaired.sources(address)).toContain(source);
    expect(stock.sources(address)).not.toContain(source);
  });

  test("the message of CustomMessage is the one that is mailed", async () => {
    await repaired.signUp("letter@example.com");
    expect(await repaired.stage.mailTo("letter@example.com")).toMatch(/Ours: \d{6}/);
  });

  test("cognito-group-override", async () => {
    const groups = async (people: People) => {
      const address = "grouped@example.com";
      await people.join(address);
      const signedIn = await people.signIn(address);
      const refreshed = await people.refresh(signedIn.RefreshToken!);
      return [signedIn.AccessToken, signedIn.IdToken, refreshed.AccessToken].map(groupsIn);
    };
    expect(await groups(repaired)).toEqual([["creator"], ["creator"], ["creator"]]);
    expect(await groups(stock)).toEqual([undefined, undefined, undefined]);
  });
});

describe("Cognito's tokens", () => {
  test("cognito-revoked-tokens", async () => {
    const afterRevocation = async (people: People) => {
      const address = "leaver@example.com";
      await people.join(address);
      const { AccessToken, RefreshToken } = await people.signIn(address);
      await people.whoIs(AccessToken!);
      await people.revoke(RefreshToken!);
      return refusal(people.whoIs(AccessToken!));
    };
    expect(await afterRevocation(repaired)).toContain("NotAuthorizedException");
    expect(await afterRevocation(stock)).toBe("accepted");
  });
});

import { describe, expect, test } from "@jest/globals";
import { SocialSecrets } from "#shared/ports/social-settings";
import { ACCOUNT, misses, SOCIAL_SECRET_ARN, socialSecrets } from "./ready.ts";

describe("a stage with networks", () => {
  const { tiktok: _left, ...incomplete } = socialSecrets;

  test.each([
    ["there is none", undefined, /no secret arn:aws:secretsmanager.*social-AbCdEf: put \{"instagram":"…","tiktok"/],
    ["it is no JSON", "shh-client-secret", /networks' secret is not well-formed \(all of it/],
    ["a network is missing", JSON.stringify(incomplete), /not well-formed \(tiktok: /],
    ["one is empty", JSON.stringify({ ...socialSecrets, youtube: "" }), /not well-formed \(youtube: /],
  ])("is told where %s, without a word of it", (_why, said, line) => {
    const found = misses({ socialSecret: { said } });
    expect(found).toEqual([expect.stringMatching(line)]);
    expect(found.join()).not.toContain("shh");
  });

  test("lacks nothing where the secret has more: a network's is there before the code that knows it, which replaces code that does not", () => {
    const said = JSON.stringify({ ...socialSecrets, myspace: "shh-client-secret" });
    expect(misses({ socialSecret: { said } })).toEqual([]);
    expect(SocialSecrets.parse(JSON.parse(said))).toMatchObject(socialSecrets);
  });

  test("is told of a secret that no function could read", () => {
    const kept = { arn: `${SOCIAL_SECRET_ARN}x`, key: "alias/ours" };
    expect(misses({ socialSecretKept: { said: kept } })).toEqual([
      expect.stringMatching(/social\.secretArn is not the whole ARN/),
      expect.stringMatching(/The secret of social\.secretArn is encrypted under alias\/ours/),
    ]);
  });

  test("is told of one in another account", () => {
    const social = { clientIds: socialSecrets, secretArn: SOCIAL_SECRET_ARN.replace(ACCOUNT, "999999999999") };
    const kept = { said: { arn: social.secretArn, key: undefined } };
    expect(misses({ socialSecretKept: kept }, { social: JSON.stringify(social) })).toEqual([
      expect.stringMatching(/socialSecretArn is of account 999999999999/),
    ]);
  });
});

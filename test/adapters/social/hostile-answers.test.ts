/** A network that says what no network should: of numbers only counts are believed, of names only what can be shown and stored. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { SocialPlatform } from "#shared/domain/social/platform";
import { withinTime } from "#shared/ports/call-time";
import { type Answer, type AnsweringNetwork, answeringNetwork, json, tokens } from "../../support/answering-network.ts";

let network: AnsweringNetwork;
beforeAll(async () => {
  network = await answeringNetwork();
});
afterAll(() => network.stop());

type Parts = Partial<Readonly<Record<"id" | "followers" | "name" | "picture", string>>>;
/** X's profile, with one part of it as it is given, and no posts. */
const profiled =
  ({ id = '"1"', followers = "1", name = '"mia"', picture = "null" }: Parts): Answer =>
  (reply, path) => {
    const metrics = `{"followers_count":${followers},"following_count":1,"tweet_count":1}`;
    const user = `{"data":{"id":${id},"username":${name},"name":${name},"profile_image_url":${picture},"public_metrics":${metrics}}}`;
    reply.end(path.endsWith("/me") ? user : '{"meta":{"result_count":0}}');
  };
const readBy = (given: Answer) => {
  network.answer = given;
  return withinTime(2_000, () => network.of("twitter").read(tokens));
};

describe("a count", () => {
  test.each([
    ["-1"],
    ["1.5"],
    ["1e308"],
    ["1e400"],
    ["-1e400"],
    ["NaN"],
    ["Infinity"],
    ["9007199254740993"],
    ["1000000000001"],
    ['""'],
    ['" 1"'],
    ['"1e5"'],
    ['"0x10"'],
    ['"-5"'],
    ['"१२"'],
    ['"9999999999999999"'],
    ["[1]"],
    ["{}"],
    ["true"],
  ])("of %s is no answer", async (followers) => {
    await expect(readBy(profiled({ followers }))).rejects.toMatchObject({ name: "Unavailable" });
  });

  test.each([
    ["0", 0],
    ["-0", 0],
    ['"0012"', 12],
    ["1e3", 1_000],
    ["null", null],
  ] as const)("of %s is %p", async (followers, count) => {
    const { figures } = await readBy(profiled({ followers }));
    expect(JSON.stringify(figures.followerCount)).toBe(JSON.stringify(count));
  });
});

test.each(['""', '"\\ud83d"', '"1\\u0000"', '"é"', '"e\\u0301"', '" 1"', '"1\\n"', `"${"1".repeat(201)}"`])(
  "an id of %s is none: whose an account is rests on it",
  async (id) => {
    await expect(readBy(profiled({ id }))).rejects.toMatchObject({ name: "Unavailable" });
  },
);

describe("a name", () => {
  test.each([
    ["half a character", '"mia\\ud83d"', "mia"],
    ["half a character that is the other half", '"\\ude00mia"', "mia"],
    ["what turns the text around it", '"mia\\u202egnp.exe\\u2066"', "miagnp.exe"],
    ["what is not seen", '"m\\u200bi\\u0000a\\ufeff\\u0007"', "mia"],
    ["lines", '"mia\\r\\nBcc: everybody"', "mia Bcc: everybody"],
    ["nothing else than what is not seen", '"\\u200b\\u202e"', "?"],
    ["blanks around it", '"  mia  "', "mia"],
  ])("with %s is told without it", async (_what, name, told) => {
    const { identity } = await readBy(profiled({ name }));
    expect([identity.username, identity.displayName]).toEqual([told, told]);
  });

  test("is shortened between characters", async () => {
    const { identity } = await readBy(profiled({ name: JSON.stringify(`${"a".repeat(199)}😀😀`) }));
    expect(identity.username).toBe(`${"a".repeat(199)}😀`);
    expect(identity.username.isWellFormed()).toBe(true);
  });

  test("is the person's own: families, flags and other scripts stay as they are", async () => {
    for (const name of ["👩‍👩‍👧", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "نورا", "नमस्ते", "O’Brien-Łukasz"])
      expect((await readBy(profiled({ name: JSON.stringify(name) }))).identity.username).toBe(name);
  });
});

test.each([
  '"javascript:alert(1)"',
  '"data:text/html,x"',
  '"//x"',
  '"https://u:p@example.com/a.png"',
  '"x"',
  '"file:///etc/passwd"',
])("a picture at %s is none", async (picture) => {
  expect((await readBy(profiled({ picture }))).identity.avatarUrl).toBeNull();
});

describe("an ID token of LinkedIn's", () => {
  const good = { iss: "https://www.linkedin.com/oauth", aud: "client", sub: "1", name: "Mia" };
  const idToken = (claims: unknown) => `x.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.y`;
  const identityBy = async (id_token: unknown) => {
    network.answer = json(JSON.stringify({ access_token: "a", expires_in: 60, id_token }));
    return (await network.of("linkedin").exchange("code", { codeVerifier: "v" })).identity;
  };

  test("says who it is", async () => {
    expect(await identityBy(idToken(good))).toMatchObject({ externalId: "1", displayName: "Mia", avatarUrl: null });
  });

  test.each([
    ["is none", "x"],
    ["is missing", undefined],
    ["is null", null],
    ["is of no object", idToken(null)],
    ["is another app's", idToken({ ...good, aud: "another" })],
    ["is for several", idToken({ ...good, aud: ["client", "another"] })],
    ["is another's word", idToken({ ...good, iss: "https://evil.example" })],
    ["names nobody", idToken({ ...good, sub: "" })],
    ["names somebody by more than an id", idToken({ ...good, sub: "1\n2" })],
  ])("that %s says nothing: whoever it is is asked for", async (_how, given) => {
    expect(await identityBy(given)).toBeNull();
  });
});

describe("a word that is also one of JavaScript's own", () => {
  const words = ["constructor", "__proto__", "toString", "hasOwnProperty", "valueOf"];
  const problems: Readonly<Record<SocialPlatform, (word: string) => object>> = {
    instagram: (word) => ({ error: word }),
    tiktok: (code) => ({ error: { code } }),
    twitter: (error) => ({ error }),
    linkedin: (error) => ({ error }),
    youtube: (reason) => ({ error: { code: 400, errors: [{ reason }] } }),
  };
  test.each(SocialPlatform.options.flatMap((platform) => words.map((word) => [platform, word] as const)))(
    "is a no of %s like any other (%s)",
    async (platform, word) => {
      network.answer = json(JSON.stringify(problems[platform](word)), {}, 400);
      await expect(network.of(platform).read(tokens)).rejects.toMatchObject({
        name: "NetworkRefused",
        reason: "unexplained",
        message: `${platform} refused: unexplained`,
      });
    },
  );
});

test.each([
  ["", 900],
  ["-5", 900],
  ["0", 1],
  ["1e9", 900],
  ["9".repeat(400), 86_400],
  ["soon", 900],
  ["Wed, 21 Oct 2099 07:28:00 GMT", 86_400],
  ["Wed, 21 Oct 1999 07:28:00 GMT", 1],
])("“%s” to wait is %i seconds", async (header, seconds) => {
  const read = readBy(json("{}", { "retry-after": header }, 429));
  await expect(read).rejects.toMatchObject({ name: "NetworkBusy", retryAfterSeconds: seconds });
});

test.each([
  ["of several lines", "a\\r\\nx-injected: 1"],
  ["beyond ASCII", "tökén"],
  ["of nothing", ""],
  ["longer than the seal takes", "a".repeat(2_049)],
])("a token %s is none", async (_what, token) => {
  network.answer = json(`{"access_token":"${token}","expires_in":3600}`);
  await expect(network.of("twitter").exchange("code", { codeVerifier: "v" })).rejects.toMatchObject({
    name: "OutcomeUnknown",
  });
});

test.each(["0", "-1", "1e308", "1.5", '"3600"', "null"])(
  "tokens that live for %s seconds are none",
  async (seconds) => {
    network.answer = json(`{"access_token":"a","expires_in":${seconds}}`);
    await expect(network.of("twitter").exchange("code", { codeVerifier: "v" })).rejects.toMatchObject({
      name: "OutcomeUnknown",
    });
  },
);

test("an answer that drips is not waited for beyond the call's time", async () => {
  const began = performance.now();
  const drip: Answer = (reply) => {
    reply.writeHead(200, { "content-type": "application/json" });
    const dripping = setInterval(() => reply.write(" "), 5);
    reply.on("close", () => clearInterval(dripping));
  };
  network.answer = drip;
  await expect(withinTime(100, () => network.of("twitter").read(tokens))).rejects.toMatchObject({
    name: "Unavailable",
  });
  expect(performance.now() - began).toBeLessThan(2_000);
});

test("nobody is followed anywhere: an answer that leads elsewhere is none", async () => {
  const asked: string[] = [];
  network.answer = (reply, path) => {
    asked.push(path);
    reply.writeHead(307, { location: "http://169.254.169.254/latest/meta-data" }).end();
  };
  await expect(network.of("twitter").read(tokens)).rejects.toMatchObject({ name: "Unavailable" });
  expect(asked).toEqual(["/2/users/me"]);
});

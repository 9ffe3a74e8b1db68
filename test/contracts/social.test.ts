/** Networks are what a stage may lack: whoever needs them says so. */
import { expect, test } from "@jest/globals";
import { capabilitiesOf } from "#shared/contracts/implied";
import { actions, actionsWith } from "#shared/contracts/index";
import { connectSocialAccount } from "#shared/contracts/social";
import { socialCapabilities } from "#shared/ports/social-capabilities";

test("what a network is asked for by, or tokens are opened by, is left out where there are no networks", () => {
  const needing = actions.filter(({ contract }) =>
    capabilitiesOf(contract).some((capability) => capability in socialCapabilities),
  );
  const left = new Set(actionsWith({ testClock: true, social: false }).map(({ name }) => name));
  expect(needing.filter(({ name }) => left.has(name)).map(({ name }) => name)).toEqual([]);
});

test("who says nothing of networks has them", () => {
  expect(actionsWith({ testClock: true })).toEqual(actions);
  expect(actionsWith({ testClock: true, social: {} })).toEqual(actions);
});

test.each(["tök", "a\n", "a\0", "\u{1f600}", ""])("a code is as networks spell them: %j is none", (code) => {
  expect(connectSocialAccount.body?.safeParse({ code, state: "s" }).success).toBe(false);
});

test("a code with what Instagram appends to it is one", () => {
  expect(connectSocialAccount.body?.safeParse({ code: "AQD-x_4/0A%2F#_", state: "s" }).success).toBe(true);
});

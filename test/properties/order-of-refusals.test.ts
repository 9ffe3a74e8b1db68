/**
 * Order of refusals (api.md): what the state of things refuses (409, 410) is told before what a rule refuses of what was asked
 * for (422). Whoever lost a race hears so, and not that their words were wrong about what has long been decided.
 */
import { describe, expect, test } from "@jest/globals";
import { actions } from "#shared/contracts/index";
import { refusalsOf } from "#shared/contracts/implied";
import type { RefusalKind } from "#shared/domain/kernel/refusal";
import { peopled } from "../support/launched.ts";
import type { Order } from "./refused.ts";
import { campaignOrders } from "./refused-campaigns.ts";
import { workOrders } from "./refused-work.ts";

const orders = { ...campaignOrders, ...workOrders };
/** Both may refuse them, and yet no case is here. */
const apart: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ["depositFunds", "requestPayout", "requestRefund"].map((name) => [
      name,
      "its one state is asked first: the wallet's owner is active",
    ]),
  ),
  bookHouseMovement: "what the processor does not know, or is not the house's, is in no entry",
  connectSocialAccount: "whose an account is, the network says once its code has been taken",
  openInquiry: "who does not take part has nothing credited, and asks about no order twice",
  answerInquiry: "its guard, whose order guards.test.ts holds",
  claimLinkPrefix: "what is reserved is nobody's, and a brand that has one is told so first",
};

const isOfKeys = (code: string): boolean => code.startsWith("idempotency.");
const refusesBy = (...kinds: RefusalKind[]) =>
  actions.flatMap(({ name, contract }) =>
    contract.trigger === "http" &&
    refusalsOf(contract).some(({ kind, code }) => kinds.includes(kind) && !isOfKeys(code))
      ? [name]
      : [],
  );

test("whatever both may refuse has its case", () => {
  const byRule = refusesBy("unprocessable");
  const both = refusesBy("conflict", "gone").filter((name) => byRule.includes(name));
  expect([...Object.keys(orders), ...Object.keys(apart)].sort()).toEqual(both.sort());
});

/** What a command comes to on a new stage, with these in its way. */
async function outcome({ begin, command, states, rules }: Order, state: string | undefined, rule: string | undefined) {
  const stage = await peopled();
  const scene = await begin(stage);
  const [asked, stands] = [rule && rules[rule], state && states[state]];
  if (typeof stands === "function") await stands(stage, scene);
  if (typeof asked === "function") await asked(stage, scene);
  return command(stage, scene, typeof asked === "object" ? asked : {}).then(
    () => "done",
    (error: { readonly refusal?: { readonly code: string } }) => error.refusal?.code ?? error,
  );
}
/** A state may be met in more than one way. */
const codeOf = (state: string): string => state.split(" ")[0] ?? "";

describe.each(Object.entries(orders))("%s", (_name, order) => {
  const [states, rules] = [Object.keys(order.states), Object.keys(order.rules)];

  test("is done where nothing refuses it, and refused by each of them alone", async () => {
    expect(await outcome(order, undefined, undefined)).toBe("done");
    for (const state of states) expect(await outcome(order, state, undefined)).toBe(codeOf(state));
    for (const rule of rules) expect(await outcome(order, undefined, rule)).toBe(rule);
  });

  test.each(states.flatMap((state) => rules.map((rule) => [state, rule] as const)))(
    "is refused for %s, and not yet for %s",
    async (state, rule) => {
      expect(await outcome(order, state, rule)).toBe(codeOf(state));
    },
  );
});

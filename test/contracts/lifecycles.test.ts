/** Who may change what, said once: roles of actions are those of the transitions they cause. */
import { expect, test } from "@jest/globals";
import type { HttpContract } from "#shared/contracts/contract";
import { type Action, actions } from "#shared/contracts/index";
import type { Transition } from "#shared/domain/kernel/lifecycle";
import { lifecycles } from "#shared/domain/lifecycles";

const every = Object.entries(lifecycles).flatMap(([name, lifecycle]) =>
  Object.entries<Transition>(lifecycle).map(([step, transition]) => [`${name}.${step}`, transition] as const),
);
const causesOf = ({ contract }: Action): readonly Transition[] => contract.causes ?? [];
const causing = actions.filter((action) => causesOf(action).length > 0);
const asked = causing.flatMap(({ name, contract }) =>
  contract.trigger === "http" && contract.roles !== "public" ? [[name, contract] as const] : [],
);
const unasked = causing.filter(({ name }) => !asked.some(([one]) => one === name));

test.each(every)("%s is caused by an action", (_name, transition) => {
  expect(actions.filter((action) => causesOf(action).includes(transition))).not.toEqual([]);
});

test("every cause is a transition of the register", () => {
  const known = new Set<Transition>(every.map(([, transition]) => transition));
  for (const action of causing) expect(causesOf(action).filter((one) => !known.has(one))).toEqual([]);
});

test.each(asked)("%s is for those who may cause what it causes", (_name, { roles, causes = [] }: HttpContract) => {
  const who = new Set(causes.flatMap((one) => one.who).filter((one) => one !== "system"));
  expect([...roles].sort()).toEqual([...who].sort());
});

test.each(unasked.map((action) => [action.name, action] as const))("%s causes what needs nobody", (_name, action) => {
  for (const { who } of causesOf(action)) expect(who).toContain("system");
});

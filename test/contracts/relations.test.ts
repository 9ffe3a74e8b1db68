/** What test/journeys/permissions.test.ts asks on the stage has a row for each action, said here, where it takes no stage. */
import { expect, test } from "@jest/globals";
import { actions } from "#shared/contracts/index";
import { having } from "../support/relations.ts";

test("the permission matrix has a row for every action that is about somebody's thing, and no other", () => {
  const about = actions.flatMap(({ name, contract }) =>
    contract.trigger === "http" && !contract.catchAll && contract.roles !== "public" && contract.route.includes("{")
      ? [name]
      : [],
  );
  expect(Object.keys(having).sort()).toEqual(about.sort());
});

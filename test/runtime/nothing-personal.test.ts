/** Whatever fails, and whatever it says: no line of any action, nothing thrown to Lambda and no record of a run repeats it. */
import { describe, expect, test } from "@jest/globals";
import { actions } from "#shared/contracts/index";
import { type Ended, endedBy, endedByPorts, endedByRequest } from "../support/ended-actions.ts";
import { looseTongues, secrets, TOKEN, ADDRESS } from "../support/loose-tongues.ts";
import { loggedByLambda } from "../support/platform-lines.ts";

/** All that an ending leaves where people read logs. */
const tracesOf = ({ lines, thrown, stored }: Ended): string =>
  [...lines, thrown === undefined ? "" : loggedByLambda(thrown), JSON.stringify(stored)].join("\n");
const leaksOf = (ending: Ended): string[] => secrets.filter((secret) => tracesOf(ending).includes(secret));

describe.each(Object.entries(looseTongues))("%s", (_name, fault) => {
  test("is told by no action that ends with it", async () => {
    for (const { kebabName, contract } of actions) {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- whatever a library may throw
      const ending = await endedBy(contract, () => Promise.reject(fault));
      expect({ kebabName, lines: ending.lines.length, leaks: leaksOf(ending) }).toEqual({
        kebabName,
        lines: expect.any(Number),
        leaks: [],
      });
      expect(ending.lines.length).toBeGreaterThan(0);
    }
  });

  test("and by none whose ports fail with it", async () => {
    for (const { kebabName, contract } of actions) {
      const ending = await endedByPorts(contract, fault);
      expect([kebabName, leaksOf(ending)]).toEqual([kebabName, []]);
      expect(ending.lines.length).toBeGreaterThan(0);
    }
  });
});

test("what a client sends is in no line", async () => {
  const headers = { Authorization: `Bearer ${TOKEN}`, "Idempotency-Key": ADDRESS, "If-Match": ADDRESS };
  const sent = { headers, raw: `{"email":"${ADDRESS}",`, query: `q=${ADDRESS}`, campaignId: ADDRESS };
  for (const { kebabName, contract } of actions) {
    if (contract.trigger !== "http") continue;
    const ending = await endedByRequest(contract, sent);
    expect([kebabName, leaksOf(ending)]).toEqual([kebabName, []]);
    expect(ending.lines).toHaveLength(1);
  }
});

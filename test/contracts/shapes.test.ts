/**
 * Whatever a client sends, the shapes of the contracts take it or name what is wrong with it. One that throws instead is a 500,
 * and an error line that anybody can cause. Every property of every shape is tried, also those that are left out as a rule.
 */
import { expect, test } from "@jest/globals";
import { actions } from "#shared/contracts/index";
import { placesIn, sentTo, texts, things } from "../support/nonsense.ts";

const shapes = actions.flatMap(({ name, contract }) => {
  if (contract.trigger !== "http") return [];
  const parts = { path: contract.path, query: contract.query, body: contract.body };
  return Object.entries(parts).flatMap(([part, shape]) => (shape === undefined ? [] : [[name, part, shape] as const]));
});

test.each(shapes)("%s: its %s is taken or refused, whatever is sent", (_name, part, shape) => {
  const schema = sentTo(shape);
  const sent = placesIn(schema, schema.$defs ?? {}).flatMap((place) => (part === "body" ? things : texts).map(place));
  const thrown = sent.filter((one) => typeof settled(() => shape.safeParse(one).success) !== "boolean");
  expect(thrown).toEqual([]);
});

/** What came of it: an answer, or what was thrown. */
function settled(attempt: () => unknown): unknown {
  try {
    return attempt();
  } catch (error) {
    return error;
  }
}

import { actions } from "#shared/contracts/index";
import type { Lifecycle, Transition } from "#shared/domain/kernel/lifecycle";
import { lifecycles } from "#shared/domain/lifecycles";

/** Every lifecycle as a diagram and a table, printed from the tables that the rules read. */
export function lifecycleDiagrams(): string {
  const chapters = Object.entries<Lifecycle<string>>(lifecycles).flatMap(([name, lifecycle]) =>
    chapterOf(name, lifecycle),
  );
  return [
    "# Lifecycles",
    "",
    "Printed from the `lifecycle.ts` files of `shared/domain` and from `causes` in the contracts by `npm run docs`; a test fails",
    "when it is stale. A step is taken when the status is one of `from`, who acts is one of `who`, and the guard holds; what",
    "stops it is said in this order. `system` is a job, a consumer, a webhook, or time itself.",
    "",
    ...chapters,
  ].join("\n");
}

function chapterOf(name: string, lifecycle: Lifecycle<string>): string[] {
  const steps = Object.entries(lifecycle);
  return [
    `## ${name}`,
    "",
    "```mermaid",
    "stateDiagram-v2",
    ...steps.flatMap(([step, { from, to }]) => from.map((one) => `  ${one} --> ${to}: ${step}`)),
    "```",
    "",
    "| transition | from | to | who | guard | effect | refusal | caused by |",
    "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ...steps.map(([step, transition]) => `| ${cellsOf(step, transition).join(" | ")} |`),
    "",
  ];
}

const cellsOf = (name: string, step: Transition): string[] => [
  name,
  step.from.join(", "),
  step.to,
  step.who.join(", "),
  step.guard?.says ?? "",
  step.effect ?? "",
  refusalsOf(step),
  causersOf(step).join(", "),
];

/** What a client is told: for its status, more exactly for single ones, and when the guard does not hold. */
const refusalsOf = ({ otherwise, exactly = {}, guard }: Transition): string =>
  [
    `\`${otherwise.code}\``,
    ...Object.entries(exactly).flatMap(([status, refusal]) => (refusal ? [`${status}: \`${refusal.code}\``] : [])),
    ...(guard ? [`guard: ${guard.refuses.map(({ code }) => `\`${code}\``).join(", ")}`] : []),
  ].join("; ");

const causersOf = (step: Transition): string[] =>
  actions.filter(({ contract }) => contract.causes?.includes(step)).map(({ name }) => name);

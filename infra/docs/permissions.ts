import type { HttpContract } from "#shared/contracts/contract";
import { capabilitiesOf, takesApiKey } from "#shared/contracts/implied";
import { type Action, actions } from "#shared/contracts/index";
import { Role } from "#shared/domain/kernel/actor";
import { touchedBy } from "#shared/ports/touched";

/** Who may do what, and what each action may touch: the permission table, printed from the contracts. */
export function permissionTable(): string {
  const rows = actions.map((action) => `| ${cellsOf(action).join(" | ")} |`);
  return [
    "# Who may do what",
    "",
    "Printed from `shared/contracts` by `npm run docs`; a test fails when it is stale. What is not yours answers as if it",
    "were not there; everything else is refused. `writes` is all that an action may write of the table, the runtime's part",
    "included (its commit's events and audit row, the record of an Idempotency-Key); what is added to *in place* are figures",
    "and the notes of hits, and what it may delete and no more is *deleted*.",
    "",
    "| action | trigger | admin | brand | creator | public | uses | writes |",
    "|---|---|---|---|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}

function cellsOf({ name, contract }: Action): string[] {
  const uses = contract.uses.join(", ");
  const { writes: written, adds, removes } = touchedBy(capabilitiesOf(contract));
  const deleted = removes.filter((kind) => !written.includes(kind)).map((kind) => `${kind} *deleted*`);
  const writes = [...written, ...adds.map((kind) => `${kind} *in place*`), ...deleted].join(", ");
  if (contract.trigger !== "http")
    return [name, triggerOf({ contract }), "", "", "", contract.trigger === "edge" ? "yes" : "", uses, writes];
  const may = (role: Role): string => (contract.roles !== "public" && contract.roles.includes(role) ? "yes" : "");
  return [
    name,
    triggerOf({ contract }),
    ...Role.options.map(may),
    contract.roles === "public" ? "yes" : "",
    uses,
    writes,
  ];
}

function triggerOf({ contract }: Pick<Action, "contract">): string {
  switch (contract.trigger) {
    case "schedule":
      return `job \`${contract.job}\`, ${contract.every}`;
    case "onEvent":
      return contract.events.join(", ");
    case "onStream":
      return `stream: ${contract.source}`;
    case "onQueue":
      return `queue: ${contract.queue}`;
    case "onUserPool":
      return `user pool: ${contract.on}`;
    case "http":
      return `\`${contract.route}\`${orWithKey(contract)}`;
    case "edge":
      return `\`${contract.route}\``;
  }
}

const orWithKey = (contract: HttpContract): string =>
  takesApiKey(contract) ? `, also with an API key of scope \`${contract.apiKey}\`` : "";

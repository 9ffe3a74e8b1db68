import { type Action, actions } from "#shared/contracts/index";

const roles = ["admin", "brand", "creator"] as const;

/** Who may do what, and what each action may touch: the permission table, printed from the contracts. */
export function permissionTable(): string {
  const rows = actions.map((action) => `| ${cellsOf(action).join(" | ")} |`);
  return [
    "# Who may do what",
    "",
    "Printed from `shared/contracts` by `npm run docs`; a test fails when it is stale. `own` in the rules means: what is",
    "not yours answers as if it were not there. Everything else is refused.",
    "",
    "| action | trigger | admin | brand | creator | public | uses |",
    "|---|---|---|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}

function cellsOf({ name, contract }: Action): string[] {
  const uses = contract.uses.join(", ");
  if (contract.trigger !== "http")
    return [name, triggerOf({ contract }), "", "", "", contract.trigger === "edge" ? "yes" : "", uses];
  const may = (role: (typeof roles)[number]): string =>
    contract.roles !== "public" && contract.roles.includes(role) ? "yes" : "";
  return [name, `\`${contract.route}\``, ...roles.map(may), contract.roles === "public" ? "yes" : "", uses];
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
    case "edge":
    case "http":
      return `\`${contract.route}\``;
  }
}
